"""What tests of adapters share: records in, lines out."""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers.adapter import LeftOut, Source
from gateway.catalogue.importers.reading import foreign_lines

DATA = Path(__file__).parents[3] / "shared" / "data"


def json_file(file: Path, *records: dict[str, Any]) -> str:
    """A packed JSON Lines file of records."""
    file.write_bytes(gzip.compress("".join(json.dumps(record) + "\n" for record in records).encode()))
    return str(file)


def csv_file(file: Path, *rows: dict[str, str]) -> str:
    """A packed CSV file of rows, which have the columns of the first."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(gzip.compress(text.getvalue().encode()))
    return str(file)


def converted(adapter: Source, file: str) -> tuple[dict[str, ArtifactLine], LeftOut]:
    """The lines of a file, by slug, and what was left out of it."""
    left_out = LeftOut()
    lines = [line for _, line in foreign_lines(adapter, [file], left_out)]
    assert len({line.slug for line in lines}) == len(lines)
    return {line.slug: line for line in lines}, left_out


def said(line: ArtifactLine) -> dict[str, str]:
    """What a line says its artifact can do, by slug."""
    return {capability.slug: capability.description for capability in line.capabilities}


def facts(line: ArtifactLine) -> dict[str, Any]:
    """The attributes of a line, without their sources."""
    return {key: value["value"] for key, value in line.canonical().get("attributes", {}).items()}


def figures(line: ArtifactLine) -> dict[str, float]:
    """The signals of a line, without their dates."""
    return {signal.name: signal.value for signal in line.signals}


def sources(line: ArtifactLine) -> set[tuple[str, str]]:
    """The days and titles of everything that a line says."""
    data = line.canonical()
    dated = [*data.get("signals", []), *data.get("attributes", {}).values()]
    return {(item["observed_on"], item["source"]["title"]) for item in dated}
