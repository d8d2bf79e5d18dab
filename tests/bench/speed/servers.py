"""What is measured against each other: the gateway, stock Strawberry, a bare server, and the gateway as it was."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from tests.bench.importing import imported_once
from tests.bench.speed.bare import ANSWER
from tests.bench.speed.before import Before
from tests.bench.speed.cases import Case
from tests.bench.speed.operations import OPERATIONS, PAGE, Variables, variables
from tests.bench.speed.processes import Listening, listening
from tests.conftest import GATEWAY, environment

GATEWAY_NAME, STOCK, BARE, BEFORE = "gateway", "stock", "bare", "before"
REFERENCES = (STOCK, BARE, BEFORE)
"""The servers that the others are compared with."""
NO_ANSWERS_KEPT: Mapping[str, str] = {"answer_cache_mb": "0", "part_cache_mb": "64"}
"""The gateway's settings where it has to work for each answer. Empty this for a gateway that has no such settings."""
COMPARED = 25
"""How many answers of an operation are compared with stock Strawberry's before anything is measured."""


@dataclass(frozen=True, slots=True)
class Server:
    """One contender. `working` keeps no answers, `usual` runs with the settings that a user gets.

    `inside` is the command that measures it without HTTP, None where there is nothing to measure; `address` is that of
    its database.
    """

    name: str
    working: Listening
    usual: Listening
    variables: Mapping[str, Variables]
    address: str
    settings: Mapping[str, str]
    inside: Sequence[str] | None = None

    def of(self, case: Case) -> Listening:
        """The process that a case loads."""
        return self.usual if case.hot else self.working

    def processes(self) -> dict[str, Listening]:
        """Its processes by what they are called in a table."""
        if self.working is self.usual:
            return {self.name: self.usual}
        told = ", ".join(f"{name}={value}" for name, value in self.settings.items()) or "no caches to set"
        return {f"{self.name}, {told}": self.working, f"{self.name}, as it comes": self.usual}


@contextmanager
def serving(names: Sequence[str], size: int, folder: Path, before: Before | None) -> Iterator[list[Server]]:
    """Starts servers on catalogues of `size`, the bare one last: it needs an answer of one of the others."""
    with ExitStack() as stack:
        start = _Starter(stack, size, folder)
        servers = []
        if GATEWAY_NAME in names:
            module = (sys.executable, "-m", "tests.bench.speed.inside")
            servers.append(start.gateway(GATEWAY_NAME, GATEWAY, f"speed-{size}", NO_ANSWERS_KEPT, module))
        if before is not None:
            known = before.settings()
            settings = {name: value for name, value in NO_ANSWERS_KEPT.items() if name in known}
            # By its path, because that revision need not have this module.
            script = (str(before.commands / "python"), str(Path(__file__).with_name("inside.py")))
            command, name = str(before.commands / "gateway"), f"speed-{size}-{before.revision}"
            servers.append(start.gateway(BEFORE, command, name, settings, script))
        if STOCK in names:
            servers.append(start.stock())
        if BARE in names and servers:
            servers.append(start.bare(servers[0]))
        _check_alike(servers)
        yield servers


@dataclass(frozen=True, slots=True)
class _Starter:
    stack: ExitStack
    size: int
    folder: Path

    def gateway(
        self, name: str, command: str, database: str, settings: Mapping[str, str], measure: Sequence[str]
    ) -> Server:
        address = self._address(database, command)
        serve = [command, "serve", "--host", "127.0.0.1", "--port", "0", "--database", address]
        working = self._listening(serve, f"{name}-working", environment(**settings))
        usual = self._listening(serve, f"{name}-usual", environment())
        sent = variables(self.size, usual.ask)
        return Server(name, working, usual, sent, address, settings, (*measure, GATEWAY_NAME, address))

    def stock(self) -> Server:
        address = self._address(f"speed-{self.size}", GATEWAY)
        process = self._hosted(STOCK, environment(database_url=address))
        sent = variables(self.size, process.ask)
        measure = (sys.executable, "-m", "tests.bench.speed.inside", STOCK, address)
        return Server(STOCK, process, process, sent, address, {}, measure)

    def bare(self, answering: Server) -> Server:
        answer = self.folder / "answer.json"
        answer.write_bytes(answering.usual.raw(PAGE.query, answering.variables[PAGE.name][0]))
        process = self._hosted(BARE, environment() | {ANSWER: str(answer)})
        return Server(BARE, process, process, answering.variables, answering.address, {})

    def _hosted(self, name: str, given: Mapping[str, str]) -> Listening:
        application = f"tests.bench.speed.{name}:app"
        return self._listening([sys.executable, "-m", "tests.bench.speed.hosting", application], name, given)

    def _listening(self, command: Sequence[str], name: str, given: Mapping[str, str]) -> Listening:
        return self.stack.enter_context(listening(command, given, self.folder / f"{name}.log"))

    def _address(self, name: str, command: str) -> str:
        address = f"sqlite:///{self.folder / name}.db"
        typer.echo(f"importing {self.size} artifacts into {address}", err=True)
        imported_once(self.size, address, self.folder / f"{name}.json", command)
        return address


def _check_alike(servers: Sequence[Server]) -> None:
    """Raises RuntimeError where the gateway does not give the data that stock Strawberry gives."""
    by_name = {server.name: server for server in servers}
    if GATEWAY_NAME not in by_name or STOCK not in by_name:
        return
    stock, gateway = by_name[STOCK], by_name[GATEWAY_NAME]
    for operation in OPERATIONS:
        for given in stock.variables[operation.name][:COMPARED]:
            expected = stock.usual.ask(operation.query, given)
            for process in (gateway.working, gateway.usual):
                if process.ask(operation.query, given) != expected:
                    raise RuntimeError(f"{operation.name}: the gateway and stock Strawberry differ for {given}")
