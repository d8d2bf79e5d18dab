"""Searches: what answers a question, and what a name may become while it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import strawberry

from schema.artifact import Artifact, artifact_of
from schema.capability import Capability
from schema.data import ArtifactRecord, HitRecord, SearchRecord
from schema.needs import ArtifactNeeds, SearchNeeds
from schema.paging import (
    COUNT,
    CURSOR,
    EDGES,
    ITEM,
    Filters,
    PageInfo,
    decode_position,
    encode_position,
    filters_of,
    page_size,
)
from schema.plan import Selected, planned


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One page of a search, in a form that can be compared and looked up. `after` is the place of a hit, or -1."""

    text: str
    filters: Filters
    size: int
    after: int


@dataclass(frozen=True, slots=True)
class SuggestionRequest:
    """Names that begin as somebody types, and how many of them."""

    prefix: str
    size: int


def search_request(args: Mapping[str, Any]) -> SearchRequest:
    """Reads the arguments of a search, as GraphQL names them. Raises RuleError (BAD_PAGE_SIZE, BAD_CURSOR)."""
    filters: Filters = () if args.get("filter") is None else filters_of(args["filter"])
    if args.get("kinds") is not None:
        filters += (("kind", tuple(dict.fromkeys(args["kinds"]))),)
    return SearchRequest(args["text"], filters, page_size(args.get("first")), decode_position(args.get("after")))


def suggestion_request(args: Mapping[str, Any]) -> SuggestionRequest:
    """Reads the arguments of `suggest`. Raises RuleError (BAD_PAGE_SIZE)."""
    return SuggestionRequest(args["prefix"], page_size(args.get("first")))


@dataclass(frozen=True, slots=True)
class CapabilityOfHit:
    """What the fields of a hit's capability ask for while planning: its own columns, and those of its artifact."""

    search: SearchNeeds

    @property
    def columns(self) -> set[str]:
        """The columns of the capability."""
        return self.search.capability.columns

    @property
    def artifact(self) -> ArtifactNeeds:
        """What is read of the artifact."""
        return self.search.artifact

    def want_id(self) -> None:
        """Asks for what a capability's global id is made of."""
        self.columns.add("slug")
        self.artifact.columns.add("slug")


@dataclass(frozen=True, slots=True)
class SearchTarget:
    """What the parts of a page of hits ask for while planning."""

    search: SearchNeeds

    @property
    def item(self) -> "SearchTarget":
        """What a hit is planned on."""
        return self

    def want_rows(self) -> None:
        """The hits of the page."""
        self.search.rows = True

    def want_count(self) -> None:
        """How many there are, which is known once any is looked for."""

    want_cursors = want_rows
    want_more = want_count


def plan_search(selected: Selected) -> None:
    """Plans a search."""
    # Putting what is found in order takes milliseconds.
    selected.needs.takes_long = True
    selected.descend(SearchTarget(selected.needs.searches.setdefault(selected.key, SearchNeeds())))


def plan_suggestions(selected: Selected) -> None:
    """Plans suggestions."""
    selected.descend(selected.needs.suggestions.setdefault(selected.key, ArtifactNeeds({"name"})))


def _plan_artifact(selected: Selected) -> None:
    selected.descend(selected.target.search.artifact)


def _plan_capability(selected: Selected) -> None:
    selected.target.search.capability.columns.add("position")
    selected.descend(CapabilityOfHit(selected.target.search))


def _plan_use(selected: Selected) -> None:
    selected.target.search.use = True
    selected.target.search.artifact.columns.add("uses")


def _plan_highlights(selected: Selected) -> None:
    _plan_use(selected)
    search = selected.target.search
    search.artifact.columns.update(("name", "summary"))
    search.capability.columns.update(("position", "name", "description"))


@strawberry.enum(description="The texts of a hit that may be highlighted.")
class HighlightedText(Enum):
    """Where a highlight stands."""

    NAME = strawberry.enum_value("NAME", description="What people call the artifact that was found.")
    SUMMARY = strawberry.enum_value("SUMMARY", description="What the artifact is, in a sentence or two.")
    USE = strawberry.enum_value("USE", description="The one of its uses that matched best.")
    CAPABILITY_NAME = strawberry.enum_value(
        "CAPABILITY_NAME", description="The name of the capability that matched best."
    )
    CAPABILITY_DESCRIPTION = strawberry.enum_value(
        "CAPABILITY_DESCRIPTION", description="The description of the capability that matched best."
    )


@strawberry.type(description="A part of a text that was searched for, to be shown so.")
class Highlight:
    """A range of a text, in characters: Unicode code points, counted from 0."""

    text: HighlightedText = strawberry.field(description="Which of the hit's texts it is a part of.")
    start: int = strawberry.field(description="Its first character, counted from 0 in Unicode code points.")
    end: int = strawberry.field(description="The character after its last one, counted in the same way.")


