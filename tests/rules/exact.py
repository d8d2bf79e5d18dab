"""The rules once more in whole numbers and fractions, for the tests to compare with: nothing here is rounded."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

from schema.rules.scoring import Scores, Weighting, weighting
from schema.rules.vocabulary import Dimension

STEPS = 20
"""Whole scores are twentieths."""

Whole = Mapping[Dimension, int]


def as_scores(columns: Sequence[Whole]) -> list[Scores]:
    """The scores, 0 to 1, that whole scores stand for."""
    return [{dimension: score / STEPS for dimension, score in column.items()} for column in columns]


def as_weighting(weights: Whole) -> Weighting:
    """The weighting that whole weights stand for."""
    return weighting({dimension: float(weight) for dimension, weight in weights.items()})


def carries_half(known: Whole | Sequence[Dimension], weights: Whole) -> bool:
    """Whether some dimensions carry at least half of the weight."""
    return 2 * sum(weights[dimension] for dimension in known) >= sum(weights.values())


def exact_rank(scores: Whole, weights: Whole) -> Fraction | None:
    """The rank of one artifact by itself."""
    if not carries_half(scores, weights):
        return None
    total = sum(weights[dimension] * score for dimension, score in scores.items())
    return Fraction(100 * total, STEPS * sum(weights[dimension] for dimension in scores))


def exact_standing(columns: Sequence[Whole], weights: Whole) -> tuple[tuple[Dimension, ...], list[Fraction | None]]:
    """The dimensions compared, and the rank of each artifact on them."""
    part = [carries_half(column, weights) for column in columns]
    shared = tuple(
        d for d in Dimension if any(part) and all(d in column for column, p in zip(columns, part, strict=True) if p)
    )
    if not any(part) or not carries_half(shared, weights):
        return (), [None] * len(columns)
    return shared, [
        exact_rank({d: column[d] for d in shared}, weights) if p else None
        for column, p in zip(columns, part, strict=True)
    ]


def exact_leaders(columns: Sequence[Whole], weights: Whole) -> list[int]:
    """The columns with the highest rank, none where fewer than two are ranked."""
    known = {index: rank for index, rank in enumerate(exact_standing(columns, weights)[1]) if rank is not None}
    return [index for index, rank in known.items() if len(known) > 1 and rank == max(known.values())]


def half_up(value: Fraction) -> int:
    """The nearest whole number, halves up."""
    return floor(value + Fraction(1, 2))
