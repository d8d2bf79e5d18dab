"""Puts lines of a catalogue into the tables, inside a transaction that someone else opens and closes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from gateway.catalogue.format import ArtifactLine, SourceLine
from gateway.catalogue.problems import Place, Problem, Problems
from gateway.catalogue.rows import artifact_row, child_rows, sources
from schema.rules.scorecard import Scorecard
from schema.rules.scoring import Weighting
from schema.tables import METADATA

BATCH = 500
TABLES = METADATA.tables
ARTIFACT, CATALOGUE, SOURCE, ALIAS = (TABLES[name] for name in ("artifact", "catalogue", "source", "alias"))
CHILDREN = ("alias", "topic", "capability", "score", "signal", "offer", "attribute")

SEEN = Table(
    "import_seen",
    MetaData(),
    Column("slug", String, primary_key=True),
    Column("file", String),
    Column("line", Integer),
    prefixes=["TEMPORARY"],
)
"""Where each slug of this import stood: in the database, so that memory does not grow with the file."""


@dataclass
class Report:
    """What an import did, in artifacts; `version` is the catalogue's version after it."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    version: int = 0

    @property
    def read(self) -> int:
        """How many artifacts the files hold."""
        return self.added + self.changed + self.unchanged


Progress = Callable[[int], None]
Good = tuple[Place, ArtifactLine]


class Writer:
    """Writes batches of lines, each artifact once a batch."""

    def __init__(self, connection: Connection, weights: Weighting, report: Report) -> None:
        self.connection = connection
        self.weights = weights
        self.report = report
        self.next_id = (connection.scalar(select(func.max(ARTIFACT.c.id))) or 0) + 1
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        self.new_source: Any = dialect.insert(SOURCE).on_conflict_do_nothing()

    def write(self, batch: Sequence[Good]) -> None:
        """Adds what is new, replaces what has changed, and leaves alone what has not."""
        lines = [line for _, line in batch]
        known = select(ARTIFACT.c.slug, ARTIFACT.c.id, ARTIFACT.c.digest).where(
            ARTIFACT.c.slug.in_([line.slug for line in lines])
        )
        stored = {slug: (id, digest) for slug, id, digest in self.connection.execute(known)}
        source_ids = self._source_ids(lines)
        added, changed = [], []
        children: dict[str, list[dict[str, Any]]] = {name: [] for name in CHILDREN}
        for line in lines:
            digest = line.digest()
            old_id, old_digest = stored.get(line.slug, (None, None))
            if digest == old_digest:
                self.report.unchanged += 1
                continue
            row = artifact_row(line, digest, self.weights)
            if old_id is None:
                row["id"] = self.next_id
                self.next_id += 1
                added.append(row)
            else:
                row["id"] = old_id
                changed.append(row)
            for name, rows in child_rows(line, row["id"], source_ids.__getitem__).items():
                children[name] += rows
        if changed:
            ids = [row["id"] for row in changed]
            for name in CHILDREN:
                self.connection.execute(delete(TABLES[name]).where(TABLES[name].c.artifact_id.in_(ids)))
            for row in changed:
                self.connection.execute(update(ARTIFACT).where(ARTIFACT.c.id == row["id"]).values(row))
        if added:
            self.connection.execute(insert(ARTIFACT), added)
        for name, rows in children.items():
            if rows:
                self.connection.execute(insert(TABLES[name]), rows)
        self.report.added += len(added)
        self.report.changed += len(changed)

    def _source_ids(self, lines: Sequence[ArtifactLine]) -> dict[SourceLine, int]:
        wanted = {(source.title, source.url or ""): source for line in lines for source in sources(line)}
        found: dict[SourceLine, int] = {}
        for part in _parts(list(wanted)):
            self.connection.execute(self.new_source, [{"title": title, "url": url} for title, url in part])
            rows = self.connection.execute(select(SOURCE).where(tuple_(SOURCE.c.title, SOURCE.c.url).in_(part)))
            for id, title, url in rows:
                found[wanted[title, url]] = id
        return found


def seen(slugs: Sequence[str]) -> Select[Any]:
    return select(SEEN).where(SEEN.c.slug.in_(slugs))


def _parts(items: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def check_aliases(connection: Connection, problems: Problems) -> None:
    """An alias leads to one artifact, and is no other artifact's slug."""
    owner, other = ARTIFACT.alias("owner"), ARTIFACT.alias("other")
    as_slug = (
        select(ALIAS.c.name, owner.c.slug, other.c.slug)
        .join(owner, owner.c.id == ALIAS.c.artifact_id)
        .join(other, (other.c.slug == ALIAS.c.name) & (other.c.id != owner.c.id))
    )
    again = ALIAS.alias("again")
    as_alias = (
        select(ALIAS.c.name, owner.c.slug, other.c.slug)
        .join(again, (again.c.name == ALIAS.c.name) & (again.c.artifact_id < ALIAS.c.artifact_id))
        .join(owner, owner.c.id == ALIAS.c.artifact_id)
        .join(other, other.c.id == again.c.artifact_id)
    )
    for name, slug, taken_by in [*connection.execute(as_slug), *connection.execute(as_alias)]:
        met = {row.slug: Place(row.file, row.line) for row in connection.execute(seen([slug, taken_by]))}
        place = met.get(slug) or met.get(taken_by) or Place("the catalogue", 0)
        text = f"{name} is an alias of {slug}, and leads to {taken_by} already; it can lead to one artifact"
        problems.add(Problem(place, "aliases", text))


def new_version(connection: Connection, scorecard: Scorecard, report: Report) -> int:
    old: int | None = connection.scalar(select(CATALOGUE.c.version))
    if old is not None and report.added + report.changed + report.removed == 0:
        return old
    days = [
        connection.scalar(select(func.max(TABLES[name].c.observed_on)))
        for name in ("signal", "score", "offer", "attribute")
    ]
    version = (old or 0) + 1
    row = {
        "id": 1,
        "version": version,
        "scorecard": scorecard.version,
        "dated_on": max((day for day in days if day), default=None),
        "loaded_at": datetime.now(UTC).replace(microsecond=0),
    }
    connection.execute(delete(CATALOGUE))
    connection.execute(insert(CATALOGUE), row)
    return version
