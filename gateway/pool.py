"""Reading PostgreSQL from the event loop: the driver's asynchronous mode, and a pool of its connections."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from gateway.database import Database, snapshot
from gateway.settings import Settings


class Pool:
    """Connections that requests borrow. Belongs to the event loop that first uses it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine

    @asynccontextmanager
    async def reading(self, deadline: float) -> AsyncIterator[AsyncConnection]:
        """One read transaction: all statements see the same catalogue.

        `deadline` is a moment of `time.monotonic`; a statement that runs past it is ended, and raises DBAPIError.
        Raises sqlalchemy's TimeoutError where no connection comes free in time. The connection goes back to the pool,
        or is closed, also where the request is cancelled.
        """
        async with self.engine.connect() as connection:
            try:
                await connection.exec_driver_sql(_begin(deadline))
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                # The server has ended this connection since it was last used. Finding that out here, and not by a
                # ping before each request, saves a round trip.
                await connection.rollback()
                await connection.exec_driver_sql(_begin(deadline))
            yield connection

    async def close(self) -> None:
        """Closes the pooled connections."""
        await self.engine.dispose()


def _begin(deadline: float) -> str:
    # One message to the server, where the driver's own transactions would take one more.
    return f"BEGIN; {snapshot(deadline - time.monotonic())}"


def open_pool(database: Database, settings: Settings) -> Pool | None:
    """A pool of connections to an open database; None where it is a SQLite file, which has no use for one."""
    if database.engine.dialect.name != "postgresql":
        return None
    return Pool(
        create_async_engine(
            database.engine.url,
            isolation_level="AUTOCOMMIT",
            pool_size=settings.pool_size,
            max_overflow=settings.pool_overflow,
            pool_timeout=settings.pool_timeout_seconds,
        )
    )
