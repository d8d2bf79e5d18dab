"""What opening a database does to it: it gets our tables, or it is left as it was."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, delete, func, insert, inspect, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from gateway.catalogue.loading import load
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import open_database
from schema.tables import METADATA
from tests.catalogue.lines import line, whole, written
from tests.conftest import Run

CHILDREN = ("alias", "topic", "capability", "score", "signal", "offer", "attribute")


OWN_INDEXES = ("search_index", "search_name", "search_spelling")
"""Each database's own full text, which no table of the schema stands for; searches tell whether it is there."""


def is_ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
    """Whether something in the database is to be a table of the schema, or a part of one."""
    return not (name or "").startswith((*OWN_INDEXES, "search_term_alike"))


def differences(engine: Engine) -> tuple[list[object], set[str]]:
    """What differs between a database and the tables of the schema, and which tables it has."""
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": is_ours})
            tables = inspect(connection).get_table_names()
            return list(compare_metadata(context, METADATA)), {name for name in tables if is_ours(None, name, "table")}
    finally:
        engine.dispose()


def test_database_has_the_tables_of_the_schema(gateway: Run, address: str) -> None:
    assert gateway("import", "-", input=line("one")).returncode == 0
    found, tables = differences(create_engine(address.replace("postgresql:", "postgresql+psycopg:")))
    assert found == []
    assert tables == METADATA.tables.keys() | {"alembic_version"}


@pytest.mark.on_sqlite
def test_database_of_a_newer_gateway_is_left_alone(gateway: Run, tmp_path: Path) -> None:
    gateway("import", "-", input=line("one"))
    file = tmp_path / "gateway.db"
    connection = sqlite3.connect(file)
    connection.execute("UPDATE alembic_version SET version_num = 'ffff'")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    ran = gateway("import", "-", input=line("two"))
    assert ran.returncode == 2
    assert ran.stderr.startswith("NEWER_DATABASE: ")
    assert "ffff" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert file.read_bytes() == before


@pytest.mark.on_sqlite
def test_database_of_another_program_is_left_alone(gateway: Run, tmp_path: Path) -> None:
    file = tmp_path / "gateway.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (address TEXT)")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    ran = gateway("import", "-", input=line("one"))
    assert ran.returncode == 2
    assert ran.stderr.startswith("FOREIGN_DATABASE: ")
    assert "bookmarks" in ran.stderr
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["gateway.db"]


@pytest.fixture
def full(address: str, tmp_path: Path) -> Iterator[Connection]:
    """A connection as the gateway makes them, to a catalogue with something in each table."""
    database = open_database(address)
    load(database, [written(tmp_path / "whole.jsonl", [whole(1)])], shipped_scorecard())
    with database.engine.connect() as connection:
        yield connection
    database.close()


def test_nothing_hangs_on_what_is_not_there(full: Connection) -> None:
    for name in CHILDREN:
        table = METADATA.tables[name]
        assert full.scalar(select(func.count()).select_from(table)), name
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), full.begin_nested():
            full.execute(update(table).values(artifact_id=999))
    for name in ("score", "signal", "offer"):
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), full.begin_nested():
            full.execute(update(METADATA.tables[name]).values(source_id=999))


def test_what_hangs_on_an_artifact_goes_with_it(full: Connection) -> None:
    full.execute(delete(METADATA.tables["artifact"]))
    left = {name: full.scalar(select(func.count()).select_from(METADATA.tables[name])) for name in CHILDREN}
    assert left == dict.fromkeys(CHILDREN, 0)


def test_catalogue_has_one_row(full: Connection) -> None:
    table = METADATA.tables["catalogue"]
    row = full.execute(select(table)).mappings().one()
    with pytest.raises(IntegrityError):
        full.execute(insert(table), dict(row) | {"id": 2})
