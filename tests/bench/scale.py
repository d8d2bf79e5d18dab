"""How import, size and the cost of requests grow with the catalogue: `python -m tests.bench.scale`."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import Database, open_database
from gateway.execution import Executor, Request
from gateway.settings import load_settings
from tests.bench.cases import CASES, Case, Catalogue
from tests.bench.importing import Imported, imported_once
from tests.bench.keeping import kept_folder

HOW = (
    "How this was got: each catalogue was piped into `gateway import` in a process of its own. The requests ran in one "
    "process, without HTTP, through the executor: {rounds} rounds, in each of which every size answered {batch} "
    "requests of every case, the sizes in turn, each with variables that differ from request to request, after one "
    "request that was not counted. A cost is the median of all requests, in milliseconds of {clock}. A growth is "
    "the median over the rounds of the size's mean over the smallest size's mean of the same round, so that what slows "
    "the machine down for a while slows both. The growth of a page that is not full at the smallest size also "
    "has the added items."
)
CLOCKS = {False: ("the clock", time.perf_counter), True: ("processor time, waits left out", time.process_time)}
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Measured:
    """A case at one size: the cost of a request in seconds, and how many times the smallest size's that is.

    `items` is how many items its page has on average, 0 where it is no page.
    """

    case: Case
    costs: dict[int, float]
    growths: dict[int, float]
    items: dict[int, float]

    @property
    def note(self) -> str:
        """What to think of its growth."""
        if not self.case.held:
            return "reported"
        over = f"over {self.case.limit}" if max(self.growths.values()) > self.case.limit else ""
        least, most = min(self.items.values()), max(self.items.values())
        return f"{over} {least:.0f} to {most:.0f} items".strip() if most - least >= 1 else over


def main(
    sizes: Annotated[str, typer.Option(help="Sizes with commas between, smallest first.")] = "1000,100000,1000000",
    database: Annotated[
        str | None, typer.Option(help="A database for each size, {size} standing for it; SQLite files without it.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(help="Where SQLite files are kept for the next run; else they are removed.")
    ] = None,
    rounds: Annotated[int, typer.Option(help="How often each size has its turn.")] = 15,
    batch: Annotated[int, typer.Option(help="How many requests a turn has.")] = 8,
    cpu: Annotated[
        bool, typer.Option("--cpu", help="Count this process's processor time; for SQLite on a machine in use.")
    ] = False,
    only: Annotated[str, typer.Option(help="Only cases whose name holds this.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print figures only.")] = False,
) -> None:
    """Measures, and prints what was found."""
    wanted = [int(size) for size in sizes.split(",")]
    cases = [case for case in CASES if only in case.name]
    with kept_folder(folder) as keep, ExitStack() as stack:
        imports: list[dict[str, Any]] = []
        catalogues = []
        for size in wanted:
            url = (database or f"sqlite:///{keep / 'scale-{size}.db'}").format(size=size)
            imported, now = imported_once(size, url, keep / f"scale-{size}.json")
            opened = open_database(url)
            stack.callback(opened.close)
            imports.append(_import_figures(imported, opened) | {"now": now})
            settings = load_settings(database_url=url, deadline_seconds=120.0)
            catalogues.append(Catalogue(size, Executor(opened, settings, shipped_scorecard())))
        found = list(measured(cases, catalogues, rounds, batch, CLOCKS[cpu][1]))
    if as_json:
        figures = [
            {
                "case": one.case.name,
                "held": one.case.held,
                "seconds": _named(one.costs),
                "growth": _named(one.growths),
                "items": _named(one.items),
            }
            for one in found
        ]
        typer.echo(orjson.dumps({"imports": imports, "requests": figures}, option=orjson.OPT_INDENT_2).decode())
    else:
        show(imports, found, HOW.format(rounds=rounds, batch=batch, clock=CLOCKS[cpu][0]))


def measured(
    cases: Sequence[Case], catalogues: Sequence[Catalogue], rounds: int, batch: int, clock: Clock
) -> Iterator[Measured]:
    """Each case at each size, the sizes in turn in every round."""
    sizes = [catalogue.size for catalogue in catalogues]
    for case in cases:
        variables = [case.variables(catalogue) for catalogue in catalogues]
        taken: list[list[list[tuple[float, int]]]] = [[] for _ in catalogues]
        for catalogue, given in zip(catalogues, variables, strict=True):
            catalogue.executor.execute(Request(case.query, next(given)))
        for _ in range(rounds):
            for catalogue, given, kept in zip(catalogues, variables, taken, strict=True):
                kept.append([_timed(catalogue, case, next(given), clock) for _ in range(batch)])
        turns = [[mean(cost for cost, _ in turn) for turn in kept] for kept in taken]
        growths = [median(mine / least for mine, least in zip(turn, turns[0], strict=True)) for turn in turns]
        costs = [median(cost for turn in kept for cost, _ in turn) for kept in taken]
        items = [mean(many for turn in kept for _, many in turn) for kept in taken]
        yield Measured(case, *(dict(zip(sizes, figures, strict=True)) for figures in (costs, growths, items)))


def show(imports: Sequence[dict[str, Any]], found: Sequence[Measured], how: str) -> None:
    """Prints the tables."""
    console = Console(width=None if Console().is_terminal else 160)
    table = Table(title="Import", box=None, title_justify="left")
    for head in ("artifacts", "seconds", "artifacts/s", "peak memory MB", "on disk MB", "imported"):
        table.add_column(head, justify="right")
    for row in imports:
        memory, disk = row["peak_bytes"] / 1e6, row["disk_bytes"] / 1e6
        when = "now" if row["now"] else "by an earlier run"
        table.add_row(
            f"{row['size']:,}", f"{row['seconds']:.1f}", f"{row['rate']:.0f}", f"{memory:.0f}", f"{disk:.0f}", when
        )
    console.print(table)
    table = Table(title="Requests", box=None, title_justify="left")
    table.add_column("case")
    sizes = list(found[0].costs) if found else []
    for size in sizes:
        table.add_column(f"ms at {size:,}", justify="right")
    for size in sizes[1:]:
        table.add_column(f"growth to {size:,}", justify="right")
    table.add_column("")
    for one in found:
        costs = [f"{one.costs[size] * 1000:.2f}" for size in sizes]
        growths = [f"{one.growths[size]:.2f}" for size in sizes[1:]]
        table.add_row(one.case.name, *costs, *growths, one.note)
    console.print(table)
    console.print(how, highlight=False)


def _timed(catalogue: Catalogue, case: Case, variables: dict[str, Any], clock: Clock) -> tuple[float, int]:
    request = Request(case.query, variables)
    started = clock()
    body = catalogue.executor.execute(request).body
    spent = clock() - started
    if "errors" in body:
        raise RuntimeError(f"{case.name}: {body['errors'][0]['message']}")
    return spent, len((body["data"].get("artifacts") or {}).get("edges", ()))


def _import_figures(imported: Imported, opened: Database) -> dict[str, Any]:
    with opened.reading() as connection:
        if opened.engine.dialect.name == "sqlite":
            sizes = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        else:
            sizes = "SELECT pg_database_size(current_database())"
        disk = connection.exec_driver_sql(sizes).scalar_one()
    return {
        "size": imported.size,
        "seconds": imported.seconds,
        "rate": imported.rate,
        "peak_bytes": imported.peak_bytes,
        "disk_bytes": disk,
    }


def _named(figures: dict[int, float]) -> dict[str, float]:
    return {str(size): figure for size, figure in figures.items()}


if __name__ == "__main__":
    typer.run(main)
