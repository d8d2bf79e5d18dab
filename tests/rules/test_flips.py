"""At which weight the winner changes: checked by substituting it back."""

from hypothesis import assume, given
from hypothesis import strategies as st

from schema.rules.flips import Flip, flips
from schema.rules.scoring import Weighting, weighting
from schema.rules.vocabulary import Dimension
from tests.rules.strategies import SCORE, WEIGHTS

ALL = list(Dimension)
POINTS = st.lists(st.lists(SCORE, min_size=5, max_size=5), min_size=2, max_size=4)


def sums(found: list[list[float]], weights: Weighting) -> list[float]:
    """The weighted sum of each artifact."""
    return [sum(weights[d] * score for d, score in zip(ALL, point, strict=True)) for point in found]


def moved(weights: Weighting, dimension: Dimension, to: float) -> Weighting:
    """The weights with one of them moved and the others in their proportions."""
    rest = 1 - weights[dimension]
    return {d: to if d is dimension else weight * (1 - to) / rest for d, weight in weights.items()}


def winner_of(found: list[list[float]], weights: Weighting) -> int | None:
    """The one that is clearly ahead."""
    values = sums(found, weights)
    best = max(values)
    ahead = [index for index, value in enumerate(values) if value > best - 1e-7]
    return ahead[0] if len(ahead) == 1 else None


@given(POINTS, WEIGHTS)
def test_a_flip_substituted_back_changes_the_winner(found: list[list[float]], weights: Weighting) -> None:
    winner = winner_of(found, weights)
    assume(winner is not None)
    assert winner is not None
    for flip in flips(ALL, found, weights, winner):
        assert 0 <= flip.weight <= 1
        assert flip.current == weights[flip.dimension]
        level = sums(found, moved(weights, flip.dimension, flip.weight))
        assert abs(level[winner] - level[flip.winner]) < 1e-9
        between = sums(found, moved(weights, flip.dimension, (flip.weight + flip.current) / 2))
        assert between[winner] >= max(between) - 1e-9
        end = 0.0 if flip.weight < flip.current else 1.0
        beyond = sums(found, moved(weights, flip.dimension, (flip.weight + end) / 2))
        assert beyond[flip.winner] >= beyond[winner] - 1e-12


@given(POINTS, WEIGHTS)
def test_a_dimension_without_a_flip_has_none(found: list[list[float]], weights: Weighting) -> None:
    winner = winner_of(found, weights)
    assume(winner is not None)
    assert winner is not None
    flipping = {flip.dimension for flip in flips(ALL, found, weights, winner)}
    for dimension in ALL:
        if dimension not in flipping and weights[dimension] < 1 - 1e-9:
            for step in range(51):
                values = sums(found, moved(weights, dimension, step / 50))
                assert values[winner] >= max(values) - 1e-9


def test_the_first_page() -> None:
    shared = ALL[:4]
    weights = weighting(dict(zip(ALL, (0.25, 0.25, 0.1, 0.25, 0.15), strict=True)))
    found = flips(shared, [[0.8, 0.44, 0.81, 0.0], [0.96, 0.9, 0.365, 0.0]], weights, 1)
    assert [(flip.dimension, flip.winner) for flip in found] == [(Dimension.QUALITY, 0), (Dimension.ECOSYSTEM, 0)]
    # Quality: the rest leads by (0.25 * 0.16 - 0.1 * 0.445) / 0.75 = -0.006, so t = 0.006 / (0.46 + 0.006).
    assert abs(found[0].weight - 0.006 / 0.466) < 1e-12


def test_a_weight_that_is_all_there_is_does_not_flip() -> None:
    weights = weighting({Dimension.QUALITY: 1.0})
    found: list[Flip] = flips(ALL, [[0, 1, 0, 0, 0], [1, 0, 1, 1, 1]], weights, 0)
    assert Dimension.QUALITY not in {flip.dimension for flip in found}
