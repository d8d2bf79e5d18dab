"""Loading servers over HTTP, by a client in a process of its own."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import orjson

from tests.bench.speed.cases import Case
from tests.bench.speed.operations import MARK
from tests.bench.speed.processes import CLIENT_CORE, Ordered, ordered
from tests.bench.speed.rounds import Figures, Row, measured
from tests.bench.speed.servers import REFERENCES, Server
from tests.conftest import environment


class Client:
    """The process that sends requests. `folder` is where it finds them."""

    def __init__(self, process: Ordered, folder: Path) -> None:
        self.process = process
        self.folder = folder

    def load(self, case: Case, server: Server, seconds: float) -> Figures:
        """Loads a server: requests a second, latencies in ms, the server's processor time in us a request."""
        process = server.of(case)
        order = {
            "port": process.port,
            "pid": process.pid,
            "bodies": str(self._bodies(case, server)),
            "first": 1 if case.hot else None,
            "mark": MARK if case.cold else "",
            "connections": case.connections,
            "seconds": seconds,
        }
        found = self.process.carry_out(order)
        return {
            "requests_per_second": found["rate"],
            "p50_ms": 1e3 * found["p50"],
            "p99_ms": 1e3 * found["p99"],
            "cpu_us": 1e6 * found["processor"],
        }

    def _bodies(self, case: Case, server: Server) -> Path:
        one = case.operation
        path = self.folder / f"{server.name}-{one.name}{'-new' if case.cold else ''}.jsonl"
        if not path.exists():
            query = one.unseen if case.cold else one.query
            with path.open("wb") as stream:
                for given in server.variables[one.name]:
                    stream.write(orjson.dumps({"query": query, "operationName": one.title, "variables": given}) + b"\n")
        return path


@contextmanager
def client(folder: Path) -> Iterator[Client]:
    """Starts the client. `folder` is to be an empty one."""
    with ordered([sys.executable, "-m", "tests.bench.speed.client"], environment(), CLIENT_CORE) as process:
        yield Client(process, folder)


def loaded(cases: Sequence[Case], servers: Sequence[Server], client: Client, seconds: float, rounds: int) -> list[Row]:
    """Each case on each server, loaded for some seconds a round."""
    turns = {
        (case.name, server.name): partial(client.load, case, server, seconds) for case in cases for server in servers
    }
    return measured(turns, rounds, "loads", REFERENCES)
