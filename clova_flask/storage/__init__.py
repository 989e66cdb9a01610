"""The database of what runs in production: its tables, its engines, and how its schema is upgraded."""

from __future__ import annotations

from importlib.util import find_spec

try:
    import sqlalchemy as _sqlalchemy  # noqa: F401

    # It is looked for and not imported: only what upgrades a schema waits for it.
    if find_spec("alembic") is None:
        raise ImportError(name="alembic")
except ImportError as error:
    raise ImportError(
        f"clova_flask.storage needs {error.name}, which the extra linking brings: "
        "pip install 'clova-flask[linking]'"
    ) from error

from ..errors import StorageUnavailable
from .autogenerate import include_object

__all__ = ["StorageUnavailable", "include_object"]
