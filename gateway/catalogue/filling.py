"""Puts rows of plain values into a table as fast as each database takes them: PostgreSQL by COPY, SQLite one by one.

Values go to the driver as they are: days in ISO 8601, closed sets by name, JSON as text.
"""

from collections.abc import Sequence

import psycopg
from sqlalchemy import Connection

from gateway.catalogue.rows import COLUMNS, Row


def add_rows(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Adds new rows to a table."""
    if not rows:
        return
    columns = ", ".join(COLUMNS[table])
    raw = connection.connection.driver_connection
    if isinstance(raw, psycopg.Connection):
        with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(COLUMNS[table]))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608, the names are ours
        connection.exec_driver_sql(statement, list(rows))


def set_rows(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Gives rows that are there already new values; the first column is the one that they are found by."""
    if not rows:
        return
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    key, *others = COLUMNS[table]
    values = ", ".join(f"{column} = {mark}" for column in others)
    statement = f"UPDATE {table} SET {values} WHERE {key} = {mark}"  # noqa: S608, the names are ours
    connection.exec_driver_sql(statement, [(*row[1:], row[0]) for row in rows])
