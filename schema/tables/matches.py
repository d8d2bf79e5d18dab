"""The tables of the match graph: which searches led to what, and what was chosen.

All of it was counted: what has yet to be waits in an inbox of its own. Nothing is known of who searches but `client`,
a hash with a salt that is thrown away when its day is over, so that nobody is known again on another day.
"""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from schema.tables.columns import COMPACT, PLAIN_ORDER


class MatchQuery(SQLModel, table=True):
    """A text that was searched for, normalised.

    `searchers` are the clients who did, each counted once a day, `most_searchers` those of the day that had most.
    `best` is the score of the best hit that its latest search had, 0 without one.
    """

    __tablename__ = "match_query"

    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(unique=True, sa_type=PLAIN_ORDER)
    searchers: int = 0
    most_searchers: int = 0
    best: float = 0.0


class MatchHit(SQLModel, table=True):
    """What a list of hits has at a place, counted from 1, and the capability that matched best, empty for none.

    Many searches are shown the same list, which is stored once: its id is the digest of what it holds.
    """

    __tablename__ = "match_hit"
    __table_args__ = (Index("match_hit_of_artifact", "artifact_id", "list_id", "place"), COMPACT)

    list_id: int = Field(primary_key=True, sa_type=BigInteger)
    place: int = Field(primary_key=True)
    artifact_id: int
    capability: str = ""


class MatchSearch(SQLModel, table=True):
    """That a client was shown a list for a text on a day."""

    __tablename__ = "match_search"
    __table_args__ = (
        Index("match_search_of_list", "list_id"),
        Index("match_search_of_query", "query_id", "day", "client"),
        COMPACT,
    )

    day: date = Field(primary_key=True)
    client: int = Field(primary_key=True, sa_type=BigInteger)
    query_id: int = Field(primary_key=True)
    list_id: int = Field(primary_key=True, sa_type=BigInteger)


class MatchChoice(SQLModel, table=True):
    """That a client chose an artifact for a text on a day. It counts where a search of the client's has led to it."""

    __tablename__ = "match_choice"
    __table_args__ = (COMPACT,)

    day: date = Field(primary_key=True)
    client: int = Field(primary_key=True, sa_type=BigInteger)
    query_id: int = Field(primary_key=True)
    artifact_id: int = Field(primary_key=True)


class MatchDay(SQLModel, table=True):
    """What a day's searches come to for an artifact, with an empty `capability`, or for one of its capabilities.

    `searches` counts a text once for each client. `credit` is what the clients' matches and choices are worth: see
    `schema.rules.matching.credit`.
    """

    __tablename__ = "match_day"
    __table_args__ = (Index("match_day_of_day", "day"), COMPACT)

    artifact_id: int = Field(primary_key=True, foreign_key="artifact.id", ondelete="CASCADE")
    capability: str = Field(default="", primary_key=True)
    day: date = Field(primary_key=True)
    searches: int
    credit: int = Field(sa_type=BigInteger)


class MatchTotal(SQLModel, table=True):
    """How many searches a day had, and from how many clients."""

    __tablename__ = "match_total"
    __table_args__ = (COMPACT,)

    day: date = Field(primary_key=True)
    searches: int
    searchers: int


class MatchLease(SQLModel, table=True):
    """The one row that says who brings counts up to date, `until` when at most, and when that is `due` again.

    Both are seconds since 1970.
    """

    __tablename__ = "match_lease"
    __table_args__ = (CheckConstraint("id = 1", name="match_lease_is_one_row"),)

    id: int = Field(default=1, primary_key=True)
    holder: str = ""
    until: float = 0.0
    due: float = 0.0
