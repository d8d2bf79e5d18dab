"""Processes of a measurement, each kept to one core: those that listen, and those that carry out orders."""

import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[-1]
"""Two different ones where the machine has more than one."""
ROOT = Path(__file__).parents[3]
START_SECONDS = 60
END_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Listening:
    """A process that answers GraphQL on a port of this machine."""

    pid: int
    port: int

    def ask(self, query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of an answer. Raises RuntimeError where it has errors."""
        body: dict[str, Any] = orjson.loads(self.raw(query, variables))
        if body.get("errors") or not body.get("data"):
            raise RuntimeError(f"{str(body)[:1000]} ({variables})")
        data: dict[str, Any] = body["data"]
        return data

    def raw(self, query: str, variables: Mapping[str, Any]) -> bytes:
        """The bytes of an answer."""
        url = f"http://127.0.0.1:{self.port}/graphql"
        return httpx.post(url, json={"query": query, "variables": variables}, timeout=60, trust_env=False).content

    def memory_mb(self) -> float:
        """What it holds in memory now, in megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) * 1024 / 1e6


class Ordered:
    """A process that answers each line of JSON on its standard input with one on its standard output."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process

    def carry_out(self, order: Mapping[str, Any]) -> dict[str, Any]:
        """What it says to an order. Raises RuntimeError where it ends instead, having told why on standard error."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(orjson.dumps(order) + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        said = self.process.stdout.readline()
        if not said:
            raise RuntimeError(f"{self.process.args!r} ended")
        answer: dict[str, Any] = orjson.loads(said)
        return answer


@contextmanager
def listening(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[Listening]:
    """Starts a server that prints where it listens, and ends it. Raises RuntimeError with its log where it does not."""
    with log.open("wb") as stream, _running(command, environment, SERVER_CORE, stdout=stream, stderr=stream) as process:
        until = time.monotonic() + START_SECONDS
        while not (found := re.search(r"Listening on http://127.0.0.1:(\d+)/graphql", log.read_text())):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{' '.join(command)} does not listen: {log.read_text()}")
            time.sleep(0.05)
        yield Listening(process.pid, int(found[1]))


@contextmanager
def ordered(command: Sequence[str], environment: Mapping[str, str], core: int) -> Iterator[Ordered]:
    """Starts a process that takes orders, and ends it."""
    with _running(command, environment, core, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Ordered(process)


@contextmanager
def _running(
    command: Sequence[str], environment: Mapping[str, str], core: int, **streams: Any
) -> Iterator["subprocess.Popen[bytes]"]:
    whole = dict(environment) | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=whole, cwd=ROOT, **streams) as process:
        try:
            # Before it has threads, which take over what holds for the one that starts them.
            os.sched_setaffinity(process.pid, {core})
            yield process
        finally:
            process.terminate()
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
