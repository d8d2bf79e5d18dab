"""Which capability answers which, as GraphQL types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import strawberry

from schema.capability import Capability, CapabilityTarget
from schema.data import ArtifactRecord
from schema.needs import ArtifactNeeds, Window
from schema.paging import COUNT, CURSOR, EDGES, ITEM, PageInfo, decode_position, encode_position, page_size
from schema.plan import Selected, planned
from schema.rules.alignment import Pairing
from schema.rules.once import once


def _want_texts(needs: ArtifactNeeds) -> None:
    needs.capabilities.columns.update(("position", "name", "description", "tags"))
    needs.capabilities.windows.add(Window())


@dataclass(frozen=True, slots=True)
class AlignmentTarget:
    """What the parts of an alignment ask for while planning: all capabilities, with their texts."""

    artifact: ArtifactNeeds

    @property
    def item(self) -> "AlignmentTarget":
        """A pair is planned on the same needs."""
        return self

    def want_rows(self) -> None:
        """The pairs."""
        _want_texts(self.artifact)

    want_cursors = want_count = want_more = want_rows


def plan_alignment(selected: Selected) -> None:
    """Plans a page of pairs."""
    page_size(selected.args.get("first"))
    decode_position(selected.args.get("after"))
    selected.needs.takes_long = True
    selected.descend(AlignmentTarget(selected.target.named))


def plan_exclusive(selected: Selected) -> None:
    """Plans the capabilities that only one artifact has."""
    _want_texts(selected.target.named)
    selected.needs.takes_long = True
    selected.needs.lookups.add(selected.args["artifact"])
    selected.descend(CapabilityTarget(selected.target.named))


def _plan_side(selected: Selected) -> None:
    selected.descend(CapabilityTarget(selected.target.artifact))


@strawberry.type(description="Two capabilities of different artifacts that answer each other.")
class CapabilityPair:
    """A pair; each capability has at most one such partner in each other artifact."""

    left: Capability = strawberry.field(
        description="The capability of the earlier column.", metadata=planned(_plan_side)
    )
    right: Capability = strawberry.field(
        description="The capability of the later column.", metadata=planned(_plan_side)
    )
    similarity: float = strawberry.field(
        description="How near they are, 0 to 1: shared tags weigh most, then words of the name, then the description."
    )


@strawberry.type(description="A pair of capabilities in a page.")
class AlignmentEdge:
    """An item of a page with its cursor."""

    cursor: str = strawberry.field(description="Where it stands in the list, to pass as `after`.", metadata=CURSOR)
    node: CapabilityPair = strawberry.field(description="The pair itself.", metadata=ITEM)


@strawberry.type(description="A page of pairs of capabilities.")
class AlignmentConnection:
    """Pairs, nearest first, from a cursor on."""

    records: strawberry.Private[Sequence[ArtifactRecord]]
    pair: strawberry.Private[Callable[[], list[Pairing]]]
    size: strawberry.Private[int]
    start: strawberry.Private[int]

    @once
    def pairs(self) -> list[Pairing]:
        """All pairs, worked out when they are first asked for."""
        return self.pair()

    @strawberry.field(description="How many pairs there are in all.", metadata=COUNT)
    def total_count(self) -> int:
        """The length of the whole list."""
        return len(self.pairs)

    @strawberry.field(description="The pairs of this page with their cursors.", metadata=EDGES)
    def edges(self) -> list[AlignmentEdge]:
        """The items of the page."""
        page = self.pairs[self.start : self.start + self.size]
        return [
            AlignmentEdge(
                cursor=encode_position(position),
                node=CapabilityPair(
                    left=self._capability(pairing.left),
                    right=self._capability(pairing.right),
                    similarity=pairing.similarity,
                ),
            )
            for position, pairing in enumerate(page, start=self.start)
        ]

    @strawberry.field(description="Where this page lies in the list.")
    def page_info(self) -> PageInfo:
        """The ends of the page."""
        return PageInfo(
            more=lambda: self.start + self.size < len(self.pairs),
            before=self.start > 0,
            cursors=lambda: [
                encode_position(position)
                for position in range(self.start, min(len(self.pairs), self.start + self.size))
            ],
        )

    def _capability(self, place: tuple[int, int]) -> Capability:
        record = self.records[place[0]]
        return Capability(record=record, row=record.capabilities[place[1]])
