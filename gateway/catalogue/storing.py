"""Puts lines of a catalogue into the tables, inside a transaction that someone else opens and closes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    delete,
    insert,
    select,
    tuple_,
    update,
)

from gateway.catalogue.filling import add_rows, set_rows
from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.problems import Place, Problem, Problems
from gateway.catalogue.rows import Row, SourceKey, artifact_row, child_rows, source_key, sources, stated_rank
from gateway.matches.counting import count_totals, forget_matches
from gateway.search.indexing import forget
from schema.rules.scoring import Weighting
from schema.tables import METADATA

BATCH = 500
TABLES = METADATA.tables
ARTIFACT, CATALOGUE, SOURCE, ALIAS, MATCH_DAY = (
    TABLES[name] for name in ("artifact", "catalogue", "source", "alias", "match_day")
)
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
    """What an import did, in artifacts, and the catalogue's version and days after it: see `schema.tables`."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    version: int = 0
    dated_on: date | None = None
    scored_on: date | None = None

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
        self.searched = connection.scalar(select(MATCH_DAY.c.day).limit(1)) is not None
        self.next_id = (connection.scalar(select(CATALOGUE.c.last_artifact)) or 0) + 1

    def write(self, batch: Sequence[Good]) -> None:
        """Adds what is new, replaces what has changed, and leaves alone what has not."""
        lines = [line for _, line in batch]
        known = select(ARTIFACT.c.slug, ARTIFACT.c.id, ARTIFACT.c.digest).where(
            ARTIFACT.c.slug.in_([line.slug for line in lines])
        )
        stored = {slug: (id, digest) for slug, id, digest in self.connection.execute(known)}
        source_ids = self._source_ids(lines)
        added: list[Row] = []
        changed: list[Row] = []
        children: dict[str, list[Row]] = {name: [] for name in CHILDREN}
        for line in lines:
            digest = line.digest()
            old_id, old_digest = stored.get(line.slug, (None, None))
            if digest == old_digest:
                self.report.unchanged += 1
                continue
            artifact_id = old_id
            if artifact_id is None:
                artifact_id = self.next_id
                self.next_id += 1
            ranked = stated_rank(line, self.weights)
            row = artifact_row(line, artifact_id, digest, ranked)
            (added if old_id is None else changed).append(row)
            for name, rows in child_rows(line, artifact_id, ranked, source_ids.__getitem__).items():
                children[name] += rows
        if changed:
            ids = [int(row[0] or 0) for row in changed]
            forget(self.connection, ids)
            for name in (*CHILDREN, "superseded_score"):
                self.connection.execute(delete(TABLES[name]).where(TABLES[name].c.artifact_id.in_(ids)))
        set_rows(self.connection, "artifact", changed)
        add_rows(self.connection, "artifact", added)
        for name, rows in children.items():
            add_rows(self.connection, name, rows)
        if self.searched:
            self._count([int(row[0] or 0) for row in (*added, *changed)])
        self.report.added += len(added)
        self.report.changed += len(changed)

    def _count(self, ids: list[int]) -> None:
        """What searches have led to is no part of a line, and goes into scores, also of what has some stated."""
        count_totals(self.connection, ids)
        self.connection.execute(update(ARTIFACT).where(ARTIFACT.c.id.in_(ids)).values(to_score=True))

    def _source_ids(self, lines: Sequence[ArtifactLine]) -> dict[SourceKey, int]:
        wanted = list(dict.fromkeys(source_key(source) for line in lines for source in sources(line)))
        found = self._known_sources(wanted)
        new = [key for key in wanted if key not in found]
        if new:
            self.connection.execute(insert(SOURCE), [{"title": title, "url": url} for title, url in new])
            found |= self._known_sources(new)
        return found

    def _known_sources(self, keys: list[SourceKey]) -> dict[SourceKey, int]:
        found: dict[SourceKey, int] = {}
        for start in range(0, len(keys), BATCH):
            part = tuple_(SOURCE.c.title, SOURCE.c.url).in_(keys[start : start + BATCH])
            for id, title, url in self.connection.execute(select(SOURCE).where(part)):
                found[title, url] = id
        return found


def remove(connection: Connection, which: ColumnElement[bool]) -> int:
    """Removes artifacts with all that hangs on them; how many there were."""
    ids = list(connection.scalars(select(ARTIFACT.c.id).where(which)))
    forget(connection, ids)
    forget_matches(connection, ids)
    return connection.execute(delete(ARTIFACT).where(which)).rowcount


def seen(slugs: Sequence[str]) -> Select[Any]:
    return select(SEEN).where(SEEN.c.slug.in_(slugs))


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
