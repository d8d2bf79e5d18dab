"""Who brings counts up to date: one process at a time, whichever comes first when it is due."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select, update

from gateway.database import Database
from schema.tables import METADATA

LEASE = METADATA.tables["match_lease"]
LEASE_SECONDS = 30.0
"""For how long it is taken: where its holder is killed, another goes on after that."""


@contextmanager
def taken(database: Database, holder: str, now: float, every: float, *, early: bool = False) -> Iterator[bool]:
    """Whether the holder has the lease, which it gives back at the end; it is due again `every` so many seconds.

    It cannot be taken while another holds it, nor before it is due unless that is `early`. `now` is in seconds since
    1970. What is done under it also is a transaction of its own, so that it is whole or not done, whatever becomes of
    the lease.
    """
    free = LEASE.c.until <= now
    if not early:
        free &= LEASE.c.due <= now
    with database.reading() as connection:
        has = connection.scalar(select(LEASE.c.id).where(free)) is not None
    if has:
        with database.engine.connect().execution_options(gateway_writes=True) as connection, connection.begin():
            mine = {"holder": holder, "until": now + LEASE_SECONDS}
            has = connection.execute(update(LEASE).where(free).values(mine)).rowcount == 1
    try:
        yield has
    finally:
        if has:
            with database.engine.connect().execution_options(gateway_writes=True) as connection, connection.begin():
                mine = {"holder": "", "until": 0.0, "due": now + every}
                connection.execute(update(LEASE).where(LEASE.c.holder == holder).values(mine))
