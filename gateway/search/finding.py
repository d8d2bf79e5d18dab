"""Finds what answers a question: candidates by the database's index, put in order by `schema.rules.relevance`.

However large the catalogue is, so many candidates are looked at and no more. Documents that have all parts of a
question are looked for first, then those that have less and less of it, until there are enough. What many documents
have is only looked for among the best ranked.
"""

from collections.abc import Sequence
from itertools import combinations, groupby
from typing import NamedTuple

from gateway.search.documents import BETWEEN
from gateway.search.expressions import All, Expression, Without, any_term
from gateway.search.index import Candidate, Index, Wanted
from gateway.search.questions import FoundBy, Question
from schema.rules.relevance import Searched, relevance

MOST_CANDIDATES = 200
"""How many documents are looked at that have the same parts of a question."""
ENOUGH = 60
"""With as many candidates, none are looked for that have less of the question."""
MOST_PARTS = 7
"""How many parts of a question documents are looked for by, those that weigh most."""
COMMON = 5_000
"""What more documents have is only looked for among the best ranked."""
BEST = 20_000
"""How many of the best ranked documents these are."""
LEAST_SCORE = 0.08
"""What answers no better is no answer."""


class Match(NamedTuple):
    """An artifact that answers a question, how well (0 to 1), and the terms of its capabilities and of its uses."""

    artifact_id: int
    score: float
    capabilities: str
    uses: str


class Extent(NamedTuple):
    """How large a catalogue is: its documents, and the place that the best ranked of them end at, None for all."""

    documents: int
    best: int | None


def extent_of(index: Index, documents: int) -> Extent:
    """The extent of a catalogue of so many documents."""
    return Extent(documents, index.end_of_best(BEST))


def matches(
    question: Question,
    index: Index,
    extent: Extent,
    conditions: Sequence[Sequence[str]] = (),
    unwanted: Expression | None = None,
) -> list[Match]:
    """What answers a question, the best first, and of what answers as well by id.

    It has one of the terms of each of the `conditions`, and nothing that is `unwanted`.
    """
    parts = question.all_parts
    found: dict[int, Match] = {}
    for candidate in _candidates(question, index, extent, conditions, unwanted):
        score = relevance(parts, Searched(*candidate[2:7]), candidate.rank)
        uses = candidate.about.partition(BETWEEN)[2]
        found[candidate.artifact_id] = Match(candidate.artifact_id, score, candidate.capabilities, uses)
    return sorted(
        (match for match in found.values() if match.score >= LEAST_SCORE),
        key=lambda match: (-match.score, match.artifact_id),
    )


def _candidates(
    question: Question,
    index: Index,
    extent: Extent,
    conditions: Sequence[Sequence[str]],
    unwanted: Expression | None,
) -> list[Candidate]:
    meeting = index.documents_with([term for terms in conditions for term in terms]) if conditions else {}
    fewest = min((sum(meeting.get(term, 0) for term in terms) for terms in conditions), default=extent.documents)

    def wish(for_all: Sequence[FoundBy]) -> Wanted:
        what: Expression = All(list(map(any_term, [*(one.terms for one in for_all), *conditions])))
        few = min(fewest, *(one.holding for one in for_all)) <= COMMON
        return Wanted(what if unwanted is None else Without(what, unwanted), None if few else extent.best)

    weighed = zip((part.weight for part in question.parts), question.found_by, strict=True)
    known = sorted(((weight, found_by) for weight, found_by in weighed if found_by.holding), key=lambda one: -one[0])
    known = known[:MOST_PARTS]
    wanted = [wish([FoundBy(question.names, 0)])] if question.names else []
    wanted += [wish([known[at][1] for at in some]) for some in _heaviest_first([weight for weight, _ in known])]
    found: dict[int, Candidate] = {}
    at, size = 0, 2
    while at < len(wanted) and len(found) < ENOUGH:
        looked_at = sorted(index.candidates(wanted[at : at + size], MOST_CANDIDATES), key=lambda one: one.number)
        for _, alike in groupby(looked_at, lambda one: one.number):
            found |= {one.artifact_id: one for one in alike if one.artifact_id not in found}
            if len(found) >= ENOUGH:
                break
        # More and more at once, as each statement is a way to the database and back.
        at, size = at + size, size * 2
    return list(found.values())


def _heaviest_first(weights: Sequence[float]) -> list[tuple[int, ...]]:
    """Sets of parts, those first that weigh most together: of all, all but one, two and one.

    What has other sets of them has two of them, so it is found by these, and the sets stay few.
    """
    every = len(weights)
    sizes = {every, every - 1, 2, 1} & {*range(1, every + 1)}
    sets = [some for size in sorted(sizes, reverse=True) for some in combinations(range(every), size)]
    return sorted(sets, key=lambda some: -sum(weights[at] for at in some))
