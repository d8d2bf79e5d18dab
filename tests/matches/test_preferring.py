"""Which artifact searches prefer: what the API says of searches that were counted, by examples and against a count of
one search after the other."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from gateway.catalogue.loading import load
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import Database, open_database
from gateway.execution import Executor, Request
from gateway.matches.inbox import Inbox
from gateway.matches.rollup import roll_up
from gateway.settings import load_settings
from schema.rules.preference import HeadToHead
from schema.tables import METADATA
from tests.catalogue.lines import line
from tests.conftest import Make
from tests.matches.preferring import Shown, tally

QUERY = """
query ($of: [String!]!) { comparison(of: $of) { evidence {
  sharedQueries preferences { artifact { slug } over { slug } placedAbove chosenOver wins voters }
} } }
"""
COLUMNS = 3
TODAY = datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Searched:
    """A client searched for a text and was shown some columns, the first at place 1; perhaps it chose some."""

    client: int
    text: str
    columns: tuple[int, ...]
    chosen: tuple[int, ...] = ()


def by(client: int, text: str, *columns: int, chosen: tuple[int, ...] = ()) -> Searched:
    """A search."""
    return Searched(client, text, columns, chosen)


LOUD = [by(1, f"text {number}", 0, 1) for number in range(50)]
EXAMPLES: dict[str, tuple[list[Searched], int, dict[tuple[int, int], HeadToHead]]] = {
    "nothing was shown": ([], 0, {}),
    "what is shown alone is not shared": ([by(1, "a", 0), by(2, "b", 1)], 0, {}),
    "without a choice the place decides": ([by(1, "a", 1, 0)], 1, {(1, 0): HeadToHead(above=1, wins=1)}),
    "a choice says more than a place": (
        [by(1, "a", 0, 1, chosen=(1,))],
        1,
        {(0, 1): HeadToHead(above=1), (1, 0): HeadToHead(chosen=1, wins=1)},
    ),
    "where both were chosen the place decides": (
        [by(1, "a", 0, 1, chosen=(0, 1))],
        1,
        {(0, 1): HeadToHead(above=1, wins=1)},
    ),
    "the choice of a third says nothing of two": (
        [by(1, "a", 0, 1, 2, chosen=(2,))],
        1,
        {
            (0, 1): HeadToHead(above=1, wins=1),
            (0, 2): HeadToHead(above=1),
            (1, 2): HeadToHead(above=1),
            (2, 0): HeadToHead(chosen=1, wins=1),
            (2, 1): HeadToHead(chosen=1, wins=1),
        },
    ),
    "a choice for another text does not count": (
        [by(1, "a", 0, 1), by(1, "b", 2, chosen=(1,))],
        1,
        {(0, 1): HeadToHead(above=1, wins=1)},
    ),
    "a client has one vote however much it searches": (
        [*LOUD, by(2, "a", 1, 0), by(3, "a", 1, 0)],
        52,
        {(0, 1): HeadToHead(above=50, wins=1), (1, 0): HeadToHead(above=2, wins=2)},
    ),
    "a client that is of two minds has no vote": (
        [by(1, "a", 0, 1), by(1, "b", 1, 0)],
        2,
        {(0, 1): HeadToHead(above=1), (1, 0): HeadToHead(above=1)},
    ),
    "one text with several lists is one search": (
        [by(1, "a", 0, 1), by(1, "a", 0, 2, 1)],
        1,
        {
            (0, 1): HeadToHead(above=1, wins=1),
            (0, 2): HeadToHead(above=1, wins=1),
            (2, 1): HeadToHead(above=1, wins=1),
        },
    ),
    "the same again is nothing new": ([by(1, "a", 0, 1)] * 5, 1, {(0, 1): HeadToHead(above=1, wins=1)}),
}


def at_random(seed: int) -> list[Searched]:
    """Searches of a few clients for a few texts."""
    random, found = Random(seed), []
    for _ in range(random.randint(20, 60)):
        columns = random.sample(range(COLUMNS), random.randint(1, COLUMNS))
        chosen = random.sample(range(COLUMNS), random.choice([0, 0, 0, 1, 2]))
        found.append(by(random.randint(1, 8), random.choice("abcdef"), *columns, chosen=tuple(chosen)))
    return found


CASES = {name: searches for name, (searches, _, _) in EXAMPLES.items()} | {
    f"at random {n}": at_random(n) for n in range(8)
}
"""Searches by name. Each has artifacts and clients of its own, so that all can be counted in one database."""


def slug(name: str, column: int) -> str:
    """The artifact that is a column of a case."""
    return f"{name.replace(' ', '-')}-{column}"


def events(name: str, number: int, ids: dict[str, int]) -> list[bytes]:
    """What the searches of a case are recorded as."""
    found = []
    for one in CASES[name]:
        asked = {"day": TODAY, "client": 1_000 * number + one.client, "text": f"{name} {one.text}"}
        hits = [(ids[slug(name, column)], place, None) for place, column in enumerate(one.columns, start=1)]
        found.append(orjson.dumps(asked | {"best": 0.5, "hits": hits}))
        found += [orjson.dumps(asked | {"chosen": ids[slug(name, column)]}) for column in one.chosen]
    return found


@pytest.fixture(scope="module")
def counted(new_address: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Executor]:
    """Answers from a database that all cases were counted in: in two halves, and some of it twice."""
    address = new_address()
    names = [line(slug(name, column)) for name in CASES for column in range(COLUMNS)]
    catalogue = tmp_path_factory.mktemp("cases") / "catalogue.jsonl"
    catalogue.write_text("\n".join(names))
    with closing(open_database(address)) as opened:
        load(opened, [str(catalogue)], shipped_scorecard())
        recorded = [one for number, name in enumerate(CASES) for one in events(name, number, _ids(opened))]
        Random(7).shuffle(recorded)
        half = len(recorded) // 2
        with closing(Inbox(address)) as inbox:
            for some in (recorded[:half], recorded[half - 20 :]):
                inbox.write(some)
                assert roll_up(opened, inbox, shipped_scorecard(), TODAY)
        executor = Executor(opened, load_settings(database_url=address), shipped_scorecard())
        yield executor
        executor.close()


def _ids(opened: Database) -> dict[str, int]:
    artifact = METADATA.tables["artifact"]
    with opened.reading() as connection:
        return {row.slug: row.id for row in connection.execute(select(artifact.c.slug, artifact.c.id))}


def told(executor: Executor, name: str) -> tuple[int, dict[tuple[int, int], HeadToHead]]:
    """What the API says of a case: how many searches, and each pair of which there is anything to say."""
    of = [slug(name, column) for column in range(COLUMNS)]
    body: dict[str, Any] = executor.execute(Request(QUERY, {"of": of})).body
    found = body["data"]["comparison"]["evidence"]
    pairs = {}
    for one in found["preferences"]:
        pair = of.index(one["artifact"]["slug"]), of.index(one["over"]["slug"])
        pairs[pair] = HeadToHead(one["placedAbove"], one["chosenOver"], one["wins"])
    for (left, right), one in pairs.items():
        assert one.wins + pairs[right, left].wins == next(
            item["voters"]
            for item in found["preferences"]
            if (item["artifact"]["slug"], item["over"]["slug"]) == (of[left], of[right])
        )
    return found["sharedQueries"], {pair: one for pair, one in pairs.items() if one != HeadToHead()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_counted_as_it_should_be(counted: Executor, name: str) -> None:
    _, searches, pairs = EXAMPLES[name]
    assert told(counted, name) == (searches, pairs)


@pytest.mark.parametrize("name", CASES)
def test_the_database_counts_as_one_would_search_by_search(counted: Executor, name: str) -> None:
    chosen = {(one.client, one.text, column) for one in CASES[name] for column in one.chosen}
    shown = {
        Shown(one.client, one.text, one.columns, column, place, (one.client, one.text, column) in chosen)
        for one in CASES[name]
        for place, column in enumerate(one.columns, start=1)
    }
    expected = tally(shown)
    assert told(counted, name) == (expected.searches, dict(expected.pairs))
