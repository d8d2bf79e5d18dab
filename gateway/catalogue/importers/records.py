"""Reads the records of foreign files, one at a time, and tells the place where a file is not what it should be."""

import csv
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import orjson

from gateway.catalogue.importers.adapter import Record


class BrokenOffError(ValueError):
    """A file cannot be read on; `number` is that of the record at which it ends."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(reason)
        self.number = number


def numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines of a file with their numbers. Raises BrokenOffError where it is packed badly or cut off."""
    number = 0
    try:
        for number, line in enumerate(stream, start=1):
            yield number, line
    except (EOFError, OSError, zlib.error) as error:
        raise BrokenOffError(number + 1, str(error)) from error


def json_lines(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    """The objects of a JSON Lines file, by line number. Raises BrokenOffError at a line that is none."""
    for number, line in numbered(stream):
        if line.strip():
            try:
                record = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise BrokenOffError(number, f"this is not JSON: {error.msg} at character {error.colno}") from None
            if not isinstance(record, dict):
                raise BrokenOffError(number, "a line is one JSON object")
            yield number, record


def csv_rows(stream: BinaryIO, needed: Sequence[str]) -> Iterator[tuple[int, Record]]:
    """The rows of a CSV file with a header, by row number, the header being row 1.

    Raises BrokenOffError where the header has not all columns that are needed, and at a row that cannot be read.
    """
    rows, number = csv.DictReader(_texts(stream)), 0
    try:
        header = rows.fieldnames or ()
        if missing := [column for column in needed if column not in header]:
            raise BrokenOffError(1, f"the header has no {', '.join(missing)}; right would be {', '.join(needed)}")
        number = 1
        for number, row in enumerate(rows, start=2):
            yield number, row
    except (csv.Error, BrokenOffError) as error:
        # Rows are counted, and not lines, of which a row can have many.
        raise BrokenOffError(number + 1, str(error)) from None


def _texts(stream: BinaryIO) -> Iterator[str]:
    # Line by line, so that what cannot be read is met where it stands.
    for number, line in numbered(stream):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise BrokenOffError(number, f"this is not UTF-8 text: {error.reason}") from None


def held(rows: Iterable[tuple[int, Record]]) -> tuple[list[tuple[int, Record]], Exception | None]:
    """All records of a file, for whoever has to know them all before the first, and where it broke off, why.

    What was read before a file broke off can still be handed on: raise the error after it.
    """
    found: list[tuple[int, Record]] = []
    try:
        found.extend(rows)
    except ValueError as error:
        return found, error
    return found, None
