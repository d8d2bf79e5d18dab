"""Whether one artifact is at least as good on every dimension, and better on one."""

from collections.abc import Sequence

from schema.rules.leaders import same


def dominates(left: Sequence[float], right: Sequence[float]) -> bool:
    """Whether `left` is as good as `right` everywhere and better somewhere (Pareto dominance)."""
    return all(a >= b or same(a, b) for a, b in zip(left, right, strict=True)) and any(
        a > b and not same(a, b) for a, b in zip(left, right, strict=True)
    )


def dominant(points: Sequence[Sequence[float]]) -> int | None:
    """The index of the one that dominates all others, None if there is none.

    `points` has one item an artifact: its scores on the shared dimensions, in one order.
    """
    for index, point in enumerate(points):
        others = [other for position, other in enumerate(points) if position != index]
        if others and all(dominates(point, other) for other in others):
            return index
    return None
