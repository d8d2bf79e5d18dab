"""What people use an artifact for, in the words of those who look for such a thing"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("artifact", sa.Column("uses", sa.JSON(), nullable=False, server_default="[]"))
