"""Who comes out ahead, and why. Sentences are made from the structured reasons, never the other way round."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import sub
from typing import NamedTuple

from schema.rules.leaders import BOTH, CLEAR, FIRST, SECOND, ahead, lead
from schema.rules.scoring import Standing, rounded
from schema.rules.vocabulary import Dimension, Direction, VerdictOutcome
from schema.rules.words import figure, listed

ReasonParts = tuple[Dimension, tuple[int, ...], float]
"""What a Reason is made of, as a plain tuple, for the reason that there are LeadParts."""


class Reason(NamedTuple):
    """One dimension that somebody leads: columns, and the lead in score (0 to 1, unrounded; 0 where it is shared)."""

    dimension: Dimension
    leaders: tuple[int, ...]
    margin: float


@dataclass(slots=True)
class Verdict:
    """The outcome of a comparison.

    `winner` is a column, `margin` its lead in points of rank, unrounded; `first` are all that have the highest rank.
    """

    outcome: VerdictOutcome
    winner: int | None
    margin: float | None
    standing: Standing
    first: tuple[int, ...]


WINNER = VerdictOutcome.WINNER
"""By a name of its own: looking a member up in its enumeration takes several times as long."""


def judge(place: Standing) -> Verdict:
    """The winner by unrounded rank, on the dimensions that are known for all that take part."""
    ranks = place.ranks
    first: tuple[int, ...]
    margin: float | None
    left, right = ranks if len(ranks) == 2 else (None, None)
    if left is None or right is None:
        _, first, margin = lead(ranks, Direction.HIGHER_WINS)
    else:
        first, margin = ahead(left, right)
    if len(first) == 1:
        return Verdict(WINNER, first[0], margin, place, first)
    return Verdict(VerdictOutcome.TIE if first else VerdictOutcome.UNDECIDED, None, None, place, first)


def reasons(place: Standing) -> list[ReasonParts]:
    """What a verdict rests on: each shared dimension that one or some are ahead on, in the dimensions' order."""
    shared, ranks, points = place.shared, place.ranks, place.points
    taking_part = len(ranks) - ranks.count(None)
    if taking_part < 2:
        return []
    found: list[ReasonParts] = []
    if len(ranks) == 2:
        for at, margin in enumerate(map(sub, *points)):
            if margin > CLEAR:
                found.append((shared[at], FIRST, margin))
            elif margin < -CLEAR:
                found.append((shared[at], SECOND, -margin))
            else:
                leaders, size = ahead(points[0][at], points[1][at])
                if leaders is not BOTH:
                    found.append((shared[at], leaders, size))
        return found
    unknown = (None,) * len(shared)
    for dimension, *scores in zip(shared, *(own or unknown for own in points), strict=True):
        _, best, lead_size = lead(scores, Direction.HIGHER_WINS)
        if len(best) < taking_part:
            found.append((dimension, best, lead_size or 0.0))
    return found


def told(names: Sequence[str], because: Sequence[ReasonParts]) -> list[str]:
    """Each reason in a sentence, with the names of the columns."""
    return [
        f"{names[leaders[0]]} leads on {dimension.spoken} by {figure(margin)}."
        if len(leaders) == 1
        else f"{listed([names[index] for index in leaders])} share the lead on {dimension.spoken}."
        for dimension, leaders, margin in because
    ]


def summary(names: Sequence[str], verdict: Verdict, because: Sequence[ReasonParts]) -> str:
    """The verdict in a sentence or two: who is ahead, at which ranks, and who leads on what."""
    led: dict[tuple[int, ...], list[str]] = {}
    for dimension, leaders, _ in because:
        if leaders in led:
            led[leaders].append(dimension.spoken)
        else:
            led[leaders] = [dimension.spoken]
    said = _outcome_sentence(names, verdict)
    for leaders, dimensions in led.items():
        if len(leaders) == 1:
            said += f" {names[leaders[0]]} leads on {listed(dimensions)}."
        else:
            said += f" {listed([names[index] for index in leaders])} share the lead on {listed(dimensions)}."
    return said


def _outcome_sentence(names: Sequence[str], verdict: Verdict) -> str:
    ranks, winner = verdict.standing.ranks, verdict.winner
    if winner is not None:
        best, next_rank, runner_up = ranks[winner] or 0.0, -1.0, 0
        for column, rank in enumerate(ranks):
            if column != winner and rank is not None and rank > next_rank:
                next_rank, runner_up = rank, column
        head, tail, shown, beneath = names[winner], names[runner_up], rounded(best), rounded(next_rank)
        if shown == beneath:
            return f"{head} is ahead of {tail} by {figure(best - next_rank)} points; both round to {shown}/100."
        return f"{head} is ahead at {shown}/100, {tail} at {beneath}/100."
    if verdict.outcome is VerdictOutcome.TIE:
        level = verdict.first
        return f"{listed([names[i] for i in level])} are level at {rounded(ranks[level[0]] or 0.0)}/100."
    return f"Too little is known to rank {listed(names)} against each other."
