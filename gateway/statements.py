"""The SELECTs that a plan's needs turn into: one a table, with only the columns asked for.

They hold no value of a request: what it asks for is given to their parameters each time they are run.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.expression import CompoundSelect
from sqlalchemy.types import TypeEngine

from schema.needs import ArtifactNeeds, SignalNeeds, Window
from schema.rules.scoring import LEAST_KNOWN_WEIGHT, Weighting
from schema.rules.vocabulary import Availability, Dimension
from schema.tables import METADATA

TABLES = METADATA.tables
ARTIFACT, ALIAS, TOPIC, SOURCE, SCORE, SIGNAL, CAPABILITY, ATTRIBUTE = (
    TABLES[name] for name in ("artifact", "alias", "topic", "source", "score", "signal", "capability", "attribute")
)
KIND, MILESTONE, OFFER = TABLES["kind"], TABLES["milestone"], TABLES["offer"]

Batch = tuple[int, ArtifactNeeds]
"""What is read of some artifacts, whose ids are the parameter `ids_` with the number before it."""


def named(name: str, type: TypeEngine[Any] | None = None) -> BindParameter[Any]:
    """A parameter that is given a list of values."""
    return bindparam(name, expanding=True, type_=type)


def _ids(batch: int) -> BindParameter[Any]:
    return named(f"ids_{batch}")


def artifact_columns(names: Iterable[str]) -> list[ColumnElement[Any]]:
    """Columns of the artifact table; `position` and `ranked` are counted among the ranked artifacts of its kind."""
    return [_counted(name) if name in ("position", "ranked") else ARTIFACT.c[name] for name in sorted(names)]


def _counted(name: str) -> ColumnElement[Any]:
    """How many of its kind are ranked, or how many of these are ahead: only those beyond a milestone are counted.

    What has been removed is not counted, so a removed artifact may be ahead of the first milestone.
    """
    own_kind, own = ARTIFACT.c.kind, ARTIFACT.c.rank_order
    if name == "ranked":
        return select(KIND.c.ranked).where(KIND.c.kind == own_kind).scalar_subquery().label(name)
    passed = (
        select(MILESTONE)
        .where(MILESTONE.c.kind == own_kind, MILESTONE.c.rank_order <= own)
        .order_by(MILESTONE.c.rank_order.desc())
        .limit(1)
        .correlate(ARTIFACT)
    )
    other, before = ARTIFACT.alias("other"), passed.with_only_columns(MILESTONE.c.rank_order).scalar_subquery()
    beyond = (other.c.kind == own_kind, other.c.rank_order >= before, other.c.rank_order < own)
    since = select(func.count()).where(*beyond, other.c.availability != Availability.REMOVED)
    ahead = func.coalesce(passed.with_only_columns(MILESTONE.c.ahead).scalar_subquery(), 0)
    return (ahead + since.scalar_subquery() + 1).label(name)


def by_slug(columns: Iterable[str]) -> Select[Any]:
    """Artifacts by their slugs, the parameter `names`."""
    return select(*artifact_columns(columns)).where(ARTIFACT.c.slug.in_(named("names")))


def by_id(columns: Iterable[str]) -> Select[Any]:
    """Artifacts by their ids, the parameter `ids`."""
    return select(*artifact_columns({*columns, "id"})).where(ARTIFACT.c.id.in_(named("ids")))


def by_alias(columns: Iterable[str]) -> Select[Any]:
    """Artifacts by their aliases, the parameter `names`, each with the alias that found it."""
    return (
        select(ALIAS.c.name.label("alias_name"), *artifact_columns(columns))
        .join(ARTIFACT, ARTIFACT.c.id == ALIAS.c.artifact_id)
        .where(ALIAS.c.name.in_(named("names")))
    )


def children(table_name: str, batches: Sequence[Batch]) -> Select[Any]:
    """The rows of one table that hang on some artifacts, of which something of it is asked for."""
    table = TABLES[CHILD_TABLES[table_name]]
    columns = {name for _, needs in batches for name in getattr(needs, table_name).columns}
    own = [table.c[name] for name in sorted(columns | KEYS.get(table_name, set()) | {"artifact_id"}) if name in table.c]
    conditions = [
        and_(table.c.artifact_id.in_(_ids(batch)), *_child_conditions(table_name, needs)) for batch, needs in batches
    ]
    query = select(*own).where(or_(*conditions))
    stated = [SOURCE.c[name.removeprefix("source_")].label(name) for name in sorted(columns) if name not in table.c]
    if stated:
        query = query.add_columns(*stated).outerjoin(SOURCE, SOURCE.c.id == table.c.source_id)
    if table_name == "signals" and any(needs.signals.history for _, needs in batches):
        return query.order_by(SIGNAL.c.observed_on.desc())
    return query.order_by(table.c.position) if table_name == "offers" else query


def of_artifacts(columns: Iterable[str]) -> Select[Any]:
    """The capabilities of some artifacts, the parameter `ids`."""
    own = [CAPABILITY.c[name] for name in sorted({*columns, "artifact_id"})]
    return select(*own).where(CAPABILITY.c.artifact_id.in_(named("ids")))


CHILD_TABLES = {
    "aliases": "alias",
    "scores": "score",
    "signals": "signal",
    "offers": "offer",
    "attributes": "attribute",
    "capabilities": "capability",
}
"""The parts of an artifact's needs, and the tables they are read from."""

