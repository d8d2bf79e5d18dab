"""Makes the part of the shipped catalogue that is drawn from collections: `python -m seeds.making FOLDER`.

FOLDER holds the collections that SOURCES.md names. The curated files are loaded first, so that what the collections say
of curated artifacts is added to these; then the collections are joined by `gateway import`'s own code, and what is
worth a first look is kept. What each artifact is and is used for, in our own words, comes from `descriptions/`, a file
for each that is made. Run again on the same files, it writes the same bytes.
"""

import gzip
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, select, text

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers.adapter import LeftOut
from gateway.catalogue.importers.reading import foreign_lines
from gateway.catalogue.importers.registry import adapter
from gateway.catalogue.joining import join
from gateway.catalogue.loading import load
from gateway.catalogue.shipped import shipped_scorecard
from gateway.catalogue.writing import stored_lines
from gateway.database import Database, open_database
from schema.tables import METADATA

CATALOGUE = Path(__file__).with_name("catalogue")
DESCRIPTIONS = Path(__file__).with_name("descriptions")
MIXED = (
    ("hub-models", "radar.jsonl.gz"),
    ("models-dev", "models-dev.jsonl.gz"),
    ("litellm", "litellm-prices.json.gz"),
    # Once more, because offers join what is there, and the price list brought more models.
    ("models-dev", "models-dev.jsonl.gz"),
    ("epoch-models", "epoch-notable-models.csv.gz"),
    ("hub-datasets", "hf-datasets-2023.csv.gz"),
    ("hub-trained-on", "radar.jsonl.gz"),
    ("hub-observations", "radar.jsonl.gz", "radar-observations.csv.gz"),
    ("mcp-servers", "mcp-packages.jsonl.gz"),
)
SHARE_ALIKE = (("best-of", "best-of-ml-python.csv.gz"),)
"""Kept in a file of its own, because its licence asks that what derives from it stays under that licence."""

TRAINED = "kind IN ('MODEL', 'FINE_TUNE')"
DOWNLOADS = "(SELECT max(value) FROM signal WHERE artifact_id = artifact.id AND name = 'downloads_30d') DESC, slug"
CHOICES = {
    "models": (
        f"{TRAINED} AND availability <> 'REMOVED' ORDER BY rank_order, slug LIMIT 1500",
        f"{TRAINED} AND availability <> 'REMOVED' ORDER BY {DOWNLOADS} LIMIT 100",
        f"{TRAINED} AND availability = 'REMOVED' ORDER BY {DOWNLOADS} LIMIT 20",
        f"{TRAINED} AND id IN (SELECT artifact_id FROM offer)",  # noqa: S608
        f"{TRAINED} AND id IN (SELECT artifact_id FROM signal WHERE name = 'citations')",  # noqa: S608
    ),
    "datasets": ("kind = 'DATASET' AND rank IS NOT NULL", f"kind = 'DATASET' ORDER BY {DOWNLOADS} LIMIT 500"),
    "mcp-servers": ("kind = 'MCP_SERVER' AND license IS NOT NULL ORDER BY slug",),
}
"""For each file that is made, which artifacts it holds: all that meet one of its conditions."""


def make(folder: Path) -> None:
    """Writes the drawn files, and the curated ones with what the collections add to them."""
    curated = sorted(CATALOGUE.glob("*.jsonl"))
    with _scratch() as mixed:
        load(mixed, [str(path) for path in curated], shipped_scorecard())
        _join(mixed, folder, MIXED)
        with mixed.reading() as connection:
            taken: set[str] = set()
            for path in curated:
                written = [orjson.loads(line) for line in path.read_bytes().splitlines()]
                path.write_bytes(b"".join(_enriched(connection, written)))
                taken.update(line["slug"] for line in written)
            names = set(connection.scalars(select(METADATA.tables["alias"].c.name)))
            for name, conditions in CHOICES.items():
                chosen = {slug for condition in conditions for slug in _meeting(connection, condition)} - taken
                taken |= chosen
                _pack(name, stored_lines(connection, sorted(chosen)))
    with _scratch() as alone:
        _join(alone, folder, SHARE_ALIKE)
        with alone.reading() as connection:
            slugs = connection.scalars(text("SELECT slug FROM artifact")).all()
            every = stored_lines(connection, slugs)
        taken |= names
        _pack("share-alike", {slug: line for slug, line in every.items() if taken.isdisjoint([slug, *line.aliases])})


def _meeting(connection: Connection, condition: str) -> Sequence[str]:
    return connection.scalars(text(f"SELECT slug FROM artifact WHERE {condition}")).all()  # noqa: S608, they are ours


@contextmanager
def _scratch() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/scratch.db")
        try:
            yield database
        finally:
            database.close()


def _join(database: Database, folder: Path, collections: Iterable[Sequence[str]]) -> None:
    for name, *files in collections:
        left_out = LeftOut()
        lines = foreign_lines(adapter(name), [str(folder / file) for file in files], left_out)
        report = join(database, lines, shipped_scorecard(), left_out)
        sys.stderr.write(f"{name}: {report.added} added, {report.changed} changed\n")


def _enriched(connection: Connection, written: Sequence[dict[str, Any]]) -> Iterator[bytes]:
    """Curated lines with what the collections know beside; what they can do stays as it was written by hand."""
    found = stored_lines(connection, [line["slug"] for line in written])
    for line in written:
        by_hand = {key: line[key] for key in ("capabilities", "tasks") if key in line}
        yield orjson.dumps(found[line["slug"]].canonical() | by_hand) + b"\n"


def _pack(name: str, lines: Mapping[str, ArtifactLine]) -> None:
    """Writes a file of the catalogue, by slug, with our descriptions, and our tasks where nobody else states any."""
    written = {line.pop("slug"): line for line in map(orjson.loads, (DESCRIPTIONS / f"{name}.jsonl").open("rb"))}
    packed = []
    for slug in sorted(lines):
        line = lines[slug]
        said = written.get(slug, {})
        if line.tasks:
            said.pop("tasks", None)
        packed.append(orjson.dumps(line.model_copy(update=said).canonical()) + b"\n")
    # Without a name and a day in it, so that the same lines are the same bytes.
    (CATALOGUE / f"{name}.jsonl.gz").write_bytes(gzip.compress(b"".join(packed), compresslevel=9, mtime=0))


if __name__ == "__main__":
    make(Path(sys.argv[1]))
