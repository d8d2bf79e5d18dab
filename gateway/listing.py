"""The SELECT of a page of the list of artifacts: read off an index, whatever the order and however long the list is.

It holds no value of the request. `structure` tells apart the requests that need different statements, and `values` has
what a request gives to the statement's parameters.

A list is cut into spans that an index holds in the list's order: what is level with a cursor and what is beyond it,
what is not known apart from what is, and each value of a condition with several. A page takes the first items of each
span and puts these few in order, so it costs the same at the front, at the far end, and in a catalogue of any size.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Dialect,
    Integer,
    Select,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    select,
    true,
    union,
    union_all,
)

from gateway.orders import MOST_VALUES, Order, order_of, stands_for
from gateway.prepared import Statement
from gateway.statements import ARTIFACT, KIND, TOPIC, artifact_columns
from schema.enums import ArtifactOrderField
from schema.needs import ArtifactNeeds, PageNeeds
from schema.paging import PageRequest
from schema.rules.vocabulary import Availability

SIZE = bindparam("size", type_=Integer())

FEW = 1_000
"""As many artifacts of a task are sorted; where there are more, the order is gone through for them."""

LED_BY = ("publisher", "kind", "license_use", "pricing", "availability")
"""The conditions that have an index in the order of ranks, the one that usually leaves the fewest first."""

HELD = ("kind", "license_use", "pricing", "availability", "removed")
"""The conditions on columns that the indexes of the other orders hold too."""

Filters = Sequence[tuple[str, Sequence[Any]]]
Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a list: what it is sorted by and its conditions.

    All rows of a `level` span have the same key. With `only_if`, none are taken unless that is so. The rows of a
    `walked` span lie in an index in the list's order.
    """

    key: ColumnElement[Any]
    conditions: Conditions
    level: bool = False
    only_if: ColumnElement[bool] | None = None
    walked: bool = False

    def first(self, rows: Select[Any], order: Order) -> Select[Any]:
        """The rows of the span in the list's order."""
        by = order.by(self.key, order.id)
        return rows.where(*self.conditions).order_by(*(by[1:] if self.level else by))


def structure(request: PageRequest) -> Hashable:
    """What the statement of a request depends on."""
    filters = tuple([(name, len(values)) for name, values in request.filters])
    beyond_known = request.position is not None and request.position[0] == stands_for(request)
    # Enums are looked up by their names, which are sooner hashed.
    order = request.field._name_, request.direction._name_, request.backward
    return filters, order, request.position is None, beyond_known


def values(request: PageRequest) -> dict[str, Any]:
    """What the parameters of the statement are given."""
    found: dict[str, Any] = {"size": request.size + 1}
    for name, given in request.filters:
        for index, value in enumerate(given):
            found[_parameter(name, index)] = value
    if request.position is not None:
        found["key"], found["at"] = request.position
    return found


def order(request: PageRequest, dialect: Dialect, *, total: bool) -> Statement:
    """The ids of a page and what is in their cursors, and nothing else but the total where that is asked for."""
    return page(request, dialect, PageNeeds(ArtifactNeeds({"id"}), rows=True, cursors=True, total=total))


def page(request: PageRequest, dialect: Dialect, needs: PageNeeds) -> Statement:
    """A page of the list and one item more; with its total beside each row where that is asked for.

    The statement is the same for all requests with the same `structure`.
    """
    counted = _counted(request.filters)
    if not needs.rows:
        return counted
    order = order_of(request)
    # SQLite merges what lies in order and takes no more of it than is wanted, but what is limited it sorts once more;
    # PostgreSQL goes through all of what is not limited.
    rows = _rows(list(_spans(request, order)), order, needs, lazily=dialect.name == "sqlite")
    if not needs.total:
        return rows
    # Joined to its total, so that the list is still one statement, and an empty page still has one row.
    total, found = counted.subquery("counted"), rows.subquery("found")
    again = order.by(found.c.order_key, found.c.id)
    return select(total.c.total, found).select_from(total.outerjoin(found, true())).order_by(*again)


def _rows(spans: Sequence[Span], order: Order, needs: PageNeeds, *, lazily: bool) -> Statement:
    keyed = needs.cursors or needs.total
    columns = artifact_columns(needs.artifact.columns | ({"id"} if keyed else set()))
    if len(spans) == 1:
        rows = select(*columns, *([spans[0].key.label("order_key")] if keyed else []))
        return spans[0].first(rows, order).limit(SIZE)
    merged = _merged(spans, order, lazily=lazily)
    if needs.artifact.columns <= {"id"}:
        return merged
    # Only for those that are on the page, more is read than their place.
    found = merged.subquery("places")
    rows = select(*columns, *([found.c.order_key] if keyed else [])).join(found, found.c.id == ARTIFACT.c.id)
    return rows.order_by(*order.by(found.c.order_key, found.c.id))


def _counted(filters: Filters) -> Select[Any]:
    """How many meet the conditions: for kinds alone that is known."""
    names = {name for name, _ in filters}
    if names <= {"kind", "removed"}:
        each = KIND.c.artifacts - KIND.c.removed if "removed" in names else KIND.c.artifacts
        kinds = [_among(KIND.c.kind, name, values) for name, values in filters if name == "kind"]
        return select(func.coalesce(func.sum(each), 0).label("total")).where(*kinds)
    return select(func.count().label("total")).select_from(ARTIFACT).where(*_conditions(filters))


