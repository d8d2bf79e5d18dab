"""The root: where every question starts."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from schema.arguments import (
    After,
    Before,
    Few,
    First,
    Ids,
    Kinds,
    Last,
    OneId,
    OneKind,
    Searched,
    Slug,
    Slugs,
    Typed,
)
from schema.artifact import Artifact, artifact_of
from schema.artifact_page import ArtifactConnection, PageTarget
from schema.capability import Capability, CapabilityTarget
from schema.catalogue import Catalogue, ComparableFieldInfo, comparable_fields, plan_comparable_fields
from schema.comparison import Comparison, check_slugs, compare, plan_comparison
from schema.data import ArtifactRecord, Data
from schema.errors import RuleError
from schema.info import Info, led_to
from schema.needs import ArtifactNeeds, Window
from schema.node import Node, parse_id
from schema.paging import ArtifactFilter, ArtifactOrder, page_request
from schema.plan import Entry, Selected, entered, most_on_page, planned
from schema.scorecard import Scorecard
from schema.search import (
    SearchConnection,
    Suggestion,
    plan_search,
    plan_suggestions,
    search_request,
    suggestion_request,
)

MOST_IDS = 100
Records = Sequence[ArtifactRecord | None]

Filter = Annotated[ArtifactFilter | None, strawberry.argument(description="What the artifacts have to meet.")]
Order = Annotated[ArtifactOrder | None, strawberry.argument(description="Best ranked first without it.")]


def _plan_artifact(selected: Selected) -> None:
    selected.descend(selected.needs.want_artifacts(selected.key)[0])


def _plan_artifacts(selected: Selected) -> None:
    selected.descend(PageTarget(selected.needs.want_page(selected.key)))


def _plan_comparison(selected: Selected) -> None:
    selected.needs.suggested.add(selected.key)
    plan_comparison(selected, selected.needs.want_artifacts(selected.key)[0], len(selected.args["of"]))


def _plan_node(selected: Selected) -> None:
    _plan_id(selected, selected.args["id"], selected.needs.want_artifacts(selected.key)[0])


def _plan_nodes(selected: Selected) -> None:
    ids = selected.args["ids"]
    for id, named in zip(ids, selected.needs.want_artifacts(selected.key, len(ids)), strict=True):
        _plan_id(selected, id, named)


def _plan_id(selected: Selected, id: str, named: ArtifactNeeds) -> None:
    match _id_shape(id):
        case ("Artifact",):
            selected.descend(named, "Artifact")
        case ("Comparison", int(columns)):
            plan_comparison(selected, named, columns, "Comparison")
        case ("Capability", slug):
            named.capabilities.columns.update(("position", "slug"))
            named.capabilities.windows.add(Window(slugs=frozenset({slug})))
            selected.descend(CapabilityTarget(named), "Capability")


def _id_shape(id: str) -> tuple[Any, ...]:
    """What tells apart the ids that need different things read; empty for one that stands for nothing."""
    try:
        type_name, slugs = _parsed(id)
    except RuleError:
        return ()
    if type_name == "Artifact":
        return (type_name,)
    return (type_name, len(slugs)) if type_name == "Comparison" else (type_name, slugs[1])


def _parsed(id: str) -> tuple[str, list[str]]:
    type_name, slugs = parse_id(id)
    if type_name == "Comparison":
        check_slugs(slugs)
    return type_name, slugs


def _named_by(id: str) -> list[str]:
    """The artifacts that have to be read for an id."""
    type_name, slugs = _parsed(id)
    return slugs if type_name == "Comparison" else slugs[:1]


def _named_by_each(ids: list[str]) -> list[list[str]]:
    found = []
    for id in _checked(ids):
        try:
            found.append(_named_by(id))
        except RuleError:
            found.append([])
    return found


def _checked(ids: list[str]) -> list[str]:
    if len(ids) > MOST_IDS:
        raise RuleError("TOO_MANY_IDS", f"`ids` has {len(ids)}; ask for up to {MOST_IDS} at a time.")
    return ids


def _node(data: Data, id: str, records: Records) -> Node | None:
    type_name, slugs = _parsed(id)
    if type_name == "Comparison":
        return None if None in records else compare(data, slugs, records)
    record = records[0]
    if record is None or type_name == "Artifact":
        return _artifact(records)
    row = next((row for row in record.capabilities.values() if row["slug"] == slugs[1]), None)
    return None if row is None else Capability(record=record, row=row)


def _nodes(data: Data, ids: Sequence[str], found: Sequence[Records]) -> list[Node | None]:
    nodes: list[Node | None] = []
    for id, records in zip(ids, found, strict=True):
        try:
            nodes.append(_node(data, id, records))
        except RuleError:
            nodes.append(None)
    return nodes


def _artifact(records: Records) -> Artifact | None:
    return None if records[0] is None else artifact_of(records[0])


NODE = Entry(
    find=lambda args: [_named_by(args["id"])],
    shape=lambda args: _id_shape(args["id"]),
    make=lambda data, args, found: _node(data, args["id"], found[0]),
)
NODES = Entry(
    find=lambda args: _named_by_each(args["ids"]),
    shape=lambda args: tuple(_id_shape(id) for id in args["ids"][: MOST_IDS + 1]),
    make=lambda data, args, found: _nodes(data, args["ids"], found),
)
ARTIFACT = Entry(
    find=lambda args: [[args["slug"]]],
    shape=lambda _: (),
    make=lambda _data, _args, found: _artifact(found[0]),
)
ARTIFACTS = Entry(
    find=page_request,
    shape=most_on_page,
    make=lambda _data, _args, found: ArtifactConnection(request=found[0], page=found[1]),
)
SEARCH = Entry(
    find=search_request,
    shape=most_on_page,
    make=lambda _data, _args, found: SearchConnection(request=found[0], found=found[1]),
)
SUGGEST = Entry(
    find=suggestion_request,
    shape=most_on_page,
    make=lambda _data, _args, found: [Suggestion(record=record) for record in found],
)
COMPARISON = Entry(
    find=lambda args: [check_slugs(args["of"])],
    shape=lambda args: len(args["of"]),
    make=lambda data, args, found: compare(data, args["of"], found[0]),
)


@strawberry.type(description="Where every question starts.")
class Query:
    """The root fields."""

    @strawberry.field(
        description="What an `id` stands for; null where that is no more.", metadata=entered(_plan_node, NODE)
    )
    def node(self, info: Info, id: OneId) -> Node | None:
        """One node. Raises RuleError (BAD_ID)."""
        found: Node | None = led_to(NODE, info, id=id)
        return found

    @strawberry.field(
        description="What each of some ids stands for, in their order; null for one that stands for nothing.",
        metadata=entered(_plan_nodes, NODES),
    )
    def nodes(self, info: Info, ids: Ids) -> list[Node | None]:
        """Some nodes. A bad id is null and leaves the others whole. Raises RuleError (TOO_MANY_IDS)."""
        found: list[Node | None] = led_to(NODES, info, ids=ids)
        return found

    @strawberry.field(
        description="One artifact by its slug or an alias; null where there is none.",
        metadata=entered(_plan_artifact, ARTIFACT),
    )
    def artifact(self, info: Info, slug: Slug) -> Artifact | None:
        """The artifact."""
        found: Artifact | None = led_to(ARTIFACT, info, slug=slug)
        return found

    @strawberry.field(
        description="The catalogue's artifacts, a page at a time, best ranked first unless ordered otherwise.",
        metadata=entered(_plan_artifacts, ARTIFACTS),
    )
    def artifacts(
        self,
        info: Info,
        filter: Filter = None,
        order_by: Order = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> ArtifactConnection:
        """A page of artifacts. Raises RuleError (BAD_PAGE, BAD_PAGE_SIZE, BAD_CURSOR)."""
        found: ArtifactConnection = led_to(ARTIFACTS, info)
        return found

    @strawberry.field(
        description="Two to eight artifacts side by side, in the order given.",
        metadata=entered(_plan_comparison, COMPARISON),
    )
    def comparison(self, info: Info, of: Slugs) -> Comparison | None:
        """A comparison. Raises RuleError (BAD_COMPARISON, UNKNOWN_ARTIFACT)."""
        found: Comparison | None = led_to(COMPARISON, info, of=of)
        return found

    @strawberry.field(
        description="What answers a search over artifacts and their capabilities, the best first. Typing errors and "
        "other spellings of names are allowed for; no character has a meaning of its own. Of texts that compare, as "
        "`X vs Y` does, each thing comes first. What has been removed is found too, further down, unless a filter "
        "leaves it out.",
        metadata=entered(plan_search, SEARCH),
    )
    def search(
        self,
        info: Info,
        text: Searched,
        kinds: Kinds = None,
        filter: Filter = None,
        first: First = None,
        after: After = None,
    ) -> SearchConnection:
        """A page of hits. Raises RuleError (BAD_PAGE_SIZE, BAD_CURSOR)."""
        found: SearchConnection = led_to(SEARCH, info)
        return found

    @strawberry.field(
        description="Names that begin as somebody types, for every keystroke: those that begin with it first, then "
        "those that have a word that does, and each in the order of ranks.",
        metadata=entered(plan_suggestions, SUGGEST),
    )
    def suggest(self, info: Info, prefix: Typed, first: Few = None) -> list[Suggestion]:
        """Some names. Raises RuleError (BAD_PAGE_SIZE)."""
        found: list[Suggestion] = led_to(SUGGEST, info)
        return found

    @strawberry.field(
        description="What can be compared; for one kind, also the facts that only such kinds have.",
        metadata=planned(plan_comparable_fields),
    )
    def comparable_fields(self, info: Info, kind: OneKind = None) -> list[ComparableFieldInfo]:
        """The registry of comparable fields."""
        return comparable_fields(info.context.data, kind)

    @strawberry.field(description="How ranks are made: dimensions, weights, and how scores become a rank.")
    def scorecard(self, info: Info) -> Scorecard:
        """The scorecard."""
        return Scorecard.of(info.context.data.scorecard)

    @strawberry.field(description="Which catalogue is being answered from: its version, dates and size.")
    def catalogue(self, info: Info) -> Catalogue:
        """The catalogue."""
        return Catalogue(data=info.context.data)
