"""Read transactions as plans use them: plain rows of plain statements, all of one version of the catalogue."""

import sqlite3
import time
from collections.abc import Hashable, Sequence
from math import inf
from typing import Any

from sqlalchemy import Connection, Dialect

from gateway.database import INSTRUCTIONS_BETWEEN_LOOKS, Database

VERSION = "SELECT version, loaded_at FROM catalogue"
"""Told by both, a catalogue is told apart also where an older database was put back."""


CHANGES = "PRAGMA data_version"
"""Tells whether any other connection has changed the database; it takes less than reading the catalogue's row."""


class MovedOnError(Exception):
    """The catalogue has changed since its version was told: what was done with it has to be done again."""


class ConnectionReader:
    """Reads through SQLAlchemy, in whichever way its connection waits for the database."""

    def __init__(self, connection: Connection) -> None:
        self.dialect: Dialect = connection.dialect
        self._connection = connection

    def version(self) -> Hashable:
        """What tells the catalogue of the transaction apart from all before it."""
        return tuple(tuple(row) for row in self.rows(VERSION, ()))

    def rows(self, text: str, parameters: Any) -> Sequence[Sequence[Any]]:
        """The rows of a statement."""
        return self._connection.exec_driver_sql(text, parameters).fetchall()


class SqliteReader:
    """Reads a SQLite file through the driver itself, in a transaction that is begun once something is read.

    A statement is ended that runs past `until`, a moment of `time.monotonic`, or once its thread has used the processor
    for `patience` seconds in the transaction.
    """

    def __init__(self, raw: sqlite3.Connection, dialect: Dialect) -> None:
        self.dialect = dialect
        self.until = self.patience = self._used = 0.0
        self.turn: object = None
        self._told: object = None
        self._raw = raw
        self._execute = raw.cursor().execute
        self._begun = False
        self._changes: Any = None
        self._version: Hashable = ()
        raw.set_progress_handler(self._is_over, INSTRUCTIONS_BETWEEN_LOOKS)

    def version(self) -> Hashable:
        """What tells the catalogue apart from all before it.

        It is read only where SQLite says that anything has changed since it was read last, and SQLite is asked once in
        a turn.
        """
        if self.turn is not None and self.turn is self._told:
            return self._version
        if self._execute(CHANGES).fetchall() != self._changes:
            self._begin()
            self._version = tuple(self._execute(VERSION).fetchall())
            self._changes = self._execute(CHANGES).fetchall()
        self._told = self.turn
        return self._version

    def rows(self, text: str, parameters: Any) -> Sequence[Sequence[Any]]:
        """The rows of a statement.

        Raises MovedOnError where they would not be of the version that was told, sqlite3.OperationalError where the
        statement was ended.
        """
        if not self._begun:
            self._begin()
            if self._execute(CHANGES).fetchall() != self._changes:
                self._told = None
                raise MovedOnError
        return self._execute(text, parameters).fetchall()

    def _is_over(self) -> bool:
        return time.monotonic() > self.until or (self._begun and time.thread_time() > self._used)

    def _begin(self) -> None:
        if not self._begun:
            self._used = time.thread_time() + self.patience
            self._execute("BEGIN")
            self._begun = True

    def end(self) -> None:
        """Ends the transaction."""
        if self._begun:
            self._begun = False
            self._raw.rollback()

    def close(self) -> None:
        """Closes the connection."""
        self._raw.close()


class SqliteReaders:
    """Connections to a SQLite file, one for each that reads at the same time."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._idle: list[SqliteReader] = []

    def take(self, until: float, patience: float = inf, turn: object = None) -> SqliteReader:
        """A reader for one read transaction, whose statements are ended as it says. It has to be given back.

        Where the request is one of a `turn` of the event loop, the version is told once for all of that turn.
        """
        try:
            reader = self._idle.pop()
        except IndexError:
            reader = self._opened()
        reader.until, reader.patience, reader.turn = until, patience, turn
        return reader

    def give_back(self, reader: SqliteReader) -> None:
        """Ends a reader's transaction, and lets others have it."""
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
