"""A gateway on PostgreSQL, beside the one on SQLite that its answers are compared with."""

from collections.abc import Iterator

import pytest

from tests.conftest import Server, serving


@pytest.fixture(scope="session")
def postgresql(shipped_postgresql: str) -> Iterator[Server]:
    """A gateway on PostgreSQL with the shipped catalogue."""
    with serving(shipped_postgresql) as running:
        yield running
