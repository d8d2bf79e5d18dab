"""Who leads a field, and by how much. Works on unrounded values only."""

from collections.abc import Sequence
from math import isclose, isnan, nan
from operator import sub
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
    """Which of two known values is the higher, or BOTH, and by how much. None may be LARGE."""
    margin = left - right
    if -CLEAR < margin < CLEAR and isclose(left, right, rel_tol=1e-12, abs_tol=1e-12):
        return BOTH, 0.0
    return (FIRST, margin) if margin > 0 else (SECOND, -margin)


class Merits:
    """How good an artifact's values for several fields are, for two or more artifacts to be laid side by side.

    The higher a merit, the better the value; it is nan where nothing is known or nothing is ordered. `known` tells
    which values there are at all, in an order or without one.
    """

    __slots__ = ("known", "large", "merits")

    def __init__(self, values: Sequence[float | None], directions: Sequence[Direction], known: Sequence[bool]) -> None:
        self.known = known
        self.merits = [
            nan if value is None or direction is UNORDERED else -value if direction is LOWER_WINS else value
            for value, direction in zip(values, directions, strict=True)
        ]
        self.large = any(abs(merit) > LARGE for merit in self.merits)


LARGE, CLEAR = 1e9, 1e-3
"""Between merits that are not larger than that, a difference of more than this is none that arithmetic adds."""


def leads(columns: Sequence[Merits]) -> list[LeadParts]:
    """The leads of several fields."""
    if len(columns) != 2 or columns[0].large or columns[1].large:
        fields = zip(*[column.merits for column in columns], strict=True)
        return [
            lead([None if isnan(merit) else merit for merit in merits], HIGHER_WINS, known=sum(known))
            for merits, known in zip(fields, zip(*[column.known for column in columns], strict=True), strict=True)
        ]
    # As most comparisons are of two, most of their leads are told by one look at a difference.
    first, second = columns
    found: list[LeadParts] = []
    for margin in map(sub, first.merits, second.merits):
        if margin > CLEAR:
            found.append((LEADER, FIRST, margin))
        elif margin < -CLEAR:
            found.append((LEADER, SECOND, -margin))
        elif margin == 0:
            found.append(LEVEL)
        else:
            at = len(found)
            if isnan(margin):
                found.append(NO_ORDER if first.known[at] and second.known[at] else NOTHING)
            else:
                leaders, size = ahead(first.merits[at], second.merits[at])
                found.append(LEVEL if leaders is BOTH else (LEADER, leaders, size))
    return found


FIRST, SECOND, BOTH = (0,), (1,), (0, 1)
LEADER = FieldOutcome.LEADER
UNORDERED, LOWER_WINS, HIGHER_WINS = Direction.UNORDERED, Direction.LOWER_WINS, Direction.HIGHER_WINS
LEVEL: LeadParts = (FieldOutcome.TIE, BOTH, 0.0)
NO_ORDER: LeadParts = (FieldOutcome.UNORDERED, (), None)
NOTHING: LeadParts = (FieldOutcome.NO_DATA, (), None)
