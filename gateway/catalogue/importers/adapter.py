"""What an adapter is, and how it tells what it had to leave out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.problems import Place

Record = dict[str, Any]
"""One foreign record, as its source has it."""

NativeLine = dict[str, Any]
"""An artifact in the catalogue's own format, before it is checked."""

ONLY_ADDS = "only_adds"
"""The key of a native line that is true where the line is an `Addition`."""


SLUG_IS_ID = "slug_is_id"
"""The key of a native line that is true where the line is `Identified`."""


class Addition(ArtifactLine):
    """A line that adds to the artifact that one of its aliases leads to, and makes none where there is none."""


class Identified(ArtifactLine):
    """A line whose slug is its source's own id, and not made from one: `gpt2`, and not `openai-gpt2`."""


@dataclass
class LeftOut:
    """What could not be taken: whole records, by reason, and parts of records, by what they are.

    `within` counts the records that were taken and are no artifact of their own, so that every record is accounted for.
    """

    records: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    within: Counter[str] = field(default_factory=Counter)

    def record(self, reason: str) -> None:
        """A whole record is left out. The reason is a short clause, such as `has no name`."""
        self.records[reason] += 1

    def part(self, what: str, times: int = 1) -> None:
        """A part of a record is left out: its key, and why, such as `license: not an SPDX name`."""
        self.parts[what] += times

    def inside(self, what: str) -> None:
        """A whole record was taken as a part of an artifact, such as `an offer of a model`."""
        self.within[what] += 1


@dataclass(frozen=True, slots=True)
class Adapter:
    """A source of records.

    `name` is what `gateway import --from` takes. `records` reads a file into numbered records, one at a time.
    `convert` turns a record into a native line, or returns None after it has told `LeftOut` why.
    """

    name: str
    help: str
    records: Callable[[BinaryIO], Iterator[tuple[int, Record]]]
    convert: Callable[[Record, LeftOut], NativeLine | None]


@dataclass(frozen=True, slots=True)
class Gatherer:
    """A source whose records do not each stand in one file: `gather` makes them of all that the command names.

    What `gather` does before it returns is done before the catalogue is locked for writing.
    """

    name: str
    help: str
    gather: Callable[[Sequence[str], LeftOut], Iterable[tuple[Place, Record]]]
    convert: Callable[[Record, LeftOut], NativeLine | None]


Source = Adapter | Gatherer
