"""Measuring in rounds: in each, every case goes over every server in turn, and the first only warms up."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import typer

Figures = dict[str, float]
Turns = Mapping[tuple[str, str], Callable[[], Figures]]
"""What measures a case on a server, by the names of both."""


RATIOED = {"requests_per_second": 1, "cpu_us": -1, "answer_us": -1}
"""The figures of which ratios are made: 1 where more is better, -1 where less is."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case on a server. `ratios` says for other servers, by name and figure, how many times as good as they it is.

    A figure is the median over the rounds, `least` and `most` are those of the first of them. A ratio is the median of
    the ratios within each round, so that what slows the machine down for a while slows both.
    """

    case: str
    server: str
    figures: Figures
    least: float
    most: float
    ratios: dict[str, Figures]


def measured(turns: Turns, rounds: int, title: str, references: Iterable[str]) -> list[Row]:
    """Takes every turn once a round, and compares all servers with those named by `references`."""
    taken: dict[tuple[str, str], list[Figures]] = {name: [] for name in turns}
    for number in range(rounds + 1):
        for name, turn in turns.items():
            found = turn()
            if number:
                taken[name].append(found)
        typer.echo(f"{title}: round {number} of {rounds} done at {time.strftime('%H:%M:%S')}", err=True)
    rows = []
    for (case, server), mine in taken.items():
        firsts = [next(iter(figures.values())) for figures in mine]
        figures = {key: median(one[key] for one in mine) for key in mine[0]}
        ratios = {other: _ratios(mine, taken[case, other]) for other in references if (case, other) in taken}
        rows.append(Row(case, server, figures, min(firsts), max(firsts), ratios))
    return rows


def _ratios(mine: Sequence[Figures], others: Sequence[Figures]) -> Figures:
    return {
        key: median((one[key] / other[key]) ** RATIOED[key] for one, other in zip(mine, others, strict=True))
        for key in mine[0]
        if key in RATIOED
    }
