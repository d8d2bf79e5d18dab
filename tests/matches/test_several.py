"""Several gateways on one database: what is recorded by any of them is counted once, by one of them at a time."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread

import psycopg
import pytest

from tests.conftest import change
from tests.matches.conftest import TIMES, Crowd, client, crowded, file, until

MANY = 80


@pytest.fixture
def crowds(fresh: str) -> Iterator[list[Crowd]]:
    """Three gateways on one database."""
    with ExitStack() as stack:
        yield [stack.enter_context(crowded(fresh)) for _ in range(3)]


@contextmanager
def writing(address: str) -> Iterator[None]:
    """Holds what whoever writes to the catalogue has to have."""
    if address.startswith("sqlite:"):
        file_lock = sqlite3.connect(file(address), isolation_level=None)
        file_lock.execute("BEGIN IMMEDIATE")
        yield
        file_lock.rollback()
        file_lock.close()
        return
    with psycopg.connect(address) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7239)")
        yield


def test_what_is_sent_to_several_gateways_at_once_is_counted_once_and_all_of_it(fresh: str) -> None:
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

    with ExitStack() as stack:
        crowds = [stack.enter_context(crowded(fresh)) for _ in range(3)]
        threads = [
            Thread(target=load, args=(crowd, range(number * 1_000, number * 1_000 + MANY)), daemon=True)
            for number, crowd in enumerate(crowds, start=1)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        assert not failures
        # Each of them tells what all of them were sent.
        for crowd in crowds:
            crowd.await_times("walrus", 4 * MANY)
    # All has been written now, and nothing that would come too often can still be on its way.
    with crowded(fresh) as crowd:
        crowd.settle()
        assert crowd.times("walrus") == 4 * MANY
        found = crowd.evidence("walrus", "otter")
        assert found["sharedQueries"] == 4 * MANY
        assert found["preferences"]["otter", "walrus"]["chosenOver"] == MANY
        assert found["preferences"]["walrus", "otter"]["wins"] == 3 * MANY


def test_one_client_is_the_same_for_all_and_after_a_restart(fresh: str) -> None:
    for _ in range(2):
        with crowded(fresh) as one, crowded(fresh) as other:
            for crowd in (one, other):
                crowd.search("harbour", client(1))
                crowd.settle()
    with crowded(fresh) as crowd:
        assert crowd.times("walrus") == 1


def test_nobody_counts_while_another_does_and_one_who_has_died_at_it_is_followed(crowds: list[Crowd]) -> None:
    address = crowds[0].server.database
    crowds[0].settle()
    ends = time.time() + 1.5
    change(address, f"UPDATE match_lease SET holder = 'dead', until = {ends!r}")  # noqa: S608, ours
    for number, crowd in enumerate(crowds):
        crowd.search("harbour", client(number))

    def counted() -> bool:
        found = crowds[1].times("walrus")
        # By when it is seen, the other's time has come to an end.
        assert not found or time.time() >= ends
        return found == len(crowds)

    until(counted)


def test_reads_go_on_while_counts_are_brought_up_to_date(crowds: list[Crowd]) -> None:
    crowd, other = crowds[:2]
    crowd.settle()
    version = crowd.version()
    with writing(crowd.server.database):
        before = crowd.recorded()
        crowd.all_search("harbour", range(50))
        crowd.await_recorded(before + 50)
        for number in range(50):
            for reader in (crowd, other):
                data = reader.server.data(TIMES, slug="walrus")
                assert data == {"catalogue": {"version": version}, "artifact": {"timesMatched": 0}}
                # What is not kept is read anew.
                assert reader.search(f"walrus {number}", client(number))[0] == "walrus"
    other.await_times("walrus", 100)
    assert crowd.version() > version
