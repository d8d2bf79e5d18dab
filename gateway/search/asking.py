"""From what is asked through the API to what is found: searches, and names while they are typed."""

from collections.abc import Callable, Sequence

from gateway.matches.events import SearchEvent
from gateway.search.comparing import answers_to
from gateway.search.documents import condition
from gateway.search.expressions import All, AnyOf, Expression, Has
from gateway.search.finding import Extent, Match, matches
from gateway.search.index import Index
from gateway.search.questions import MOST_WORDS, Question, question
from gateway.search.spelling import meant
from gateway.search.words import plain_words
from gateway.statements import of_artifacts
from schema.data import ArtifactRecord, HitRecord, Row, SearchRecord
from schema.needs import ArtifactNeeds, SearchNeeds
from schema.paging import Filters
from schema.rules.relevance import best_among
from schema.rules.vocabulary import Availability, Term
from schema.search import SearchRequest, SuggestionRequest

LOOKED_AT = 5
"""From how many times as many names the suggestions are taken: those that begin as somebody types come first."""


def searched(
    request: SearchRequest,
    needs: SearchNeeds,
    index: Index,
    extent: Extent,
    records_of: Callable[[ArtifactNeeds, Sequence[int]], Sequence[ArtifactRecord]],
    rows: Callable[..., Sequence[Row]],
) -> tuple[SearchRecord, SearchEvent | None]:
    """A page of what a search finds, read by `records_of` and `rows`, and what is recorded of it.

    Nothing is recorded of a text without words: it asks for nothing, and so nobody lacks it.
    """
    asked, found = answers(request, index, extent)
    start = request.after + 1
    page = found[start : start + request.size] if needs.rows else []
    ids = [match.artifact_id for match in page]
    records = records_of(needs.artifact, ids)
    capabilities: dict[tuple[int, int | None], Row] = {}
    columns = frozenset(needs.capability.columns)
    if columns and ids:
        some = rows(("of hits", columns), lambda: of_artifacts(columns), {"ids": ids})
        capabilities = {(row["artifact_id"], row["position"]): row for row in some}
    best = [best_among(asked.all_parts, match.capabilities) for match in page] if columns else None
    uses = [best_among(asked.all_parts, match.uses) if needs.use else None for match in page]
    hits = [
        HitRecord(record, match.score, capabilities.get((match.artifact_id, at)), use)
        for match, record, at, use in zip(page, records, best or [None] * len(page), uses, strict=True)
    ]
    instead = [(one.word, one.instead) for one in asked.corrections]
    shown = SearchRecord(hits, len(found), start + request.size < len(found), instead, asked.marked)
    matched = [(match.artifact_id, match.capabilities) for match in page]
    score = found[0].score if found else 0.0
    event = SearchEvent(request.text, start, score, matched, asked.all_parts, best) if asked.parts else None
    return shown, event


def answers(request: SearchRequest, index: Index, extent: Extent) -> tuple[Question, list[Match]]:
    """What a search asks, and all that it finds, the best first."""
    if not all(values for _, values in request.filters):
        # One of no values at all is met by nothing.
        return question(request.text, index, extent.documents), []
    conditions = _conditions(request.filters)
    removed = Has(condition("availability", Availability.REMOVED.name))
    hidden = removed if any(name == "removed" for name, _ in request.filters) else None

    def find(text: str) -> tuple[Question, list[Match]]:
        asked = question(text, index, extent.documents)
        return asked, matches(asked, index, extent, conditions, hidden)

    return answers_to(request.text, find)


def _conditions(filters: Filters) -> list[list[str]]:
    return [
        [condition(name, value.name if isinstance(value, Term) else value) for value in values]
        for name, values in filters
        if name != "removed"
    ]


def suggestions(request: SuggestionRequest, index: Index) -> Sequence[int]:
    """The ids of artifacts whose names begin as somebody types, those first that do so with their first word."""
    words = plain_words(request.prefix)[:MOST_WORDS]
    if not words or not request.size:
        return []
    found = _named(words, request.size, index)
    if not found:
        likely = [next(iter(meant(word, index)), word) for word in words]
        found = _named(likely, request.size, index) if likely != words else []
    return found


def _named(words: Sequence[str], size: int, index: Index) -> list[int]:
    *whole, last = words
    apart: Expression = All([*map(Has, whole), Has(last, begins=True)])
    together = Has("".join(words), begins=True)
    named = index.named(AnyOf([apart, together]) if whole else apart, size * LOOKED_AT)
    first = ["".join(plain_words(name)).startswith("".join(words)) for _, name in named]
    ordered = sorted(zip(first, named, strict=True), key=lambda one: not one[0])
    return [id for _, (id, _) in ordered][:size]
