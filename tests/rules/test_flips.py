"""At which weight the winner changes: checked by substituting it back."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schema.rules.flips import flips
from schema.rules.leaders import lead
from schema.rules.scoring import Scores, Weighting, known_weight, standing, weighting
from schema.rules.vocabulary import Dimension, Direction
from tests.rules.exact import Whole, as_scores, as_weighting, exact_leaders, exact_standing
from tests.rules.strategies import FULL_COLUMNS, SCORES, WEIGHTS, WHOLE_COLUMNS, WHOLE_WEIGHTS

ALL = list(Dimension)
COLUMNS = st.lists(SCORES, min_size=2, max_size=5)
STEP = 1e-6
HAIR = Fraction(1, 10**8)
"""Less than lies between any two places where the order of whole scores under whole weights changes."""


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


def exactly_moved(weights: Whole, dimension: Dimension, to: Fraction) -> dict[Dimension, int]:
    """Whole weights in which one dimension carries an exact share and the others keep their proportions."""
    rest = sum(weights.values()) - weights[dimension]
    return {
        d: to.numerator * rest if d is dimension else (to.denominator - to.numerator) * weight
        for d, weight in weights.items()
    }


def only_leader(columns: list[Whole], weights: Whole) -> int:
    """The winner by exact ranks."""
    leaders = exact_leaders(columns, weights)
    assume(len(leaders) == 1)
    return leaders[0]


def hangs_on_half(columns: list[Whole], weights: Whole) -> bool:
    """Whether who takes part, or what is shared, carries just half of the weight: a place between two stretches."""
    total = sum(weights.values())
    knowns = [*columns, *({d: 0 for d in ALL if d in one and d in other} for one in columns for other in columns)]
    return any(2 * sum(weights[d] for d in known) == total for known in knowns)


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


@settings(deadline=None)
@given(WHOLE_COLUMNS, WHOLE_WEIGHTS)
def test_just_beyond_the_flip_its_winner_leads_and_just_before_nobody_else(
    columns: list[Whole], weights: Whole
) -> None:
    first = only_leader(columns, weights)
    for flip in flips(as_scores(columns), as_weighting(weights), first):
        current = Fraction(weights[flip.dimension], sum(weights.values()))
        assert flip.current == pytest.approx(float(current), abs=1e-12)
        assert flip.winner != first
        here = Fraction(flip.weight)
        ways = [HAIR] if here > current + HAIR else [-HAIR] if here < current - HAIR else [HAIR, -HAIR]
        beyond = [exactly_moved(weights, flip.dimension, here + way) for way in ways if 0 <= here + way <= 1]
        assert [flip.winner] in [exact_leaders(columns, there) for there in beyond]
        if len(ways) == 1:
            before = exactly_moved(weights, flip.dimension, here - ways[0])
            assert len(leaders := exact_leaders(columns, before)) != 1 or leaders == [first]


@settings(deadline=None)
@given(FULL_COLUMNS, WHOLE_WEIGHTS)
def test_at_the_flip_the_two_are_level_and_nobody_is_ahead_of_them(columns: list[Whole], weights: Whole) -> None:
    assume(len({tuple(column.items()) for column in columns}) == len(columns))
    first = only_leader(columns, weights)
    for flip in flips(as_scores(columns), as_weighting(weights), first):
        there = exactly_moved(weights, flip.dimension, Fraction(flip.weight))
        ranks = [float(rank) for rank in exact_standing(columns, there)[1] if rank is not None]
        assert ranks[first] == pytest.approx(ranks[flip.winner], abs=1e-10)
        assert max(ranks) == pytest.approx(ranks[first], abs=1e-10)
        side = HAIR if flip.weight > flip.current else -HAIR
        before = exactly_moved(weights, flip.dimension, Fraction(flip.weight) - side)
        assert exact_leaders(columns, before) == [first]


@settings(deadline=None)
@given(WHOLE_COLUMNS, WHOLE_WEIGHTS)
def test_no_weight_that_is_nearer_gives_another_winner(columns: list[Whole], weights: Whole) -> None:
    first = only_leader(columns, weights)
    found = {flip.dimension: flip for flip in flips(as_scores(columns), as_weighting(weights), first)}
    for dimension in ALL:
        current = Fraction(weights[dimension], sum(weights.values()))
        if current == 1:
            assert dimension not in found
            continue
        reach = abs(Fraction(found[dimension].weight) - current) - HAIR if dimension in found else Fraction(2)
        for step in range(201):
            to = Fraction(step, 200)
            there = exactly_moved(weights, dimension, to)
            if abs(to - current) < reach and not hangs_on_half(columns, there):
                leaders = exact_leaders(columns, there)
                assert len(leaders) != 1 or leaders == [first], (dimension, to)


@settings(deadline=None)
@given(WHOLE_COLUMNS, WHOLE_WEIGHTS, st.randoms())
def test_the_order_of_the_columns_changes_no_flip(columns: list[Whole], weights: Whole, random: Random) -> None:
    first = only_leader(columns, weights)
    order = list(range(len(columns)))
    random.shuffle(order)
    here = flips(as_scores(columns), as_weighting(weights), first)
    swapped = as_scores([columns[column] for column in order])
    there = flips(swapped, as_weighting(weights), order.index(first))
    assert [(f.dimension, order[f.winner]) for f in there] == [(f.dimension, f.winner) for f in here]
    assert [f.weight for f in there] == pytest.approx([f.weight for f in here], abs=1e-9)


def test_a_winner_that_leads_everywhere_is_never_overtaken() -> None:
    columns: list[Scores] = [dict.fromkeys(ALL, 0.6), dict.fromkeys(ALL, 0.5), dict.fromkeys(ALL, 0.1)]
    assert flips(columns, weighting(dict.fromkeys(ALL, 1.0)), 0) == []


def test_the_nearer_of_two_flips_is_told() -> None:
    adoption, quality = Dimension.ADOPTION, Dimension.QUALITY
    columns: list[Scores] = [
        {adoption: 0.5, quality: 0.5},
        {adoption: 1.0, quality: 0.2},
        {adoption: 0.0, quality: 0.7},
    ]
    # Beyond 3 in 8 of adoption the second is ahead, below 2 in 7 the third: 0.3 is nearer to 2 in 7.
    for weight, nearest, winner_there in ((0.3, 2 / 7, 2), (0.36, 3 / 8, 1)):
        found = flips(columns, weighting({adoption: weight, quality: 1 - weight}), 0)
        [flip] = [f for f in found if f.dimension is adoption]
        assert flip.weight == pytest.approx(nearest)
        assert flip.winner == winner_there
