"""The match graph: which searches led to what, what was chosen, and what that comes to"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PLAIN_ORDER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
LARGE, NUMBER, DAY, TEXT, SIZE = sa.BigInteger(), sa.Integer(), sa.Date(), sa.String(), sa.Float()
WITH_ROWID = ("match_query", "match_lease")
Columns = tuple[tuple[str, sa.types.TypeEngine[Any]], ...]
ASKED: Columns = (("day", DAY), ("client", LARGE), ("query_id", NUMBER))


def table(name: str, columns: Columns, key: tuple[str, ...], *more: sa.schema.SchemaItem) -> None:
    """A table of columns that always have a value."""
    made = (sa.Column(column, kind, nullable=False) for column, kind in columns)
    op.create_table(name, *made, sa.PrimaryKeyConstraint(*key), *more, sqlite_with_rowid=name in WITH_ROWID)


def upgrade() -> None:
    op.add_column("artifact", sa.Column("match_credit", sa.Float(), nullable=False, server_default="0"))
    op.add_column("catalogue", sa.Column("last_artifact", NUMBER, nullable=False, server_default="0"))
    op.execute("UPDATE catalogue SET last_artifact = (SELECT coalesce(max(id), 0) FROM artifact)")
    op.add_column("catalogue", sa.Column("searchers", NUMBER, nullable=False, server_default="0"))
    op.add_column("catalogue", sa.Column("searched_since", DAY))
    op.add_column("catalogue", sa.Column("searched_until", DAY))
    op.create_table(
        "superseded_score",
        sa.Column("artifact_id", NUMBER, nullable=False),
        sa.Column("dimension", sa.String(20), nullable=False),
        sa.Column("value", SIZE, nullable=False),
        sa.Column("basis", sa.String(20), nullable=False),
        sa.Column("observed_on", DAY),
        sa.Column("source_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"]),
        sa.PrimaryKeyConstraint("artifact_id", "dimension"),
        sqlite_with_rowid=False,
    )
    counts: Columns = (("searchers", NUMBER), ("most_searchers", NUMBER), ("best", SIZE))
    table("match_query", (("id", NUMBER), ("text", PLAIN_ORDER), *counts), ("id",), sa.UniqueConstraint("text"))
    hit: Columns = (("list_id", LARGE), ("place", NUMBER), ("artifact_id", NUMBER), ("capability", TEXT))
    table("match_hit", hit, ("list_id", "place"))
    op.create_index("match_hit_of_artifact", "match_hit", ["artifact_id", "list_id", "place"])
    table("match_search", (*ASKED, ("list_id", LARGE)), ("day", "client", "query_id", "list_id"))
    op.create_index("match_search_of_list", "match_search", ["list_id"])
    op.create_index("match_search_of_query", "match_search", ["query_id", "day", "client"])
    table("match_choice", (*ASKED, ("artifact_id", NUMBER)), ("day", "client", "query_id", "artifact_id"))
    day: Columns = (
        ("artifact_id", NUMBER),
        ("capability", TEXT),
        ("day", DAY),
        ("searches", NUMBER),
        ("credit", LARGE),
    )
    owner = sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], ondelete="CASCADE")
    table("match_day", day, ("artifact_id", "capability", "day"), owner)
    op.create_index("match_day_of_day", "match_day", ["day"])
    table("match_total", (("day", DAY), ("searches", NUMBER), ("searchers", NUMBER)), ("day",))
    lease: Columns = (("id", NUMBER), ("holder", TEXT), ("until", SIZE), ("due", SIZE))
    table("match_lease", lease, ("id",), sa.CheckConstraint("id = 1", name="match_lease_is_one_row"))
    op.execute("INSERT INTO match_lease VALUES (1, '', 0, 0)")
