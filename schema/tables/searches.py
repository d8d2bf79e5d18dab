"""The tables that searches go by, made from the catalogue's."""

from sqlalchemy import BigInteger, Integer
from sqlmodel import Field, SQLModel

from schema.tables.columns import PLAIN_ORDER

PLACE = BigInteger().with_variant(Integer(), "sqlite")
"""The key that SQLite's full text goes by is its own number of a row, which only this type is."""


class SearchDocument(SQLModel, table=True):
    """What of an artifact is searched, as terms with spaces between them. The databases' own indexes follow it.

    `place` puts documents in the order that they are gone through: the better ranked ones come first.
    """

    __tablename__ = "search_document"

    place: int = Field(primary_key=True, sa_type=PLACE)
    artifact_id: int = Field(foreign_key="artifact.id", ondelete="CASCADE", unique=True)
    names: str
    aliases: str
    topics: str
    capabilities: str
    about: str
    conditions: str


class SearchTerm(SQLModel, table=True):
    """A term, and how many documents have it."""

    __tablename__ = "search_term"

    id: int | None = Field(default=None, primary_key=True)
    term: str = Field(unique=True, sa_type=PLAIN_ORDER)
    documents: int
