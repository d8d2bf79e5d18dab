"""Takes a catalogue into the database: all of it or nothing, as a stream, and again without changing anything."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
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
from gateway.catalogue.reading import read
from gateway.catalogue.rows import artifact_row, child_rows, sources
from gateway.database import Database
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


def load(
    database: Database,
    files: Iterable[str],
    scorecard: Scorecard,
    *,
    replace: bool = False,
    progress: Progress = lambda _count: None,
) -> Report:
    """Adds the artifacts of the files to the catalogue; one that is there already takes its new line's content.

    With `replace`, artifacts that the files do not name are removed. `progress` is told the number of artifacts read
    so far. Everything happens in one transaction. Raises CatalogueError, with all problems, and changes nothing,
    where a line is wrong.
    """
    problems = Problems()
    report = Report()
    with database.writing() as connection:
        SEEN.create(connection)
        writer = _Writer(connection, scorecard.weights, problems, report)
        lines = read(files, problems)
        while batch := list(islice(lines, BATCH)):
            batch = writer.first_seen(batch)
            writer.write(batch)
            progress(report.read)
        _check_aliases(connection, problems)
        problems.raise_if_any()
        if replace:
            gone = delete(ARTIFACT).where(ARTIFACT.c.slug.not_in(select(SEEN.c.slug)))
            report.removed = connection.execute(gone).rowcount
        report.version = _new_version(connection, scorecard, report)
        SEEN.drop(connection)
    return report


class _Writer:
    """Writes batches of lines inside one transaction."""

    def __init__(self, connection: Connection, weights: Weighting, problems: Problems, report: Report) -> None:
        self.connection = connection
        self.weights = weights
        self.problems = problems
        self.report = report
        self.next_id = (connection.scalar(select(func.max(ARTIFACT.c.id))) or 0) + 1
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        self.new_source: Any = dialect.insert(SOURCE).on_conflict_do_nothing()

    def first_seen(self, batch: Sequence[Good]) -> list[Good]:
        """The lines whose slug has not been met before; the others are problems."""
        slugs = [line.slug for _, line in batch]
        rows = self.connection.execute(_seen(slugs))
        met = {slug: Place(file, number) for slug, file, number in rows}
        fresh = []
        for place, line in batch:
            if line.slug in met:
                text = f"{line.slug} stands in {met[line.slug]} already; an artifact has one line"
                self.problems.add(Problem(place, "slug", text))
            else:
                met[line.slug] = place
                fresh.append((place, line))
        if fresh:
            seen = [{"slug": line.slug, "file": place.file, "line": place.line} for place, line in fresh]
            self.connection.execute(insert(SEEN), seen)
        return fresh

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


def _seen(slugs: Sequence[str]) -> Select[Any]:
    return select(SEEN).where(SEEN.c.slug.in_(slugs))


def _parts(items: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _check_aliases(connection: Connection, problems: Problems) -> None:
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
        met = {row.slug: Place(row.file, row.line) for row in connection.execute(_seen([slug, taken_by]))}
        place = met.get(slug) or met.get(taken_by) or Place("the catalogue", 0)
        text = f"{name} is an alias of {slug}, and leads to {taken_by} already; it can lead to one artifact"
        problems.add(Problem(place, "aliases", text))


def _new_version(connection: Connection, scorecard: Scorecard, report: Report) -> int:
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
