"""At which weight of one dimension the winner changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from schema.rules.leaders import same
from schema.rules.scoring import Weighting
from schema.rules.vocabulary import Dimension


@dataclass(frozen=True, slots=True)
class Flip:
    """The nearest weight of one dimension at which another artifact overtakes the winner.

    `weight` and `current` are shares of the whole weighting, 0 to 1. At `weight` the two are level; beyond it, seen
    from `current`, the artifact with index `winner` is ahead.
    """

    dimension: Dimension
    current: float
    weight: float
    winner: int


def flips(
    dimensions: Sequence[Dimension], points: Sequence[Sequence[float]], weights: Weighting, winner: int
) -> list[Flip]:
    """One flip for each dimension that has one, in the dimensions' order.

    `points` has one item an artifact: its scores on `dimensions`. While dimension i moves to weight t, the others
    keep their proportions, so an artifact's weighted sum is t * s_i + (1 - t) * r, r being the weighted mean of its
    other scores: a straight line in t. Two lines meet at t = g / (g - h), where h and g are the winner's lead in s_i
    and in r; the nearest such t inside 0 to 1 is the flip. A dimension that carries all of the weight has no flip,
    because the others have no proportions to keep.
    """
    found = []
    for position, dimension in enumerate(dimensions):
        current = weights[dimension]
        rest = 1 - current
        if rest <= 1e-12:
            continue
        nearest: Flip | None = None
        for index, point in enumerate(points):
            if index == winner:
                continue
            lead_here = points[winner][position] - point[position]
            lead_rest = (
                fsum(
                    weights[other] * (points[winner][place] - point[place])
                    for place, other in enumerate(dimensions)
                    if place != position
                )
                / rest
            )
            # One end of the line must belong to the other artifact, or the lines do not cross inside 0 to 1.
            if same(lead_here, lead_rest) or (lead_here >= 0 and lead_rest >= 0):
                continue
            meet = lead_rest / (lead_rest - lead_here)
            if not 0 <= meet <= 1:
                continue
            if nearest is None or abs(meet - current) < abs(nearest.weight - current):
                nearest = Flip(dimension, current, meet, index)
        if nearest is not None:
            found.append(nearest)
    return found
