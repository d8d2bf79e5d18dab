"""Which of two artifacts searches prefer, and how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import sqrt
from typing import NamedTuple

from schema.rules.vocabulary import EvidenceStance

Z = 1.959963984540054
"""How many standard deviations to either side of the mean of a normal distribution hold 95 % of it."""
EVEN = 0.5


class Interval(NamedTuple):
    """Where a share lies, from 0 to 1, with 95 % confidence."""

    low: float
    high: float


def wilson(wins: int, of: int) -> Interval:
    """The 95 % interval of the share that `wins` of some trials show: the score interval of Wilson (Probable Inference,
    the Law of Succession, and Statistical Inference, 1927). Unlike the usual one it holds for few trials and for shares
    near 0 and 1 as well. Raises ValueError without a trial.
    """
    if not 0 <= wins <= of or not of:
        raise ValueError(f"{wins} of {of} is no share.")
    share, square = wins / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    # At the ends the sums come to 0 and 1 exactly, but for rounding.
    return Interval(0.0 if wins == 0 else middle - half, 1.0 if wins == of else middle + half)


@dataclass(slots=True)
class HeadToHead:
    """How one column does against another in searches that matched both.

    In `above` of them it was placed higher, in `chosen` it was chosen and the other was not. A search prefers the one
    that was chosen; where both or neither were, the one placed higher. `wins` are the searchers who preferred it: one
    client has one vote a day, for the one that more of its searches of that day preferred.
    """

    above: int = 0
    chosen: int = 0
    wins: int = 0


Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """What searches say of some columns: how many `searches` matched more than one of them, and what they say of each
    pair, in both directions.
    """

    searches: int = 0
    pairs: Mapping[Pair, HeadToHead] = field(default_factory=dict)

    def of(self, column: int, other: int) -> HeadToHead:
        """How a column does against another."""
        return self.pairs.get((column, other)) or HeadToHead()

    def voters(self, column: int, other: int) -> int:
        """How many searchers preferred one of two columns to the other."""
        return self.of(column, other).wins + self.of(other, column).wins

    def interval(self, column: int, other: int) -> Interval | None:
        """Where the share of searchers who prefer a column to another lies; None where nobody was shown both."""
        voters = self.voters(column, other)
        return wilson(self.of(column, other).wins, voters) if voters else None

    def prefers(self, column: int, other: int) -> bool:
        """Whether the whole interval says that more than half prefer a column to another."""
        interval = self.interval(column, other)
        return interval is not None and interval.low > EVEN


def preferred(names: Sequence[str], counted: Tally, column: int, other: int) -> str:
    """How many searchers prefer one column to another, in a sentence."""
    interval = counted.interval(column, other)
    if interval is None:
        return f"No searcher has preferred {names[column]} to {names[other]}, or the other way round."
    wins, voters = counted.of(column, other).wins, counted.voters(column, other)
    return (
        f"{wins:,} of {voters:,} searchers prefer {names[column]} to {names[other]}: {100 * wins / voters:.0f} %, "
        f"or with 95 % confidence {100 * interval.low:.0f} to {100 * interval.high:.0f} %."
    )


def stance(counted: Tally, winner: int | None, columns: int) -> EvidenceStance:
    """What searches say of a verdict on so many columns."""
    if winner is None:
        return EvidenceStance.INCONCLUSIVE if counted.searches else EvidenceStance.NO_SEARCHES
    others = [column for column in range(columns) if column != winner]
    if any(counted.prefers(other, winner) for other in others):
        return EvidenceStance.OPPOSES
    if all(counted.prefers(winner, other) for other in others):
        return EvidenceStance.SUPPORTS
    if any(counted.voters(winner, other) for other in others):
        return EvidenceStance.INCONCLUSIVE
    return EvidenceStance.NO_SEARCHES


def told(names: Sequence[str], counted: Tally, winner: int | None) -> str:
    """What searches say of a verdict, in sentences."""
    stands = stance(counted, winner, len(names))
    if winner is None:
        pairs = [pair for pair in combinations(range(len(names)), 2) if counted.voters(*pair)]
    else:
        others = [column for column in range(len(names)) if column != winner and counted.voters(winner, column)]
        pairs = [(other, winner) if counted.prefers(other, winner) else (winner, other) for other in others]
    said = [SAID[stands] if winner is not None or not pairs else NO_WINNER]
    return " ".join([*said, *(preferred(names, counted, *pair) for pair in pairs)])


SAID = {
    EvidenceStance.SUPPORTS: "Searches agree with the verdict.",
    EvidenceStance.OPPOSES: "Searches disagree with the verdict.",
    EvidenceStance.INCONCLUSIVE: "Searches are too few, or too evenly split, to say whether the verdict is right.",
    EvidenceStance.NO_SEARCHES: "No recorded search says which is preferred.",
}
NO_WINNER = "There is no winner that searches could speak for."
