"""How artifacts stand in their kind, and an index for each order and each condition of a list"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ALSO_HELD = ["kind", "pricing", "availability", "license_use"]
INDEXES = {
    "artifact_by_name": ["name", "id", *ALSO_HELD],
    "artifact_by_pricing": ["pricing", "rank_order", "id"],
    "artifact_by_availability": ["availability", "rank_order", "id"],
    "artifact_by_license_use": ["license_use", "rank_order", "id"],
    "artifact_by_publisher": ["publisher", "rank_order", "id"],
    "artifact_by_release": ["released_on", "id", *ALSO_HELD],
    "artifact_by_update": ["updated_on", "id", *ALSO_HELD],
    "artifact_by_capability_count": ["capability_count", "id", *ALSO_HELD],
    "artifact_by_times_matched": ["times_matched", "id", *ALSO_HELD],
}
FILLED = (
    """
    INSERT INTO kind (kind, artifacts, ranked, removed)
    SELECT kind, count(*), count(*) FILTER (WHERE rank_order <= 0), count(*) FILTER (WHERE availability = 'REMOVED')
    FROM artifact GROUP BY kind
    """,
    """
    INSERT INTO milestone (kind, rank_order, ahead)
    SELECT kind, min(rank_order), min(ahead)
    FROM (
        SELECT kind, rank_order,
            CAST(sum(level) OVER (PARTITION BY kind ORDER BY rank_order) - level AS INTEGER) AS ahead
        FROM (
            SELECT kind, rank_order, count(*) AS level FROM artifact WHERE rank_order <= 0 GROUP BY kind, rank_order
        ) AS counted
    ) AS each
    GROUP BY kind, ahead / 500
    """,
)


def upgrade() -> None:
    op.drop_index("artifact_by_name", "artifact")
    for name, columns in INDEXES.items():
        op.create_index(name, "artifact", columns)
    op.create_table(
        "kind",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("artifacts", sa.Integer(), nullable=False),
        sa.Column("ranked", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "milestone",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("rank_order", sa.Float(), nullable=False),
        sa.Column("ahead", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "rank_order"),
        sqlite_with_rowid=False,
    )
    for statement in FILLED:
        op.execute(statement)
