"""Servers to search on."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from tests.conftest import Server, serving

QUERY = """
query Search($text: String!, $kinds: [ArtifactKind!], $filter: ArtifactFilter, $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, filter: $filter, first: $first, after: $after) {
    totalCount
    corrections { word instead }
    edges { cursor node {
      score
      artifact { slug name summary kind uses }
      use
      capability { slug name description artifact { slug } }
      highlights { text start end }
    } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""
SUGGEST = "query ($prefix: String!, $first: Int) { suggest(prefix: $prefix, first: $first) { text artifact { slug } } }"
Search = Callable[..., dict[str, Any]]
Find = Callable[..., Sequence[str]]


def searching(server: Server) -> Search:
    """What a search on a server finds."""

    def search(text: str, **given: Any) -> dict[str, Any]:
        found: dict[str, Any] = server.data(QUERY, text=text, **given)["search"]
        return found

    return search


def slugs(found: dict[str, Any]) -> list[str]:
    """The artifacts that a search found, the best first."""
    return [edge["node"]["artifact"]["slug"] for edge in found["edges"]]


@pytest.fixture(scope="session")
def search(server: Server) -> Search:
    """Searches the shipped catalogue."""
    return searching(server)


@pytest.fixture(scope="session")
def find(search: Search) -> Find:
    """The slugs that a search of the shipped catalogue finds."""
    return lambda text, **given: slugs(search(text, **given))


@pytest.fixture
def serve() -> Iterator[Callable[[str], Server]]:
    """Starts a server on a database of the test's own."""
    running: list[Any] = []

    def started(url: str) -> Server:
        made = serving(url)
        running.append(made)
        server: Server = made.__enter__()
        return server

    yield started
    for made in running:
        made.__exit__(None, None, None)
