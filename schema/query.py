"""The root: where every question starts."""

from typing import Annotated

import strawberry

from schema.arguments import After, Before, First, Ids, Last, OneId, OneKind, Slug, Slugs
from schema.artifact import Artifact
from schema.artifact_page import ArtifactConnection, PageTarget
from schema.capability import Capability, CapabilityTarget
from schema.catalogue import Catalogue, ComparableFieldInfo, comparable_fields, plan_comparable_fields
from schema.comparison import Comparison, compare, plan_comparison
from schema.errors import RuleError
from schema.info import Info
from schema.needs import Needs, PageNeeds, Window
from schema.node import Node, parse_id
from schema.paging import ArtifactFilter, ArtifactOrder, page_request
from schema.plan import Selected, planned
from schema.scorecard import Scorecard

MOST_IDS = 100

Filter = Annotated[ArtifactFilter | None, strawberry.argument(description="What the artifacts have to meet.")]
Order = Annotated[ArtifactOrder | None, strawberry.argument(description="Best ranked first without it.")]


def _plan_artifact(selected: Selected) -> None:
    needs: Needs = selected.target
    selected.descend(needs.want_artifacts([selected.args["slug"]]))


def _plan_artifacts(selected: Selected) -> None:
    needs: Needs = selected.target
    request = needs.requests[selected.key] = page_request(selected.args)
    selected.descend(PageTarget(needs.pages.setdefault(request, PageNeeds())))


def _plan_comparison(selected: Selected) -> None:
    plan_comparison(selected.target, selected.args["of"], selected)


def _plan_node(selected: Selected) -> None:
    _plan_id(selected, selected.args["id"])


def _plan_nodes(selected: Selected) -> None:
    for id in _checked(selected.args["ids"]):
        try:
            _plan_id(selected, id)
        except RuleError:
            continue


def _plan_id(selected: Selected, id: str) -> None:
    needs: Needs = selected.target
    type_name, slugs = parse_id(id)
    if type_name == "Comparison":
        plan_comparison(needs, slugs, selected, type_name)
        return
    artifact = needs.want_artifacts(slugs[:1])
    if type_name == "Artifact":
        selected.descend(artifact, type_name)
        return
    artifact.capabilities.columns.update(("position", "slug"))
    artifact.capabilities.windows.add(Window(slugs=frozenset(slugs[1:])))
    selected.descend(CapabilityTarget(artifact), type_name)


def _checked(ids: list[str]) -> list[str]:
    if len(ids) > MOST_IDS:
        raise RuleError("TOO_MANY_IDS", f"`ids` has {len(ids)}; ask for up to {MOST_IDS} at a time.")
    return ids


def _fail_early(info: Info) -> None:
    """Tells what planning found wrong with a root field's arguments, at that field."""
    failure = info.context.failure(str(info.path.key))
    if failure is not None:
        raise failure


def _node(info: Info, id: str) -> Node | None:
    type_name, slugs = parse_id(id)
    data = info.context.data
    if type_name == "Comparison":
        known = all(data.artifact(slug) is not None for slug in slugs)
        return compare(data, slugs) if known else None
    record = data.artifact(slugs[0])
    if record is None or type_name == "Artifact":
        return None if record is None else Artifact(record=record)
    row = next((row for row in record.capabilities.values() if row["slug"] == slugs[1]), None)
    return None if row is None else Capability(record=record, row=row)


@strawberry.type(description="Where every question starts.")
class Query:
    """The root fields."""

    @strawberry.field(description="What an `id` stands for; null where that is no more.", metadata=planned(_plan_node))
    def node(self, info: Info, id: OneId) -> Node | None:
        """One node. Raises RuleError (BAD_ID)."""
        _fail_early(info)
        return _node(info, id)

    @strawberry.field(
        description="What each of some ids stands for, in their order; null for one that stands for nothing.",
        metadata=planned(_plan_nodes),
    )
    def nodes(self, info: Info, ids: Ids) -> list[Node | None]:
        """Some nodes. A bad id is null and leaves the others whole. Raises RuleError (TOO_MANY_IDS)."""
        _fail_early(info)
        found: list[Node | None] = []
        for id in ids:
            try:
                found.append(_node(info, id))
            except RuleError:
                found.append(None)
        return found

    @strawberry.field(
        description="One artifact by its slug or an alias; null where there is none.", metadata=planned(_plan_artifact)
    )
    def artifact(self, info: Info, slug: Slug) -> Artifact | None:
        """The artifact."""
        record = info.context.data.artifact(slug)
        return None if record is None else Artifact(record=record)

    @strawberry.field(
        description="The catalogue's artifacts, a page at a time, best ranked first unless ordered otherwise.",
        metadata=planned(_plan_artifacts),
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
        _fail_early(info)
        request = info.context.data.request(str(info.path.key))
        return ArtifactConnection(request=request, page=info.context.data.page(request))

    @strawberry.field(
        description="Two to eight artifacts side by side, in the order given.", metadata=planned(_plan_comparison)
    )
    def comparison(self, info: Info, of: Slugs) -> Comparison | None:
        """A comparison. Raises RuleError (BAD_COMPARISON, UNKNOWN_ARTIFACT)."""
        _fail_early(info)
        return compare(info.context.data, of)

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
