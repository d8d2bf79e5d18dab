"""Tells how far an import is: with a bar on a terminal, with a line now and then elsewhere, on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

LINES_BETWEEN = 10_000


@contextmanager
def shown_progress() -> Iterator[Callable[[int], None]]:
    """What is told the number of artifacts read so far."""
    console = Console(stderr=True)
    if not console.is_terminal:
        told_at = 0

        def line(count: int) -> None:
            nonlocal told_at
            if count - told_at >= LINES_BETWEEN:
                told_at = count
                typer.echo(f"{count} artifacts read", err=True)

        yield line
        return
    columns = (TextColumn("{task.completed:,} artifacts"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda count: bar.update(task, completed=count)
