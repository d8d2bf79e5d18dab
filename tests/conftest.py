"""What the tests share: the real command line, and a real server on a real SQLite file."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

GATEWAY = str(Path(sys.executable).with_name("gateway"))
Run = Callable[..., subprocess.CompletedProcess[str]]
Ask = Callable[..., dict[str, Any]]


def environment(**settings: str) -> dict[str, str]:
    """The environment without settings of whoever runs the tests, and with the ones given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GATEWAY_")}
    return kept | {f"GATEWAY_{name.upper()}": value for name, value in settings.items()}


@pytest.fixture
def gateway(tmp_path: Path) -> Run:
    """Runs the command line in a folder of its own, as a user would."""

    def run(
        *arguments: str, input: str | None = None, settings: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [GATEWAY, *arguments],
            input=input,
            env=environment(**(settings or {})),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


class Server:
    """A running gateway: where it is, and how to ask it."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url
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
def serving(database: Path | str, **settings: str) -> Iterator[Server]:
    """`gateway serve` on a free port, ended by SIGTERM."""
    url = database if isinstance(database, str) else f"sqlite:///{database}"
    process = subprocess.Popen(
        [GATEWAY, "serve", "--port", "0", "--database", url],
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
    server = Server(process, found.group(1))
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
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A gateway with the shipped catalogue."""
    with serving(tmp_path_factory.mktemp("shipped") / "gateway.db") as running:
        yield running


def pytest_addoption(parser: pytest.Parser) -> None:
    """Lets what is shown be written anew, to be looked at in review."""
    parser.addoption("--update-plans", action="store_true", help="write tests/plans/*.sql and *.json anew")
    parser.addoption("--update-docs", action="store_true", help="write what the README shows anew")
