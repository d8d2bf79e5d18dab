"""Which words and phrases mean the same, and what they mean: read from `seeds/thesaurus.json`.

All phrases of a group are one term besides those of their words. A phrase for some kinds of artifacts is a term that
only artifacts of these kinds have.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from gateway.search.words import STATED, STOP_WORDS, plain_words, terms_of

LINKS = {"to": "to", "into": "to", "from": "from"}
"""Stop words that tell which of two words becomes the other, and how: `text, images` are no `text to image`."""
CONCEPT, KIND, NAME = "\ue000", "\ue002", "\ue003"
"""What the terms of groups, kinds and names begin with, and no word can: characters that stand for nothing."""


class Phrase(NamedTuple):
    """A phrase among some words: from the `first` to the `last` of them, and the term that stands for it."""

    first: int
    last: int
    term: str


def phrases_in(terms: Sequence[str]) -> Iterator[Phrase]:
    """The phrases among the terms of some words; of two that overlap the first, and of two that begin alike the longer.

    Other stop words than `LINKS` between the words of a phrase do not matter.
    """
    known = _thesaurus().phrases
    telling = [at for at, term in enumerate(terms) if term not in STOP_WORDS]
    at = 0
    while at < len(telling):
        for phrase, links, term in known.get(terms[telling[at]], ()):
            places = telling[at : at + len(phrase)]
            if [terms[place] for place in places] == phrase and links <= _links(terms[places[0] : places[-1]]):
                yield Phrase(places[0], places[-1], term)
                at += len(phrase)
                break
        else:
            at += 1


def _links(terms: Sequence[str]) -> set[str]:
    return {LINKS[term] for term in terms if term in LINKS}


def nearly(term: str) -> Sequence[str]:
    """The terms of groups that nearly answer what is asked for by a phrase of another group."""
    return _thesaurus().also.get(term, ())


def is_in_thesaurus(term: str) -> bool:
    """Whether a term is a word of a phrase."""
    return term in _thesaurus().words


def is_spelt_in_thesaurus(word: str) -> bool:
    """Whether a word, in small letters, is one of a phrase as it is, and not only its term."""
    return word in _thesaurus().spelt


def kind_terms(kind: str) -> list[str]:
    """The terms that ask for artifacts of a kind."""
    return [f"{KIND}{number}" for number, kinds in enumerate(STATED["kinds"]) if kind in kinds["of"]]


class _Thesaurus(NamedTuple):
    """Phrases by their first words, the longest first, with the links in them and what they mean.

    Besides, what is near a meaning, and all words, as terms and as they are spelt.
    """

    phrases: Mapping[str, Sequence[tuple[list[str], Set[str], str]]]
    also: Mapping[str, Sequence[str]]
    words: Set[str]
    spelt: Set[str]


@cache
def _thesaurus() -> _Thesaurus:
    meanings = {phrase: f"{CONCEPT}{number}" for number, group in enumerate(STATED["groups"]) for phrase in group}
    meanings |= {phrase: f"{NAME}{number}" for number, group in enumerate(STATED["names"]) for phrase in group}
    also = {meanings[phrase]: [meanings[other] for other in others] for phrase, others in STATED["also"].items()}
    for number, kinds in enumerate(STATED["kinds"]):
        meanings |= dict.fromkeys(kinds["phrases"], f"{KIND}{number}")
    phrases: dict[str, list[tuple[list[str], Set[str], str]]] = {}
    for phrase, meaning in meanings.items():
        every = terms_of(phrase)
        terms = [term for term in every if term not in STOP_WORDS]
        phrases.setdefault(terms[0], []).append((terms, _links(every), meaning))
    for some in phrases.values():
        some.sort(key=lambda one: (-len(one[0]), -len(one[1])))
    words = {term for some in phrases.values() for terms, _, _ in some for term in terms}
    return _Thesaurus(phrases, also, words, {word for phrase in meanings for word in plain_words(phrase)})
