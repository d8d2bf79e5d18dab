"""Tasks know how their artifact ranks, and an index holds them in that order"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("topic", sa.Column("rank_order", sa.Float(), nullable=True))
    op.execute(
        "UPDATE topic SET rank_order = (SELECT rank_order FROM artifact WHERE artifact.id = topic.artifact_id) "
        "WHERE is_task"
    )
    ranked = sa.text("rank_order IS NOT NULL")
    op.create_index(
        "topic_by_rank",
        "topic",
        ["name", "rank_order", "artifact_id", "kind"],
        sqlite_where=ranked,
        postgresql_where=ranked,
    )
