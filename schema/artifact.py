"""Artifacts, the pages of them, and what else does the same things."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import strawberry

from schema.arguments import After, First, Key, Keys, Names, OneDimension, OwnWeights, Text
from schema.capability import CapabilityConnection, plan_capabilities
from schema.data import AlternativeRecord, ArtifactRecord, Parts, Row
from schema.enums import ArtifactKind, Availability, Dimension, Pricing
from schema.facts import LICENSED, AttributeValue, License, Offer, Signal, signals_of
from schema.info import Info
from schema.needs import AlternativeNeeds, ArtifactNeeds
from schema.node import Node
from schema.paging import (
    COUNT,
    CURSOR,
    EDGES,
    ITEM,
    PageInfo,
    decode_position,
    encode_position,
    page_size,
)
from schema.plan import Selected, column, planned
from schema.ranking import Rank, RankTarget, planned_weights, weights_key
from schema.rules.scoring import contributions, rank
from schema.scalars import URL
from schema.score import Score, plan_scores


def _plan_rank(selected: Selected) -> None:
    needs: ArtifactNeeds = selected.target
    if selected.args.get("weights") is None:
        needs.columns.add("rank")
        selected.descend(RankTarget(needs, None))
    else:
        weights = planned_weights(selected.args, selected.scorecard.weights)
        needs.read(f"score.{dimension.name}" for dimension in Dimension)
        selected.descend(RankTarget(needs, weights))


def _plan_score(selected: Selected) -> None:
    plan_scores(selected, [selected.args["dimension"]])


def _plan_all_scores(selected: Selected) -> None:
    plan_scores(selected, Dimension)


def _plan_signals(selected: Selected) -> None:
    signals = selected.target.signals
    signals.columns.add("name")
    signals.want(selected.args.get("names"))
    selected.descend(signals)


def _plan_offers(selected: Selected) -> None:
    offers = selected.target.offers
    offers.columns.add("position")
    selected.descend(offers)


def _plan_attribute(selected: Selected) -> None:
    key = selected.args.get("key")
    attributes = selected.target.attributes
    attributes.columns.add("key")
    attributes.want([key] if key else selected.args.get("keys"))
    selected.descend(attributes)


def _plan_aliases(selected: Selected) -> None:
    selected.target.aliases.columns.add("name")


@dataclass(frozen=True, slots=True)
class AlternativesTarget:
    """What the parts of a page of alternatives ask for while planning: places of the list, both counted."""

    needs: AlternativeNeeds
    start: int
    end: int

    @property
    def item(self) -> ArtifactNeeds:
        """What is read of the other artifacts."""
        return self.needs.artifact

    def want_rows(self) -> None:
        """The alternatives on the page, and whether there is one more."""
        self.needs.windows.add((self.start, self.end))

    def want_count(self) -> None:
        """How many there are."""
        self.needs.total = True

    want_cursors = want_more = want_rows


def _plan_alternatives(selected: Selected) -> None:
    size, start = page_size(selected.args.get("first")), decode_position(selected.args.get("after")) + 1
    needs: ArtifactNeeds = selected.target
    selected.needs.takes_long = True
    needs.columns.add("kind")
    needs.alternatives = needs.alternatives or AlternativeNeeds()
    selected.descend(AlternativesTarget(needs.alternatives, start, start + size - 1))


@strawberry.type(description="Something people choose between: a model, a dataset, a library, a tool.")
class Artifact(Node):
    """An artifact with what the catalogue knows of it. Null means that it is not known, never zero."""

    record: strawberry.Private[ArtifactRecord]
    row: strawberry.Private[Row]
    parts: strawberry.Private[Parts]

    slug: str = column("slug", "Its name in addresses and queries.")
    name: str = column("name", "What people call it.")
    kind: ArtifactKind = column("kind", "What sort of thing it is.")
    summary: str | None = column("summary", "What it is, in a sentence or two.")
    publisher: str | None = column("publisher", "The people or the company behind it, as they call themselves.")
    homepage: URL | None = column("homepage", "Where it lives on the web.")
    availability: Availability = column("availability", "Whether one can get it at all.")
    pricing: Pricing | None = column("pricing", "What it costs to use; null where that is not known.")
    tasks: list[str] = column("tasks", "What it is for, in words that artifacts share.")
    uses: list[str] = column("uses", "What people use it for, in the words of those who look for such a thing.")
    released_on: date | None = column("released_on", "The day it was first published.")
    updated_on: date | None = column("updated_on", "The day it last changed.")
    times_matched: int = column(
        "times_matched",
        "How many recorded searches led to it, in the days that are kept: a text counts once a day for each client.",
    )

    def names(self) -> tuple[str, ...]:
        """The slugs that find it."""
        return (self.record.row["slug"],)

    @strawberry.field(description="Older and other names that lead to it.", metadata=planned(_plan_aliases))
    def aliases(self) -> list[str]:
        """The aliases in alphabetical order."""
        return sorted(self.record.aliases)

    @strawberry.field(description="What one may do with it; null where nothing is known of it.", metadata=LICENSED)
    def license(self) -> License | None:
        """The licence."""
        row = self.record.row
        return None if (row["license"], row["license_use"]) == (None, None) else License(row=row)

    @strawberry.field(description="Who sells it, and at what price.", metadata=planned(_plan_offers))
    def offers(self) -> list[Offer]:
        """The offers in the catalogue's order."""
        return [Offer(row=row) for row in self.record.offers]

    @strawberry.field(
        description="Where it stands under the weights given, or the scorecard's; null where too little is known.",
        metadata=planned(_plan_rank),
    )
    def rank(self, info: Info, weights: OwnWeights = None) -> Rank | None:
        """The rank. Raises RuleError (BAD_WEIGHTS)."""
        record = self.record
        weighting = info.context.data.scorecard.weights if weights is None else weights.normalised()
        key = None if weights is None else weights_key(weighting)

        def scores() -> dict[Dimension, float]:
            return {dimension: row["value"] for dimension, row in record.scores.items()}

        exact = record.row["rank"] if weights is None else rank(scores(), weighting)
        if exact is None:
            return None
        return Rank(
            exact=exact,
            terms=lambda: contributions(scores(), weighting),
            place=lambda: (record.row["position"], record.row["ranked"]) if key is None else record.positions[key],
        )

    @strawberry.field(
        description="Its scores on all dimensions, also those that nobody has scored.",
        metadata=planned(_plan_all_scores),
    )
    def scores(self, info: Info) -> list[Score]:
        """One score a dimension."""
        return [self.score(info, dimension) for dimension in Dimension]

    @strawberry.field(description="Its score on one dimension.", metadata=planned(_plan_score))
    def score(self, info: Info, dimension: OneDimension) -> Score:
        """The score, or the statement that there is none."""
        return Score(dimension=dimension, record=self.record, data=info.context.data)

    @strawberry.field(
        description="The raw, dated, sourced figures about it; all without `names`.", metadata=planned(_plan_signals)
    )
    def signals(self, names: Names = None) -> list[Signal]:
        """The signals in the order of their names."""
        return signals_of(self.record, names)

    @strawberry.field(
        description="One fact that only some kinds have; null where it is not recorded.",
        metadata=planned(_plan_attribute),
    )
    def attribute(self, key: Key) -> AttributeValue | None:
        """The attribute with this key."""
        row = self.record.attributes.get(key)
        return None if row is None else AttributeValue(row=row)

    @strawberry.field(
        description="The facts that only some kinds have; all without `keys`.", metadata=planned(_plan_attribute)
    )
    def attributes(self, keys: Keys = None) -> list[AttributeValue]:
        """The attributes in the order of `keys`, or of their own keys."""
        known = self.record.attributes
        wanted = sorted(known) if keys is None else [key for key in dict.fromkeys(keys) if key in known]
        return [AttributeValue(row=known[key]) for key in wanted]

    @strawberry.field(description="What it can do, taken apart.", metadata=planned(plan_capabilities))
    def capabilities(self, first: First = None, after: After = None, query: Text = None) -> CapabilityConnection:
        """A page of capabilities. Raises RuleError (BAD_PAGE_SIZE, BAD_CURSOR)."""
        return CapabilityConnection(
            record=self.record, size=page_size(first), after=decode_position(after), query=query or None
        )

    @strawberry.field(
        description="What else does the same things: artifacts of a kind that can take its place, nearest first.",
        metadata=planned(_plan_alternatives),
    )
    def alternatives(self, first: First = None, after: After = None) -> "AlternativeConnection":
        """A page of alternatives. Raises RuleError (BAD_PAGE_SIZE, BAD_CURSOR)."""
        return AlternativeConnection(
            found=self.record.alternatives, size=page_size(first), start=decode_position(after) + 1
        )


