"""Which artifact each name leads to, while records join the catalogue."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, select

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers.adapter import Identified
from gateway.catalogue.importers.naming import with_digest
from gateway.catalogue.storing import ALIAS, ARTIFACT
from gateway.catalogue.writing import stored_lines


class Owners:
    """The owners of the names that some lines have; `stored` are those of the catalogue, as it has them."""

    def __init__(self, connection: Connection, lines: Sequence[ArtifactLine]) -> None:
        names = {name for line in lines for name in (line.slug, _own_slug(line), *line.aliases)}
        self._owners: dict[str, str] = {}
        self._ages: dict[str, int] = {}
        by_slug = select(ARTIFACT.c.slug, ARTIFACT.c.slug, ARTIFACT.c.id).where(ARTIFACT.c.slug.in_(sorted(names)))
        by_alias = (
            select(ALIAS.c.name, ARTIFACT.c.slug, ARTIFACT.c.id)
            .join(ARTIFACT, ARTIFACT.c.id == ALIAS.c.artifact_id)
            .where(ALIAS.c.name.in_(sorted(names)))
        )
        # A slug is found before an alias of the same letters.
        for query in (by_alias, by_slug):
            for name, slug, age in connection.execute(query):
                self._owners[name] = slug
                self._ages[slug] = age
        self.stored = stored_lines(connection, sorted(self._ages))

    def of(self, names: Iterable[str]) -> list[str]:
        """The slugs of the artifacts that names lead to, each once, the oldest first."""
        found = {self._owners[name] for name in names if name in self._owners}
        return sorted(found, key=self._ages.__getitem__)

    def leads_to(self, name: str, slug: str) -> bool:
        """Whether a name leads to an artifact or to none yet, so that it can be that artifact's."""
        return self._owners.get(name, slug) == slug

    def lead(self, names: Iterable[str], slug: str) -> None:
        """Makes names lead to an artifact, which is the newest where it is not known yet."""
        self._ages.setdefault(slug, max(self._ages.values(), default=0) + 1)
        self._owners |= dict.fromkeys(names, slug)

    def move(self, part: str, whole: str) -> None:
        """Makes all that leads to one artifact lead to another."""
        self.lead([name for name, slug in self._owners.items() if slug == part], whole)

    def slug_for(self, line: ArtifactLine, current: Callable[[str], ArtifactLine | None]) -> str:
        """The slug of a line; one that only its id makes where its slug is that of something it shares no id with.

        `current` gives an artifact as it is now. A line that has no ids, and one that meets an artifact without any,
        have nothing but the slug to be told by.
        """
        owner = current(self._owners[line.slug]) if line.slug in self._owners else None
        if owner is None or isinstance(line, Identified) or not line.aliases or not owner.aliases:
            return line.slug
        shared = {owner.slug, *owner.aliases}.intersection(line.aliases)
        return line.slug if shared else _own_slug(line)


def _own_slug(line: ArtifactLine) -> str:
    """A slug that only the first id of a line makes."""
    return with_digest(line.slug, line.aliases[0]) if line.aliases else line.slug
