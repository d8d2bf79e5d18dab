"""Who leads a field: on unrounded values, with ties, missing values and unordered fields told apart."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.leaders import Lead, lead
from schema.rules.vocabulary import Direction, FieldOutcome

VALUES = st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6), st.sampled_from([0.0, 1.0])), min_size=2, max_size=8)
ORDERED = st.sampled_from([Direction.HIGHER_WINS, Direction.LOWER_WINS, Direction.NEWER_WINS])


@pytest.mark.parametrize(
    ("values", "direction", "expected"),
    [
        ([0.25, 0.75], Direction.HIGHER_WINS, Lead(FieldOutcome.LEADER, (1,), 0.5)),
        ([0.25, 0.75], Direction.LOWER_WINS, Lead(FieldOutcome.LEADER, (0,), 0.5)),
        ([5.0, 9.0, 7.0], Direction.NEWER_WINS, Lead(FieldOutcome.LEADER, (1,), 2.0)),
        ([0.0, 0.0], Direction.HIGHER_WINS, Lead(FieldOutcome.TIE, (0, 1), 0.0)),
        ([2.0, 1.0, 2.0], Direction.HIGHER_WINS, Lead(FieldOutcome.TIE, (0, 2), 0.0)),
        ([0.1 + 0.2, 0.3], Direction.HIGHER_WINS, Lead(FieldOutcome.TIE, (0, 1), 0.0)),
        ([None, 1.0], Direction.HIGHER_WINS, Lead(FieldOutcome.NO_DATA)),
        ([None, None], Direction.LOWER_WINS, Lead(FieldOutcome.NO_DATA)),
        ([0.0, None, -1.0], Direction.HIGHER_WINS, Lead(FieldOutcome.LEADER, (0,), 1.0)),
        ([1.0, 2.0], Direction.UNORDERED, Lead(FieldOutcome.UNORDERED)),
    ],
)
def test_examples(values: list[float | None], direction: Direction, expected: Lead) -> None:
    assert lead(values, direction) == expected


def test_a_field_without_order_needs_two_values_to_be_compared() -> None:
    assert lead([None, None], Direction.UNORDERED, known=2).outcome is FieldOutcome.UNORDERED
    assert lead([None, None], Direction.UNORDERED, known=1).outcome is FieldOutcome.NO_DATA


@given(VALUES, ORDERED, st.randoms())
def test_the_order_of_the_columns_changes_nothing(
    values: list[float | None], direction: Direction, random: Random
) -> None:
    order = list(range(len(values)))
    random.shuffle(order)
    here, there = lead(values, direction), lead([values[column] for column in order], direction)
    assert there.outcome is here.outcome
    assert there.margin == here.margin
    assert {order[column] for column in there.leaders} == set(here.leaders)


@given(VALUES, ORDERED)
def test_missing_values_are_as_if_they_were_not_there(values: list[float | None], direction: Direction) -> None:
    known = [value for value in values if value is not None]
    here, there = lead(values, direction), lead(known, direction)
    assert (here.outcome, here.margin) == (there.outcome, there.margin)
    assert [values[column] for column in here.leaders] == [known[column] for column in there.leaders]


@given(VALUES)
def test_the_lowest_leads_where_the_highest_of_the_negatives_does(values: list[float | None]) -> None:
    negative = [None if value is None else -value for value in values]
    assert lead(values, Direction.LOWER_WINS) == lead(negative, Direction.HIGHER_WINS)
