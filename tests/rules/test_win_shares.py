"""The share of weightings under which each comes first: exact for two, close for more, the same in any order."""

from fractions import Fraction
from math import prod
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schema.rules.dominance import dominant
from schema.rules.vocabulary import Dimension
from schema.rules.win_shares import share_of_first, win_shares
from tests.rules.exact import as_scores
from tests.rules.integral import integral
from tests.rules.strategies import FULL_SCORES, points

DIFFERENCE = st.integers(-1000, 1000)


def closed_form(differences: list[Fraction]) -> Fraction:
    """P(sum of d_i E_i > 0) for independent exponentials E_i and distinct d_i that are not 0."""
    return sum(
        (
            prod((d / (d - other) for other in differences if other != d), start=Fraction(1))
            for d in differences
            if d > 0
        ),
        start=Fraction(0),
    )


@given(st.sets(DIFFERENCE.filter(bool), min_size=1, max_size=5))
def test_two_artifacts_share_as_the_closed_form_says(found: set[int]) -> None:
    exact = closed_form([Fraction(d) for d in sorted(found)])
    assert share_of_first([d / 1000 for d in found]) == pytest.approx(float(exact), abs=1e-12)


@given(st.lists(DIFFERENCE.filter(bool), min_size=1, max_size=5))
def test_equal_differences_are_the_limit_of_distinct_ones(found: list[int]) -> None:
    apart = [Fraction(d) + Fraction(place, 10**9) for place, d in enumerate(found)]
    assert share_of_first(found) == pytest.approx(float(closed_form(apart)), abs=1e-6)


@given(st.lists(DIFFERENCE, min_size=1, max_size=5))
def test_a_difference_of_zero_decides_nothing(found: list[int]) -> None:
    assert share_of_first([0.0, *found, 0.0]) == share_of_first(found)


def test_the_plain_cases() -> None:
    assert share_of_first([0.0, 0.0]) == 0.5
    assert share_of_first([0.3]) == 1.0
    assert share_of_first([-0.3, -0.1]) == 0.0
    assert share_of_first([0.4, -0.4]) == pytest.approx(0.5)
    assert share_of_first([0.3, -0.1]) == pytest.approx(0.75)
    assert win_shares([[0.5, 0.5], [0.5, 0.5], [0.1, 0.1]]) == [0.5, 0.5, 0.0]


@settings(max_examples=60, deadline=None)
@given(points(), st.randoms())
def test_shares_add_up_and_the_order_of_the_columns_changes_none(found: list[list[float]], random: Random) -> None:
    shares = win_shares(found)
    assert sum(shares) == pytest.approx(1, abs=1e-9)
    assert all(-1e-12 <= share <= 1 + 1e-12 for share in shares)
    order = list(range(len(found)))
    random.shuffle(order)
    swapped = win_shares([found[column] for column in order])
    assert swapped == pytest.approx([shares[column] for column in order], abs=1e-9, rel=0)
    assert win_shares(found) == shares


@settings(max_examples=100, deadline=None)
@given(points())
def test_who_dominates_always_comes_first(found: list[list[float]]) -> None:
    first = dominant(found)
    if first is not None:
        assert win_shares(found)[first] == pytest.approx(1)


@settings(deadline=None)
@given(FULL_SCORES, FULL_SCORES, st.integers(1, 5))
def test_two_artifacts_are_exact_whatever_their_differences(
    left: dict[Dimension, int], right: dict[Dimension, int], size: int
) -> None:
    pairs = [(left[dimension], right[dimension]) for dimension in list(Dimension)[:size]]
    apart = [
        Fraction(first - other) + Fraction(place, 10**12)
        for place, (first, other) in enumerate(pairs)
        if first != other
    ]
    exact = float(closed_form(apart)) if apart else 0.5
    found = as_scores([left, right])
    shares = win_shares([[scores[dimension] for dimension in list(Dimension)[:size]] for scores in found])
    assert shares == pytest.approx([exact, 1 - exact], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(points(most=2).filter(lambda found: len(found[0]) < 5))
def test_two_artifacts_agree_with_a_numerical_integral(found: list[list[float]]) -> None:
    assert win_shares(found) == pytest.approx(integral(found), abs=0.003)


@settings(max_examples=40, deadline=None)
@given(points(least=3).filter(lambda found: len(found[0]) < 4))
def test_more_on_few_dimensions_agree_with_a_numerical_integral(found: list[list[float]]) -> None:
    assert win_shares(found) == pytest.approx(integral(found, 300), abs=0.005, rel=0)


@pytest.mark.parametrize("count", range(3, 9))
@pytest.mark.parametrize("size", [4, 5])
@pytest.mark.parametrize("sphere", [False, True])
def test_more_on_many_dimensions_agree_with_a_numerical_integral(count: int, size: int, sphere: bool) -> None:
    random = Random(100 * count + 10 * size + sphere)
    found = [[random.random() for _ in range(size)] for _ in range(count)]
    if sphere:
        # Nobody dominates anybody there, which is where the shares are hardest to tell.
        found = [[score / sum(other**2 for other in point) ** 0.5 for score in point] for point in found]
    assert win_shares(found) == pytest.approx(integral(found), abs=0.005, rel=0)


@settings(max_examples=40, deadline=None)
@given(points(least=2, most=4), st.integers(0, 3), st.integers(1, 3))
def test_copies_share_what_one_alone_would_have(found: list[list[float]], which: int, copies: int) -> None:
    assume(which < len(found) and found.count(found[which]) == 1)
    alone, together = win_shares(found), win_shares([*found, *[found[which]] * copies])
    each = alone[which] / (copies + 1)
    expected = [each if column == which else share for column, share in enumerate(alone)] + [each] * copies
    assert together == pytest.approx(expected, abs=1e-9)


def test_three_corners_are_known_exactly() -> None:
    # Each is best at one corner, and all are alike otherwise: by symmetry each has a third.
    assert win_shares([[1, 0, 0], [0, 1, 0], [0, 0, 1]]) == pytest.approx([1 / 3] * 3, abs=0.005)
    five = [[float(row == column) for column in range(5)] for row in range(5)]
    assert win_shares(five) == pytest.approx([1 / 5] * 5, abs=0.005)
