"""All that a resolver may ask of the server, and the records it gets: plain values that the plan had read for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from schema.rules.scorecard import Scorecard
from schema.rules.vocabulary import Dimension

Row = Mapping[str, Any]
"""The columns of one row that the plan asked for. Reading another one is a fault of the plan and raises KeyError."""


@dataclass(slots=True)
class ArtifactRecord:
    """One artifact with what hangs on it. `row` has its columns; the rest is filled where it was planned.

    Capabilities and alternatives are kept by their place in the list, counted from 0.
    """

    row: Row
    aliases: list[str] = field(default_factory=list)
    scores: dict[Dimension, Row] = field(default_factory=dict)
    signals: list[Row] = field(default_factory=list)
    newest_signal: date | None = None
    offers: list[Row] = field(default_factory=list)
    attributes: dict[str, Row] = field(default_factory=dict)
    capabilities: dict[int, Row] = field(default_factory=dict)
    positions: dict[Any, tuple[int, int]] = field(default_factory=dict)
    alternatives: "dict[int, AlternativeRecord]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AlternativeRecord:
    """Another artifact that shares topics with one, and how near it is, 0 to 1."""

    artifact: ArtifactRecord
    nearness: float
    shared: int


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page of the list of artifacts. `order_keys` has, for each, what its cursor holds besides its id."""

    artifacts: Sequence[ArtifactRecord]
    order_keys: Sequence[Any]
    total: int | None
    has_more: bool


class Data(Protocol):
    """The server, seen from a resolver. Everything was read before the first resolver ran."""

    scorecard: Scorecard

    def artifact(self, slug: str) -> ArtifactRecord | None:
        """The artifact with this slug or alias, None if there is none."""

    def nearest(self, slug: str) -> Sequence[str]:
        """The known slugs that are most like one that is not known, nearest first."""

    def request(self, key: str) -> Any:
        """The `schema.paging.PageRequest` that was planned for the root field with this response key."""

    def page(self, request: Any) -> PageRecord:
        """The page of artifacts for a request that was planned."""

    def catalogue(self) -> Row:
        """The catalogue's version, date and scorecard."""

    def kind_counts(self) -> Mapping[Any, int]:
        """How many artifacts there are of each kind."""

    def attribute_keys(self, kind: Any) -> Sequence[str]:
        """The attributes that artifacts of one kind carry."""


class Context(Protocol):
    """What a resolver's `info.context` is."""

    data: Data

    def check_deadline(self) -> None:
        """Ends the request where its time has run out."""

    def failure(self, key: str) -> Exception | None:
        """What was wrong with the arguments of a root field, found while planning; None where nothing was."""
