"""What the tests share: the real command line and a real server, on a real SQLite file and on a real PostgreSQL."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import pytest
from sqlalchemy import create_engine

from tests.postgresql import Cluster, running_cluster

GATEWAY = str(Path(sys.executable).with_name("gateway"))
Run = Callable[..., subprocess.CompletedProcess[str]]
Make = Callable[[], str]
SHIPPED = sorted((Path(__file__).parents[1] / "seeds" / "catalogue").glob("*.jsonl*"))

DIALECTS = ("sqlite", "postgresql")

# What passed once passes again: a search for new counterexamples is asked for by HYPOTHESIS_PROFILE=search.
hypothesis.settings.register_profile("again", derandomize=True)
hypothesis.settings.register_profile("search", derandomize=False)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "again"))


def environment(**settings: str) -> dict[str, str]:
    """The environment without settings of whoever runs the tests, and with the ones given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")}
    return kept | {f"GATEWAY_{name.upper()}": value for name, value in settings.items()}


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A private PostgreSQL server."""
    with running_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def dialect(request: pytest.FixtureRequest) -> str:
    """The database that a test runs on: see `pytest_generate_tests`."""
    return str(request.param)


def _loaded(url: str) -> str:
    subprocess.run([GATEWAY, "import", *SHIPPED, "--database", url], env=environment(), check=True, capture_output=True)
    return url


@pytest.fixture(scope="session")
def loaded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An SQLite file with the shipped catalogue, to be copied and not to be opened."""
    return _loaded(f"sqlite:///{tmp_path_factory.mktemp('loaded') / 'gateway.db'}")


@pytest.fixture(scope="session")
def loaded_postgresql(cluster: Cluster) -> str:
    """A PostgreSQL database with the shipped catalogue, to be copied and not to be connected to."""
    return _loaded(cluster.new())


@pytest.fixture(scope="session")
def shipped_postgresql(cluster: Cluster, loaded_postgresql: str) -> str:
    """A PostgreSQL database with the shipped catalogue, which tests share."""
    return cluster.new(loaded_postgresql)


@contextmanager
def copied(address: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A copy of a database that nobody is connected to, removed afterwards."""
    if address.startswith("sqlite:"):
        path = folder / "gateway.db"
        shutil.copy(address.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        path.unlink()
        return
    running: Cluster = request.getfixturevalue("cluster")
    made = running.new(address)
    yield made
    running.drop(made)


@pytest.fixture
def shipped(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own with the shipped catalogue."""
    with copied(request.getfixturevalue(f"loaded_{dialect}"), tmp_path, request) as url:
        yield url


@pytest.fixture(scope="session")
def new_address(dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes an empty database and returns its address."""
    if dialect == "sqlite":
        return lambda: f"sqlite:///{tmp_path_factory.mktemp('database') / 'gateway.db'}"
    made: Cluster = request.getfixturevalue("cluster")
    return made.new


@pytest.fixture
def address(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of the test's own: the one that `gateway` uses where nothing else is said."""
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'gateway.db'}"
        return
    running: Cluster = request.getfixturevalue("cluster")
    url = running.new()
    yield url
    running.drop(url)


def change(address: str, *statements: str) -> None:
    """Does something to a database that the gateway would not do."""
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def rows(address: str, query: str) -> list[Any]:
    """Reads a database past the gateway."""
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(query)]
    engine.dispose()
    return found


@pytest.fixture
def gateway(tmp_path: Path, address: str) -> Run:
    """Runs the command line in a folder of its own, as a user would."""
    # Nothing has to be set for the SQLite file that is made where the command runs.
    usual = {} if address.startswith("sqlite:") else {"database_url": address}

    def run(
        *arguments: str, input: str | None = None, settings: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [GATEWAY, *arguments],
            input=input,
            env=environment(**(usual | dict(settings or {}))),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


class Server:
    """A running gateway: where it is, and how to ask it."""

    def __init__(self, process: subprocess.Popen[str], url: str, database: str) -> None:
        self.process = process
        self.url = url
        self.database = database
        self.client = httpx.Client(base_url=url, timeout=60, trust_env=False)

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The body of the answer to a query."""
        body: dict[str, Any] = self.client.post("/graphql", json={"query": query, "variables": variables}).json()
        return body

    def data(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an answer that has no errors."""
        body = self.ask(query, **variables)
        assert "errors" not in body, body["errors"]
        data: dict[str, Any] = body["data"]
        return data

    def code(self, query: str, **variables: Any) -> str:
        """The code of the one error of an answer."""
        errors = self.ask(query, **variables)["errors"]
        assert len(errors) == 1, errors
        return str(errors[0]["extensions"]["code"])


@contextmanager
def serving(database: str, **settings: str) -> Iterator[Server]:
    """`gateway serve` on a free port, ended by SIGTERM.

    What tests search for is recorded as always, but not counted: figures would change while others look at them.
    """
    settings = {"rollup_seconds": "1000000"} | settings
    process = subprocess.Popen(
        [GATEWAY, "serve", "--port", "0", "--database", database],
        env=environment(**settings) | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        found = re.search(r"Listening on (http://\S+)/graphql", line)
        if found:
            break
    else:
        raise AssertionError(f"the gateway did not start: {said}")
    server = Server(process, found.group(1), database)
    try:
        for _ in range(600):
            try:
                server.client.get("/healthz")
                break
            except httpx.TransportError:
                pass
        yield server
    finally:
        server.client.close()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.fixture(scope="session")
def server(dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A gateway with the shipped catalogue."""
    loaded = request.getfixturevalue(f"loaded_{dialect}")
    with copied(loaded, tmp_path_factory.mktemp("server"), request) as url, serving(url) as running:
        yield running


@pytest.fixture(scope="session")
def postgresql(shipped_postgresql: str) -> Iterator[Server]:
    """A gateway on PostgreSQL with the shipped catalogue, beside the one on SQLite that it is compared with."""
    with serving(shipped_postgresql) as running:
        yield running


@pytest.fixture
def on_shipped(gateway: Run, server: Server) -> Run:
    """Runs the command line on a database that has the shipped catalogue already."""
    return partial(gateway, settings={"database_url": server.database})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever comes near a database runs on both, unless it is marked as being about SQLite or about neither."""
    if "dialect" in metafunc.fixturenames:
        once = metafunc.definition.get_closest_marker("on_sqlite")
        metafunc.parametrize("dialect", DIALECTS[:1] if once else DIALECTS, indirect=True, scope="session")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Lets what is shown be written anew, to be looked at in review."""
    parser.addoption("--update-plans", action="store_true", help="write tests/plans/*.sql and *.json anew")
    parser.addoption("--update-docs", action="store_true", help="write what the README shows anew")
