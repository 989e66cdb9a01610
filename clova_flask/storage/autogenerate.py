"""What Alembic compares when it writes an app's own migrations."""

from __future__ import annotations

from typing import Any

from .tables import metadata
from .upgrades import MIGRATIONS


def include_object(item: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Leave the tables of clova-flask to clova-flask, in the migrations of the app's own database.

    They are not in the app's models, so Alembic would drop them. For Flask-Migrate:
    ``Migrate(app, db, include_object=include_object)``; for Alembic: an argument of ``context.configure``. An
    ``include_object`` of your own calls it with the same arguments.

    :return: False for a table of the package in the database's default schema, True for all else.
    """
    if kind != "table" or item.schema is not None:
        return True
    return name not in metadata.tables and name != MIGRATIONS.version_table
