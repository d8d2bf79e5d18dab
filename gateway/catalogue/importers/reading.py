"""Reads the files of a foreign source as lines of the catalogue."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from gateway.catalogue.importers.records import BrokenOffError
from gateway.catalogue.opening import opened
from gateway.catalogue.problems import Place, problems_of
from gateway.errors import CatalogueError

Item = TypeVar("Item")
Good = tuple[Place, ArtifactLine]


def foreign_lines(source: Source, files: Iterable[str], left_out: LeftOut) -> Iterator[Good]:
    """Every record of the files that can be taken; `left_out` counts the others and says why.

    Raises CatalogueError where a file is not in the form that the source is known for.
    """
    if isinstance(source, Gatherer):
        gathered = source.gather(list(files), left_out)
        return _valid(((place, source.convert(record, left_out)) for place, record in gathered), left_out)
    return chain.from_iterable(_of_file(source, file, left_out) for file in files)


def recognised(lines: Iterable[Good], source: Source, files: Sequence[str], left_out: LeftOut) -> Iterator[Good]:
    """The lines of `foreign_lines`. Raises CatalogueError after the last where none of the records could be taken.

    Then the files are another source's, or empty, and no import has come about.
    """
    found = False
    for line in lines:
        found = True
        yield line
    if not found and not left_out.within:
        reasons = [f"{count} {reason}" for reason, count in left_out.records.most_common(3)]
        why = "; ".join(reasons) or "there is none"
        text = f"{', '.join(files)}: no record of {source.name} can be taken: {why}. Nothing was imported."
        raise CatalogueError("BAD_CATALOGUE", text)


def _of_file(adapter: Adapter, file: str, left_out: LeftOut) -> Iterator[Good]:
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
        except BrokenOffError as error:
            raise _no_file(name, Place(file, error.number), error) from None
        except (ValueError, KeyError, EOFError, OSError, zlib.error) as error:
            raise _no_file(name, Place(file, number + 1), error) from None


def _no_file(name: str, place: Place, error: Exception) -> CatalogueError:
    return CatalogueError("BAD_CATALOGUE", f"{place}: this is no file of {name}: {error}")


def _valid(natives: Iterable[tuple[Place, NativeLine | None]], left_out: LeftOut) -> Iterator[Good]:
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
