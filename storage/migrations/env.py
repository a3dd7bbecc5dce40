"""How Alembic reaches the database: through a connection that `storage.schema` hands over."""

from alembic import context

from storage.migrations.included import is_ours
from storage.tables import metadata


def _run() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        include_name=is_ours,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
