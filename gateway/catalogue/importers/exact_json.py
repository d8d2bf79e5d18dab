"""Reads JSON to the letter: decimal numbers as they are written, and keys that stand there twice are noticed."""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from gateway.catalogue.importers.records import BrokenOffError, numbered


class Members(dict[str, Any]):
    """A JSON object. `pairs` has its members as they stand there, also those whose key comes again."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs

    @property
    def twice(self) -> bool:
        """Whether a key stands there twice, in it or in what it holds, so that one cannot tell which counts."""
        return len(self.pairs) > len(self) or any(_twice(value) for value in self.values())


def _twice(value: object) -> bool:
    if isinstance(value, list):
        return any(_twice(item) for item in value)
    return isinstance(value, Members) and value.twice


def exact_value(text: bytes) -> object:
    """The value of a JSON text, with `Members` for objects and Decimal for numbers with a point or an exponent.

    NaN and Infinity become Decimals too, for whoever takes a number to refuse. Raises ValueError where the text is no
    JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=Members, parse_float=_decimal, parse_constant=_decimal)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def exact_lines(stream: BinaryIO) -> Iterator[tuple[int, object]]:
    """The values of a JSON Lines file, by line number. Raises BrokenOffError at a line that is no JSON."""
    for number, line in numbered(stream):
        if line.strip():
            try:
                value = exact_value(line)
            except ValueError as error:
                raise BrokenOffError(number, f"this is not JSON: {error}") from None
            yield number, value


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")
