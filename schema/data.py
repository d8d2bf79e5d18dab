"""All that a resolver may ask of the server, and the records it gets: plain values that the plan had read for it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from schema.rules.preference import Tally
from schema.rules.scorecard import Scorecard
from schema.rules.vocabulary import Dimension

Row = Mapping[str, Any]
"""The columns of one row that the plan asked for. Reading another one is a fault of the plan and raises KeyError."""


Parts = dict[int, Any]
"""Parts of answers as bytes, by their numbers in a plan."""


class ShedError(BaseException):
    """Rows of a record are asked for that it has let go: they have to be read again.

    Not an Exception, so that nobody takes it for the error of one field.
    """

    def __init__(self, record: "ArtifactRecord") -> None:
        self.record = record


class _Shed(Mapping[Any, Any]):
    """Stands in for rows that a record has let go, whatever held them."""

    __slots__ = ("_record",)

    def __init__(self, record: "ArtifactRecord") -> None:
        self._record = record

    def __getitem__(self, _key: Any) -> Any:
        raise ShedError(self._record)

    def __iter__(self) -> Iterator[Any]:
        raise ShedError(self._record)

    def __len__(self) -> int:
        raise ShedError(self._record)


HANGING = "aliases", "scores", "signals", "offers", "attributes", "capabilities", "alternatives"
"""What hangs on an artifact and takes most of the room."""


class Sheds:
    """Something worked out that holds more than it needs to."""

    __slots__ = ()

    def shed(self) -> None:
        """Lets go of what it can work out again."""


@dataclass(slots=True, eq=False)
class ArtifactRecord:
    """One artifact with what hangs on it. `row` has its columns; the rest is filled where it was planned.

    Capabilities and alternatives are kept by their place in the list, counted from 0. A record does not change once it
    is read and may answer many requests, so what is worked out from it alone is kept with it: `worked_out` by whoever
    works it out, and the `parts` of answers as bytes. Once these are made, the rows that they were made of may be let
    go, and stand for ShedError until they are read again. `kept_as` is what it is found by where it is kept, `size`
    about how many bytes it takes there, and `used` whether it was asked for lately.
    """

    row: Row
    aliases: list[str] = field(default_factory=list)
    scores: dict[Dimension, Row] = field(default_factory=dict)
    signals: list[Row] = field(default_factory=list)
    newest_figure: date | None = None
    offers: list[Row] = field(default_factory=list)
    attributes: dict[str, Row] = field(default_factory=dict)
    capabilities: dict[int, Row] = field(default_factory=dict)
    positions: dict[Any, tuple[int, int]] = field(default_factory=dict)
    alternatives: "dict[int, AlternativeRecord]" = field(default_factory=dict)
    worked_out: dict[Any, Any] = field(default_factory=dict)
    parts: Parts = field(default_factory=dict)
    kept_as: Any = None
    size: int = 0
    used: bool = False

    @property
    def is_shed(self) -> bool:
        """Whether any of its rows were let go."""
        return any(getattr(self, name).__class__ is _Shed for name in HANGING)

    def shed(self) -> None:
        """Lets go of what hangs on it, and of what was worked out from that and can be again."""
        instead: Any = _Shed(self)
        for name in HANGING:
            held = getattr(self, name)
            if held.__class__ is not _Shed and held:
                setattr(self, name, instead)
        # Another thread may work something out meanwhile.
        for found in list(self.worked_out.values()):
            if isinstance(found, Sheds):
                found.shed()

    def refill(self, read: "ArtifactRecord") -> None:
        """Takes what hangs on it from a record of the same artifact that was read again."""
        for name in HANGING:
            setattr(self, name, getattr(read, name))


@dataclass(frozen=True, slots=True)
class AlternativeRecord:
    """Another artifact that shares topics with one, and how near it is, 0 to 1."""

    artifact: ArtifactRecord
    nearness: float
    shared: int


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page of the list of artifacts. `order_keys` has, for each, what its cursor holds besides its id."""

    artifacts: list[ArtifactRecord]
    order_keys: Sequence[Any]
    total: int | None
    has_more: bool


@dataclass(frozen=True, slots=True)
class HitRecord:
    """An artifact that answers a question: how well, from 0 to 1, and its capability that does best, if any does.

    `use` is which of its uses does best, where that is asked for and one does.
    """

    artifact: ArtifactRecord
    score: float
    capability: Row | None
    use: int | None


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """A page of what a search has found. `total` is how many there are in all.

    `instead` has the words that nothing in the catalogue has, each with what was searched for instead. `marked` tells
    where in a text the terms stand that were searched for: from one character to before another.
    """

    hits: Sequence[HitRecord]
    total: int
    has_more: bool
    instead: Sequence[tuple[str, str]]
    marked: Callable[[str], Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """What recorded searches say of some artifacts, by their columns: see `schema.rules.preference`.

    `samples` are texts that enough clients have searched for.
    """

    tally: Tally = field(default_factory=Tally)
    samples: Sequence[str] = ()


class Data(Protocol):
    """The server, seen from a resolver. Everything was read before the first resolver ran.

    What the request does is `recorded` or not.
    """

    scorecard: Scorecard
    recorded: bool

    def found(self, key: str) -> Any:
        """What was read for a root field, by its response key.

        For one that asks for a page, its `schema.paging.PageRequest` and the page; for one that searches, its
        `schema.search.SearchRequest` and a SearchRecord; for one that asks for suggestions, the records of artifacts;
        for one that names artifacts, for each place that names some a list of their records, None where there is
        none.
        """

    def slug(self, name: str) -> str | None:
        """The slug that a slug or an alias below the root leads to, None if there is none."""

    def nearest(self, name: str) -> Sequence[str]:
        """The known slugs that are most like a name that is not known, nearest first."""

    def evidence(self, records: Sequence[ArtifactRecord]) -> EvidenceRecord:
        """What searches say of artifacts that are compared."""

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
