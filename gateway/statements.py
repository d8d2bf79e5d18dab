"""The SELECTs that a plan's needs turn into: one a table, with only the columns asked for."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy import Float as SqlFloat
from sqlalchemy.sql.expression import CompoundSelect

from schema.enums import ArtifactOrderField, OrderDirection
from schema.needs import AlternativeNeeds, ArtifactNeeds, PageNeeds, SignalNeeds, Window
from schema.paging import PageRequest
from schema.rules.scoring import LEAST_KNOWN_WEIGHT, Weighting
from schema.rules.vocabulary import Dimension
from schema.tables import METADATA

TABLES = METADATA.tables
ARTIFACT, ALIAS, TOPIC, SOURCE, SCORE, SIGNAL, CAPABILITY, ATTRIBUTE = (
    TABLES[name] for name in ("artifact", "alias", "topic", "source", "score", "signal", "capability", "attribute")
)
MOST_ALTERNATIVES = 100

Ids = Sequence[int]
Batch = tuple[ArtifactNeeds, Ids]
"""What is read of some artifacts, and their ids."""


def artifact_columns(names: Iterable[str]) -> list[ColumnElement[Any]]:
    """Columns of the artifact table; `position` and `ranked` are counted among the ranked artifacts of its kind."""
    return [_counted(name) if name in ("position", "ranked") else ARTIFACT.c[name] for name in sorted(names)]


def _counted(name: str) -> ColumnElement[Any]:
    other = ARTIFACT.alias("other")
    ranked = select(func.count()).where(other.c.kind == ARTIFACT.c.kind, other.c.rank_order <= 0)
    if name == "position":
        return (ranked.where(other.c.rank_order < ARTIFACT.c.rank_order).scalar_subquery() + 1).label(name)
    return ranked.scalar_subquery().label(name)


def by_slug(columns: Iterable[str], slugs: Sequence[str]) -> Select[Any]:
    """Artifacts by their slugs."""
    return select(*artifact_columns(columns)).where(ARTIFACT.c.slug.in_(slugs))


def by_alias(columns: Iterable[str], names: Sequence[str]) -> Select[Any]:
    """Artifacts by their aliases, each with the alias that found it."""
    return (
        select(ALIAS.c.name.label("alias_name"), *artifact_columns(columns))
        .join(ARTIFACT, ARTIFACT.c.id == ALIAS.c.artifact_id)
        .where(ALIAS.c.name.in_(names))
    )


def page(request: PageRequest, needs: PageNeeds) -> Select[Any]:
    """A page of the list and one item more; with its total beside each row where that is asked for."""
    conditions = [_condition(name, values) for name, values in request.filters]
    counted = select(func.count().label("total")).select_from(ARTIFACT).where(*conditions)
    if not needs.rows:
        return counted
    key, ascending = _order(request)
    if request.backward:
        ascending = not ascending
    columns = artifact_columns(needs.artifact.columns | ({"id"} if needs.cursors or needs.total else set()))
    if needs.cursors or needs.total:
        columns.append(key.label("order_key"))
    ends = (key, ARTIFACT.c.id) if ascending else (key.desc(), ARTIFACT.c.id.desc())
    rows = select(*columns).where(*conditions).order_by(*ends).limit(request.size + 1)
    if request.position is not None:
        here = tuple_(key, ARTIFACT.c.id)
        there = tuple_(*(literal(part, column.type) for part, column in zip(request.position, here, strict=True)))
        rows = rows.where(here > there if ascending else here < there)
    if not needs.total:
        return rows
    # Joined to its total, so that the list is still one statement, and an empty page still has one row.
    total, found = counted.subquery("counted"), rows.subquery("found")
    again = (found.c.order_key, found.c.id) if ascending else (found.c.order_key.desc(), found.c.id.desc())
    return select(total.c.total, found).select_from(total.outerjoin(found, true())).order_by(*again)


def _condition(name: str, values: Sequence[Any]) -> ColumnElement[bool]:
    if name == "task":
        return ARTIFACT.c.id.in_(select(TOPIC.c.artifact_id).where(TOPIC.c.is_task, TOPIC.c.name.in_(values)))
    return ARTIFACT.c[name].in_(values)


_LAST_DAY = {True: "9999-12-31", False: "0001-01-01"}


def _order(request: PageRequest) -> tuple[ColumnElement[Any], bool]:
    """What a list is ordered by, and whether it ascends. What is not known comes last either way."""
    ascending = request.direction is OrderDirection.ASC
    if request.field is ArtifactOrderField.RANK:
        if not ascending:
            return ARTIFACT.c.rank_order, True
        return func.coalesce(ARTIFACT.c.rank, literal(1e300)), True
    column = ARTIFACT.c[request.field.value]
    if request.field in (ArtifactOrderField.RELEASED_ON, ArtifactOrderField.UPDATED_ON):
        return func.coalesce(column, literal(date.fromisoformat(_LAST_DAY[ascending]), column.type)), ascending
    return column, ascending


def children(table_name: str, batches: Sequence[Batch]) -> Select[Any] | None:
    """The rows of one table that hang on some artifacts; None where nothing of it is asked for."""
    table = TABLES[CHILD_TABLES[table_name]]
    wanted = [(needs, ids) for needs, ids in batches if ids and getattr(needs, table_name).columns]
    columns = {name for needs, _ in wanted for name in getattr(needs, table_name).columns}
    if not columns:
        return None
    own = [table.c[name] for name in sorted(columns | KEYS.get(table_name, set()) | {"artifact_id"}) if name in table.c]
    conditions = [and_(table.c.artifact_id.in_(ids), *_child_conditions(table_name, needs)) for needs, ids in wanted]
    query = select(*own).where(or_(*conditions))
    stated = [SOURCE.c[name.removeprefix("source_")].label(name) for name in sorted(columns) if name not in table.c]
    if stated:
        query = query.add_columns(*stated).outerjoin(SOURCE, SOURCE.c.id == table.c.source_id)
    if table_name == "signals" and any(needs.signals.history for needs, _ in wanted):
        return query.order_by(SIGNAL.c.observed_on.desc())
    return query.order_by(table.c.position) if table_name == "offers" else query


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
    if needs.names is not None and not needs.newest:
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


def newest_signals(ids: Ids) -> Select[Any]:
    """The newest day of any signal of some artifacts."""
    day = func.max(SIGNAL.c.observed_on).label("newest")
    return select(SIGNAL.c.artifact_id, day).where(SIGNAL.c.artifact_id.in_(ids)).group_by(SIGNAL.c.artifact_id)


def alternatives(needs: AlternativeNeeds, columns: Iterable[str], ids: Ids) -> Select[Any]:
    """Artifacts that share topics with some artifacts, nearest first, at the places asked for and one beyond."""
    mine, theirs, owner, other = (
        TOPIC.alias("mine"),
        TOPIC.alias("theirs"),
        ARTIFACT.alias("owner"),
        ARTIFACT.alias("near"),
    )
    shared = (
        select(
            mine.c.artifact_id.label("owner_id"), theirs.c.artifact_id.label("other_id"), func.count().label("shared")
        )
        .join(theirs, and_(theirs.c.name == mine.c.name, theirs.c.artifact_id != mine.c.artifact_id))
        .where(mine.c.artifact_id.in_(ids))
        .group_by(mine.c.artifact_id, theirs.c.artifact_id)
        .subquery("shared")
    )
    either = owner.c.topic_count + other.c.topic_count - shared.c.shared
    nearness = (cast(shared.c.shared, SqlFloat) / either).label("nearness")
    order = (nearness.desc(), shared.c.other_id)
    place = func.row_number().over(partition_by=shared.c.owner_id, order_by=order).label("place")
    nearest = (
        select(shared, nearness, place)
        .join(owner, owner.c.id == shared.c.owner_id)
        .join(other, other.c.id == shared.c.other_id)
        .subquery("nearest")
    )
    wanted = [nearest.c.place.between(start + 1, end + 2) for start, end in sorted(needs.windows)]
    return (
        select(nearest.c.owner_id, nearest.c.place, nearest.c.shared, nearest.c.nearness, *artifact_columns(columns))
        .join(ARTIFACT, ARTIFACT.c.id == nearest.c.other_id)
        .where(nearest.c.place <= MOST_ALTERNATIVES, *([] if needs.total else [or_(*wanted)]))
        .order_by(nearest.c.owner_id, nearest.c.place)
    )


def positions(batches: Sequence[Batch]) -> tuple[Select[Any] | CompoundSelect[Any] | None, list[Any]]:
    """The places of artifacts under a caller's weights: for each, the index of its weights in the list returned."""
    parts: list[Select[Any]] = []
    keys: list[Any] = []
    for needs, ids in batches:
        for key, weights in needs.positions.items():
            if ids:
                parts.append(_position(len(keys), weights, ids))
                keys.append(key)
    if not parts:
        return None, keys
    return (parts[0] if len(parts) == 1 else union_all(*parts)), keys


