"""Measures, and prints what was found: `python -m tests.bench.speed`."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import orjson
import typer

from tests.bench.keeping import kept_folder
from tests.bench.speed.before import checked_out
from tests.bench.speed.cases import CASES
from tests.bench.speed.in_process import answered
from tests.bench.speed.loading import client, loaded
from tests.bench.speed.processes import CLIENT_CORE, SERVER_CORE
from tests.bench.speed.servers import BARE, GATEWAY_NAME, NO_ANSWERS_KEPT, STOCK, Server, serving
from tests.bench.speed.showing import HOW, show, show_soaked
from tests.bench.speed.soak import soak

NAMES = (GATEWAY_NAME, STOCK, BARE)
SOAKED = next(case for case in CASES if case.name == "page rotating 32")


def main(
    size: Annotated[int, typer.Option(min=3, help="How many artifacts the catalogue has.")] = 1_000,
    folder: Annotated[
        Path | None, typer.Option(help="Where databases and logs are kept for the next run; else they are removed.")
    ] = None,
    seconds: Annotated[float, typer.Option(help="How long a load takes.")] = 1.0,
    rounds: Annotated[int, typer.Option(min=1, help="How often each case has its turn.")] = 5,
    only: Annotated[str, typer.Option(help="Only cases whose name holds this.")] = "",
    servers: Annotated[str, typer.Option(help="Which servers, with commas between.")] = ",".join(NAMES),
    against: Annotated[str | None, typer.Option(help="A git revision to measure too, as the server `before`.")] = None,
    minutes: Annotated[
        float | None,
        typer.Option("--soak", help="Only load the first server for so long, and show its memory."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures only.")] = False,
) -> None:
    """Measures, and prints what was found."""
    names = servers.split(",")
    if not set(names) <= set(NAMES) or names == [BARE]:
        raise typer.BadParameter(f"--servers is {servers!r}; right would be some of {','.join(NAMES)}.")
    with kept_folder(folder) as keep, tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        before = None
        if against is not None:
            typer.echo(f"installing {against}", err=True)
            before = stack.enter_context(checked_out(against, Path(scratch)))
        running = stack.enter_context(serving(names, size, keep, before))
        loader = stack.enter_context(client(Path(scratch)))
        if minutes is not None:
            soaked = soak(running[0], SOAKED, loader, minutes)
            if as_json:
                _print_json({"soaked": soaked})
            else:
                show_soaked(soaked, minutes)
            return
        loads = loaded([case for case in CASES if only in case.name], running, loader, seconds, rounds)
        memory = _memory(running)
        answers = answered(running, only, seconds, rounds)
    if as_json:
        _print_json({"loads": loads, "answers": answers, "memory_mb": memory})
        return
    cores = "on one core" if SERVER_CORE == CLIENT_CORE else f"pinned to core {SERVER_CORE}"
    settings = ", ".join(f"{name}={value}" for name, value in NO_ANSWERS_KEPT.items()) or "the same"
    show(loads, answers, memory, HOW.format(size=size, cores=cores, seconds=seconds, rounds=rounds, settings=settings))


def _memory(servers: Sequence[Server]) -> dict[str, float]:
    return {name: process.memory_mb() for server in servers for name, process in server.processes().items()}


def _print_json(found: object) -> None:
    typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    typer.run(main)
