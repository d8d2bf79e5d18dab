"""Ranks, contributions, weights, and the one rule for what is compared."""

from fractions import Fraction
from math import fsum, inf, nan
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schema.rules.errors import RuleError
from schema.rules.scoring import Weighting, contributions, known_weight, rank, rounded, standing, weighting
from schema.rules.vocabulary import Dimension
from tests.rules.exact import Whole, as_scores, as_weighting, exact_rank, exact_standing, half_up
from tests.rules.strategies import DIMENSIONS, SCORES, WEIGHTS, WHOLE_COLUMNS, WHOLE_SCORES, WHOLE_WEIGHTS

A, Q, E, M, F = Dimension
SHIPPED = weighting({A: 0.25, Q: 0.25, E: 0.1, M: 0.25, F: 0.15})


def test_a_rank_is_the_weighted_mean_of_what_is_known() -> None:
    assert rank({A: 0.96, Q: 0.9, E: 0.365, M: 0.0}, SHIPPED) == pytest.approx(59)
    assert rank({A: 0.8, Q: 0.44, E: 0.81, M: 0.0}, SHIPPED) == pytest.approx(46)


def test_there_is_no_rank_where_less_than_half_of_the_weight_is_known() -> None:
    assert rank({A: 1.0, E: 1.0}, SHIPPED) is None
    assert rank({A: 1.0, Q: 0.5}, SHIPPED) == pytest.approx(75)
    assert rank({}, SHIPPED) is None
    assert rank({F: 1.0}, as_weighting({A: 1, F: 1, Q: 0, E: 0, M: 0})) == pytest.approx(100)
    assert contributions({A: 1.0, E: 1.0}, SHIPPED) == []


def test_missing_is_not_zero() -> None:
    assert rank({A: 0.5, Q: 0.5}, SHIPPED) == pytest.approx(50)
    assert rank({A: 0.5, Q: 0.5, M: 0.0}, SHIPPED) == pytest.approx(100 * 0.25 / 0.75)


@given(SCORES, WEIGHTS)
def test_contributions_add_up_to_the_rank(scores: dict[Dimension, float], weights: Weighting) -> None:
    parts, exact = contributions(scores, weights), rank(scores, weights)
    assert (exact is None) == (parts == [])
    if exact is not None:
        assert fsum(part.points for part in parts) == pytest.approx(exact, abs=1e-9)
        assert fsum(part.weight for part in parts) == pytest.approx(1)
        assert all(part.points == pytest.approx(100 * part.score * part.weight) for part in parts)
        assert -1e-9 <= exact <= 100 + 1e-9


@given(SCORES, WEIGHTS, st.floats(1e-100, 1e100))
def test_only_the_proportions_of_weights_matter(
    scores: dict[Dimension, float], weights: Weighting, factor: float
) -> None:
    scaled = weighting({dimension: weight * factor for dimension, weight in weights.items()})
    assume(abs(known_weight(scores, weights) - 0.5) > 1e-6)
    assert rank(scores, scaled) == pytest.approx(rank(scores, weights))


def test_weights_that_are_left_out_count_nothing() -> None:
    assert weighting({Q: 3.0, A: 1.0}) == {A: 0.25, Q: 0.75, E: 0.0, M: 0.0, F: 0.0}


def test_weights_at_the_end_of_the_float_range_do_not_overflow() -> None:
    assert weighting(dict.fromkeys(Dimension, 1.7e308)) == pytest.approx(dict.fromkeys(Dimension, 0.2))


@pytest.mark.parametrize(
    ("weights", "word"),
    [
        ({}, "All"),
        ({A: 0.0, Q: 0.0}, "All"),
        ({A: -0.1, Q: 1.0}, "ADOPTION"),
        ({E: nan}, "ECOSYSTEM"),
        ({M: inf}, "MATCH"),
        ({F: -inf}, "FRESHNESS"),
        ({A: -1.0, Q: -2.0, E: -3.0, M: -4.0, F: -5.0}, "ADOPTION"),
    ],
)
def test_weights_that_are_none_are_an_error(weights: dict[Dimension, float], word: str) -> None:
    with pytest.raises(RuleError, match=word) as caught:
        weighting(weights)
    assert caught.value.code == "BAD_WEIGHTS"


def test_artifacts_are_compared_on_what_is_known_for_all_that_take_part() -> None:
    place = standing([{A: 1.0, Q: 1.0, F: 0.0}, {A: 0.5, Q: 0.5, M: 1.0}, {A: 0.9}], SHIPPED)
    assert place.shared == (A, Q)
    assert list(place.ranks) == [pytest.approx(100), pytest.approx(50), None]


