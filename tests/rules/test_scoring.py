"""Ranks, contributions, weights, and the one rule for what is compared."""

from math import fsum, inf, nan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schema.rules.errors import RuleError
from schema.rules.scoring import Weighting, contributions, known_weight, rank, rounded, standing, weighting
from schema.rules.vocabulary import Dimension
from tests.rules.strategies import SCORES, WEIGHTS

A, Q, E, M, F = Dimension
SHIPPED = weighting({A: 0.25, Q: 0.25, E: 0.1, M: 0.25, F: 0.15})


def test_a_rank_is_the_weighted_mean_of_what_is_known() -> None:
    assert rank({A: 0.96, Q: 0.9, E: 0.365, M: 0.0}, SHIPPED) == pytest.approx(59)
    assert rank({A: 0.8, Q: 0.44, E: 0.81, M: 0.0}, SHIPPED) == pytest.approx(46)


def test_there_is_no_rank_where_less_than_half_of_the_weight_is_known() -> None:
    assert rank({A: 1.0, E: 1.0}, SHIPPED) is None
    assert rank({A: 1.0, Q: 0.5}, SHIPPED) == pytest.approx(75)
    assert rank({}, SHIPPED) is None
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
