"""What the match graph costs, over the shipped catalogue: `python -m tests.bench.matching`.

Prints how long a search takes with and without recording, in one process and in turn; how long counting takes, and a
comparison's evidence, as recorded searches grow.
"""

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import Annotated

import orjson
import typer

from gateway.catalogue.shipped import load_shipped, loaded, shipped_scorecard
from gateway.database import Database, open_database
from gateway.execution import Executor, Request
from gateway.matches.inbox import Inbox
from gateway.matches.rollup import MOST_AT_ONCE, roll_up
from gateway.settings import Settings, load_settings
from tests.search.judging import judged

SEARCH = """
query ($text: String!) { search(text: $text) { edges { node { score artifact { slug } capability { name } } } } }
"""
EVIDENCE = """
query ($of: [String!]!) { comparison(of: $of) { evidence {
  sharedQueries preferences { wins voters low high } sampleQueries
} } }
"""
MOST_MATCHED = "{ artifacts(first: 2, orderBy: {field: TIMES_MATCHED, direction: DESC}) { edges { node { slug } } } }"
QUERIES = 2_000
"""How many different texts the recorded searches have; a few of them are asked by many, as is usual."""


def main(
    database: Annotated[str | None, typer.Option(help="A database of its own; without it, a new SQLite file.")] = None,
    rounds: Annotated[int, typer.Option(help="How many times all questions are asked, with and without.")] = 6,
    searches: Annotated[str, typer.Option(help="How many searches are counted in all, with commas.")] = "20000,200000",
) -> None:
    """Measures, and prints what was found."""
    with TemporaryDirectory() as folder:
        settings = load_settings(database_url=database or f"sqlite:///{Path(folder) / 'matching.db'}")
        with closing(open_database(settings.database_url)) as opened:
            if not loaded(opened):
                load_shipped(opened)
            _recording(opened, settings, rounds)
            _counting(opened, settings, [int(one) for one in searches.split(",")])


def _recording(opened: Database, settings: Settings, rounds: int) -> None:
    """Searches in turn with and without recording, each by a client of its own."""
    quiet = settings.model_copy(update={"answer_cache_mb": 0, "rollup_seconds": 1e9})
    ways = {records: Executor(opened, quiet, shipped_scorecard(), records=records) for records in (False, True)}
    matches = ways[True].matches
    assert matches is not None
    matches.start()
    texts = [one.question for one in judged("tuned")]
    taken: dict[bool, list[list[float]]] = {False: [], True: []}
    for number in range(rounds):
        for records, executor in ways.items():
            some = []
            for at, text in enumerate(texts):
                client = f"10.{number}.{at}.{records:d}"
                began = time.perf_counter()
                executor.execute(Request(SEARCH, {"text": text}, client=client))
                some.append(1000 * (time.perf_counter() - began))
            taken[records].append(some)
    for executor in ways.values():
        executor.close()
    # The first round fills caches.
    off, on = ([one for some in taken[records][1:] for one in some] for records in (False, True))
    ratio = median(mean(b) / mean(a) for a, b in zip(taken[False][1:], taken[True][1:], strict=True))
    typer.echo(
        f"A search takes {median(off):.2f} ms without recording and {median(on):.2f} ms with it (medians of "
        f"{len(off)}); mean over mean of the same round {ratio:.3f} (median of {rounds - 1} rounds)."
    )


def _counting(opened: Database, settings: Settings, sizes: list[int]) -> None:
    """Counts more and more searches, and asks what they say of the two artifacts that they led to most often."""
    random, inbox = Random(5), Inbox(settings.database_url)
    executor = Executor(opened, settings, shipped_scorecard(), records=True)
    texts = [one.question for one in judged("tuned")]
    pages = [event.recorded for text in texts for event in executor.execute(Request(SEARCH, {"text": text})).events]
    today, done = datetime.now(UTC).date(), 0
    for size in sizes:
        events = []
        for number in range(done, size):
            query = min(int(random.paretovariate(0.6)), QUERIES)
            page = pages[query % len(pages)] | {"text": f"{query} {texts[query % len(texts)]}"}
            events.append(orjson.dumps({"day": today, "client": number // 4, **page}))
        inbox.write(events)
        taken = []
        whole, done = False, size
        while not whole:
            began = time.perf_counter()
            whole = roll_up(opened, inbox, shipped_scorecard(), today)
            taken.append(time.perf_counter() - began)
        edges = executor.execute(Request(MOST_MATCHED)).body["data"]["artifacts"]["edges"]
        shared, cold, kept = _evidence(opened, settings, [edge["node"]["slug"] for edge in edges])
        typer.echo(
            f"{size:,} searches: counting up to {MOST_AT_ONCE:,} takes {median(taken):.1f} s; the evidence on two "
            f"artifacts that {shared:,} of them matched {cold:.0f} ms, and kept {kept:.2f} ms."
        )
    executor.close()
    inbox.close()


def _evidence(opened: Database, settings: Settings, of: list[str]) -> tuple[int, float, float]:
    """How many searches two artifacts share, and the milliseconds that it takes to tell: read, and once it is kept."""
    cold: list[float] = []
    kept: list[float] = []
    for _ in range(5):
        executor = Executor(opened, settings, shipped_scorecard())
        for costs in (cold, kept):
            if costs is kept:
                # Nothing is kept before an operation ran once.
                executor.execute(Request(EVIDENCE, {"of": of}))
            began = time.perf_counter()
            found = executor.execute(Request(EVIDENCE, {"of": of})).body["data"]["comparison"]["evidence"]
            costs.append(1000 * (time.perf_counter() - began))
        executor.close()
    return found["sharedQueries"], median(cold), median(kept)


if __name__ == "__main__":
    typer.run(main)
