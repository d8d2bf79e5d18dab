"""Reads JSON Lines as a stream: each line on its own, so that memory does not grow with the file."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pydantic import ValidationError

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.opening import STANDARD_INPUT, opened
from gateway.catalogue.problems import Place, Problem, Problems, problems_of
from gateway.garbage import rare_collections

MOST_LINE_BYTES = 4_000_000


def read(files: Iterable[str], problems: Problems) -> Iterator[tuple[Place, ArtifactLine]]:
    """Every good line of the files, in order; what is wrong with the others goes to `problems`.

    Empty lines are skipped. Raises UsageError where a file cannot be opened.
    """
    with rare_collections():
        for file in files:
            with opened(file) as stream:
                try:
                    yield from _lines(file, stream, problems)
                except (EOFError, gzip.BadGzipFile, zlib.error) as error:
                    problems.add(Problem(Place(file, 0), "", f"is no whole gzip file: {error}"))


def _lines(file: str, stream: BinaryIO, problems: Problems) -> Iterator[tuple[Place, ArtifactLine]]:
    number = 0
    while line := stream.readline(MOST_LINE_BYTES + 1):
        number += 1
        place = Place("<stdin>" if file == STANDARD_INPUT else file, number)
        if len(line) > MOST_LINE_BYTES:
            problems.add(Problem(place, "", f"the line is longer than {MOST_LINE_BYTES:,} bytes"))
            while line and not line.endswith(b"\n"):
                line = stream.readline(MOST_LINE_BYTES)
            continue
        text = line.strip().removeprefix(b"\xef\xbb\xbf")
        if not text:
            continue
        try:
            text.decode()
            line_read = ArtifactLine.model_validate_json(text)
            # Written out in JSON, because a control character cannot stand in it as it is.
            if rb"\u0000" in text and (key := _key_with_nul(line_read.model_dump(mode="json"))):
                problems.add(Problem(place, key, "found a text with the character U+0000, which no text holds"))
            else:
                yield place, line_read
        except UnicodeDecodeError as error:
            problems.add(Problem(place, "", f"byte {error.start + 1} is not UTF-8"))
        except ValidationError as error:
            for problem in problems_of(place, error):
                problems.add(problem)


def _key_with_nul(value: object) -> str | None:
    """The key, or keys with dots between, of the first text that holds U+0000; empty for the value itself."""
    if isinstance(value, str):
        return "" if "\0" in value else None
    items: Iterable[tuple[object, object]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for name, item in items:
        if "\0" in str(name):
            return str(name).replace("\0", "")
        below = _key_with_nul(item)
        if below is not None:
            return f"{name}.{below}" if below else str(name)
    return None
