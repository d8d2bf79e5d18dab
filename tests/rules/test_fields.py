"""The registry of comparable fields, and how values are shown."""

from dataclasses import replace
from datetime import date

import pytest

from schema.needs import check_registry
from schema.rules import values
from schema.rules.attributes import attribute_spec
from schema.rules.fields import ComparableField
from schema.rules.scoring import Scored
from schema.rules.vocabulary import ArtifactKind, Basis, Direction, Pricing
from schema.rules.words import figure, listed, titled


def test_the_fields_are_those_of_the_contract() -> None:
    names = """KIND RANK ADOPTION QUALITY ECOSYSTEM MATCH_GRAPH FRESHNESS PRICING LICENSE AVAILABILITY
        CAPABILITY_COUNT TIMES_MATCHED RELEASED_ON UPDATED_ON"""
    assert " ".join(field.name for field in ComparableField) == " ".join(names.split())


def test_what_every_field_needs_is_there() -> None:
    check_registry()


@pytest.mark.parametrize("need", ["artifact.colour", "score.BEAUTY", "weather.today", "artifact"])
def test_a_need_that_does_not_exist_stops_the_start_and_names_the_field(
    need: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(ComparableField.PRICING.spec, needs=(need,))
    monkeypatch.setattr(ComparableField.PRICING, "spec", broken)
    with pytest.raises(LookupError, match=rf"PRICING needs {need}"):
        check_registry()


def test_free_leads_freemium_and_freemium_leads_paid() -> None:
    spec = ComparableField.PRICING.spec
    orders = [spec.read({"artifact.pricing": pricing}).order for pricing in Pricing]
    assert spec.direction is Direction.LOWER_WINS
    assert orders == sorted(order for order in orders if order is not None)
    assert spec.read({"artifact.pricing": None}).order is None


def test_scores_are_shown_rounded_and_kept_whole() -> None:
    value = values.of_score(Scored(0.44, Basis.PUBLISHED))
    assert (value.display, value.number, value.order, value.basis) == ("0", 0.44, 0.44, Basis.PUBLISHED)
    assert values.of_score(Scored(0.5, Basis.DERIVED)).display == "1"


def test_what_is_not_known_says_so_and_is_not_zero() -> None:
    for missing in (
        values.of_score(None),
        values.of_rank(None),
        values.of_count(None),
        values.of_date(None),
        values.of_term(None),
        values.of_text(None),
        values.of_anything(None),
    ):
        assert (missing.display, missing.basis, missing.number, missing.order) == (
            "not known",
            Basis.MISSING,
            None,
            None,
        )
    assert values.of_count(0).display == "0"


def test_values_are_shown_for_people() -> None:
    assert values.of_rank(58.5).display == "59/100"
    assert values.of_count(12239).display == "12,239"
    assert values.of_term(ArtifactKind.FINE_TUNE).display == "Fine-tune"
    assert values.of_term(ArtifactKind.MCP_SERVER).display == "MCP server"
    assert values.of_date(date(2020, 12, 31)).date == date(2020, 12, 31)
    assert values.of_anything(3752694).display == "3,752,694"
    assert values.of_anything(825.18, "GiB").display == "825.18 GiB"
    assert values.of_anything(True).text == "true"
    assert values.of_anything(["en", "fr"]).text == "en, fr"


def test_margins_of_days_are_in_days() -> None:
    newer, older = values.of_date(date(2021, 1, 2)), values.of_date(date(2020, 12, 31))
    assert newer.order is not None
    assert older.order is not None
    assert newer.order - older.order == 2


def test_an_attribute_that_nobody_described_has_a_label_and_no_better_end() -> None:
    spec = attribute_spec("bits_per_byte")
    assert (spec.label, spec.direction) == ("Bits per byte", Direction.UNORDERED)
    assert attribute_spec("context_window").direction is Direction.HIGHER_WINS


def test_words() -> None:
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert [figure(value) for value in (0, 0.445, 0.004, 13.0)] == ["0.00", "0.45", "0.004", "13.00"]
    assert titled("DATASET") == "Dataset"
