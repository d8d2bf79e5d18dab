"""Capabilities, and the pages of them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.data import ArtifactRecord, Row
from schema.needs import ArtifactNeeds, Window
from schema.node import Node
from schema.paging import COUNT, CURSOR, EDGES, ITEM, PageInfo, decode_position, encode_position, page_size
from schema.plan import Selected, column, planned

if TYPE_CHECKING:
    from schema.artifact import Artifact


@dataclass(frozen=True, slots=True)
class CapabilityTarget:
    """What the fields of a capability ask for while planning: its own columns, and those of its artifact."""

    artifact: ArtifactNeeds

    @property
    def columns(self) -> set[str]:
        """The columns of the capability."""
        return self.artifact.capabilities.columns

    def want_id(self) -> None:
        """Asks for what a capability's global id is made of."""
        self.columns.add("slug")
        self.artifact.columns.add("slug")


def _plan_artifact(selected: Selected) -> None:
    selected.descend(selected.target.artifact)


@strawberry.type(description="One thing an artifact can do.")
class Capability(Node):
    """A capability as the catalogue takes its artifact apart."""

    record: strawberry.Private[ArtifactRecord]
    row: strawberry.Private[Row]

    slug: str = column("slug", "Its name in addresses, unique within its artifact.")
    name: str = column("name", "What it is called.")
    description: str = column("description", "What it does and how, in a few sentences of our own.")
    uniqueness: str | None = column("uniqueness", "What sets it apart; null where nothing is recorded.")
    versus_alternatives: str | None = column("versus_alternatives", "How it stands against what else does the job.")
    tags: list[str] = column("tags", "What it is about, in words that capabilities share.")
    times_matched: int = column(
        "times_matched",
        "How many recorded searches matched it best of all that its artifact can do: a text counts once a day for each "
        "client.",
    )

    def names(self) -> tuple[str, ...]:
        """The slugs that find it."""
        return (self.record.row["slug"], self.row["slug"])

    @strawberry.field(
        description="Who can do this: the thing it was taken apart from.", metadata=planned(_plan_artifact)
    )
    def artifact(self) -> Annotated["Artifact", strawberry.lazy("schema.artifact")]:
        """The artifact that has it."""
        from schema.artifact import artifact_of

        return artifact_of(self.record)


@strawberry.type(description="One item of a page together with its cursor.")
class CapabilityEdge:
    """An item of a page with its cursor."""

    cursor: str = strawberry.field(description="Where it stands in the list, to pass as `after`.", metadata=CURSOR)
    node: Capability = strawberry.field(
        description="What the artifact can do at this place of its list.", metadata=ITEM
    )


@dataclass
class CapabilityPageTarget:
    """What the parts of a page of capabilities ask for while planning."""

    artifact: ArtifactNeeds
    window: Window
    searched: bool
    item: CapabilityTarget = field(init=False)

    def __post_init__(self) -> None:
        self.item = CapabilityTarget(self.artifact)

    def want_rows(self) -> None:
        """The capabilities in the window; all of them where they have to be searched."""
        self.artifact.capabilities.columns.add("position")
        if self.searched:
            self.artifact.capabilities.columns.update(SEARCHED)
        self.artifact.capabilities.windows.add(Window() if self.searched else self.window)

    def want_cursors(self) -> None:
        """The positions of those in the window."""
        self.want_rows()

    def want_count(self) -> None:
        """How many there are."""
        if self.searched:
            self.want_rows()
        else:
            self.artifact.columns.add("capability_count")

    def want_more(self) -> None:
        """Whether the window ends before the last one."""
        self.want_count()


SEARCHED = ("name", "description", "tags")


def plan_capabilities(selected: Selected) -> None:
    """Plans a page of capabilities."""
    first, after = page_size(selected.args.get("first")), decode_position(selected.args.get("after"))
    window = Window(after + 1, after + first)
    selected.descend(CapabilityPageTarget(selected.target, window, bool(selected.args.get("query"))))


@strawberry.type(description="A page of an artifact's capabilities.")
class CapabilityConnection:
    """Capabilities in the catalogue's order, from a cursor on."""

    record: strawberry.Private[ArtifactRecord]
    size: strawberry.Private[int]
    after: strawberry.Private[int]
    query: strawberry.Private[str | None]

    @property
    def matching(self) -> list[int]:
        """The positions of all that match the query."""
        wanted = (self.query or "").lower()
        return [
            position
            for position, row in sorted(self.record.capabilities.items())
            if any(wanted in text.lower() for text in (row["name"], row["description"], *row["tags"]))
        ]

    @property
    def positions(self) -> list[int]:
        """The positions on this page."""
        known = self.matching if self.query else sorted(self.record.capabilities)
        last = self.after + self.size
        inside = [position for position in known if position > self.after]
        return inside[: self.size] if self.query else [position for position in inside if position <= last]

    @property
    def total(self) -> int:
        """How many capabilities the list has."""
        return len(self.matching) if self.query else self.record.row["capability_count"]

    @strawberry.field(description="How many there are in all, counted only when asked for.", metadata=COUNT)
    def total_count(self) -> int:
        """The length of the whole list."""
        return self.total

    @strawberry.field(description="The capabilities of this page with their cursors.", metadata=EDGES)
    def edges(self) -> list[CapabilityEdge]:
        """The items of the page."""
        return [
            CapabilityEdge(
                cursor=encode_position(position),
                node=Capability(record=self.record, row=self.record.capabilities[position]),
            )
            for position in self.positions
        ]

    @strawberry.field(description="Where this page lies in the list.")
    def page_info(self) -> PageInfo:
        """The ends of the page, worked out for the parts that are selected."""
        return PageInfo(
            more=self._beyond,
            before=self.after >= 0,
            cursors=lambda: [encode_position(position) for position in self.positions],
        )

    def _beyond(self) -> bool:
        if not self.query:
            return self.after + self.size + 1 < self.total
        return sum(position > self.after for position in self.matching) > self.size
