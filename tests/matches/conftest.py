"""A gateway that counts all the time, and many clients that ask it."""

import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from gateway.catalogue.loading import load
from gateway.catalogue.shipped import shipped_scorecard
from gateway.catalogue.storing import Report
from gateway.catalogue.writing import export
from gateway.database import open_database
from tests.catalogue.lines import by_slug, written
from tests.conftest import Make, Server, change, copied, serving
from tests.matches.catalogue import LINES, MARKER

SEARCH = """
query ($text: String!, $kinds: [ArtifactKind!], $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, first: $first, after: $after) { edges { cursor node { artifact { slug } } } }
}
"""
CHOOSE = """
mutation ($text: String!, $artifact: String!) {
  recordChoice(input: {text: $text, artifact: $artifact}) { recorded artifact { slug } }
}
"""
EVIDENCE = """
query ($of: [String!]!) {
  comparison(of: $of) { evidence {
    sharedQueries since until text sampleQueries
    preferences { artifact { slug } over { slug } placedAbove chosenOver wins voters share low high text }
  } }
}
"""
SCORE = """
query ($slug: String!) {
  artifact(slug: $slug) {
    timesMatched
    rank { exact }
    score(dimension: MATCH_GRAPH) { value basis source { title url } terms { figure value share score } }
  }
}
"""
TIMES = "query ($slug: String!) { catalogue { version } artifact(slug: $slug) { timesMatched } }"
QUICK = {"trusted_proxies": "127.0.0.1", "rollup_seconds": "0.2"}
"""The settings of a gateway that counts all the time and believes each client its address."""
ARRIVES_SECONDS = 60.0
"""How long is waited for what has to come. None of the tests is about how long it takes."""
MARKING = "203.0.113.1"
"""The client that searches for the marker."""
NUMBERS = count(1)
Json = dict[str, Any]


def client(number: int) -> str:
    """The address of one of many clients."""
    return f"198.18.{number // 250}.{number % 250 + 1}"


def until(holds: Callable[[], bool], told: Callable[[], object] = lambda: "it never came") -> None:
    """Returns once something holds."""
    end = time.monotonic() + ARRIVES_SECONDS
    while not holds():
        assert time.monotonic() < end, told()
        time.sleep(0.05)


class Crowd:
    """A gateway, and clients that ask it, each by an address of its own."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def post(self, query: str, variables: Json, client: str, headers: Mapping[str, str] | None = None) -> Json:
        """The data of an answer to a client."""
        sent = {"x-forwarded-for": client} | dict(headers or {})
        response = self.server.client.post("/graphql", json={"query": query, "variables": variables}, headers=sent)
        body = response.json()
        assert "errors" not in body, body["errors"]
        data: Json = body["data"]
        return data

    def edges(self, text: str, client: str, headers: Mapping[str, str] | None = None, **given: Any) -> list[Json]:
        """What a client's search finds, with cursors."""
        found: list[Json] = self.post(SEARCH, {"text": text} | given, client, headers)["search"]["edges"]
        return found

    def search(self, text: str, client: str, headers: Mapping[str, str] | None = None, **given: Any) -> list[str]:
        """The artifacts that a client's search finds."""
        return [edge["node"]["artifact"]["slug"] for edge in self.edges(text, client, headers, **given)]

    def choose(self, text: str, artifact: str, client: str, headers: Mapping[str, str] | None = None) -> bool:
        """Whether a client's choice is recorded."""
        found = self.post(CHOOSE, {"text": text, "artifact": artifact}, client, headers)["recordChoice"]
        return bool(found["recorded"])

    def all_search(self, text: str, clients: Iterable[int]) -> None:
        """A search of each of some clients."""
        for number in clients:
            self.search(text, client(number))

    def times(self, slug: str) -> int:
        """How many searches have led to an artifact."""
        return int(self.server.data(TIMES, slug=slug)["artifact"]["timesMatched"])

    def score(self, slug: str) -> Json:
        """What is counted of an artifact, and what comes of it."""
        found: Json = self.server.data(SCORE, slug=slug)["artifact"]
        return found

    def version(self) -> int:
        """The catalogue's version."""
        return int(self.server.data(TIMES, slug=MARKER)["catalogue"]["version"])

    def evidence(self, *slugs: str) -> Json:
        """What searches say of artifacts, with preferences by both slugs."""
        found: Json = self.server.data(EVIDENCE, of=slugs)["comparison"]["evidence"]
        pairs = {(one["artifact"]["slug"], one["over"]["slug"]): one for one in found["preferences"]}
        return found | {"preferences": pairs}

    def recorded(self) -> int:
        """How many events the gateway's process has written."""
        text = self.server.client.get("/metrics").text
        (found,) = re.findall(r'^gateway_recorded_events_total\{as="recorded"\} (\S+)$', text, re.MULTILINE)
        return int(float(found))

    def await_times(self, slug: str, times: int) -> None:
        """Returns once so many searches have led to an artifact."""
        until(lambda: self.times(slug) == times, lambda: (slug, self.times(slug), times))

    def await_recorded(self, events: int) -> None:
        """Returns once the gateway's process has written so many events."""
        until(lambda: self.recorded() == events, lambda: (self.recorded(), events))

    def settle(self) -> None:
        """Returns once all that was sent before is counted: searches are counted in the order in which they come."""
        before = self.times(MARKER)
        assert self.search(f"marker {next(NUMBERS)}", MARKING, kinds=["DATASET"]) == [MARKER]
        until(lambda: self.times(MARKER) > before)