def artifact_of(record: ArtifactRecord) -> Artifact:
    """The artifact of a record: one object for as long as the record is kept."""
    found: Artifact | None = record.worked_out.get(Artifact)
    if found is None:
        found = record.worked_out[Artifact] = Artifact(record=record, row=record.row, parts=record.parts)
    return found


@strawberry.type(description="Another artifact that does the same things, in a page.")
class AlternativeEdge:
    """An item of a page with its cursor, and how near it is."""

    cursor: str = strawberry.field(description="Where it stands in the list, to pass as `after`.", metadata=CURSOR)
    node: Artifact = strawberry.field(description="The other artifact.", metadata=ITEM)
    nearness: float = strawberry.field(
        description="How near it is, 0 to 1: what tasks and tags they share, the rare ones weighing more. "
        "Tags that say how it is packaged, such as its runtime or its file format, do not count."
    )
    shared: int = strawberry.field(description="How many tasks and tags they share.")


@strawberry.type(description="A page of alternatives; no more than the hundred nearest are found.")
class AlternativeConnection:
    """Alternatives, nearest first, from a cursor on."""

    found: strawberry.Private[Mapping[int, AlternativeRecord]]
    size: strawberry.Private[int]
    start: strawberry.Private[int]

    @property
    def places(self) -> list[int]:
        """The places on this page that are taken."""
        return [place for place in range(self.start, self.start + self.size) if place in self.found]

    @strawberry.field(description="How many were found in all.", metadata=COUNT)
    def total_count(self) -> int:
        """The length of the whole list."""
        return len(self.found)

    @strawberry.field(description="The alternatives of this page with their cursors.", metadata=EDGES)
    def edges(self) -> list[AlternativeEdge]:
        """The items of the page."""
        return [
            AlternativeEdge(
                cursor=encode_position(place),
                node=artifact_of(self.found[place].artifact),
                nearness=self.found[place].nearness,
                shared=self.found[place].shared,
            )
            for place in self.places
        ]

    @strawberry.field(description="Where this page lies in the list.")
    def page_info(self) -> PageInfo:
        """The ends of the page."""
        return PageInfo(
            more=lambda: self.start + self.size in self.found,
            before=self.start > 0,
            cursors=lambda: [encode_position(place) for place in self.places],
        )