@strawberry.type(description="An artifact that answers a search, and how well.")
class SearchHit:
    """One hit; a search has one for each artifact."""

    hit: strawberry.Private[HitRecord]
    found: strawberry.Private[SearchRecord]

    @strawberry.field(description="What was found.", metadata=planned(_plan_artifact))
    def artifact(self) -> Artifact:
        """The artifact."""
        return artifact_of(self.hit.artifact)

    @strawberry.field(
        description="The capability that matched best; null where only the artifact itself did.",
        metadata=planned(_plan_capability),
    )
    def capability(self) -> Capability | None:
        """The capability."""
        row = self.hit.capability
        return None if row is None else Capability(record=self.hit.artifact, row=row)

    @strawberry.field(
        description="The one of the artifact's uses that matched best; null where none did.",
        metadata=planned(_plan_use),
    )
    def use(self) -> str | None:
        """The use."""
        uses: list[str] = self.hit.artifact.row["uses"]
        return None if self.hit.use is None else uses[self.hit.use]

    @strawberry.field(
        description="How well it answers, from 0 to 1, to be compared with the other hits of the same search only."
    )
    def score(self) -> float:
        """The relevance, as `schema.rules.relevance` works it out."""
        return self.hit.score

    @strawberry.field(
        description="Where what was searched for stands in the hit's texts, in their order; words that mean the same "
        "are marked too.",
        metadata=planned(_plan_highlights),
    )
    def highlights(self) -> list[Highlight]:
        """The highlights."""
        row, capability = self.hit.artifact.row, self.hit.capability
        texts = [(HighlightedText.NAME, row["name"]), (HighlightedText.SUMMARY, row["summary"])]
        texts.append((HighlightedText.USE, self.use()))
        if capability is not None:
            texts.append((HighlightedText.CAPABILITY_NAME, capability["name"]))
            texts.append((HighlightedText.CAPABILITY_DESCRIPTION, capability["description"]))
        return [
            Highlight(text=which, start=start, end=end)
            for which, text in texts
            if text
            for start, end in self.found.marked(text)
        ]


@strawberry.type(description="One item of a page together with its cursor.")
class SearchEdge:
    """A hit with its cursor."""

    node: SearchHit = strawberry.field(description="What was found at this place.", metadata=ITEM)
    cursor: str = strawberry.field(description="Where it stands among the hits, to pass as `after`.", metadata=CURSOR)


@strawberry.type(description="A word that nothing in the catalogue has, and what was searched for instead.")
class Correction:
    """A word taken for a typing error."""

    word: str = strawberry.field(description="The word as it was given.")
    instead: str = strawberry.field(description="What it was taken to mean, without its ending.")


@strawberry.type(description="A page of what a search has found, the best first.")
class SearchConnection:
    """Hits in the order of their scores."""

    request: strawberry.Private[SearchRequest]
    found: strawberry.Private[SearchRecord]

    @strawberry.field(
        description="How many hits there are. A search looks at a few hundred candidates and no more, so for common "
        "words it is not how many artifacts have them.",
        metadata=COUNT,
    )
    def total_count(self) -> int:
        """The length of the whole list."""
        return self.found.total

    @strawberry.field(description="The hits of this page with their cursors.", metadata=EDGES)
    def edges(self) -> list[SearchEdge]:
        """The items of the page."""
        found = self.found
        return [
            SearchEdge(node=SearchHit(hit=hit, found=found), cursor=cursor)
            for hit, cursor in zip(found.hits, self._cursors(), strict=True)
        ]

    @strawberry.field(description="Where this page lies among the hits.")
    def page_info(self) -> PageInfo:
        """The ends of the page."""
        return PageInfo(more=lambda: self.found.has_more, before=self.request.after >= 0, cursors=self._cursors)

    @strawberry.field(
        description="The words that were taken for typing errors. Hits of what they may have meant are hits of less."
    )
    def corrections(self) -> list[Correction]:
        """The corrections, in the order of the words."""
        return [Correction(word=word, instead=instead) for word, instead in self.found.instead]

    def _cursors(self) -> Sequence[str]:
        return [encode_position(self.request.after + 1 + at) for at in range(len(self.found.hits))]


@strawberry.type(description="A name that begins as somebody types.")
class Suggestion:
    """A name, and what it leads to."""

    record: strawberry.Private[ArtifactRecord]

    @strawberry.field(description="The name, to be put in place of what was typed.")
    def text(self) -> str:
        """The artifact's name."""
        name: str = self.record.row["name"]
        return name

    @strawberry.field(description="What the name leads to.")
    def artifact(self) -> Artifact:
        """The artifact."""
        return artifact_of(self.record)
