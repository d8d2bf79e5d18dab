"""The whole files of MCP servers, notable models and best-of lists are imported, where they are at hand."""

import csv
import gzip
import io
import re
from pathlib import Path

import pytest

from gateway.catalogue.importers.registry import adapter
from tests.catalogue.conversions import DATA, converted
from tests.catalogue.lines import CURATED
from tests.conftest import Run

pytestmark = pytest.mark.on_sqlite


FILES = {
    "mcp-servers": "mcp-packages.jsonl.gz",
    "epoch-models": "epoch-notable-models.csv.gz",
    "best-of": "best-of-ml-python.csv.gz",
}
FOREIGN = {"mcp-servers": "description", "epoch-models": "Abstract", "best-of": "description"}
"""Where a source has sentences."""

JOINED = {"mcp-servers": 0, "epoch-models": 4, "best-of": 3}
"""How many curated artifacts have a name that leads to a record."""


@pytest.fixture(params=FILES)
def source(request: pytest.FixtureRequest) -> str:
    """The name of a source whose file is at hand."""
    name: str = request.param
    if not (DATA / FILES[name]).exists():
        pytest.skip(f"{DATA / FILES[name]} is not there, so only made-up records are converted")
    return name


def records(file: Path) -> list[dict[str, str]]:
    """The records of a file, read in another way than the adapters read it."""
    text = gzip.decompress(file.read_bytes()).decode()
    if ".jsonl" in file.name:
        return [{"description": re.search(r'"description": "((?:[^"\\]|\\.)*)"', row)[1]} for row in text.splitlines()]  # type: ignore[index]
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_all_that_is_read_is_taken_or_told(source: str) -> None:
    file = DATA / FILES[source]
    lines, left_out = converted(adapter(source), str(file))
    # Lines that do not validate are among the records left out, each with what is wrong with it.
    assert not [reason for reason in left_out.records if ": " in reason]
    assert len(lines) + left_out.records.total() == len(records(file))
    names = [name for line in lines.values() for name in {line.slug, *line.aliases}]
    assert len(set(names)) == len(names)
    for line in lines.values():
        tags = [tag for capability in line.capabilities for tag in capability.tags]
        assert all(tag == tag.lower() and " " not in tag for tag in tags), line.slug
        assert line.attributes


def test_no_sentence_is_copied(source: str) -> None:
    file = DATA / FILES[source]
    lines, _ = converted(adapter(source), str(file))
    ours = " ".join(
        text
        for line in lines.values()
        for text in [line.summary or "", *(capability.description for capability in line.capabilities)]
    )
    foreign = [record[FOREIGN[source]].strip() for record in records(file)]
    assert [text for text in foreign if len(text.split()) > 5 and text in ours] == []


def test_the_command_counts_every_record_and_again_changes_nothing(gateway: Run, source: str) -> None:
    file = DATA / FILES[source]
    ran = gateway("import", "--from", source, str(file))
    assert ran.returncode == 0, ran.stderr
    left_out = sum(int(row.split()[3]) for row in ran.stdout.splitlines() if row.startswith("left out, records:"))
    added = int(ran.stdout.split()[0])
    assert added + left_out == len(records(file))
    again = gateway("import", "--from", source, str(file))
    assert f"0 added, 0 changed, {added} unchanged" in again.stdout


def test_curated_artifacts_are_joined_where_they_name_the_row(gateway: Run, source: str) -> None:
    gateway("import", *map(str, CURATED))
    ran = gateway("import", "--from", source, str(DATA / FILES[source]))
    assert f" {JOINED[source]} changed" in ran.stdout
    assert "and is another thing" not in ran.stdout
