"""Reads the files of a foreign source as lines of the catalogue."""

from collections.abc import Iterable, Iterator
from itertools import chain

from pydantic import ValidationError

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers.adapter import Adapter, LeftOut, opened
from gateway.catalogue.problems import Place, problems_of
from gateway.errors import CatalogueError


def foreign_lines(adapter: Adapter, files: Iterable[str], left_out: LeftOut) -> Iterator[tuple[Place, ArtifactLine]]:
    """Every record of the files that can be taken; `left_out` counts the others and says why.

    Raises CatalogueError where a file is not in the form that the source is known for.
    """
    return chain.from_iterable(_of_file(adapter, file, left_out) for file in files)


def _of_file(adapter: Adapter, file: str, left_out: LeftOut) -> Iterator[tuple[Place, ArtifactLine]]:
    number = 0
    with opened(file) as stream:
        try:
            for number, record in adapter.records(stream):
                place = Place(file, number)
                native = adapter.convert(record, left_out)
                if native is None:
                    continue
                try:
                    yield place, ArtifactLine.model_validate(native)
                except ValidationError as error:
                    problem = next(problems_of(place, error))
                    left_out.record(f"{problem.key}: {problem.text}")
        except (ValueError, KeyError, EOFError) as error:
            text = f"{file}:{number + 1}: this is no file of {adapter.name}: {type(error).__name__}: {error}"
            raise CatalogueError("BAD_CATALOGUE", text) from None
