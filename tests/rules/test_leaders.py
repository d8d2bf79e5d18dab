"""Who leads a field: on unrounded values, with ties, missing values and unordered fields told apart."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.leaders import Lead, Merits, lead, leads, same
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
        ([1.0, None], Direction.UNORDERED, Lead(FieldOutcome.NO_DATA)),
        ([None, 3.0, 3.0], Direction.LOWER_WINS, Lead(FieldOutcome.TIE, (1, 2), 0.0)),
        ([2.0, None, 1.0], Direction.LOWER_WINS, Lead(FieldOutcome.LEADER, (2,), 1.0)),
        ([], Direction.HIGHER_WINS, Lead(FieldOutcome.NO_DATA)),
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


@given(VALUES, ORDERED)
def test_the_outcome_is_what_the_values_say(values: list[float | None], direction: Direction) -> None:
    found = lead(values, direction)
    known = [value for value in values if value is not None]
    if len(known) < 2:
        assert found == Lead(FieldOutcome.NO_DATA)
        return
    best, *rest = sorted(known, reverse=direction is not Direction.LOWER_WINS)
    level = tuple(column for column, value in enumerate(values) if value is not None and same(value, best))
    assert found.leaders == level
    assert found.outcome is (FieldOutcome.LEADER if len(level) == 1 else FieldOutcome.TIE)
    assert found.margin == (abs(best - rest[0]) if len(level) == 1 else 0)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8), ORDERED)
def test_values_that_round_alike_are_told_apart(parts: list[int], direction: Direction) -> None:
    found = lead([0.5 + part / 10**8 for part in parts], direction)
    best, *rest = sorted(parts, reverse=direction is not Direction.LOWER_WINS)
    assert found.leaders == tuple(column for column, part in enumerate(parts) if part == best)
    assert found.margin == pytest.approx(abs(best - rest[0]) / 10**8, abs=1e-14)


@given(VALUES, st.integers(0, 8), ORDERED)
def test_a_missing_value_is_not_zero(values: list[float | None], place: int, direction: Direction) -> None:
    here, there = lead(values, direction), lead([*values[:place], None, *values[place:]], direction)
    assert (there.outcome, there.margin) == (here.outcome, here.margin)
    assert there.leaders == tuple(column + (column >= min(place, len(values))) for column in here.leaders)


@given(VALUES)
def test_nobody_leads_a_field_without_order(values: list[float | None]) -> None:
    known = sum(value is not None for value in values)
    assert lead(values, Direction.UNORDERED) == Lead(FieldOutcome.UNORDERED if known > 1 else FieldOutcome.NO_DATA)


ANY = st.one_of(
    st.none(),
    st.floats(-1e15, 1e15),
    # Level but for what arithmetic adds, and just not level, among small values and large ones.
    st.builds(
        lambda value, steps: value * (1 + steps * 4e-13),
        st.sampled_from([0.0, 0.3, 1.0, 72.5, 9e8, 7e10]),
        st.integers(-8, 8),
    ),
)


@given(
    st.integers(2, 4).flatmap(
        lambda many: st.lists(st.tuples(st.sampled_from(Direction), st.lists(ANY, min_size=many, max_size=many)))
    )
)
def test_many_fields_are_told_as_each_is_by_itself(fields: list[tuple[Direction, list[float | None]]]) -> None:
    directions = [direction for direction, _ in fields]
    rows = [values for _, values in fields]
    columns = list(zip(*rows, strict=True)) or [(), ()]
    # Every third value is there, but has no order, such as a word.
    known = [[value is not None or at % 3 == 0 for at, value in enumerate(column)] for column in columns]
    merits = [Merits(column, directions, flags) for column, flags in zip(columns, known, strict=True)]
    expected = [
        lead(values, direction, known=sum(flags[at] for flags in known))
        for at, (direction, values) in enumerate(zip(directions, rows, strict=True))
    ]
    assert [Lead(*found) for found in leads(merits)] == expected
