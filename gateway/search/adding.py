"""Adds rows to tables, many by one statement: with each, SQLite's full text writes out what it has."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

ROWS = 500
"""How many rows a statement adds at most."""


def add(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], known: str = ""
) -> None:
    """Adds rows to a table, its values as the driver takes them; `known` says what is done where one is there."""
    mark = "%s" if connection.dialect.name == "postgresql" else "?"
    row = f"({', '.join([mark] * len(columns))})"
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES"
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        values = tuple(value for one in some for value in one)
        connection.exec_driver_sql(f"{into} {', '.join([row] * len(some))} {known}", values)
