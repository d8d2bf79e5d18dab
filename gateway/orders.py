"""What lists of artifacts can be read in the order of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement

from gateway.statements import ARTIFACT, TOPIC
from schema.enums import ArtifactOrderField, OrderDirection
from schema.paging import PageRequest

MOST_VALUES = 20
"""A condition with more values is not cut into spans."""

DAYS = (ArtifactOrderField.RELEASED_ON, ArtifactOrderField.UPDATED_ON)
_LAST_DAY = {True: date(9999, 12, 31), False: date(1, 1, 1)}


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is read in the order of, and the id of the artifacts where that stands.

    Where `unknown` is set, rows that meet it have no value to sort by: they come last, or first where a list is read
    from its end, and `stands_for` is the value that a cursor holds for them.
    """

    column: ColumnElement[Any]
    id: ColumnElement[Any]
    ascending: bool
    unknown: ColumnElement[bool] | None = None
    known: ColumnElement[bool] | None = None
    stands_for: Any = None
    unknown_last: bool = True

    def by(self, key: ColumnElement[Any], id: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """What rows are sorted by."""
        return (key, id) if self.ascending else (key.desc(), id.desc())

    def beyond(self, column: ColumnElement[Any], value: ColumnElement[Any]) -> ColumnElement[bool]:
        """The condition of coming after a value."""
        return column > value if self.ascending else column < value


def order_of(request: PageRequest) -> Order:
    """What a list is read in the order of; a page that ends at a cursor, or at the end, is read backward."""
    forward, onward = request.direction is OrderDirection.ASC, not request.backward
    if request.field is ArtifactOrderField.RANK:
        tasks = dict(request.filters).get("task", ())
        table, id = (TOPIC, TOPIC.c.artifact_id) if 0 < len(tasks) <= MOST_VALUES else (ARTIFACT, ARTIFACT.c.id)
        column = table.c.rank_order
        if not forward:
            return Order(column, id, onward)
        return Order(column, id, not onward, column == 1.0, column <= 0, stands_for(request), onward)
    column, id = ARTIFACT.c[request.field.value], ARTIFACT.c.id
    ascending = forward is onward
    if request.field in DAYS:
        return Order(column, id, ascending, column.is_(None), column.is_not(None), stands_for(request), onward)
    return Order(column, id, ascending)


def stands_for(request: PageRequest) -> Any:
    """The value that cursors of a list hold for what has none, None where each has one."""
    forward = request.direction is OrderDirection.ASC
    if request.field is ArtifactOrderField.RANK:
        return -1e300 if forward else None
    return _LAST_DAY[forward] if request.field in DAYS else None
