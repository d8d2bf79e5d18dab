"""What is read for requests in the test's own process, statement by statement."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from gateway.reading import VERSION, ConnectionReader, SqliteReader

Rows = Callable[[Any, str, Any], Sequence[Sequence[Any]]]


@contextmanager
def noted() -> Iterator[list[tuple[str, Any]]]:
    """Notes the statements that are run meanwhile, with their parameters.

    That each transaction begins with the catalogue's version goes without saying.
    """
    seen: list[tuple[str, Any]] = []

    def noting(plain: Rows) -> Rows:
        def rows(reader: Any, text: str, parameters: Any) -> Sequence[Sequence[Any]]:
            if text != VERSION:
                seen.append((text, parameters))
            return plain(reader, text, parameters)

        return rows

    with pytest.MonkeyPatch.context() as patch:
        for reader in (SqliteReader, ConnectionReader):
            patch.setattr(reader, "rows", noting(reader.rows))
        yield seen
