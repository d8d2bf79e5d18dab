"""How well a document answers a question."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.relevance import Part, Searched, best_among, relevance, weight_of

TERMS = ("ab", "cd", "ef", "gh")
NOTHING = Searched("", "", "", "", "")
texts = st.lists(st.sampled_from(TERMS), max_size=4).map(" ".join)
documents = st.builds(
    lambda names, aliases, topics, some, about: Searched(
        f"{names} : {names}", f"{aliases} : {aliases}", topics, " | ".join(f"{a} : {b}" for a, b in some), about
    ),
    texts,
    texts,
    texts,
    st.lists(st.tuples(texts, texts), max_size=3),
    texts,
)
questions = st.lists(
    st.builds(
        Part,
        st.dictionaries(st.sampled_from(TERMS), st.floats(0.1, 1), min_size=1, max_size=2),
        st.floats(0.1, 5),
    ),
    min_size=1,
    max_size=4,
)
ranks = st.none() | st.floats(0, 100)


def part(*terms: str, weight: float = 1.0) -> Part:
    return Part(dict.fromkeys(terms, 1.0), weight)


def named(name: str) -> Searched:
    return NOTHING._replace(names=f"{name} : {name} {name.replace(' ', '')}")


@given(parts=questions, document=documents, rank=ranks)
def test_scores_are_from_0_to_1(parts: Sequence[Part], document: Searched, rank: float | None) -> None:
    assert 0 <= relevance(parts, document, rank) <= 1


@given(parts=questions, document=documents, rank=st.floats(0, 99))
def test_of_equal_answers_the_higher_rank_is_first(parts: Sequence[Part], document: Searched, rank: float) -> None:
    assert relevance(parts, document, rank) < relevance(parts, document, rank + 1)


@given(parts=questions, document=documents, rank=ranks, term=st.sampled_from(TERMS))
def test_saying_more_of_what_is_asked_never_harms(
    parts: Sequence[Part], document: Searched, rank: float | None, term: str
) -> None:
    more = document._replace(about=f"{document.about} {term}".strip())
    assert relevance(parts, more, rank) >= relevance(parts, document, rank) - 1e-12


@given(parts=questions, document=documents)
def test_the_capability_is_one_of_the_document(parts: Sequence[Part], document: Searched) -> None:
    capability = best_among(parts, document.capabilities)
    asked = {term for one in parts for term in one.terms}
    if capability is None:
        assert asked.isdisjoint(document.capabilities.split())
    else:
        assert asked & set(document.capabilities.split(" | ")[capability].split())


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (named("ab cd"), named("ab cd ef gh")),
        (named("ab cd"), NOTHING._replace(topics="ab cd")),
        (named("ab cd"), NOTHING._replace(aliases="ab cd : ab cd")),
        (NOTHING._replace(aliases="ab cd : ab cd"), NOTHING._replace(topics="ab cd")),
        (NOTHING._replace(topics="ab cd"), NOTHING._replace(topics="ab")),
        (NOTHING._replace(topics="ab cd"), NOTHING._replace(about="ab cd")),
        (NOTHING._replace(capabilities="x : ab"), NOTHING),
    ],
)
def test_what_comes_before_what(better: Searched, worse: Searched) -> None:
    parts = [part("ab"), part("cd")]
    assert relevance(parts, better, 50) > relevance(parts, worse, 50)


def test_a_name_written_together_is_the_name() -> None:
    together = relevance([part("abcd")], named("ab cd"), None)
    assert together > relevance([part("ab")], named("ab cd"), None)


def test_rare_parts_weigh_more() -> None:
    assert weight_of(1_000, 1) >= weight_of(1_000, 10) > weight_of(1_000, 100) > weight_of(1_000, 999) > 0
    parts = [part("ab", weight=weight_of(1_000, 100)), part("cd", weight=weight_of(1_000, 800))]
    assert relevance(parts, NOTHING._replace(about="ab"), 0) > relevance(parts, NOTHING._replace(about="cd"), 0)


def test_the_best_among_answers_most() -> None:
    capabilities = "x : ab | ab cd : ef | y : cd"
    assert best_among([part("ab"), part("cd")], capabilities) == 1
    assert best_among([part("gh")], capabilities) is None
    assert best_among([part("gh")], "") is None


def test_nothing_asked_is_nothing_answered() -> None:
    assert relevance([], named("ab"), 100) == 0
