"""Loads a server over HTTP/1.1, as a process of its own: each line of JSON on standard input orders one load."""

import asyncio
import gc
import os
import re
import sys
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any, cast

import orjson
import uvloop

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
HEAD = b"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
NUMBERS = count()
"""What makes a document new: not begun again by the next load."""
TICKS = os.sysconf("SC_CLK_TCK")


class Load:
    """Requests that go out, each connection sending its next once its last is answered, until the time is up."""

    def __init__(self, requests: Iterator[bytes], seconds: float, connections: int) -> None:
        self.requests = requests
        self.seconds = seconds
        self.busy = connections
        self.until = 0.0
        self.latencies: list[float] = []
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def rest(self) -> None:
        """One connection has nothing more to do. What was on its way when the time was up still counts."""
        self.busy -= 1
        if not self.busy and not self.done.done():
            self.done.set_result(None)

    def fail(self, why: str) -> None:
        """Gives up."""
        if not self.done.done():
            self.done.set_exception(RuntimeError(why))


class Connection(asyncio.Protocol):
    """One connection with one request on its way."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.transport = asyncio.Transport()
        self.sent = 0.0
        self.answer = b""
        self.length = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps it for sending."""
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        """The load cannot go on, unless it is over."""
        self.load.fail(f"the server closed a connection: {error}")

    def send(self) -> None:
        """Sends the next request, or rests."""
        self.sent = perf_counter()
        if self.sent > self.load.until:
            self.load.rest()
        else:
            self.transport.write(next(self.load.requests))

    def data_received(self, data: bytes) -> None:
        """Takes the answer, which may come in parts, and sends the next request once it is whole."""
        answer = self.answer + data if self.answer else data
        if not self.length:
            head = answer.find(b"\r\n\r\n") + 4
            if head < 4:
                self.answer = answer
                return
            stated = LENGTH.search(answer, 0, head)
            if stated is None:
                self.load.fail(f"an answer states no length: {answer[:head]!r}")
                return
            self.length = head + int(stated[1])
        if len(answer) < self.length:
            self.answer = answer
            return
        self.load.latencies.append(perf_counter() - self.sent)
        if not answer.startswith(b"HTTP/1.1 200 ") or b'"errors":' in answer:
            self.load.fail(f"an answer is no success: {answer[:1000]!r}")
            return
        self.answer, self.length = b"", 0
        self.send()


def requests(bodies: Path, first: int | None, mark: str) -> Iterator[bytes]:
    """The first of the bodies in a file, one a line, over and over; a mark in them becomes a new name each time."""
    lines = bodies.read_bytes().splitlines()[:first]
    made = cycle([HEAD % len(line) + line for line in lines])
    if not mark:
        return made
    sought = mark.encode()
    return (request.replace(sought, b"new%08d" % next(NUMBERS)) for request in made)


async def load(order: dict[str, Any]) -> dict[str, float]:
    """Carries out an order: rate in requests a second, latencies and the server's processor time in seconds."""
    connections = order["connections"]
    running = Load(requests(Path(order["bodies"]), order["first"], order["mark"]), order["seconds"], connections)
    loop = asyncio.get_running_loop()
    opened = [
        (await loop.create_connection(lambda: Connection(running), "127.0.0.1", order["port"]))[1]
        for _ in range(connections)
    ]
    before, started = processor_seconds(order["pid"]), perf_counter()
    running.until = started + running.seconds
    for connection in opened:
        connection.send()
    try:
        await running.done
        taken, spent = perf_counter() - started, processor_seconds(order["pid"]) - before
    finally:
        for connection in opened:
            connection.transport.close()
    answered = len(running.latencies)
    # A short load may be over within a tick of the clock; it took something all the same.
    spent = max(spent, 1 / TICKS)
    hundredths = quantiles(running.latencies, n=100, method="inclusive") if answered > 1 else running.latencies * 99
    return {"rate": answered / taken, "p50": hundredths[49], "p99": hundredths[98], "processor": spent / answered}


def processor_seconds(pid: int) -> float:
    """The processor time of a process and all its threads until now, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    # Nothing here makes cycles that have to be found, and a pause would be taken for the server's.
    gc.disable()
    for line in sys.stdin:
        sys.stdout.buffer.write(orjson.dumps(uvloop.run(load(orjson.loads(line)))) + b"\n")
        sys.stdout.buffer.flush()
