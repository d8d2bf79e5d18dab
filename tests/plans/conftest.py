"""Databases to plan on."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import orjson
import pytest

from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import open_database
from gateway.matches.inbox import Inbox
from gateway.matches.rollup import roll_up
from tests.conftest import Make, copied
from tests.plans.recording import Recorder, generated

TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="session")
def recorder(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Recorder]:
    """The shipped catalogue."""
    loaded = request.getfixturevalue(f"loaded_{dialect}")
    with copied(loaded, tmp_path_factory.mktemp("recorder"), request) as address:
        database = open_database(address)
        yield Recorder(database)
        database.close()


@pytest.fixture(scope="session")
def many(new_address: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    """A catalogue of 120 artifacts with all that can hang on one, and searches that led to them."""
    address = new_address()
    made = generated(address, tmp_path_factory.mktemp("many"), "".join(_line(number) for number in range(120)))
    with closing(Inbox(address)) as inbox:
        inbox.write(list(_searches(Random(3))))
        assert roll_up(made.database, inbox, shipped_scorecard(), TODAY)
    yield made
    made.database.close()


def _searches(random: Random) -> Iterator[bytes]:
    """Searches of some clients, each of which led to a few artifacts and had one of them chosen."""
    for number in range(400):
        asked = {"day": TODAY, "client": number % 90, "text": f"text {number % 7}"}
        ids = random.sample(range(1, 31), 8)
        yield orjson.dumps(asked | {"best": 0.5, "hits": [(id, place, None) for place, id in enumerate(ids, start=1)]})
        yield orjson.dumps(asked | {"chosen": random.choice(ids)})


def _line(number: int) -> str:
    source = {"title": "made for the test", "url": "https://example.org/made"}
    line = {
        "slug": f"artifact-{number}",
        "name": f"Artifact {number}",
        "kind": ["MODEL", "DATASET"][number % 2],
        "aliases": [f"old-{number}"],
        "tasks": [f"task-{number % 7}"],
        "license": "MIT",
        "license_use": "OPEN",
        "license_url": "https://example.org/license",
        "scores": {
            name: {"value": (number * step % 101) / 100, "basis": "PUBLISHED", "source": source}
            for name, step in (("adoption", 7), ("quality", 11), ("ecosystem", 13), ("match_graph", 17))
        },
        "signals": [
            {"name": "likes", "value": number + day, "observed_on": f"2026-01-{day:02d}", "source": source}
            for day in (1, 2)
        ],
        "attributes": {"rows": {"value": number, "observed_on": "2026-01-01", "source": source}},
        "offers": [
            {
                "provider": "shop",
                "unit": "one",
                "price": 1,
                "currency": "USD",
                "observed_on": "2026-01-01",
                "source": source,
            }
        ],
        "capabilities": [
            {"slug": f"can-{place}", "name": f"Can {place}", "description": f"Does thing {place}.", "tags": ["a"]}
            for place in range(4)
        ]
        + [
            {
                "slug": "can-alone",
                "name": f"Xyzzy{number}",
                "description": f"Plugh{number} frotz{number}.",
                "uniqueness": "Nobody else.",
                "versus_alternatives": "None.",
                "tags": [f"t{number}"],
            }
        ],
    }
    return json.dumps(line) + "\n"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a query that has golden neighbours."""
    if "golden" in metafunc.fixturenames:
        queries = sorted(Path(__file__).parent.glob("*.graphql"))
        metafunc.parametrize("golden", queries, ids=[path.stem for path in queries])
