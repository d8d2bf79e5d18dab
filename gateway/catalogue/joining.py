"""Takes foreign records into the catalogue: records about the same artifact become one artifact.

Two records are about the same artifact where one's slug or alias is the other's slug or alias, to the letter. Nothing
else joins them: no likeness of names, no common publisher. Weights, data, code and MCP servers are never joined to each
other, since sources name them in lists of their own: a library can have the name of the model that it runs.

An `Addition` only brings something to an artifact that is there. It is joined by its aliases alone, which are what its
source calls the artifact, and left out where they lead to none, to two, or to an artifact of another sort.
"""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import Connection, select

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers.adapter import Addition, LeftOut
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
)
from gateway.catalogue.versioning import new_version
from gateway.catalogue.writing import stored_lines
from gateway.database import Database
from schema.rules.scorecard import Scorecard
from schema.rules.vocabulary import ArtifactKind

FAMILIES = {
    ArtifactKind.MODEL: "weights",
    ArtifactKind.FINE_TUNE: "weights",
    ArtifactKind.DATASET: "data",
    ArtifactKind.BENCHMARK: "data",
    ArtifactKind.LIBRARY: "code",
    ArtifactKind.FRAMEWORK: "code",
    ArtifactKind.CLI: "code",
    ArtifactKind.EXTENSION: "code",
    ArtifactKind.REPOSITORY: "code",
    ArtifactKind.MCP_SERVER: "servers",
}
"""Kinds that share names with their own family and with no other."""


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
        new_version(connection, scorecard, report)
        SEEN.drop(connection)
    return report


def _joined(connection: Connection, batch: list[Good], left_out: LeftOut) -> list[Good]:
    owners = _owners(connection, {name for _, line in batch for name in (line.slug, *line.aliases)})
    stored = stored_lines(connection, sorted(set(owners.values())))
    pending: dict[str, tuple[Place, ArtifactLine]] = {}
    for place, line in batch:
        known = {owners[name] for name in line.aliases if name in owners}
        named = next(iter(known)) if len(known) == 1 else None
        if isinstance(line, Addition):
            if named is None:
                left_out.record(f"adds to an artifact by its name, which {'two have' if known else 'none has'}")
                continue
            line = line.model_copy(update={"slug": named, "aliases": []})
        target = owners.get(line.slug) or named or line.slug
        kept = [name for name in line.aliases if owners.get(name, target) == target]
        if len(kept) < len(line.aliases):
            left_out.part("aliases: leads to another artifact already")
            line = line.model_copy(update={"aliases": kept})
        current = pending[target][1] if target in pending else stored.get(target)
        if current is not None and _apart(current.kind, line.kind):
            left_out.record(f"a {line.kind} has the name of a {current.kind}, and is another thing")
            continue
        if isinstance(line, Addition):
            left_out.inside("added to the artifact that has its name")
        pending[target] = (place, line if current is None else merged(current, line))
        owners |= dict.fromkeys((line.slug, *kept), target)
    return list(pending.values())


def _apart(left: ArtifactKind, right: ArtifactKind) -> bool:
    """Whether two kinds share no names. Other kinds than those of `FAMILIES` share names with all."""
    return left in FAMILIES and right in FAMILIES and FAMILIES[left] != FAMILIES[right]


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
