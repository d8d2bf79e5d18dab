"""What is found in a catalogue of which only the best ranked are gone through for common words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.catalogue.loading import load
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import open_database
from gateway.execution import Executor, Request
from gateway.search import finding
from gateway.settings import load_settings
from tests.catalogue.lines import SOURCE, line, written
from tests.search.conftest import QUERY, Find, slugs


def ranked(number: int) -> str:
    names = ("adoption", "quality", "ecosystem")
    scores = {name: {"value": number / 40, "basis": "PUBLISHED", "source": SOURCE} for name in names}
    return line(f"quokka-{number}", name=f"Quokka {number}", scores=scores, publisher="Large Lab")


@pytest.fixture
def find(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Find]:
    """Searches 41 artifacts as if so many were too many to go through all."""
    monkeypatch.setattr(finding, "COMMON", 3)
    monkeypatch.setattr(finding, "BEST", 10)
    database = open_database(address)
    rare = line("quokka-rare", name="Quokka Numbat", publisher="Small Lab")
    load(database, [written(tmp_path / "many.jsonl", [*map(ranked, range(40)), rare])], shipped_scorecard())
    executor = Executor(database, load_settings(), shipped_scorecard())
    yield lambda text, **given: slugs(executor.execute(Request(QUERY, {"text": text, **given})).body["data"]["search"])
    executor.close()
    database.close()


def test_common_words_find_the_best_ranked(find: Find) -> None:
    found = find("quokka", first=100)
    assert found[:3] == ["quokka-39", "quokka-38", "quokka-37"]
    assert len(found) < 20


def test_a_rare_word_is_found_wherever_it_is(find: Find) -> None:
    assert find("quokka numbat")[0] == "quokka-rare"


def test_a_rare_condition_is_met_wherever_it_is(find: Find) -> None:
    assert find("quokka", filter={"publishers": ["Small Lab"]}) == ["quokka-rare"]
    assert "quokka-39" in find("quokka", filter={"publishers": ["Large Lab"]})
