"""Who leads a field, and by how much. Works on unrounded values only."""

from collections.abc import Sequence
from math import isclose
from typing import NamedTuple

from schema.rules.vocabulary import Direction, FieldOutcome

LeadParts = tuple[FieldOutcome, tuple[int, ...], float | None]
"""What a Lead is made of, as a plain tuple: where many are told at once, making the names costs more than the rule."""


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


def ahead(left: float, right: float) -> tuple[tuple[int, ...], float]:
    """Which of two known values is the higher, or BOTH, and by how much."""
    if left == right or isclose(left, right, rel_tol=1e-12, abs_tol=1e-12):
        return BOTH, 0.0
    return (FIRST, left - right) if left > right else (SECOND, right - left)


def leads(
    columns: Sequence[Sequence[float | None]], directions: Sequence[Direction], known: Sequence[Sequence[bool]]
) -> list[LeadParts]:
    """The leads of several fields: `columns` has the values of each artifact, one for each field.

    `known` tells in the same way which of them have a value at all, in an order or without one.
    """
    if len(columns) != 2:
        return [
            lead(values, direction, known=sum(flags))
            for values, direction, flags in zip(
                zip(*columns, strict=True), directions, zip(*known, strict=True), strict=True
            )
        ]
    # As most comparisons are of two, their leads are told without calls and lists.
    found: list[LeadParts] = []
    for left, right, direction, left_known, right_known in zip(*columns, directions, *known, strict=True):
        if left is None or right is None or direction is UNORDERED:
            found.append(NO_ORDER if left_known and right_known else NOTHING)
        elif left == right or isclose(left, right, rel_tol=1e-12, abs_tol=1e-12):
            found.append(LEVEL)
        elif left > right:
            found.append((LEADER, FIRST if direction is not LOWER_WINS else SECOND, left - right))
        else:
            found.append((LEADER, SECOND if direction is not LOWER_WINS else FIRST, right - left))
    return found


FIRST, SECOND, BOTH = (0,), (1,), (0, 1)
LEADER, UNORDERED, LOWER_WINS = FieldOutcome.LEADER, Direction.UNORDERED, Direction.LOWER_WINS
LEVEL: LeadParts = (FieldOutcome.TIE, BOTH, 0.0)
NO_ORDER: LeadParts = (FieldOutcome.UNORDERED, (), None)
NOTHING: LeadParts = (FieldOutcome.NO_DATA, (), None)
