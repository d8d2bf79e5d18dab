"""The JSON Schema of the catalogue format: it takes what import takes, and refuses what import refuses."""

import json
from importlib import import_module
from typing import Any

import pytest

from tests.catalogue.lines import CURATED, SEEDS, whole
from tests.catalogue.test_problems import CASES
from tests.conftest import Run

JSONSCHEMA: Any = import_module("jsonschema")
BEYOND = {"not JSON", "bad UTF-8", "alias twice", "capability twice", "signal of a day twice", "slug again"} | {
    f"{what} still to come" for what in ("signal", "offer", "attribute", "score", "change")
}
"""What a JSON Schema cannot see. NaN and the infinities are no JSON, and a library may take them for numbers."""
NO_JSON = {"not a number", "infinite"}


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads((SEEDS / "catalogue.schema.json").read_text())
    JSONSCHEMA.Draft202012Validator.check_schema(schema)
    checker = JSONSCHEMA.FormatChecker(["date"])
    return JSONSCHEMA.Draft202012Validator(schema, format_checker=checker)


def test_printed_schema_is_the_shipped_one(gateway: Run) -> None:
    printed = gateway("schema", "--catalogue")
    assert printed.returncode == 0
    assert printed.stdout == (SEEDS / "catalogue.schema.json").read_text()


def test_schema_takes_good_lines(validator: Any) -> None:
    lines = [text for path in CURATED for text in path.read_text().splitlines()] + [whole(1)]
    for text in lines:
        errors = [error.message for error in validator.iter_errors(json.loads(text))]
        assert errors == [], text[:80]


@pytest.mark.parametrize("case", [case for case in CASES if case not in BEYOND | NO_JSON])
def test_schema_refuses_bad_lines(case: str, validator: Any) -> None:
    assert not validator.is_valid(json.loads(CASES[case][0]))
