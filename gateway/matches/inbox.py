"""Where events wait to be counted: written at once by all processes, and read by the one that counts.

With SQLite it is a file of its own beside the database's, because an import writes there for long, and nobody else can
meanwhile. It also has the salts, which so are in no copy of the catalogue.
"""

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    delete,
    insert,
    select,
)
from sqlalchemy.engine import make_url

from gateway.database import new_engine

TABLES = MetaData()
INBOX = Table(
    "match_inbox",
    TABLES,
    # A number is never given twice, or an event might be taken out in place of one that was counted; and there are more
    # of them than any gateway has events.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("event", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)
SALT = Table(
    "match_salt",
    TABLES,
    Column("day", Date, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
)
SALT_BYTES = 32
BATCH = 500


class Waiting(NamedTuple):
    """An event that waits."""

    id: int
    event: bytes


class Inbox:
    """The events that wait, in the database with an address. It is connected to when it is first used."""

    def __init__(self, url: str) -> None:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            address = address.set(database=f"{address.database}-inbox")
        self._engine: Engine = new_engine(address.render_as_string(hide_password=False))
        self._made = False

    def write(self, events: Sequence[bytes]) -> None:
        """Adds events: all of them or none."""
        with self._writing() as connection:
            connection.execute(insert(INBOX), [{"event": event} for event in events])

    def read(self, most: int) -> list[Waiting]:
        """The events that came first."""
        with self._connected() as connection:
            rows = connection.execute(select(INBOX.c.id, INBOX.c.event).order_by(INBOX.c.id).limit(most))
            return [Waiting(*row) for row in rows]

    def remove(self, ids: Sequence[int]) -> None:
        """Takes events out that were counted."""
        with self._writing() as connection:
            for start in range(0, len(ids), BATCH):
                connection.execute(delete(INBOX).where(INBOX.c.id.in_(ids[start : start + BATCH])))

    def salt(self, day: date) -> bytes:
        """The salt of a day, the same for all processes. Those of days that are over are thrown away."""
        with self._writing() as connection:
            gone = _forget_salts(connection, day)
            mark = "%s" if connection.dialect.name == "postgresql" else "?"
            connection.exec_driver_sql(
                f"INSERT INTO match_salt (day, salt) VALUES ({mark}, {mark}) ON CONFLICT DO NOTHING",  # noqa: S608, ours
                (day.isoformat(), secrets.token_bytes(SALT_BYTES)),
            )
            found = bytes(connection.execute(select(SALT.c.salt).where(SALT.c.day == day)).scalar_one())
        if gone:
            self._write_over()
        return found

    def forget_salts(self, today: date) -> None:
        """Throws the salts of days that are over away, also where nobody searches any more."""
        with self._connected() as connection:
            old = connection.scalar(select(SALT.c.day).where(SALT.c.day < today).limit(1))
        if old is not None:
            with self._writing() as connection:
                _forget_salts(connection, today)
            self._write_over()

    def close(self) -> None:
        """Closes the pooled connections."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._connected(gateway_writes=True) as connection:
            yield connection

    @contextmanager
    def _connected(self, **options: bool) -> Iterator[Connection]:
        if not self._made:
            self._make()
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def _write_over(self) -> None:
        """Lets nothing that was thrown away stay in the table, or in the log beside SQLite's file."""
        with self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            if isinstance(raw, sqlite3.Connection):
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            else:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM match_salt")

    def _make(self) -> None:
        with self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            if isinstance(raw, sqlite3.Connection):
                # What was written stays written when the process ends in whatever way.
                raw.execute("PRAGMA journal_mode=WAL")
        with self._engine.connect().execution_options(gateway_writes=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7240)")
            TABLES.create_all(connection)
        self._made = True


def _forget_salts(connection: Connection, today: date) -> bool:
    """Whether there were any."""
    if connection.dialect.name == "sqlite":
        # Else they would stay in the file until their place is used for something else.
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    return connection.execute(delete(SALT).where(SALT.c.day < today)).rowcount > 0
