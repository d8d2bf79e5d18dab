"""The SQLModel tables, by what they are for. Types and resolvers never import them."""

from sqlmodel import SQLModel

from schema.tables import catalogue, matches, searches

METADATA = SQLModel.metadata
"""All tables, for statements and migrations."""

__all__ = ["METADATA", "catalogue", "matches", "searches"]