def rows(address: str, statement: str) -> list[tuple[Any, ...]]:
    """What a database has, read past the gateway."""
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(statement)]
    engine.dispose()
    return found


def inbox(address: str) -> str:
    """The address of the database that events wait in."""
    return f"{address}-inbox" if address.startswith("sqlite:") else address


def file(address: str) -> Path:
    """The file of an SQLite database."""
    return Path(address.removeprefix("sqlite:///"))


def days_go_by(address: str, days: int) -> None:
    """Makes all that is counted older: what was recorded today is of some days ago."""
    tables = ("match_search", "match_choice", "match_day", "match_total")
    earlier = f"date(day, '-{days} days')" if address.startswith("sqlite:") else f"day - {days}"
    change(address, *(f"UPDATE {table} SET day = {earlier}" for table in tables))  # noqa: S608, ours


def put(address: str, lines: Iterable[str], *, replace: bool = False) -> Report:
    """What an import did. It is that of the command line, without the second that a process takes to start."""
    database = open_database(address)
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = written(Path(folder) / "lines.jsonl", lines)
            return load(database, [path], shipped_scorecard(), replace=replace)
    finally:
        database.close()


def exported(address: str) -> Json:
    """The artifacts of an export, by slug."""
    database = open_database(address)
    try:
        with database.reading() as connection:
            return by_slug(b"".join(export(connection)))
    finally:
        database.close()


@contextmanager
def crowded(address: str, **settings: str) -> Iterator[Crowd]:
    """A crowd of clients on a gateway of its own."""
    with serving(address, **(QUICK | settings)) as server:
        yield Crowd(server)


@pytest.fixture(scope="session")
def imported(new_address: Make) -> str:
    """A database with the catalogue, to be copied."""
    address = new_address()
    put(address, LINES)
    return address


@pytest.fixture
def fresh(imported: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of the test's own with the catalogue."""
    with copied(imported, tmp_path, request) as address:
        yield address


@pytest.fixture(scope="module")
def crowd(imported: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crowd]:
    """A crowd of clients on a gateway that the tests of a file share, each with groups of its own."""
    trusted = "127.0.0.1, 10.0.0.0/8"
    with (
        copied(imported, tmp_path_factory.mktemp("shared"), request) as address,
        crowded(address, trusted_proxies=trusted) as running,
    ):
        yield running
