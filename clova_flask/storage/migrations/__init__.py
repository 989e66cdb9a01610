"""The revisions of the tables in :mod:`clova_flask.storage.tables`, one a module, as Alembic reads them."""
