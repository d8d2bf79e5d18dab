"""Who comes out ahead, and why. Sentences are made from the structured reasons, never the other way round."""

from collections.abc import Sequence
from typing import NamedTuple

from schema.rules.caveats import Contender
from schema.rules.leaders import leads
from schema.rules.scoring import Standing, Weighting, rounded, standing
from schema.rules.vocabulary import Dimension, Direction, FieldOutcome, VerdictOutcome
from schema.rules.words import figure, listed


class Reason(NamedTuple):
    """One dimension that somebody leads: columns, and the lead in score (0 to 1, unrounded; 0 where it is shared)."""

    dimension: Dimension
    leaders: tuple[int, ...]
    margin: float
    text: str


class Verdict(NamedTuple):
    """The outcome of a comparison.

    `winner` is a column, `margin` its lead in points of rank, unrounded; `first` are all that have the highest rank.
    """

    outcome: VerdictOutcome
    winner: int | None
    margin: float | None
    standing: Standing
    first: tuple[int, ...]


def judge(contenders: Sequence[Contender], weights: Weighting, place: Standing | None = None) -> Verdict:
    """The winner by unrounded rank, on the dimensions that are known for all that take part.

    `place` is how they stand under these weights, where that is known already.
    """
    if place is None:
        place = standing([{d: scored.value for d, scored in c.scores.items()} for c in contenders], weights)
    columns = [(rank,) for rank in place.ranks]
    outcome, first, margin = leads(columns, HIGHER[:1], [(rank is not None,) for rank in place.ranks])[0]
    if outcome is FieldOutcome.LEADER:
        return Verdict(VerdictOutcome.WINNER, first[0], margin, place, first)
    undecided = VerdictOutcome.TIE if outcome is FieldOutcome.TIE else VerdictOutcome.UNDECIDED
    return Verdict(undecided, None, None, place, first)


def reasons(contenders: Sequence[Contender], verdict: Verdict) -> list[Reason]:
    """What the verdict rests on: each shared dimension that one or some are ahead on, in the dimensions' order."""
    shared, ranks, points = verdict.standing
    taking_part = len(ranks) - ranks.count(None)
    if taking_part < 2:
        return []
    nothing = (None,) * len(shared)
    columns = [nothing if rank is None else own for rank, own in zip(ranks, points, strict=True)]
    known = [(rank is not None,) * len(shared) for rank in ranks]
    return [
        Reason(dimension, leaders, margin or 0.0, _reason(contenders, dimension, leaders, margin or 0.0))
        for dimension, (_, leaders, margin) in zip(shared, leads(columns, HIGHER[: len(shared)], known), strict=True)
        if len(leaders) < taking_part
    ]


HIGHER = (Direction.HIGHER_WINS,) * len(Dimension)


def _reason(contenders: Sequence[Contender], dimension: Dimension, leaders: Sequence[int], margin: float) -> str:
    if len(leaders) == 1:
        return f"{contenders[leaders[0]].name} leads on {dimension.spoken} by {figure(margin)}."
    return f"{listed([contenders[index].name for index in leaders])} share the lead on {dimension.spoken}."


def summary(contenders: Sequence[Contender], verdict: Verdict, because: Sequence[Reason]) -> str:
    """The verdict in a sentence or two: who is ahead, at which ranks, and who leads on what."""
    names = [contender.name for contender in contenders]
    return " ".join([_outcome_sentence(names, verdict), *_lead_sentences(names, because)])


def _outcome_sentence(names: Sequence[str], verdict: Verdict) -> str:
    ranks = verdict.standing.ranks
    if verdict.winner is not None:
        best = ranks[verdict.winner] or 0.0
        next_rank, runner_up = max(
            (rank, -i) for i, rank in enumerate(ranks) if rank is not None and i != verdict.winner
        )
        head, tail = names[verdict.winner], names[-runner_up]
        if rounded(best) == rounded(next_rank):
            return f"{head} is ahead of {tail} by {figure(best - next_rank)} points; both round to {rounded(best)}/100."
        return f"{head} is ahead at {rounded(best)}/100, {tail} at {rounded(next_rank)}/100."
    if verdict.outcome is VerdictOutcome.TIE:
        level = verdict.first
        return f"{listed([names[i] for i in level])} are level at {rounded(ranks[level[0]] or 0.0)}/100."
    return f"Too little is known to rank {listed(names)} against each other."


def _lead_sentences(names: Sequence[str], because: Sequence[Reason]) -> list[str]:
    led: dict[tuple[int, ...], list[str]] = {}
    for reason in because:
        led.setdefault(reason.leaders, []).append(reason.dimension.spoken)
    return [
        f"{listed([names[i] for i in leaders])} {'leads' if len(leaders) == 1 else 'share the lead'} on {listed(dims)}."
        for leaders, dims in led.items()
    ]