def _position(index: int, weights: Weighting, ids: Ids) -> Select[Any]:
    weight = case({d: literal(weights[d]) for d in Dimension}, value=SCORE.c.dimension)
    carried = func.sum(weight)
    kinds = select(ARTIFACT.c.kind).where(ARTIFACT.c.id.in_(ids))
    ranks = (
        select(ARTIFACT.c.id, ARTIFACT.c.kind, (func.sum(weight * SCORE.c.value) / carried).label("rank"))
        .join(SCORE, SCORE.c.artifact_id == ARTIFACT.c.id)
        .where(ARTIFACT.c.kind.in_(kinds))
        .group_by(ARTIFACT.c.id, ARTIFACT.c.kind)
        .having(carried >= LEAST_KNOWN_WEIGHT - 1e-12)
        .cte(f"ranks_{index}")
    )
    other = ranks.alias(f"other_{index}")
    among = select(func.count()).where(other.c.kind == ranks.c.kind)
    # Sums in the database may differ in their last digit, which must not put one of two level artifacts ahead.
    ahead = among.where(other.c.rank > ranks.c.rank + 1e-9)
    return select(
        literal(index).label("weights"),
        ranks.c.id,
        (ahead.scalar_subquery() + 1).label("position"),
        among.scalar_subquery().label("ranked"),
    ).where(ranks.c.id.in_(ids))
