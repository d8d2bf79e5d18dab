"""How figures and names of foreign tables are read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gateway.catalogue.format import SLUG
from gateway.catalogue.importers.figures import written_count, written_figure
from gateway.catalogue.importers.naming import slug_of, told_apart, with_digest


@given(some.integers(0, 2**53))
def test_a_count_is_the_same_however_it_is_written(number: int) -> None:
    assert {written_count(text) for text in (str(number), f"{number:,}", f"{number}.0", f" {number} ")} == {number}


@given(some.floats(0, allow_nan=False, allow_infinity=False))
def test_a_figure_keeps_its_value(number: float) -> None:
    assert written_figure(repr(number)) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize("text", ["", "-1", "1,2", "1,000,00", "1e999", "nan", "inf", "1 000", "0x10", "12%", "1_000"])
def test_what_is_no_figure(text: str) -> None:
    assert written_figure(text) is None


def test_a_fraction_is_no_count() -> None:
    assert (written_figure("1.5"), written_count("1.5")) == (1.5, None)
    # What was whole before it was multiplied.
    assert written_count("256999999.99999997") == 257_000_000
    assert written_count("423000000.00000006") == 423_000_000
    # What was none.
    for text in ("18232157622832.703", "5416666666666.667", "1125899906842624.25", "3000000000000000.5"):
        assert written_figure(text) == float(text)
        assert written_count(text) is None


@given(some.text())
def test_a_slug_is_one_or_empty(text: str) -> None:
    slug = slug_of(text)
    assert slug == "" or (re.fullmatch(SLUG, slug) and len(slug) <= 200)
    assert re.fullmatch(SLUG, with_digest(slug, text))


@given(some.lists(some.sampled_from(["A", "a", "a.", "b", "B-", "é", "e"]), max_size=8))
def test_no_two_names_share_a_slug_whatever_the_order(names: list[str]) -> None:
    def slugs(order: list[str]) -> dict[str, str]:
        rows = [(number, {"name": name}) for number, name in enumerate(order)]
        told = told_apart(rows, lambda record: (slug_of(record["name"]), record["name"]))
        return {record["name"]: record["slug_here"] for _, record in told}

    assert slugs(names) == slugs(names[::-1])
    assert len(set(slugs(names).values())) == len(set(names))
