"""Reads the files of a foreign source as lines of the catalogue."""

import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import BinaryIO, TypeVar

from pydantic import ValidationError

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers.adapter import (
    ONLY_ADDS,
    SLUG_IS_ID,
    Adapter,
    Addition,
    Gatherer,
    Identified,
    LeftOut,
    NativeLine,
    Source,
)
from gateway.catalogue.opening import opened
from gateway.catalogue.problems import Place, problems_of
from gateway.errors import CatalogueError

Item = TypeVar("Item")


def foreign_lines(source: Source, files: Iterable[str], left_out: LeftOut) -> Iterator[tuple[Place, ArtifactLine]]:
    """Every record of the files that can be taken; `left_out` counts the others and says why.

    Raises CatalogueError where a file is not in the form that the source is known for.
    """
    if isinstance(source, Gatherer):
        gathered = source.gather(list(files), left_out)
        return _valid(((place, source.convert(record, left_out)) for place, record in gathered), left_out)
    return chain.from_iterable(_of_file(source, file, left_out) for file in files)


def _of_file(adapter: Adapter, file: str, left_out: LeftOut) -> Iterator[tuple[Place, ArtifactLine]]:
    def converted(stream: BinaryIO) -> Iterator[tuple[int, NativeLine | None]]:
        return ((number, adapter.convert(record, left_out)) for number, record in adapter.records(stream))

    return _valid(placed(adapter.name, file, converted), left_out)


def placed(
    name: str, file: str, items: Callable[[BinaryIO], Iterator[tuple[int, Item]]]
) -> Iterator[tuple[Place, Item]]:
    """What `items` reads from a file, with its place. Raises CatalogueError where the file is in another form."""
    number = 0
    with opened(file) as stream:
        try:
            for number, item in items(stream):
                yield Place(file, number), item
        except (ValueError, KeyError, EOFError, OSError, zlib.error) as error:
            text = f"{file}:{number + 1}: this is no file of {name}: {type(error).__name__}: {error}"
            raise CatalogueError("BAD_CATALOGUE", text) from None


def _valid(
    natives: Iterable[tuple[Place, NativeLine | None]], left_out: LeftOut
) -> Iterator[tuple[Place, ArtifactLine]]:
    for place, native in natives:
        if native is None:
            continue
        adds, identified = native.pop(ONLY_ADDS, False), native.pop(SLUG_IS_ID, False)
        form = Addition if adds else Identified if identified else ArtifactLine
        try:
            yield place, form.model_validate(native)
        except ValidationError as error:
            problem = next(problems_of(place, error))
            left_out.record(f"{problem.key}: {problem.text}")
