"""What an operation has to read: filled by the plan, carried out by the loaders, one SELECT a table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from schema.rules.fields import ComparableField
from schema.rules.once import once
from schema.rules.scoring import Weighting
from schema.rules.vocabulary import Dimension

ARTIFACT_COLUMNS = frozenset(
    {
        "availability",
        "capability_count",
        "homepage",
        "id",
        "kind",
        "license",
        "license_spdx",
        "license_url",
        "license_use",
        "match_credit",
        "name",
        "position",
        "pricing",
        "publisher",
        "rank",
        "ranked",
        "released_on",
        "slug",
        "summary",
        "tasks",
        "times_matched",
        "topic_count",
        "updated_on",
        "uses",
    }
)
"""What `artifact.X` may name. `position` and `ranked` are counted by the database: the place of an artifact's rank
among its kind, and how many of its kind are ranked."""


@dataclass
class TableNeeds:
    """The columns to read of one table; none means that the table is not touched."""

    columns: set[str] = field(default_factory=set)


@dataclass
class ScoreNeeds(TableNeeds):
    """Scores, on some dimensions."""

    dimensions: set[Dimension] = field(default_factory=set)


@dataclass
class NamedNeeds(TableNeeds):
    """Rows that are found by a name: signals or attributes. `names` is None where all are wanted."""

    names: set[str] | None = field(default_factory=set)

    def want(self, names: Iterable[str] | None) -> None:
        """Asks for rows by name, for all where `names` is None."""
        self.names = None if names is None or self.names is None else self.names | set(names)


@dataclass
class SignalNeeds(NamedNeeds):
    """Signals: the latest observation of each, with `history` the whole series."""

    history: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Which capabilities of each artifact: positions from `start` to `end`, both counted, or those with some slugs."""

    start: int = 0
    end: int | None = None
    slugs: frozenset[str] = frozenset()


@dataclass
class CapabilityNeeds(TableNeeds):
    """Capabilities, in some windows."""

    windows: set[Window] = field(default_factory=set)


@dataclass
class EvidenceNeeds:
    """What recorded searches say of some artifacts, with up to so many of the texts that were searched for."""

    samples: int = 0


@dataclass
class ArtifactNeeds(TableNeeds):
    """What is read of some artifacts, and of the tables that hang on them; `newest_figure` is only the day of it, and
    `evidence` is of all of them together.

    `place` is its own for each place of each plan: records that were read for one place have all that is asked for
    there, and may have less than is asked for at another.
    """

    aliases: TableNeeds = field(default_factory=TableNeeds)
    scores: ScoreNeeds = field(default_factory=ScoreNeeds)
    signals: SignalNeeds = field(default_factory=SignalNeeds)
    offers: TableNeeds = field(default_factory=TableNeeds)
    attributes: NamedNeeds = field(default_factory=NamedNeeds)
    capabilities: CapabilityNeeds = field(default_factory=CapabilityNeeds)
    positions: dict[Any, Weighting] = field(default_factory=dict)
    newest_figure: bool = False
    alternatives: "AlternativeNeeds | None" = None
    evidence: EvidenceNeeds | None = None
    place: int = field(default_factory=count().__next__)

    def want_id(self) -> None:
        """Asks for what an artifact's global id is made of."""
        self.columns.add("slug")

    def read(self, needs: Iterable[str]) -> None:
        """Asks for what a comparable field names: `artifact.COLUMN` or `score.DIMENSION`."""
        for need in needs:
            table, _, name = need.partition(".")
            if table == "artifact":
                self.columns.add(name)
            else:
                self.scores.columns.add("value")
                self.scores.dimensions.add(Dimension[name])


@dataclass
class AlternativeNeeds:
    """Alternatives: what is read of them, at which places of the list (from, to, both counted), or all for a count."""

    artifact: ArtifactNeeds = field(default_factory=ArtifactNeeds)
    windows: set[tuple[int, int]] = field(default_factory=set)
    total: bool = False

    def holds(self, place: int) -> bool:
        """Whether the alternative at a place is on a page that is asked for."""
        return any(start <= place <= end for start, end in self.windows)


@dataclass
class PageNeeds:
    """What is read of one page of the list: its artifacts, their cursors, and whether all that match are counted."""

    artifact: ArtifactNeeds = field(default_factory=ArtifactNeeds)
    rows: bool = False
    cursors: bool = False
    total: bool = False


@dataclass
class SearchNeeds:
    """What is read of the hits of a search: their artifacts, and the capability and use of each that matched best."""

    artifact: ArtifactNeeds = field(default_factory=ArtifactNeeds)
    capability: TableNeeds = field(default_factory=TableNeeds)
    use: bool = False
    rows: bool = False


@dataclass
class Needs:
    """What a whole operation has to read.

    By the response key of the root field: `named` has what is read of the artifacts that it asks for by name, one for
    each place that it asks in, `pages` what is read of its page, `searches` what is read of what it finds, and
    `suggestions` what is read of the artifacts that it suggests. `lookups` are names below the root, of which only
    the slug they lead to is looked up; `suggested` are the root fields that tell what is like a name that is not known.
    `attribute_kinds` are the kinds whose attributes are listed.
    There is `evidence` to read where any of those that are named together want it.
    `takes_long` is set where more is worked out or gone through than a few rows found by an index.
    """

    named: dict[str, list[ArtifactNeeds]] = field(default_factory=dict)
    pages: dict[str, PageNeeds] = field(default_factory=dict)
    searches: dict[str, SearchNeeds] = field(default_factory=dict)
    suggestions: dict[str, ArtifactNeeds] = field(default_factory=dict)
    lookups: set[str] = field(default_factory=set)
    suggested: set[str] = field(default_factory=set)
    catalogue: TableNeeds = field(default_factory=TableNeeds)
    kind_counts: bool = False
    attribute_kinds: set[Any] = field(default_factory=set)
    evidence: bool = False
    takes_long: bool = False

    @property
    def reads(self) -> bool:
        """Whether anything is read at all."""
        return bool(self.named) or self.more

    @once
    def more(self) -> bool:
        """Whether more is read than artifacts by name. Asked for each request, and not before all is planned."""
        return bool(
            self.pages
            or self.searches
            or self.suggestions
            or self.lookups
            or self.catalogue.columns
            or self.kind_counts
            or self.attribute_kinds
            or self.evidence
        )

    def want_artifacts(self, key: str, places: int = 1) -> list[ArtifactNeeds]:
        """Asks for artifacts by name, at some places of a root field, and hands out what is read of them."""
        return self.named.setdefault(key, [ArtifactNeeds({"slug"}) for _ in range(places)])

    def want_evidence(self, named: ArtifactNeeds) -> EvidenceNeeds:
        """Asks what searches say of some artifacts, and hands out what is read of that."""
        self.evidence = True
        self.catalogue.columns.add("searched_until")
        named.columns.add("id")
        if named.evidence is None:
            named.evidence = EvidenceNeeds()
        return named.evidence

    def want_page(self, key: str) -> PageNeeds:
        """Asks for the page of a root field, and hands out what is read of it."""
        return self.pages.setdefault(key, PageNeeds())


def check_registry() -> None:
    """Resolves what the registry of comparable fields names.

    Raises LookupError, naming the field, where a need names no column or dimension that there is.
    """
    known = {"artifact": ARTIFACT_COLUMNS, "score": frozenset(dimension.name for dimension in Dimension)}
    for member in ComparableField:
        for need in member.spec.needs:
            table, _, name = need.partition(".")
            if name not in known.get(table, frozenset()):
                raise LookupError(f"The comparable field {member.name} needs {need}, and there is no such thing.")
