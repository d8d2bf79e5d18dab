"""What searches are worth to an artifact, by examples and by properties."""

from hypothesis import given
from hypothesis import strategies as st

from schema.rules.matching import CHOSEN, LEAST_SEARCHERS, UNITS, credit, known

PLACES = st.integers(1, 100_000)


def test_a_match_counts_by_its_place_and_a_choice_the_same_at_every_place() -> None:
    assert [credit(place, chosen=False) / UNITS for place in (1, 2, 4)] == [1, 0.5, 0.25]
    assert credit(1, chosen=True) == credit(50, chosen=True) == CHOSEN * UNITS
    assert CHOSEN == 4


def test_credit_is_exact_for_the_first_twenty_places() -> None:
    assert [credit(place, chosen=False) * place for place in range(1, 21)] == [UNITS] * 20


@given(PLACES, PLACES, st.booleans())
def test_a_better_place_never_counts_less(one: int, other: int, chosen: bool) -> None:
    better, worse = sorted((one, other))
    assert credit(better, chosen) >= credit(worse, chosen) > 0


@given(PLACES, PLACES)
def test_a_choice_counts_more_than_any_place(one: int, other: int) -> None:
    assert credit(one, chosen=True) > credit(other, chosen=False)


@given(PLACES, st.booleans())
def test_nothing_that_one_client_does_counts_more_than_one_choice(place: int, chosen: bool) -> None:
    assert credit(place, chosen) <= CHOSEN * UNITS


def test_it_is_a_figure_once_enough_have_searched() -> None:
    assert [known(searchers) for searchers in (0, LEAST_SEARCHERS - 1, LEAST_SEARCHERS, 2_000)] == [
        *(False, False),
        *(True, True),
    ]
