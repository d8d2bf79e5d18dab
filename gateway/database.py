"""Opening the database, bringing its tables up to date, and transactions on it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from gateway.addresses import shown, without_secrets
from gateway.errors import DatabaseError
from gateway.garbage import rare_collections

MIGRATIONS = Path(__file__).with_name("migrations")
READING_CACHE, WRITING_CACHE = -16_000, -64_000
"""How many kilobytes of pages SQLite keeps a connection; negative, as it wants kilobytes to be."""
INSTRUCTIONS_BETWEEN_LOOKS = 20_000
"""SQLite looks at the deadline after this many steps of its machine, some 100 microseconds apart."""


class Database:
    """A database of ours, its tables up to date. Use `open_database` to get one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def reading(self, deadline: float | None = None) -> Iterator[Connection]:
        """One read transaction: all statements see the same catalogue.

        `deadline` is a moment of `time.monotonic`; a statement that runs past it is ended, and raises DBAPIError.
        """
        with self.engine.connect() as connection, connection.begin():
            if self.engine.dialect.name == "sqlite":
                raw = connection.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                if deadline is not None:
                    raw.set_progress_handler(lambda: time.monotonic() > deadline, INSTRUCTIONS_BETWEEN_LOOKS)
                try:
                    yield connection
                finally:
                    raw.set_progress_handler(None, 0)
            else:
                connection.exec_driver_sql(snapshot(None if deadline is None else deadline - time.monotonic()))
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One write transaction, the only one at a time: it is committed whole at the end, or nothing of it is."""
        writes = self.engine.connect().execution_options(gateway_writes=True)
        with rare_collections(), writes as connection, connection.begin():
            if self.engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7239)")
                yield connection
                return
            # Pages that a large import comes back to stay in memory, instead of being written again and again.
            connection.exec_driver_sql(f"PRAGMA cache_size={WRITING_CACHE}")
            try:
                yield connection
            finally:
                connection.exec_driver_sql(f"PRAGMA cache_size={READING_CACHE}")

    def close(self) -> None:
        """Closes the pooled connections."""
        self.engine.dispose()


def snapshot(seconds: float | None) -> str:
    """What a read transaction on PostgreSQL begins with; its statements are ended after some seconds."""
    begin = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
    if seconds is None:
        return begin
    return f"{begin}; SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}"


def open_database(url: str) -> Database:
    """Opens the database at `url`, makes or migrates its tables, and returns it.

    Raises DatabaseError where it cannot be opened, is not the gateway's, or was made by a newer gateway.
    """
    engine = new_engine(url)
    try:
        _migrate(engine)
    except DBAPIError as error:
        engine.dispose()
        why = without_secrets(str(error.orig), url)
        raise DatabaseError("DATABASE_UNUSABLE", f"The database {shown(url)} cannot be used: {why}") from None
    except DatabaseError:
        engine.dispose()
        raise
    return Database(engine)


def open_replica(url: str) -> Database:
    """Opens a database that is only read from: a replica of one that `open_database` has made.

    Raises DatabaseError where it cannot be reached (REPLICA_UNUSABLE), where it does not have this gateway's tables yet
    (REPLICA_BEHIND), and where a newer gateway made them.
    """
    engine = new_engine(url)
    script = ScriptDirectory.from_config(_config())
    try:
        current, _ = _found(engine)
        _refuse_newer(script, current)
    except DBAPIError as error:
        engine.dispose()
        why = without_secrets(str(error.orig), url)
        raise DatabaseError("REPLICA_UNUSABLE", f"The replica {shown(url)} cannot be used: {why}") from None
    except DatabaseError:
        engine.dispose()
        raise
    if current != script.get_current_head():
        engine.dispose()
        raise DatabaseError(
            "REPLICA_BEHIND",
            f"The replica {shown(url)} does not have this gateway's tables; give the address of a replica of "
            "GATEWAY_DATABASE_URL, and let it catch up.",
        )
    return Database(engine)


def new_engine(url: str) -> Engine:
    """What connects to the database at `url` once it is used. Raises DatabaseError for what is no such address."""
    return _engine(_parsed(url))


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseError(
            "BAD_DATABASE_URL", "A database is sqlite:///PATH or postgresql://USER@HOST/NAME."
        ) from None
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername != "sqlite":
        raise DatabaseError(
            "BAD_DATABASE_URL", f"{parsed.drivername} is no database of the gateway's: use sqlite or postgresql."
        )
    if parsed.database and not Path(parsed.database).absolute().parent.is_dir():
        raise DatabaseError("DATABASE_UNUSABLE", f"There is no folder {Path(parsed.database).absolute().parent}.")
    return parsed


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        # Transactions are begun by the listener below, because the driver would leave reads outside of them.
        connection.isolation_level = None
        for pragma in ("synchronous=NORMAL", "foreign_keys=ON", f"cache_size={READING_CACHE}"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("gateway_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _found(engine: Engine) -> tuple[str | None, set[str]]:
    """Which migration a database is at, and the tables that it has."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        return current, set(inspect(connection).get_table_names())


def _refuse_newer(script: ScriptDirectory, current: str | None) -> None:
    if current is not None and current not in {revision.revision for revision in script.walk_revisions()}:
        raise DatabaseError(
            "NEWER_DATABASE",
            f"The database was made by a newer gateway (its tables are at {current}, this gateway knows "
            f"{script.get_current_head()}); upgrade the gateway, or give it another database.",
        )


def _migrate(engine: Engine) -> None:
    config = _config()
    script = ScriptDirectory.from_config(config)
    current, tables = _found(engine)
    if current == script.get_current_head():
        return
    if current is None and tables:
        raise DatabaseError(
            "FOREIGN_DATABASE",
            f"The database holds tables that the gateway did not make ({', '.join(sorted(tables)[:3])}); "
            "give it one of its own.",
        )
    _refuse_newer(script, current)
    if current is None and engine.dialect.name == "sqlite":
        # Kept in the file from here on: readers go on while an import writes.
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA journal_mode=WAL")
    with Database(engine).writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