def test_nobody_is_ranked_where_too_little_is_shared() -> None:
    place = standing([{A: 1.0, Q: 1.0}, {M: 1.0, F: 1.0, E: 1.0}], SHIPPED)
    assert place.ranks == (None, None)


@given(st.lists(SCORES, min_size=2, max_size=5), WEIGHTS)
def test_artifacts_that_know_the_same_keep_their_own_ranks(
    columns: list[dict[Dimension, float]], weights: Weighting
) -> None:
    same = [dict(zip(columns[0], scores.values(), strict=False)) for scores in columns]
    assume(all(scores.keys() == columns[0].keys() for scores in same))
    assert standing(same, weights).ranks == tuple(rank(scores, weights) for scores in same)


def test_ranks_are_rounded_half_up() -> None:
    assert [rounded(value) for value in (0.5, 1.5, 2.49999, 99.5)] == [1, 2, 2, 100]


@given(WHOLE_SCORES, WHOLE_WEIGHTS)
def test_a_rank_is_what_fractions_say(scores: Whole, weights: Whole) -> None:
    [found] = as_scores([scores])
    exact = exact_rank(scores, weights)
    assert rank(found, as_weighting(weights)) == (None if exact is None else pytest.approx(float(exact), abs=1e-10))


@given(WHOLE_COLUMNS, WHOLE_WEIGHTS)
def test_a_standing_is_what_fractions_say(columns: list[Whole], weights: Whole) -> None:
    place = standing(as_scores(columns), as_weighting(weights))
    shared, ranks = exact_standing(columns, weights)
    assert place.shared == shared
    assert [None if rank is None else pytest.approx(float(rank), abs=1e-10) for rank in ranks] == list(place.ranks)


@given(WHOLE_COLUMNS, WHOLE_WEIGHTS, WHOLE_SCORES)
def test_one_that_cannot_be_ranked_changes_nobody_else(columns: list[Whole], weights: Whole, more: Whole) -> None:
    assume(exact_rank(more, weights) is None)
    alone = standing(as_scores(columns), as_weighting(weights))
    together = standing(as_scores([*columns, more]), as_weighting(weights))
    assert (together.shared, together.ranks) == (alone.shared, (*alone.ranks, None))


@given(WHOLE_COLUMNS, WHOLE_WEIGHTS, st.randoms())
def test_the_order_of_the_columns_changes_no_rank(columns: list[Whole], weights: Whole, random: Random) -> None:
    order = list(range(len(columns)))
    random.shuffle(order)
    here = standing(as_scores(columns), as_weighting(weights))
    there = standing(as_scores([columns[column] for column in order]), as_weighting(weights))
    assert there.shared == here.shared
    assert there.ranks == tuple(here.ranks[column] for column in order)


@given(st.dictionaries(DIMENSIONS, st.floats(0, 1.79e308), min_size=1))
def test_weights_of_any_size_add_up_to_one(weights: dict[Dimension, float]) -> None:
    assume(any(weights.values()))
    found = weighting(weights)
    assert set(found) == set(Dimension)
    assert fsum(found.values()) == pytest.approx(1, abs=1e-12)
    assert all(0 <= weight <= 1 for weight in found.values())
    assert all(found[dimension] == 0 for dimension in Dimension if not weights.get(dimension))


@given(
    st.dictionaries(DIMENSIONS, st.floats(0, 1e6), min_size=1), DIMENSIONS, st.sampled_from([nan, inf, -inf, -1e-300])
)
def test_one_weight_that_is_none_is_named(weights: dict[Dimension, float], where: Dimension, bad: float) -> None:
    with pytest.raises(RuleError, match=where.name) as caught:
        weighting({**weights, where: bad})
    assert caught.value.code == "BAD_WEIGHTS"


@given(WHOLE_SCORES, WHOLE_WEIGHTS)
def test_a_rank_that_is_half_way_is_rounded_up(scores: Whole, weights: Whole) -> None:
    [found] = as_scores([scores])
    exact, value = exact_rank(scores, weights), rank(found, as_weighting(weights))
    if exact is not None and value is not None:
        assert rounded(value) == half_up(exact)


@pytest.mark.parametrize("hundredths", [(64, 41, 67, 88, 17), (4, 100, 98, 48, 58), (53, 96, 31, 29, 66)])
def test_a_shipped_rank_that_is_half_way_is_rounded_up(hundredths: tuple[int, ...]) -> None:
    points = sum(weight * score for weight, score in zip((25, 25, 10, 25, 15), hundredths, strict=True))
    exact = Fraction(points, 100)
    value = rank({d: score / 100 for d, score in zip(Dimension, hundredths, strict=True)}, SHIPPED)
    assert exact.denominator == 2
    assert value is not None
    assert rounded(value) == half_up(exact)
