"""Takes a catalogue in its own format into the database: all or nothing, as a stream, again without a change."""

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import Connection, insert, select

from gateway.catalogue.problems import Place, Problem, Problems
from gateway.catalogue.reading import read
from gateway.catalogue.storing import (
    ARTIFACT,
    BATCH,
    SEEN,
    Good,
    Progress,
    Report,
    Writer,
    check_aliases,
    remove,
    seen,
)
from gateway.catalogue.versioning import new_version
from gateway.database import Database
from schema.rules.scorecard import Scorecard


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
        writer = Writer(connection, scorecard.weights, report)
        lines = read(files, problems)
        while batch := list(islice(lines, BATCH)):
            batch = _first_seen(connection, batch, problems)
            writer.write(batch)
            progress(report.read)
        check_aliases(connection, problems)
        problems.raise_if_any()
        if replace:
            report.removed = remove(connection, ARTIFACT.c.slug.not_in(select(SEEN.c.slug)))
        new_version(connection, scorecard, report)
        SEEN.drop(connection)
    return report


def _first_seen(connection: Connection, batch: Sequence[Good], problems: Problems) -> list[Good]:
    """The lines whose slug has not been met before; the others are problems."""
    slugs = [line.slug for _, line in batch]
    rows = connection.execute(seen(slugs))
    met = {slug: Place(file, number) for slug, file, number in rows}
    fresh = []
    for place, line in batch:
        if line.slug in met:
            text = f"{line.slug} stands in {met[line.slug]} already; an artifact has one line"
            problems.add(Problem(place, "slug", text))
        else:
            met[line.slug] = place
            fresh.append((place, line))
    if fresh:
        stand = [{"slug": line.slug, "file": place.file, "line": place.line} for place, line in fresh]
        connection.execute(insert(SEEN), stand)
    return fresh
