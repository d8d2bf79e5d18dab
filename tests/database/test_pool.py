"""The pool of connections to PostgreSQL: what happens when it is used up, and who gives a connection back."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import psycopg
import pytest
from anyio import to_thread

from gateway.answers import Answer
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import open_database
from gateway.execution import Executor, Request
from gateway.pool import open_pool
from gateway.settings import load_settings
from tests.conftest import Server, serving

pytestmark = pytest.mark.on_sqlite
QUERY = '{ artifact(slug: "c4") { slug } }'
T = TypeVar("T")


@contextmanager
def locked(address: str) -> Iterator[Callable[[], int]]:
    """Keeps everyone from reading artifacts; yields what counts the readers that wait for it."""
    with psycopg.connect(address) as holder, psycopg.connect(address, autocommit=True) as watcher:
        holder.execute("LOCK TABLE artifact IN ACCESS EXCLUSIVE MODE")

        def waiting() -> int:
            row = watcher.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).fetchone()
            assert row is not None
            return int(row[0])

        yield waiting


def until(condition: Callable[[], bool]) -> None:
    """Returns once something holds that will hold soon."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def small(shipped_postgresql: str) -> Iterator[Server]:
    """A gateway with one connection for requests."""
    with serving(shipped_postgresql, pool_size="1", pool_overflow="0", pool_timeout_seconds="0.2") as running:
        yield running


def test_a_pool_that_is_used_up_refuses_with_a_code(small: Server, shipped_postgresql: str) -> None:
    with ThreadPoolExecutor() as threads:
        with locked(shipped_postgresql) as waiting:
            first = threads.submit(small.ask, QUERY)
            until(lambda: waiting() == 1)
            refused = small.client.post("/graphql", json={"query": QUERY})
            (error,) = refused.json()["errors"]
            assert (refused.status_code, error["extensions"]) == (503, {"code": "OVERLOADED"})
            assert small.client.get("/healthz").status_code == 200
        assert first.result() == {"data": {"artifact": {"slug": "c4"}}}
    assert small.data(QUERY) == {"artifact": {"slug": "c4"}}


def test_a_request_at_its_deadline_gives_its_connection_back(shipped_postgresql: str) -> None:
    with serving(shipped_postgresql, pool_size="1", pool_overflow="0", deadline_seconds="0.5") as server:
        with locked(shipped_postgresql) as waiting:
            for _ in range(3):
                assert server.code(QUERY) == "DEADLINE_EXCEEDED"
            until(lambda: waiting() == 0)
        assert server.data(QUERY) == {"artifact": {"slug": "c4"}}


def test_a_cancelled_request_gives_its_connection_back(shipped_postgresql: str) -> None:
    settings = load_settings(pool_size=1, pool_overflow=0)
    database = open_database(shipped_postgresql)
    pool = open_pool(database, settings)
    assert pool is not None
    executor = Executor(database, settings, shipped_scorecard(), pool)

    async def in_thread(work: Callable[[], T], /) -> T:
        return await to_thread.run_sync(work)

    async def ask() -> Answer:
        return await executor.execute_async(Request(QUERY), pool, in_thread)

    async def main() -> None:
        for _ in range(3):
            with locked(shipped_postgresql) as waiting:
                asked = asyncio.create_task(ask())
                await to_thread.run_sync(until, lambda: waiting() == 1)
                asked.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await asked
                await to_thread.run_sync(until, lambda: waiting() == 0)
        assert (await ask()).body == {"data": {"artifact": {"slug": "c4"}}}
        await pool.close()

    asyncio.run(main())
    database.close()


def test_a_connection_that_the_server_ended_is_replaced(small: Server, shipped_postgresql: str) -> None:
    assert small.data(QUERY)
    with psycopg.connect(shipped_postgresql, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert small.data(QUERY) == {"artifact": {"slug": "c4"}}


def test_nearest_slugs_are_read_when_an_error_is_told(small: Server) -> None:
    (error,) = small.ask('{ comparison(of: ["the-pil", "c4"]) { slug } }')["errors"]
    assert error["extensions"]["code"] == "UNKNOWN_ARTIFACT"
    assert "the-pile" in error["message"]
