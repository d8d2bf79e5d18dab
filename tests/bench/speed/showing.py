"""The tables, and how their figures were got."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table

from tests.bench.speed.rounds import Row
from tests.bench.speed.servers import REFERENCES
from tests.bench.speed.soak import Soaked

HOW = (
    "How this was got: a generated catalogue of {size:,} artifacts was imported into SQLite. Each server is one "
    "process {cores}. A client in another process sends it requests over keep-alive connections, as many as the name "
    "of the case ends in, each waiting for its answer before the next, for {seconds:g} s; every answer was a success "
    "without errors. In each of {rounds} rounds every case went over every server in turn, after a round that was not"
    " counted. Figures are medians of the rounds, with the least and the most in brackets. CPU is the server's "
    "processor time, user and system, for one request. A ratio says how many times as fast as another server in the "
    "same round, in brackets by processor time, which others on the machine change less; compare within one run only."
    " Rotating: up to 2,500 different variables in turn, for the list as many as it has cursors that a full page "
    "follows; hot: always the same; cold: a document that was never sent before. The gateway answers hot cases with "
    "its usual settings, all others with {settings}. Stock is Strawberry's own ASGI application with the same schema,"
    " plan and loaders, which parses, validates and executes each request with graphql-core; bare is an ASGI "
    "application that sends the bytes of one page answer, whatever is asked. Without HTTP, the time is that from the "
    "text of a document to the bytes of the JSON, with rotating variables, for documents seen before and for new "
    "ones."
)


def show(loads: Sequence[Row], answers: Sequence[Row], memory: Mapping[str, float], how: str) -> None:
    """Prints the tables."""
    console = _console()
    compared = [name for name in REFERENCES if any(name in row.ratios for row in (*loads, *answers))]
    if loads:
        heads = (
            "requests/s (min-max)",
            "p50 ms",
            "p99 ms",
            "CPU us/request",
            *(f"x {name} (CPU)" for name in compared),
        )
        table = _table("Over HTTP", ("case", "server"), heads)
        for _, rows in groupby(loads, lambda row: row.case):
            for row in rows:
                rate, p50, p99, cpu = row.figures.values()
                cells = [f"{rate:,.0f} ({row.least:,.0f}-{row.most:,.0f})", f"{p50:.2f}", f"{p99:.2f}", f"{cpu:,.0f}"]
                table.add_row(row.case, row.server, *cells, *_ratios(row, compared))
            table.add_row()
        console.print(table)
    if answers:
        compared = [name for name in compared if any(name in row.ratios for row in answers)]
        table = _table("Without HTTP", ("case", "server"), ("us (min-max)", *(f"x {name}" for name in compared)))
        for row in answers:
            us = f"{row.figures['answer_us']:,.0f} ({row.least:,.0f}-{row.most:,.0f})"
            table.add_row(row.case, row.server, us, *_ratios(row, compared))
        console.print(table)
    table = _table("Resident memory at the end", ("process",), ("MB",))
    for name, megabytes in memory.items():
        table.add_row(name, f"{megabytes:.1f}")
    console.print(table)
    console.print(how, highlight=False)


def show_soaked(found: Sequence[Soaked], minutes: float) -> None:
    """Prints the table of a soak, and how it was got."""
    console = _console()
    heads = ("first minute", "middle minute", "last minute")
    table = _table(f"Resident memory in MB, {minutes:g} minutes of rotating pages", ("process",), heads)
    for one in found:
        table.add_row(one.process, *(f"{figure:.1f}" for figure in (one.first, one.middle, one.last)))
    console.print(table)
    console.print(
        "How this was got: pages of rotating variables were asked for over 32 connections for the whole time, of the "
        "processes in turn. Memory was sampled every 10 s; the figures are medians of a minute's samples.",
        highlight=False,
    )


def _console() -> Console:
    return Console(width=None if Console().is_terminal else 150)


def _table(title: str, names: Sequence[str], figures: Sequence[str]) -> Table:
    table = Table(title=title, box=None, title_justify="left")
    for name in names:
        table.add_column(name)
    for head in figures:
        table.add_column(head, justify="right")
    return table


def _ratios(row: Row, compared: Sequence[str]) -> list[str]:
    """A cell for each server that a row is compared with: by the first figure, and in brackets by processor time."""
    cells = []
    for name in compared:
        texts = [f"{ratio:.{2 if ratio >= 1 else 3}f}" for ratio in row.ratios.get(name, {}).values()]
        cells.append(" ".join(f"({text})" if place else text for place, text in enumerate(texts)))
    return cells
