"""Several gateways on one database: what is recorded by any of them is counted once, by one of them at a time."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread

import psycopg
import pytest

from tests.conftest import change, copied
from tests.matches.conftest import TIMES, Crowd, client, crowded, file, until

MANY = 80


@pytest.fixture(scope="module")
def crowds(
    imported: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Crowd]]:
    """Three gateways on one database."""
    with ExitStack() as stack:
        address = stack.enter_context(copied(imported, tmp_path_factory.mktemp("several"), request))
        yield [stack.enter_context(crowded(address)) for _ in range(3)]


@contextmanager
def writing(address: str) -> Iterator[None]:
    """Holds what whoever writes to the catalogue has to have."""
    if address.startswith("sqlite:"):
        connection = sqlite3.connect(file(address), isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.rollback()
        connection.close()
        return
    with psycopg.connect(address) as held:
        held.execute("SELECT pg_advisory_xact_lock(7239)")
        yield


def test_what_is_sent_to_several_gateways_at_once_is_counted_once_and_all_of_it(crowds: list[Crowd]) -> None:
    failures: list[BaseException] = []

    def load(crowd: Crowd, own: range) -> None:
        try:
            for shared, alone in zip(range(MANY), own, strict=True):
                # The same client, text and choice at all of them, and a client that only this one has.
                crowd.search("harbour", client(shared))
                crowd.choose("harbour", "otter", client(shared))
                crowd.search("harbour", client(alone))
        except BaseException as error:
            failures.append(error)

    threads = [
        Thread(target=load, args=(crowd, range(number * 1_000, number * 1_000 + MANY)), daemon=True)
        for number, crowd in enumerate(crowds, start=1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not failures
    # All that each of them was sent is counted then.
    for crowd in crowds:
        crowd.settle()
    # Each of them tells what all of them were sent.
    for crowd in crowds:
        assert crowd.times("walrus") == 4 * MANY
        found = crowd.evidence("walrus", "otter")
        assert found["sharedQueries"] == 4 * MANY
        assert found["preferences"]["otter", "walrus"]["chosenOver"] == MANY
        assert found["preferences"]["walrus", "otter"]["wins"] == 3 * MANY


def test_one_client_is_the_same_for_all(crowds: list[Crowd]) -> None:
    for crowd in crowds:
        crowd.search("meadow", client(1))
        # One after the other, so that each of them finds it counted already.
        crowd.settle()
    assert crowds[0].times("clover") == 1


def test_nobody_counts_while_another_does_and_one_who_has_died_at_it_is_followed(crowds: list[Crowd]) -> None:
    address = crowds[0].server.database
    crowds[0].settle()
    ends = time.time() + 1.5
    change(address, f"UPDATE match_lease SET holder = 'dead', until = {ends!r}")  # noqa: S608, ours
    for number, crowd in enumerate(crowds):
        crowd.search("glacier", client(number))

    def counted() -> bool:
        found = crowds[1].times("penguin")
        # By when it is seen, the other's time has come to an end.
        assert not found or time.time() >= ends
        return found == len(crowds)

    until(counted)


def test_reads_go_on_while_counts_are_brought_up_to_date(crowds: list[Crowd]) -> None:
    crowd, other = crowds[:2]
    crowd.settle()
    with writing(crowd.server.database):
        version = crowd.version()
        before = crowd.recorded()
        crowd.all_search("desert", range(30))
        crowd.await_recorded(before + 30)
        for number in range(30):
            for reader in (crowd, other):
                data = reader.server.data(TIMES, slug="camel")
                assert data == {"catalogue": {"version": version}, "artifact": {"timesMatched": 0}}
                # What is not kept is read anew.
                assert reader.search(f"camel {number}", client(number))[0] == "camel"
    other.await_times("camel", 60)
    assert crowd.version() > version
