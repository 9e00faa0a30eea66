"""Alembic's entry: it is given a connection by ``service.store.schema`` and never reads a URL from a file."""

from alembic import context

from service.store.failpoints import point
from service.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=False,
    on_version_apply=lambda **_: point("schema_half"),
)
with context.begin_transaction():
    context.run_migrations()
