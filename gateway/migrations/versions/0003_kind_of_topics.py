"""Topics know the kind of their artifact"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE topic_before AS SELECT topic.artifact_id, topic.name, topic.is_task, artifact.kind "
        "FROM topic JOIN artifact ON artifact.id = topic.artifact_id"
    )
    op.drop_table("topic")
    op.create_table(
        "topic",
        sa.Column("artifact_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_task", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["artifact_id"], ["artifact.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("artifact_id", "name"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO topic (artifact_id, name, is_task, kind) SELECT artifact_id, name, is_task, kind FROM topic_before"
    )
    op.create_index("topic_name", "topic", ["name", "kind", "artifact_id"])
    op.drop_table("topic_before")
