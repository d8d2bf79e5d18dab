"""What an adapter is, and how it tells what it had to leave out."""

import csv
import gzip
import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

import orjson

from gateway.errors import UsageError

Record = dict[str, Any]
"""One foreign record, as its source has it."""

NativeLine = dict[str, Any]
"""An artifact in the catalogue's own format, before it is checked."""


@dataclass
class LeftOut:
    """What could not be taken: whole records, by reason, and parts of records, by what they are."""

    records: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)

    def record(self, reason: str) -> None:
        """A whole record is left out. The reason is a short clause, such as `has no name`."""
        self.records[reason] += 1

    def part(self, what: str) -> None:
        """A part of a record is left out: its key, and why, such as `license: not an SPDX name`."""
        self.parts[what] += 1


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


def json_lines(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    """The objects of a JSON Lines file, by line number."""
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield number, orjson.loads(line)


def csv_rows(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    """The rows of a CSV file with a header, by row number, the header being row 1."""
    text = io.TextIOWrapper(stream, "utf-8", newline="")
    yield from enumerate(csv.DictReader(text), start=2)


@contextmanager
def opened(file: str) -> Iterator[BinaryIO]:
    """A file to read, unpacked where it is packed by gzip. Raises UsageError where it cannot be read."""
    path = Path(file)
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(path.open("rb"))
        except OSError as error:
            raise UsageError("NO_SUCH_FILE", f"{file} cannot be read: {error.strerror}.") from None
        packed = path.suffix == ".gz"
        yield cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=raw))) if packed else raw
