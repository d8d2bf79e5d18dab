"""Who leads a field, and by how much. Works on unrounded values only."""

from collections.abc import Callable, Sequence
from math import isclose
from typing import NamedTuple

from schema.rules.vocabulary import Direction, FieldOutcome


class Lead(NamedTuple):
    """The outcome of one field.

    `leaders` are column indices, in column order: one for LEADER, two or more for TIE, none otherwise.
    `margin` is the leader's value minus the runner-up's, as a size (never negative) in the field's own unit:
    0 for a tie, None where there is no leader.
    """

    outcome: FieldOutcome
    leaders: tuple[int, ...] = ()
    margin: float | None = None


def same(left: float, right: float) -> bool:
    """Whether two values differ by no more than what floating point arithmetic itself adds."""
    return left == right or isclose(left, right, rel_tol=1e-12, abs_tol=1e-12)


def lead(values: Sequence[float | None], direction: Direction, *, known: int | None = None) -> Lead:
    """Tells leaders, ties, missing values and unordered fields apart.

    `values` has one item a column, None where nothing is known. A missing value never leads, never trails and
    is never read as zero: with fewer than two known values nobody is ahead of anybody, and the outcome is NO_DATA.
    `known` is how many have a value at all, for fields whose values have no order.
    """
    ordered = [(value, column) for column, value in enumerate(values) if value is not None]
    count = len(ordered) if known is None else known
    if count < 2:
        return Lead(FieldOutcome.NO_DATA)
    if direction is Direction.UNORDERED or len(ordered) < 2:
        return Lead(FieldOutcome.UNORDERED)
    pick = min if direction is Direction.LOWER_WINS else max
    best = pick(value for value, _ in ordered)
    leaders = tuple(column for value, column in ordered if same(value, best))
    if len(leaders) > 1:
        return Lead(FieldOutcome.TIE, leaders, 0.0)
    runner_up = pick(value for value, column in ordered if column != leaders[0])
    return Lead(FieldOutcome.LEADER, leaders, abs(best - runner_up))


def leads(
    columns: Sequence[Sequence[float | None]], directions: Sequence[Direction], known: Callable[[int], int]
) -> list[Lead]:
    """The leads of several fields: `columns` has the values of each artifact, one for each field.

    `known` tells how many have a value at all, by the place of a field; it is asked where not all values have an order.
    """
    if len(columns) == 2:
        return [
            _lead_of_two(left, right, direction)
            if left is not None and right is not None and direction is not UNORDERED
            else lead((left, right), direction, known=known(at))
            for at, (left, right, direction) in enumerate(zip(*columns, directions, strict=True))
        ]
    return [
        lead(values, direction, known=known(at))
        for at, (direction, *values) in enumerate(zip(directions, *columns, strict=True))
    ]


def _lead_of_two(left: float, right: float, direction: Direction) -> Lead:
    """As most comparisons are of two, their leads are told without lists."""
    if left == right or isclose(left, right, rel_tol=1e-12, abs_tol=1e-12):
        return LEVEL
    ahead = FIRST if (left < right) is (direction is LOWER_WINS) else SECOND
    # Not by calling Lead, whose own constructor is a call of Python's.
    return tuple.__new__(Lead, (LEADER, ahead, abs(left - right)))


FIRST, SECOND = (0,), (1,)
LEADER, UNORDERED, LOWER_WINS = FieldOutcome.LEADER, Direction.UNORDERED, Direction.LOWER_WINS
LEVEL = Lead(FieldOutcome.TIE, (0, 1), 0.0)
