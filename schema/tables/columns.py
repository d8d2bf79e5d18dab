"""What columns and tables of several aggregates have in common."""

from sqlalchemy import Enum, String

from schema.rules.vocabulary import Term

COMPACT = {"sqlite_with_rowid": False}
"""Tables that are only read through their primary key are stored as that key's own tree."""


PLAIN_ORDER = String().with_variant(String(collation="C"), "postgresql")
"""Texts that lists are ordered by: character by character on every database, whatever language it was made for."""


def stored(term: type[Term]) -> Enum:
    """A closed set as a short text column: readable in SQL, and a new member needs no migration."""
    return Enum(term, native_enum=False, create_constraint=False, length=20)
