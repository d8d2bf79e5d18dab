"""Keeps how artifacts stand in their kind, so that no request has to count a kind."""

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, cast, delete, func, insert, select

from schema.rules.vocabulary import Availability
from schema.tables import METADATA

ARTIFACT, KIND, MILESTONE = (METADATA.tables[name] for name in ("artifact", "kind", "milestone"))
APART = 100
"""How many artifacts are between two milestones at most, level ones apart."""


def refresh(connection: Connection) -> None:
    """Counts every kind anew, inside a transaction that someone else opens and closes: once ranks have changed."""
    ranked = func.count().filter(_ranked())
    removed = func.count().filter(ARTIFACT.c.availability == Availability.REMOVED)
    counts = select(ARTIFACT.c.kind, func.count(), ranked, removed).group_by(ARTIFACT.c.kind)
    for table, rows in ((KIND, counts), (MILESTONE, _milestones())):
        connection.execute(delete(table))
        connection.execute(insert(table).from_select(list(table.c), rows))


def _ranked() -> ColumnElement[bool]:
    """What places are counted among: what has a rank and can still be had, as lists show it."""
    return and_(ARTIFACT.c.rank_order <= 0, ARTIFACT.c.availability != Availability.REMOVED)


def _milestones() -> Select[tuple[object, ...]]:
    """The first rank of each run of `APART` artifacts of a kind, with how many are ahead of it."""
    kind, rank_order = ARTIFACT.c.kind, ARTIFACT.c.rank_order
    counted = select(kind, rank_order, func.count().label("level")).where(_ranked()).group_by(kind, rank_order)
    level = counted.subquery("level")
    up_to = func.sum(level.c.level).over(partition_by=level.c.kind, order_by=level.c.rank_order)
    ahead = cast(up_to - level.c.level, Integer).label("ahead")
    each = select(level.c.kind, level.c.rank_order, ahead).subquery("each")
    first = (each.c.kind, func.min(each.c.rank_order), func.min(each.c.ahead))
    return select(*first).group_by(each.c.kind, each.c.ahead // APART)
