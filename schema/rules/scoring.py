"""Scores, weights and ranks: what an artifact's figures add up to.

rank = 100 * sum(weight * score) / sum(weight), both sums over the dimensions whose score is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, fsum, isfinite

from schema.rules.errors import RuleError
from schema.rules.vocabulary import Basis, Dimension

LEAST_KNOWN_WEIGHT = 0.5
"""A rank needs scores for at least this share of the weight; below it, it would describe what is missing."""

Scores = Mapping[Dimension, float]
"""The known scores of one artifact, 0 to 1. A dimension that nobody has scored is absent."""

Weighting = Mapping[Dimension, float]
"""A weight for every dimension, none negative, adding up to 1."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A score as a comparison meets it: its value, 0 to 1, where it comes from, and the day of what it rests on."""

    value: float
    basis: Basis
    observed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one dimension adds to a rank: `points` = 100 * score * weight, weights normalised over what is known."""

    dimension: Dimension
    score: float
    weight: float
    points: float


@dataclass(slots=True)
class Standing:
    """How several artifacts rank against each other.

    `shared` are the dimensions compared, `ranks` one unrounded rank (0 to 100) a column, None for a column that
    takes no part because too little is known about it. `points` has the scores of each column on what is shared, none
    for one that takes no part.
    """

    shared: tuple[Dimension, ...]
    ranks: tuple[float | None, ...]
    points: Sequence[tuple[float, ...]]


def weighting(weights: Mapping[Dimension, float]) -> Weighting:
    """Normalises a caller's weights to add up to 1. A dimension that is not named counts 0.

    Raises RuleError (BAD_WEIGHTS) where a weight is negative or not finite, or none is above 0.
    """
    for dimension, weight in weights.items():
        if not isfinite(weight) or weight < 0:
            raise RuleError(
                "BAD_WEIGHTS", f"The weight of {dimension.name} is {weight:g}; a weight is 0 or any larger number."
            )
    largest = max(weights.values(), default=0.0)
    if largest <= 0:
        raise RuleError("BAD_WEIGHTS", "All weights are 0; give at least one dimension a weight above 0.")
    # Divided by the largest first, so that weights near the end of the float range cannot overflow.
    scaled = {dimension: weights.get(dimension, 0.0) / largest for dimension in Dimension}
    total = fsum(scaled.values())
    return {dimension: weight / total for dimension, weight in scaled.items()}


def known_weight(dimensions: Iterable[Dimension], weights: Weighting) -> float:
    """The share of the weight, 0 to 1, that the given dimensions carry."""
    return fsum(weights[dimension] for dimension in dimensions)


def rank(scores: Scores, weights: Weighting) -> float | None:
    """The unrounded rank, 0 to 100; None where the known dimensions carry less than half of the weight."""
    carried = known_weight(scores, weights)
    if carried < LEAST_KNOWN_WEIGHT - 1e-12:
        return None
    return 100 * fsum(weights[dimension] * score for dimension, score in scores.items()) / carried


def contributions(scores: Scores, weights: Weighting) -> list[Contribution]:
    """What each known dimension adds to the rank. The points add up to the unrounded rank."""
    carried = known_weight(scores, weights)
    if carried < LEAST_KNOWN_WEIGHT - 1e-12:
        return []
    found = []
    for dimension in Dimension:
        if dimension in scores:
            weight = weights[dimension] / carried
            found.append(Contribution(dimension, scores[dimension], weight, 100 * scores[dimension] * weight))
    return found


def standing(columns: Sequence[Scores], weights: Weighting) -> Standing:
    """Ranks artifacts against each other on the dimensions that are known for all of them.

    The one rule for the rank row, the verdict, the win shares and the flips: an artifact that cannot be ranked by
    itself takes no part; the others are compared on the dimensions that all of them have scores for, with the
    weights normalised over these. Where those carry less than half of the weight, nobody is ranked here.
    """
    taking_part = [rank(scores, weights) is not None for scores in columns]
    known = [scores for scores, part in zip(columns, taking_part, strict=True) if part]
    shared = tuple(d for d in Dimension if known and all(d in scores for scores in known))
    if known_weight(shared, weights) < LEAST_KNOWN_WEIGHT - 1e-12:
        return Standing((), (None,) * len(columns), [()] * len(columns))
    ranks = tuple(
        rank({d: scores[d] for d in shared}, weights) if part else None
        for scores, part in zip(columns, taking_part, strict=True)
    )
    points = [
        tuple([scores[d] for d in shared] if part else ()) for scores, part in zip(columns, taking_part, strict=True)
    ]
    return Standing(shared, ranks, points)


def rounded(value: float) -> int:
    """A rank as people read it: 0 to 100, halves up.

    A half that binary fractions left a hair short, 57.49999999999999 for 57.5, is a half.
    """
    return floor(value + 0.5 + 1e-9)
