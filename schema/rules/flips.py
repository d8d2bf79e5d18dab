"""At which weight of one dimension the winner changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import fsum

from schema.rules.leaders import lead
from schema.rules.scoring import LEAST_KNOWN_WEIGHT, Scores, Standing, Weighting, standing
from schema.rules.vocabulary import Dimension, Direction

LEAST_STEP = 1e-9
"""Weights that are closer than this are one."""


@dataclass(frozen=True, slots=True)
class Flip:
    """The nearest weight of one dimension at which another artifact takes the lead.

    `weight` and `current` are shares of the whole weighting, 0 to 1. Just beyond `weight`, seen from `current`, the
    artifact in column `winner` has the highest rank.
    """

    dimension: Dimension
    current: float
    weight: float
    winner: int


def flips(columns: Sequence[Scores], weights: Weighting, winner: int) -> list[Flip]:
    """One flip for each dimension that has one, in the dimensions' order.

    While dimension i moves to weight t, the others keep their proportions, so an artifact's weighted sum is
    t * s_i + (1 - t) * r, r being the weighted mean of its other scores: a straight line in t. Two lines meet at
    t = g / (g - h), where h is the winner's lead in s_i and g its lead in r. What is compared can change on the way
    as well, because it depends on the weights which artifacts can be ranked; those shares are lines in t too, and
    meet one half at a t of their own. Between two such points nothing changes, so the first stretch that another
    artifact leads begins at the flip. A dimension that carries all of the weight has no flip, because the others have
    no proportions to keep.
    """
    found = []
    for dimension in Dimension:
        if weights[dimension] < 1 - LEAST_STEP:
            flip = _nearest(columns, weights, winner, dimension)
            if flip is not None:
                found.append(flip)
    return found


def _nearest(columns: Sequence[Scores], weights: Weighting, winner: int, dimension: Dimension) -> Flip | None:
    current = weights[dimension]
    turns = sorted({0.0, 1.0, current, *_turns(columns, weights, dimension)})
    stretches = [(start, end) for start, end in pairwise(turns) if end - start > LEAST_STEP]
    ways = (
        [(start, end) for start, end in stretches if start >= current],
        [(end, start) for start, end in reversed(stretches) if end <= current],
    )
    flips = []
    for way in ways:
        for near, far in way:
            place = standing(columns, _moved(weights, dimension, (near + far) / 2))
            ahead = lead(place.ranks, Direction.HIGHER_WINS)
            if len(ahead.leaders) == 1 and ahead.leaders[0] != winner:
                flips.append(Flip(dimension, current, near, ahead.leaders[0]))
                break
    return min(flips, key=lambda flip: abs(flip.weight - current), default=None)


def _turns(columns: Sequence[Scores], weights: Weighting, dimension: Dimension) -> Iterator[float]:
    """The weights at which the order can change: where what is compared changes, and where two are level."""
    thresholds = [t for scores in columns for t in _half(scores, weights, dimension)]
    edges = sorted({0.0, 1.0, *thresholds})
    yield from edges
    for start, end in pairwise(edges):
        place = _compared(columns, _moved(weights, dimension, (start + end) / 2))
        yield from _half(dict.fromkeys(place.shared, 0.0), weights, dimension)
        taking_part = [scores for scores, rank in zip(columns, place.ranks, strict=True) if rank is not None]
        for first, other in combinations(taking_part, 2):
            lead_here, lead_rest = _leads(first, other, place.shared, weights, dimension)
            # One end of the line has to be the other's, or the lines do not meet between them.
            if lead_here * lead_rest < 0:
                yield lead_rest / (lead_rest - lead_here)


def _compared(columns: Sequence[Scores], weights: Weighting) -> Standing:
    """Who takes part and what they share, whether or not it carries enough of the weight."""
    place = standing(columns, weights)
    if place.shared:
        return place
    part = [fsum(weights[d] for d in scores) >= LEAST_KNOWN_WEIGHT for scores in columns]
    shared = tuple(d for d in Dimension if any(part) and all(d in s for s, p in zip(columns, part, strict=True) if p))
    return Standing(shared, tuple(0.0 if taking_part else None for taking_part in part), [()] * len(part))


def _half(known: Scores, weights: Weighting, dimension: Dimension) -> list[float]:
    """The weight of a dimension at which the known ones carry just half of all, if there is one."""
    rest = fsum(weights[d] for d in known if d is not dimension) / (1 - weights[dimension])
    here = 1.0 if dimension in known else 0.0
    if here == rest:
        return []
    meet = (LEAST_KNOWN_WEIGHT - rest) / (here - rest)
    return [meet] if 0 < meet < 1 else []


def _leads(
    first: Scores, other: Scores, shared: Sequence[Dimension], weights: Weighting, dimension: Dimension
) -> tuple[float, float]:
    """The first's lead in the dimension itself, and in the weighted sum of the other shared ones."""
    lead_here = first[dimension] - other[dimension] if dimension in shared else 0.0
    lead_rest = fsum(weights[d] * (first[d] - other[d]) for d in shared if d is not dimension)
    return lead_here, lead_rest / (1 - weights[dimension])


def _moved(weights: Weighting, dimension: Dimension, to: float) -> Weighting:
    """The weights with one of them moved and the others in their proportions."""
    rest = (1 - to) / (1 - weights[dimension])
    return {d: to if d is dimension else weight * rest for d, weight in weights.items()}
