"""For each artifact, the share of all possible weightings under which it comes first.

Weights that are uniform on the simplex are what independent exponentials become when they are divided by their sum.
For two artifacts the share is therefore the probability that a weighted sum of exponentials, with the differences of
the scores as factors, is positive: the content of a simplex cut by a plane. Its closed form is the recursion of
G. Varsi, "The multidimensional content of the frustum of the simplex", Pacific Journal of Mathematics 46 (1973), and
M. M. Ali, "Content of the frustum of a simplex", Pacific Journal of Mathematics 48 (1973).
For more artifacts the simplex is halved until each piece has one or two contenders left, which are exact again.
"""

from collections.abc import Sequence
from functools import cache
from heapq import heappop, heappush
from operator import mul

from schema.rules.leaders import same

MOST_PIECES = 1600
"""Pieces of the simplex that are looked at before what is still open is shared out; see tests/rules for the error."""

POINTS_A_PIECE = 16
"""How many points inside a piece that is still open say whose it is."""

Piece = tuple[tuple[float, ...], ...]
"""A simplex inside the simplex of weightings: for each of its corners, the weighted sum of each artifact there."""


def win_shares(points: Sequence[Sequence[float]]) -> list[float]:
    """The share of each artifact, 0 to 1; together they add up to 1.

    `points` has one item an artifact: its scores on the shared dimensions, in one order. Artifacts that are level
    under every weighting share alike. Exact for two; for more, deterministic and within 0.005.
    """
    groups: list[list[int]] = []
    for index, point in enumerate(points):
        for group in groups:
            if all(same(a, b) for a, b in zip(points[group[0]], point, strict=True)):
                group.append(index)
                break
        else:
            groups.append([index])
    # Sorted, so that the order of the columns cannot change how the simplex is cut.
    groups.sort(key=lambda group: tuple(points[group[0]]))
    shares = [0.0] * len(points)
    for group, share in zip(groups, _distinct_shares([points[group[0]] for group in groups]), strict=True):
        for index in group:
            shares[index] = share / len(group)
    return shares


def share_of_first(differences: Sequence[float]) -> float:
    """The share of weightings under which the weighted sum of `differences` is positive, 0 to 1.

    A difference of zero decides nothing and drops out; with no other differences the share is one half.
    The recursion divides only by differences of opposite sign, so equal ones need no special case.
    """
    ahead = [d for d in differences if d > 0]
    behind = [d for d in differences if d < 0]
    if not ahead and not behind:
        return 0.5
    positive = [1.0] + [0.0] * len(behind)
    for plus in ahead:
        for place, minus in enumerate(behind, start=1):
            positive[place] = (plus * positive[place - 1] - minus * positive[place]) / (plus - minus)
    return positive[-1] if ahead else 0.0


def _distinct_shares(points: Sequence[Sequence[float]]) -> list[float]:
    size = len(points)
    if size == 1:
        return [1.0]
    shares = [0.0] * size
    whole: Piece = tuple(zip(*points, strict=True))
    open_pieces: list[tuple[float, int, Piece, tuple[int, ...]]] = []
    made = 0

    def settle(content: float, piece: Piece, contenders: tuple[int, ...]) -> None:
        nonlocal made
        left = _contenders(piece, contenders)
        if len(left) == 1:
            shares[left[0]] += content
        elif len(left) == 2:
            first, second = left
            share = share_of_first([corner[first] - corner[second] for corner in piece])
            shares[first] += content * share
            shares[second] += content * (1 - share)
        else:
            made += 1
            heappush(open_pieces, (-content, made, piece, left))

    settle(1.0, whole, tuple(range(size)))
    while open_pieces and made < MOST_PIECES:
        negative, _, piece, contenders = heappop(open_pieces)
        for half in _halves(piece, contenders):
            settle(-negative / 2, half, contenders)
    inner = _spread_points(len(whole))
    for number, (negative, _, piece, contenders) in enumerate(open_pieces):
        start = number * POINTS_A_PIECE % len(inner)
        columns = [[corner[contender] for corner in piece] for contender in contenders]
        for point in inner[start : start + POINTS_A_PIECE]:
            sums = [sum(map(mul, point, column)) for column in columns]
            shares[contenders[sums.index(max(sums))]] -= negative / POINTS_A_PIECE
    total = sum(shares)
    return [share / total for share in shares]


@cache
def _spread_points(corners: int) -> list[tuple[float, ...]]:
    """Points spread evenly inside a simplex, as shares of its corners.

    An additive recurrence (the R sequence of M. Roberts, 2018) fills the cube, and the gaps between its sorted
    coordinates are uniform on the simplex.
    """
    dimensions = corners - 1
    ratio = 2.0
    for _ in range(64):
        ratio = (1 + ratio) ** (1 / (dimensions + 1))
    points = []
    for index in range(POINTS_A_PIECE * 64):
        cube = sorted((0.5 + (index + 1) * ratio ** -(axis + 1)) % 1 for axis in range(dimensions))
        points.append(tuple(b - a for a, b in zip([0.0, *cube], [*cube, 1.0], strict=True)))
    return points


def _contenders(piece: Piece, among: tuple[int, ...]) -> tuple[int, ...]:
    """Those that are not beaten at every corner by the same other one. Sums are linear, so corners decide."""
    left = list(among)
    for one in among:
        for other in left:
            if other != one and all(corner[other] >= corner[one] for corner in piece):
                left.remove(one)
                break
    return tuple(left)


def _halves(piece: Piece, contenders: tuple[int, ...]) -> tuple[Piece, Piece]:
    """Cuts a piece in two of equal content, at the middle of the edge along which the contenders change most."""
    corners = range(len(piece))
    _, i, j = max(
        (max(abs(piece[i][c] - piece[j][c] - piece[i][d] + piece[j][d]) for c in contenders for d in contenders), i, j)
        for i in corners
        for j in corners
        if i < j
    )
    middle = tuple((a + b) / 2 for a, b in zip(piece[i], piece[j], strict=True))
    return (*piece[:i], middle, *piece[i + 1 :]), (*piece[:j], middle, *piece[j + 1 :])
