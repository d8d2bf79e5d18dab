"""Scores that the scorecard derives, and the day they are worked out at"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("catalogue", sa.Column("scored_on", sa.Date(), nullable=True))
    op.add_column("score", sa.Column("scorecard", sa.String(), nullable=True))
    op.add_column("artifact", sa.Column("to_score", sa.Boolean(), nullable=False, server_default=sa.false()))
    # A database never holds two scorecards' work: `to_score` is worked off by the first start or import after this.
    op.execute("UPDATE catalogue SET scorecard = ''")
    op.create_index(
        "artifact_to_score",
        "artifact",
        ["id"],
        sqlite_where=sa.text("to_score"),
        postgresql_where=sa.text("to_score"),
    )
