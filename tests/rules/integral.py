"""Win shares in another way: exact along lines, and the mean of many lines that are spread evenly."""

from collections.abc import Sequence
from math import sqrt

Points = Sequence[Sequence[float]]

STEPS = (sqrt(2), sqrt(3), sqrt(5))
"""Multiples of these, less their whole parts, fill the unit cube evenly (H. Weyl, 1916)."""


def integral(points: Points, lines: int = 8_000) -> list[float]:
    """The share of weightings under which each artifact comes first; those that are level share alike.

    Weights that are uniform on the simplex give the last of n dimensions a share t with P(share < t) equal to
    1 - (1 - t)^(n - 1), and what is left is uniform on the smaller simplex. So dimensions are fixed from the last on,
    until two are left: a line, along which it is exact who leads for how long.
    """
    distinct = sorted({tuple(point) for point in points})
    each = dict(zip(distinct, _shares(distinct, lines), strict=True))
    return [each[tuple(point)] / list(map(tuple, points)).count(tuple(point)) for point in points]


def _shares(points: Points, lines: int) -> list[float]:
    size = len(points[0])
    if size == 1:
        best = max(point[0] for point in points)
        return [float(point[0] == best) for point in points]
    sums = [0.0] * len(points)
    for line in range(lines if size > 2 else 1):
        ends = points
        for axis in range(size - 2):
            last = 1 - ((line + 0.5) * STEPS[axis] % 1) ** (1 / (size - axis - 1))
            ends = [[(1 - last) * score + last * point[-1] for score in point[:-1]] for point in ends]
        for column, point in enumerate(ends):
            sums[column] += _stretch(point, ends)
    return [total / sum(sums) for total in sums]


def _stretch(point: Sequence[float], points: Points) -> float:
    """How long a point is ahead of all others while the weight moves from the first dimension to the second."""
    start, end = 0.0, 1.0
    for other in points:
        here, there = point[0] - other[0], point[1] - other[1]
        if here < 0 and there < 0:
            return 0.0
        if here < 0 <= there:
            start = max(start, here / (here - there))
        elif there < 0 <= here:
            end = min(end, here / (here - there))
    return max(0.0, end - start)
