"""Pages of the list of artifacts."""

from dataclasses import dataclass

import strawberry

from schema.artifact import Artifact, artifact_of
from schema.data import PageRecord
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
    place: strawberry.Private[tuple[PageRequest, PageRecord, int]]

    @strawberry.field(description="Where it stands in the list, to pass as `after` or `before`.", metadata=CURSOR)
    def cursor(self) -> str:
        """The cursor."""
        return _cursor(*self.place)


def _cursor(request: PageRequest, page: PageRecord, index: int) -> str:
    return request.cursor(page.order_keys[index], page.artifacts[index].row["id"])


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
        return [
            ArtifactEdge(node=artifact_of(record), place=(self.request, self.page, index))
            for index, record in enumerate(self.page.artifacts)
        ]

    @strawberry.field(description="Where this page lies in the list.")
    def page_info(self) -> PageInfo:
        """The ends of the page."""
        ends = dict.fromkeys((0, len(self.page.artifacts) - 1)) if self.page.artifacts else {}
        return PageInfo(
            more=lambda: self.page.has_more,
            before=self.request.position is not None,
            cursors=lambda: [_cursor(self.request, self.page, index) for index in ends],
            backward=self.request.backward,
        )