KEYS = {"scores": {"dimension"}, "attributes": {"key"}, "capabilities": {"position"}}
"""What tells the rows of one artifact apart, read whatever else is."""


def child_shape(table_name: str, needs: ArtifactNeeds) -> Hashable:
    """What the statement for one table depends on."""
    asked = getattr(needs, table_name)
    return tuple(frozenset(value) if isinstance(value, set) else value for value in vars(asked).values())


def _child_conditions(table_name: str, needs: ArtifactNeeds) -> list[ColumnElement[bool]]:
    if table_name == "scores" and needs.scores.dimensions != set(Dimension):
        return [SCORE.c.dimension.in_(sorted(needs.scores.dimensions))]
    if table_name == "attributes" and needs.attributes.names is not None:
        return [ATTRIBUTE.c.key.in_(sorted(needs.attributes.names))]
    if table_name == "signals":
        return _signal_conditions(needs.signals)
    if table_name == "capabilities":
        return _windows(needs.capabilities.windows)
    return []


def _signal_conditions(needs: SignalNeeds) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if needs.names is not None:
        conditions.append(SIGNAL.c.name.in_(sorted(needs.names)))
    if not needs.history:
        later = SIGNAL.alias("later")
        newest = select(func.max(later.c.observed_on)).where(
            later.c.artifact_id == SIGNAL.c.artifact_id, later.c.name == SIGNAL.c.name
        )
        conditions.append(SIGNAL.c.observed_on == newest.scalar_subquery())
    return conditions


def _windows(windows: Iterable[Window]) -> list[ColumnElement[bool]]:
    position = CAPABILITY.c.position
    parts: list[ColumnElement[bool]] = []
    for window in sorted(windows, key=lambda window: (window.start, window.end or 0, sorted(window.slugs))):
        if window.slugs:
            parts.append(CAPABILITY.c.slug.in_(sorted(window.slugs)))
        elif window.end is not None:
            parts.append(position.between(window.start, window.end))
        elif window.start == 0:
            return []
        else:
            parts.append(position >= window.start)
    return [or_(*parts)]


def newest_figures() -> Select[Any]:
    """The newest day of any signal or offer of some artifacts, the parameter `ids`."""
    days = [select(table.c.artifact_id, table.c.observed_on) for table in (SIGNAL, OFFER)]
    each = union_all(*(rows.where(rows.selected_columns.artifact_id.in_(named("ids"))) for rows in days)).subquery(
        "each"
    )
    return select(each.c.artifact_id, func.max(each.c.observed_on).label("newest")).group_by(each.c.artifact_id)


def positions(batches: Sequence[Batch]) -> Select[Any] | CompoundSelect[Any]:
    """The places of artifacts under a caller's weights, each with the index of its weights in `weights_of`."""
    parts = []
    for index, (batch, weights) in enumerate(
        (batch, weights) for batch, needs in batches for weights in needs.positions.values()
    ):
        parts.append(_position(index, weights, _ids(batch)))
    return parts[0] if len(parts) == 1 else union_all(*parts)


def weights_of(batches: Sequence[Batch]) -> list[Any]:
    """The keys of all weights that places are asked for under."""
    return [key for _, needs in batches for key in needs.positions]


def _position(index: int, weights: Weighting, ids: BindParameter[Any]) -> Select[Any]:
    weight = case({d: literal(weights[d]) for d in Dimension}, value=SCORE.c.dimension)
    carried = func.sum(weight)
    kinds = select(ARTIFACT.c.kind).where(ARTIFACT.c.id.in_(ids))
    own = (ARTIFACT.c.id, ARTIFACT.c.kind, ARTIFACT.c.availability)
    ranks = (
        select(*own, (func.sum(weight * SCORE.c.value) / carried).label("rank"))
        .join(SCORE, SCORE.c.artifact_id == ARTIFACT.c.id)
        .where(ARTIFACT.c.kind.in_(kinds))
        .group_by(*own)
        .having(carried >= LEAST_KNOWN_WEIGHT - 1e-12)
        .cte(f"ranks_{index}")
    )
    other = ranks.alias(f"other_{index}")
    among = select(func.count()).where(other.c.kind == ranks.c.kind, other.c.availability != Availability.REMOVED)
    # Sums in the database may differ in their last digit, which must not put one of two level artifacts ahead.
    ahead = among.where(other.c.rank > ranks.c.rank + 1e-9)
    return select(
        literal(index).label("weights"),
        ranks.c.id,
        (ahead.scalar_subquery() + 1).label("position"),
        among.scalar_subquery().label("ranked"),
    ).where(ranks.c.id.in_(ids))
