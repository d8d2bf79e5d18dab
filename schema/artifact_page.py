"""Pages of the list of artifacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import strawberry

from schema.artifact import Artifact, artifact_of
from schema.data import ArtifactRecord, PageRecord, Parts
from schema.info import Info
from schema.needs import ArtifactNeeds, PageNeeds
from schema.paging import COUNT, CURSOR, EDGES, ITEM, PageInfo, PageRequest


@dataclass(frozen=True, slots=True)
class PageTarget:
    """What the parts of a page of artifacts ask for while planning."""

    page: PageNeeds

    @property
    def item(self) -> ArtifactNeeds:
        """What is read of the artifacts of the page."""
        return self.page.artifact

    def want_rows(self) -> None:
        """The artifacts."""
        self.page.rows = True

    def want_cursors(self) -> None:
        """The artifacts' places in the order."""
        self.page.rows = self.page.cursors = True

    def want_count(self) -> None:
        """How many meet the conditions."""
        self.page.total = True

    want_more = want_rows


@strawberry.type(description="One item of a page together with its cursor.")
class ArtifactEdge:
    """An item of a page with its cursor."""

    node: Artifact = strawberry.field(description="The thing listed at this place.", metadata=ITEM)
    cursor: str = strawberry.field(
        description="Where it stands in the list, to pass as `after` or `before`.", metadata=CURSOR
    )
    order_key: strawberry.Private[Any]
    record: strawberry.Private[ArtifactRecord]
    parts: strawberry.Private[Parts]


def _edges(request: PageRequest, records: Sequence[ArtifactRecord], order_keys: Sequence[Any]) -> list[ArtifactEdge]:
    """The edges of some records: each is one object in all lists of its order, for as long as the record is kept."""
    # No other thing that is worked out is called like this.
    order = f"edge by {request.field._name_} {request.direction._name_}"
    found = []
    for record, order_key in zip(records, order_keys, strict=True):
        edge: ArtifactEdge | None = record.worked_out.get(order)
        if edge is None or edge.order_key != order_key:
            edge = record.worked_out[order] = ArtifactEdge(
                node=artifact_of(record),
                cursor=request.cursor(order_key, record.row["id"]),
                order_key=order_key,
                record=record,
                parts={},
            )
        found.append(edge)
    return found


@strawberry.type(description="A page of the catalogue's artifacts.")
class ArtifactConnection:
    """Artifacts that meet the conditions, in order, from or up to a cursor."""

    request: strawberry.Private[PageRequest]
    page: strawberry.Private[PageRecord]

    @strawberry.field(description="How many meet the conditions in all, counted only when asked for.", metadata=COUNT)
    def total_count(self) -> int:
        """The length of the whole list."""
        assert self.page.total is not None
        return self.page.total

    @strawberry.field(description="The artifacts of this page with their cursors.", metadata=EDGES)
    def edges(self, info: Info) -> list[ArtifactEdge]:
        """The items of the page."""
        info.context.check_deadline()
        return _edges(self.request, self.page.artifacts, self.page.order_keys)

    @strawberry.field(description="Where this page lies in the list.")
    def page_info(self) -> PageInfo:
        """The ends of the page."""
        request, page = self.request, self.page
        ends = slice(None, None, max(1, len(page.artifacts) - 1))
        return PageInfo(
            more=lambda: page.has_more,
            before=request.position is not None,
            cursors=lambda: [edge.cursor for edge in _edges(request, page.artifacts[ends], page.order_keys[ends])],
            backward=request.backward,
        )
