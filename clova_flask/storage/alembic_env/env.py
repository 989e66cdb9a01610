"""What Alembic runs: the revisions of whichever folder it is given, on the connection that it is given."""

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], version_table=given["version_table"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
