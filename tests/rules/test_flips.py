"""At which weight the winner changes: checked by substituting it back."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schema.rules.flips import flips
from schema.rules.leaders import lead
from schema.rules.scoring import Scores, Weighting, known_weight, standing, weighting
from schema.rules.vocabulary import Dimension, Direction
from tests.rules.strategies import SCORES, WEIGHTS

ALL = list(Dimension)
COLUMNS = st.lists(SCORES, min_size=2, max_size=5)
STEP = 1e-6


def moved(weights: Weighting, dimension: Dimension, to: float) -> Weighting:
    """The weights with one of them moved and the others in their proportions."""
    rest = 1 - weights[dimension]
    return {d: to if d is dimension else weight * (1 - to) / rest for d, weight in weights.items()}


def winner(columns: list[Scores], weights: Weighting) -> int | None:
    """Who has the highest rank, None where nobody has it alone."""
    leaders = lead(standing(columns, weights).ranks, Direction.HIGHER_WINS).leaders
    return leaders[0] if len(leaders) == 1 else None


def clear_winner(columns: list[Scores], weights: Weighting) -> int:
    """The winner, where neither that nor who takes part hangs on the last digit."""
    first = winner(columns, weights)
    assume(first is not None)
    assert first is not None
    for known in [*columns, standing(columns, weights).shared]:
        assume(abs(known_weight(known, weights) - 0.5) > 1e-3)
    return first


@given(COLUMNS, WEIGHTS)
def test_a_flip_substituted_back_changes_the_winner(columns: list[Scores], weights: Weighting) -> None:
    first = clear_winner(columns, weights)
    for flip in flips(columns, weights, first):
        assert flip.current == weights[flip.dimension]
        assert 0 <= flip.weight <= 1
        assert flip.winner != first
        side = STEP if flip.weight >= flip.current else -STEP
        if 0 <= flip.weight + side <= 1:
            beyond = moved(weights, flip.dimension, flip.weight + side)
            ranks = standing(columns, beyond).ranks
            best = max((rank for rank in ranks if rank is not None), default=None)
            assert best is not None
            assert ranks[flip.winner] == pytest.approx(best, abs=1e-2)


@given(COLUMNS, WEIGHTS)
def test_nobody_else_wins_before_the_flip(columns: list[Scores], weights: Weighting) -> None:
    first = clear_winner(columns, weights)
    found = {flip.dimension: flip for flip in flips(columns, weights, first)}
    for dimension in ALL:
        if weights[dimension] > 1 - 1e-6:
            assert dimension not in found
            continue
        reach = abs(found[dimension].weight - weights[dimension]) if dimension in found else 2.0
        for step in range(41):
            to = step / 40
            if abs(to - weights[dimension]) < reach - STEP:
                there = moved(weights, dimension, to)
                if all(abs(known_weight(scores, there) - 0.5) > 1e-6 for scores in columns):
                    ahead = lead(standing(columns, there).ranks, Direction.HIGHER_WINS)
                    assert len(ahead.leaders) != 1 or ahead.leaders[0] == first or (ahead.margin or 0) < 1e-3


def test_the_first_page() -> None:
    weights = weighting(dict(zip(ALL, (0.25, 0.25, 0.1, 0.25, 0.15), strict=True)))
    scores = ((0.8, 0.44, 0.81, 0.0), (0.96, 0.9, 0.365, 0.0))
    found = flips([dict(zip(ALL, column, strict=False)) for column in scores], weights, 1)
    assert [(flip.dimension, flip.winner) for flip in found] == [(Dimension.QUALITY, 0), (Dimension.ECOSYSTEM, 0)]
    # Quality: the rest leads by (0.25 * 0.16 - 0.1 * 0.445) / 0.75 = -0.006, so t = 0.006 / (0.46 + 0.006).
    assert found[0].weight == pytest.approx(0.006 / 0.466, abs=1e-12)


def test_a_weight_that_is_all_there_is_does_not_flip() -> None:
    columns: list[Scores] = [dict.fromkeys(ALL, 0.0) | {Dimension.QUALITY: 1.0}, dict.fromkeys(ALL, 0.5)]
    assert Dimension.QUALITY not in {f.dimension for f in flips(columns, weighting({Dimension.QUALITY: 1.0}), 0)}


def test_a_rival_that_becomes_rankable_on_the_way_is_a_flip_too() -> None:
    adoption, quality = Dimension.ADOPTION, Dimension.QUALITY
    columns: list[Scores] = [{adoption: 0.5, quality: 0.5}, {adoption: 0.1, quality: 0.1}, {quality: 0.9}]
    [flip] = [f for f in flips(columns, weighting({adoption: 0.6, quality: 0.4}), 0) if f.dimension is quality]
    assert flip.weight == pytest.approx(0.5)
    assert flip.winner == 2
