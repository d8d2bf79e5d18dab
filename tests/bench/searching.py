"""How good searches are, and what they cost, over the shipped catalogue: `python -m tests.bench.searching`.

Prints nDCG of the first ten hits and MRR over the judged questions, and the milliseconds of a search and of a
suggestion through the executor, without HTTP. How searches grow with the catalogue is measured by `tests.bench.scale`.
"""

import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from gateway.catalogue.shipped import load_shipped, loaded, shipped_scorecard
from gateway.database import open_database
from gateway.execution import Executor, Request
from gateway.settings import load_settings
from tests.search.judging import SETS, by_sort, judged, quality

SEARCH = "query ($text: String!) { search(text: $text) { edges { node { score artifact { slug name } } } } }"
SUGGEST = "query ($prefix: String!) { suggest(prefix: $prefix, first: 8) { text artifact { slug } } }"


def main(
    database: Annotated[str | None, typer.Option(help="A database; without it, a new SQLite file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures only.")] = False,
) -> None:
    """Measures, and prints what was found."""
    with TemporaryDirectory() as folder:
        url = database or f"sqlite:///{Path(folder) / 'search.db'}"
        opened = open_database(url)
        if not loaded(opened):
            load_shipped(opened)
        executor = Executor(opened, load_settings(database_url=url, answer_cache_mb=0), shipped_scorecard())
        figures = [_measured(executor, name) for name in SETS]
        cost = _suggesting(executor)
        executor.close()
        opened.close()
    if as_json:
        typer.echo(orjson.dumps({"sets": figures, "suggest_ms": cost}, option=orjson.OPT_INDENT_2).decode())
        return
    table = Table(box=None)
    for head in ("questions", "", "how many", "nDCG@10", "MRR", "ms, median", "ms, 99 of 100"):
        table.add_column(head)
    for one in figures:
        for row in one["rows"]:
            cells = (str(row["count"]), f"{row['ndcg']:.3f}", f"{row['mrr']:.3f}")
            table.add_row(one["set"], row["sort"], *cells, f"{one['ms']:.2f}", f"{one['ms_99']:.2f}")
    console = Console(width=None if Console().is_terminal else 120)
    console.print(table)
    console.print(f"A suggestion takes {cost:.2f} ms (median over all beginnings of the names asked for).")


def _measured(executor: Executor, name: str) -> dict[str, Any]:
    questions = judged(name)
    found: dict[str, list[str]] = {}
    taken = []
    for one in questions * 2:
        began = time.perf_counter()
        body = executor.execute(Request(SEARCH, {"text": one.question})).body
        taken.append(1000 * (time.perf_counter() - began))
        found[one.question] = [edge["node"]["artifact"]["slug"] for edge in body["data"]["search"]["edges"]]
    sorts = {"all": questions} | by_sort(questions)
    rows = []
    for sort, some in sorts.items():
        good = quality(found, some)
        rows.append({"sort": sort, "count": len(some), "ndcg": good.ndcg, "mrr": good.mrr})
    # The first round fills caches.
    warm = sorted(taken[len(questions) :])
    return {"set": name, "rows": rows, "ms": median(warm), "ms_99": warm[int(len(warm) * 0.99)]}


def _suggesting(executor: Executor) -> float:
    names = [one.question for one in judged("tuned") if one.sort == "name"]
    taken = []
    for name in names:
        for end in range(1, len(name) + 1):
            began = time.perf_counter()
            executor.execute(Request(SUGGEST, {"prefix": name[:end]}))
            taken.append(1000 * (time.perf_counter() - began))
    return median(taken)


if __name__ == "__main__":
    typer.run(main)
