"""Measuring without HTTP: each server's code answers in a process that is told what to answer."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

import typer

from tests.bench.speed.operations import LEADERS, LIST, MARK, PAGE, Operation
from tests.bench.speed.processes import SERVER_CORE, Ordered, ordered
from tests.bench.speed.rounds import Figures, Row, measured
from tests.bench.speed.servers import BEFORE, REFERENCES, Server
from tests.conftest import environment

KINDS = {"seen": False, "new": True}
"""Whether a document has been asked before, with other variables, or never."""


def answered(servers: Sequence[Server], only: str, seconds: float, rounds: int) -> list[Row]:
    """The time of an answer in us, for each operation and each server that can be measured so."""
    with ExitStack() as stack:
        turns = {}
        processes = _started(stack, servers)
        for operation in (LEADERS, PAGE, LIST):
            for kind, unseen in KINDS.items():
                name = f"{operation.name} in process, {kind}"
                if only in name:
                    for server, process in processes:
                        order = _order(operation, unseen, server, seconds)
                        turns[name, server.name] = partial(_asked, process, order)
        return measured(turns, rounds, "answers in process", REFERENCES)


def _started(stack: ExitStack, servers: Sequence[Server]) -> list[tuple[Server, Ordered]]:
    started = []
    for server in servers:
        if server.inside is None:
            continue
        process = stack.enter_context(ordered(server.inside, environment(**server.settings), SERVER_CORE))
        try:
            _asked(process, _order(LEADERS, False, server, 0))
        except RuntimeError:
            # Another revision's functions need not be called as this one's are.
            if server.name != BEFORE:
                raise
            typer.echo(f"{BEFORE} cannot be measured in process", err=True)
        else:
            started.append((server, process))
    return started


def _order(operation: Operation, unseen: bool, server: Server, seconds: float) -> dict[str, Any]:
    return {
        "query": operation.unseen if unseen else operation.query,
        "title": operation.title,
        "variables": server.variables[operation.name],
        "mark": MARK if unseen else "",
        "seconds": seconds,
    }


def _asked(process: Ordered, order: dict[str, Any]) -> Figures:
    return {"answer_us": 1e6 * process.carry_out(order)["seconds"]}
