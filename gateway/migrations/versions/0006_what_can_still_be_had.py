"""Places count what can still be had, and how a thing is packaged is no topic"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PACKAGING = """
    runtime bun deno docker dotnet go java node-js php python ruby rust install apt cargo conda docker-hub homebrew
    maven npm nuget pypi configuration file-format diffusion-single-file ggml gguf mlx onnx safetensors model-loading
    diffusers llama-cpp peft sentence-transformers sglang transformers vllm quantisation 1-bit 2-bit 3-bit 4-bit 5-bit
    6-bit 8-bit api-access hosted open-weights self-hosting context-window fine-tuning language training-data
"""
TOPIC = sa.table("topic", sa.column("artifact_id"), sa.column("name"), sa.column("is_task", sa.Boolean))
ARTIFACT = sa.table("artifact", sa.column("id"), sa.column("topic_count"))
FILLED = (
    "DELETE FROM kind",
    "DELETE FROM milestone",
    """
    INSERT INTO kind (kind, artifacts, ranked, removed)
    SELECT kind, count(*), count(*) FILTER (WHERE rank_order <= 0 AND availability <> 'REMOVED'),
        count(*) FILTER (WHERE availability = 'REMOVED')
    FROM artifact GROUP BY kind
    """,
    """
    INSERT INTO milestone (kind, rank_order, ahead)
    SELECT kind, min(rank_order), min(ahead)
    FROM (
        SELECT kind, rank_order,
            CAST(sum(level) OVER (PARTITION BY kind ORDER BY rank_order) - level AS INTEGER) AS ahead
        FROM (
            SELECT kind, rank_order, count(*) AS level FROM artifact
            WHERE rank_order <= 0 AND availability <> 'REMOVED' GROUP BY kind, rank_order
        ) AS counted
    ) AS each
    GROUP BY kind, ahead / 100
    """,
)


def upgrade() -> None:
    op.drop_index("artifact_by_kind", "artifact")
    op.create_index("artifact_by_kind", "artifact", ["kind", "rank_order", "id", "availability"])
    for statement in FILLED:
        op.execute(statement)
    wrong = sa.not_(TOPIC.c.is_task) & TOPIC.c.name.in_(PACKAGING.split())
    count = sa.select(sa.func.count()).where(TOPIC.c.artifact_id == ARTIFACT.c.id, wrong).scalar_subquery()
    fewer = sa.update(ARTIFACT).where(ARTIFACT.c.id.in_(sa.select(TOPIC.c.artifact_id).where(wrong)))
    op.execute(fewer.values(topic_count=ARTIFACT.c.topic_count - count))
    op.execute(sa.delete(TOPIC).where(wrong))
