"""Read transactions as plans use them: plain rows of plain statements, all of one version of the catalogue."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import inf
from typing import Any

from sqlalchemy import Connection, Dialect

from gateway.database import INSTRUCTIONS_BETWEEN_LOOKS, Database
from gateway.prepared import Reader

VERSION = "SELECT version, loaded_at FROM catalogue"


def version(reader: Reader) -> tuple[Any, ...]:
    """What tells the catalogue of a transaction apart from all before it, also where an older database was put back."""
    return tuple(tuple(row) for row in reader.rows(VERSION, ()))


class ConnectionReader:
    """Reads through SQLAlchemy, in whichever way its connection waits for the database."""

    def __init__(self, connection: Connection) -> None:
        self.dialect: Dialect = connection.dialect
        self._connection = connection

    def rows(self, text: str, parameters: Any) -> Sequence[Sequence[Any]]:
        """The rows of a statement."""
        return self._connection.exec_driver_sql(text, parameters).fetchall()


class SqliteReader:
    """Reads a SQLite file through the driver itself.

    A statement is ended that runs past `until`, a moment of `time.monotonic`, or once its thread has used the processor
    up to `used`, as `time.thread_time` tells.
    """

    def __init__(self, raw: sqlite3.Connection, dialect: Dialect) -> None:
        self.dialect = dialect
        self.until = self.used = 0.0
        self._raw = raw
        self._execute = raw.execute
        raw.set_progress_handler(self._is_over, INSTRUCTIONS_BETWEEN_LOOKS)

    def rows(self, text: str, parameters: Any) -> Sequence[Sequence[Any]]:
        """The rows of a statement. Raises sqlite3.OperationalError where it was ended."""
        return self._execute(text, parameters).fetchall()

    def _is_over(self) -> bool:
        return time.monotonic() > self.until or time.thread_time() > self.used

    def begin(self) -> None:
        """Begins a read transaction; what it sees is settled by its first statement."""
        self._execute("BEGIN")

    def end(self) -> None:
        """Ends the transaction."""
        self._raw.rollback()

    def close(self) -> None:
        """Closes the connection."""
        self._raw.close()


class SqliteReaders:
    """Connections to a SQLite file, one for each that reads at the same time."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._idle: list[SqliteReader] = []

    @contextmanager
    def reading(self, until: float, used: float = inf) -> Iterator[SqliteReader]:
        """One read transaction, whose statements are ended as the reader says."""
        try:
            reader = self._idle.pop()
        except IndexError:
            reader = self._opened()
        reader.until, reader.used = until, used
        try:
            reader.begin()
            yield reader
        finally:
            reader.end()
            self._idle.append(reader)

    def close(self) -> None:
        """Closes the connections that nobody reads on."""
        while self._idle:
            self._idle.pop().close()

    def _opened(self) -> SqliteReader:
        pooled = self._engine.raw_connection()
        raw = pooled.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        pooled.detach()
        return SqliteReader(raw, self._engine.dialect)
