"""Takes foreign records into the catalogue: records about the same artifact become one artifact.

Two records are about the same artifact where one's slug or alias is the other's slug or alias, to the letter. Nothing
else joins them: no likeness of names, no common publisher. A dataset is never joined to a model.
"""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import Connection, select

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers.adapter import LeftOut
from gateway.catalogue.merging import merged
from gateway.catalogue.problems import Place, Problems
from gateway.catalogue.storing import (
    ALIAS,
    ARTIFACT,
    BATCH,
    SEEN,
    Good,
    Progress,
    Report,
    Writer,
    check_aliases,
    new_version,
)
from gateway.catalogue.writing import stored_lines
from gateway.database import Database
from schema.rules.scorecard import Scorecard
from schema.rules.vocabulary import ArtifactKind


def join(
    database: Database,
    lines: Iterable[Good],
    scorecard: Scorecard,
    left_out: LeftOut,
    *,
    progress: Progress = lambda _count: None,
) -> Report:
    """Adds what the lines say to what the catalogue has, in one transaction; see `merging` for what stays.

    Raises CatalogueError, and changes nothing, where a file is not what it is said to be.
    """
    report, problems, stream = Report(), Problems(), iter(lines)
    with database.writing() as connection:
        SEEN.create(connection)
        writer = Writer(connection, scorecard.weights, report)
        while batch := list(islice(stream, BATCH)):
            writer.write(_joined(connection, batch, left_out))
            progress(report.read)
        check_aliases(connection, problems)
        problems.raise_if_any()
        report.version = new_version(connection, scorecard, report)
        SEEN.drop(connection)
    return report


def _joined(connection: Connection, batch: list[Good], left_out: LeftOut) -> list[Good]:
    owners = _owners(connection, {name for _, line in batch for name in (line.slug, *line.aliases)})
    stored = stored_lines(connection, sorted(set(owners.values())))
    pending: dict[str, tuple[Place, ArtifactLine]] = {}
    for place, line in batch:
        target = owners.get(line.slug) or _one({owners[name] for name in line.aliases if name in owners}) or line.slug
        kept = [name for name in line.aliases if owners.get(name, target) == target]
        if len(kept) < len(line.aliases):
            left_out.part("aliases: leads to another artifact already")
            line = line.model_copy(update={"aliases": kept})
        current = pending[target][1] if target in pending else stored.get(target)
        if current is not None and _apart(current.kind, line.kind):
            left_out.record(f"a {line.kind} has the name of a {current.kind}, and is another thing")
            continue
        pending[target] = (place, line if current is None else merged(current, line))
        owners |= dict.fromkeys((line.slug, *kept), target)
    return list(pending.values())


def _apart(left: ArtifactKind, right: ArtifactKind) -> bool:
    """Whether two kinds share no names: sources name data and what was trained on it in lists of their own."""
    trained = (ArtifactKind.MODEL, ArtifactKind.FINE_TUNE)
    return (left is ArtifactKind.DATASET and right in trained) or (right is ArtifactKind.DATASET and left in trained)


def _one(owners: set[str]) -> str | None:
    return owners.pop() if len(owners) == 1 else None


def _owners(connection: Connection, names: set[str]) -> dict[str, str]:
    """The slug of the artifact that each name leads to."""
    by_slug = select(ARTIFACT.c.slug, ARTIFACT.c.slug).where(ARTIFACT.c.slug.in_(sorted(names)))
    by_alias = (
        select(ALIAS.c.name, ARTIFACT.c.slug)
        .join(ARTIFACT, ARTIFACT.c.id == ALIAS.c.artifact_id)
        .where(ALIAS.c.name.in_(sorted(names)))
    )
    # A slug is found before an alias of the same letters.
    return {name: slug for query in (by_alias, by_slug) for name, slug in connection.execute(query)}
