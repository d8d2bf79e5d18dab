"""The thesaurus says one thing of each phrase."""

import json
from importlib.resources import files
from typing import Any

from gateway.search.words import STOP_WORDS, words_of
from schema.rules.vocabulary import ArtifactKind

STATED: dict[str, Any] = json.loads(files("seeds").joinpath("thesaurus.json").read_text())


def terms(phrase: str) -> tuple[str, ...]:
    return tuple(word.term for word in words_of(phrase) if word.term not in STOP_WORDS)


def test_each_phrase_means_one_thing() -> None:
    meanings: dict[tuple[str, ...], set[str]] = {}
    for group in [*STATED["groups"], *(kinds["phrases"] for kinds in STATED["kinds"])]:
        for phrase in group:
            assert terms(phrase), f"{phrase!r} has stop words only"
            meanings.setdefault(terms(phrase), set()).add(group[0])
    assert {phrase: groups for phrase, groups in meanings.items() if len(groups) > 1} == {}


def test_what_is_near_has_a_meaning() -> None:
    known = {phrase for group in STATED["groups"] for phrase in group}
    assert {*STATED["also"], *(other for others in STATED["also"].values() for other in others)} <= known


def test_kinds_are_kinds() -> None:
    assert {kind for kinds in STATED["kinds"] for kind in kinds["of"]} <= set(ArtifactKind.__members__)