def _merged(spans: Sequence[Span], order: Order, *, lazily: bool) -> CompoundSelect[Any]:
    """The places of the first items of all spans."""
    parts = []
    for span in spans:
        first = span.first(select(order.id.label("id"), span.key.label("order_key")), order)
        if not (span.walked and lazily):
            first = first.limit(SIZE if span.only_if is None else case((span.only_if, SIZE), else_=0))
        parts.append(select(first.subquery()))
    # What is for several of the tasks asked for is found once for each of them.
    together = (union if order.id is TOPIC.c.artifact_id else union_all)(*parts)
    return together.order_by(*order.by(literal_column("order_key"), literal_column("id"))).limit(SIZE)


def _spans(request: PageRequest, order: Order) -> Iterator[Span]:
    tasks = dict(request.filters).get("task")
    if tasks is None:
        yield from _walked(request, order, request.filters, [])
        return
    others = [one for one in request.filters if one[0] != "task"]
    if order.id is TOPIC.c.artifact_id:
        kinds = [_among(TOPIC.c.kind, name, values) for name, values in others if name == "kind"]
        rest = _conditions([one for one in others if one[0] != "kind"], by_index=False)
        for index in range(len(tasks)):
            this = TOPIC.c.name == _given(TOPIC.c.name, "task", index)
            of_task = [TOPIC.c.artifact_id == ARTIFACT.c.id, TOPIC.c.rank_order.is_not(None), this]
            yield from _in_order(request, order, [*of_task, *kinds, *rest])
        return
    few = select(TOPIC.c.artifact_id).where(*_for_task(tasks)).limit(FEW).cte("few")
    many = select(func.count()).select_from(few).scalar_subquery() >= FEW
    sorted_ones = [ARTIFACT.c.id.in_(select(few.c.artifact_id)), *_conditions(others, by_index=False)]
    for span in _in_order(request, order, sorted_ones):
        yield replace(span, only_if=~many)
    has_task = select(TOPIC.c.name).where(TOPIC.c.artifact_id == ARTIFACT.c.id, *_for_task(tasks)).exists()
    for span in _walked(request, order, others, [has_task]):
        yield replace(span, only_if=many, walked=False)


def _walked(request: PageRequest, order: Order, filters: Filters, more: Conditions) -> Iterator[Span]:
    """Spans that an index holds in order, led by the condition that the index is made for where there is one."""
    given = dict(filters)
    name = next((name for name in LED_BY if given.get(name)), None)
    if request.field is not ArtifactOrderField.RANK:
        by_index = any(name not in HELD for name in given)
        yield from _in_order(request, order, [*_conditions(filters, by_index=by_index), *more], walked=not by_index)
    elif name is None or len(given[name]) > MOST_VALUES:
        yield from _in_order(request, order, [*_conditions(filters), *more], walked=name is None)
    else:
        others = [one for one in filters if one[0] != name]
        for index in range(len(given[name])):
            led = [
                ARTIFACT.c[name] == _given(ARTIFACT.c[name], name, index),
                *_conditions(others, by_index=False),
                *more,
            ]
            yield from _in_order(request, order, led, walked=True)


def _in_order(request: PageRequest, order: Order, conditions: Conditions, *, walked: bool = False) -> Iterator[Span]:
    column, id = order.column, order.id
    known = [] if order.known is None else [order.known]
    unknown = literal(order.stands_for, column.type)
    if request.position is None:
        yield Span(column, [*conditions, *known], walked=walked)
        if order.unknown is not None:
            yield Span(unknown, [*conditions, order.unknown], level=True)
        return
    key, at = bindparam("key", type_=column.type), bindparam("at", type_=id.type)
    if order.unknown is not None and request.position[0] == order.stands_for:
        yield Span(unknown, [*conditions, order.unknown, order.beyond(id, at)], level=True)
        if not order.unknown_last:
            yield Span(column, [*conditions, *known], walked=walked)
        return
    # Not as one comparison of pairs, for which SQLite goes through all that is level with the cursor.
    yield Span(column, [*conditions, column == key, order.beyond(id, at)], level=True, walked=walked)
    yield Span(column, [*conditions, *known, order.beyond(column, key)], walked=walked)
    if order.unknown is not None and order.unknown_last:
        yield Span(unknown, [*conditions, order.unknown], level=True)


def _conditions(filters: Filters, *, by_index: bool = True) -> Conditions:
    """What rows have to meet; without `by_index` so written that rows are not looked for by it."""
    return [_condition(name, values, by_index) for name, values in filters]


def _condition(name: str, values: Sequence[Any], by_index: bool) -> ColumnElement[bool]:
    if name == "task":
        return ARTIFACT.c.id.in_(select(TOPIC.c.artifact_id).where(*_for_task(values)))
    if name == "removed":
        return ARTIFACT.c.availability != Availability.REMOVED
    column = ARTIFACT.c[name]
    return _among(
        column if by_index else func.nullif(column, literal("", column.type), type_=column.type), name, values
    )


def _for_task(tasks: Sequence[str]) -> Conditions:
    return [TOPIC.c.rank_order.is_not(None), _among(TOPIC.c.name, "task", tasks)]


def _among(column: ColumnElement[Any], name: str, values: Sequence[Any]) -> ColumnElement[bool]:
    return column.in_([_given(column, name, index) for index in range(len(values))])


def _given(column: ColumnElement[Any], name: str, index: int) -> BindParameter[Any]:
    return bindparam(_parameter(name, index), type_=column.type)


def _parameter(name: str, index: int) -> str:
    # Not `NAME_INDEX`, which SQLAlchemy calls its own parameters by.
    return f"given_{name}_{index}"
