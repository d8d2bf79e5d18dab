"""Takes foreign records into the catalogue: records about the same artifact become one artifact.

Two records are about the same artifact where they share an id of a source, to the letter: an alias, or a slug that is
itself an id. A slug that was made from an id is none, since two ids can make one: where both sides have ids and share
none, the newcomer gets a slug of its own. Nothing else joins them: no likeness of names, no common publisher. Weights,
data, code and MCP servers are never joined to each other, since sources name them in lists of their own: a library can
have the name of the model that it runs.

A record that has the ids of two artifacts says that they are one: the newer becomes part of the older. So it does not
matter which of the records came first.

An `Addition` only brings something to an artifact that is there. It is joined by its aliases alone, which are what its
source calls the artifact, and left out where they lead to none, to two, or to an artifact of another sort.
"""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import Connection

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers.adapter import Addition, LeftOut
from gateway.catalogue.merging import merged
from gateway.catalogue.owners import Owners
from gateway.catalogue.problems import Place, Problems
from gateway.catalogue.storing import ARTIFACT, BATCH, SEEN, Good, Progress, Report, Writer, check_aliases, remove
from gateway.catalogue.versioning import new_version
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
            joined = _Batch(connection, batch, left_out)
            report.removed += joined.remove_gone(connection)
            writer.write(list(joined.pending.values()))
            progress(report.read)
        check_aliases(connection, problems)
        problems.raise_if_any()
        new_version(connection, scorecard, report)
        SEEN.drop(connection)
    return report


class _Batch:
    """What some lines become: each artifact that they change, once, and those that became part of another."""

    def __init__(self, connection: Connection, lines: list[Good], left_out: LeftOut) -> None:
        self.owners = Owners(connection, [line for _, line in lines])
        self.pending: dict[str, tuple[Place, ArtifactLine]] = {}
        self.gone: set[str] = set()
        self.left_out = left_out
        for place, line in lines:
            if isinstance(line, Addition):
                self._add(place, line)
            else:
                self._take(place, line)

    def remove_gone(self, connection: Connection) -> int:
        """Removes what became part of another artifact; how many there were in the catalogue before."""
        stored = sorted(self.gone & self.owners.stored.keys())
        return remove(connection, ARTIFACT.c.slug.in_(stored)) if stored else 0

    def _current(self, slug: str) -> ArtifactLine | None:
        return self.pending[slug][1] if slug in self.pending else self.owners.stored.get(slug)

    def _add(self, place: Place, line: Addition) -> None:
        found = self.owners.of(line.aliases)
        current = self._current(found[0]) if len(found) == 1 else None
        if current is None:
            self.left_out.record(f"adds to an artifact by its name, which {'two have' if found else 'none has'}")
        elif _apart(current, line):
            self._refuse(current, line)
        else:
            self.left_out.inside("added to the artifact that has its name")
            line = line.model_copy(update={"slug": current.slug, "aliases": []})
            self.pending[current.slug] = (place, merged(current, line))

    def _take(self, place: Place, line: ArtifactLine) -> None:
        own = self.owners.slug_for(line, self._current)
        found = [current for slug in self.owners.of([own, *line.aliases]) if (current := self._current(slug))]
        kin = [current for current in found if not _apart(current, line)]
        if found and not kin:
            self._refuse(found[0], line)
            return
        whole = kin[0] if kin else None
        for other in kin[1:]:
            if whole is not None and not _apart(whole, other):
                whole = merged(whole, other)
                self._became(other.slug, whole.slug)
        target = whole.slug if whole else own
        kept = [name for name in line.aliases if self.owners.leads_to(name, target)]
        if len(kept) < len(line.aliases):
            self.left_out.part("aliases: leads to another artifact already")
        slug = line.slug if self.owners.leads_to(line.slug, target) else target
        line = line.model_copy(update={"slug": slug, "aliases": kept})
        self.pending[target] = (place, merged(whole, line) if whole else line)
        self.owners.lead([slug, *kept], target)

    def _became(self, part: str, whole: str) -> None:
        self.gone.add(part)
        self.pending.pop(part, None)
        self.owners.move(part, whole)

    def _refuse(self, current: ArtifactLine, line: ArtifactLine) -> None:
        self.left_out.record(f"a {line.kind} has the name of a {current.kind}, and is another thing")


def _apart(left: ArtifactLine, right: ArtifactLine) -> bool:
    """Whether the kinds of two lines share no names. Other kinds than those of `FAMILIES` share names with all."""
    one, other = FAMILIES.get(left.kind), FAMILIES.get(right.kind)
    return one is not None and other is not None and one != other
