"""What Alembic runs for each migration: on the connection, and in the transaction, that `gateway.database` gives it."""

from alembic import context

from schema.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
