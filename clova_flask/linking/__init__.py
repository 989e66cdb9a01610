"""Account linking: an OAuth 2.0 server in the app, for the extra ``linking``."""

from __future__ import annotations

from importlib.util import find_spec

try:
    import authlib as _authlib  # noqa: F401
    import sqlalchemy as _sqlalchemy  # noqa: F401

    # It is looked for and not imported: only what upgrades a schema waits for it.
    if find_spec("alembic") is None:
        raise ImportError(name="alembic")
except ImportError as error:
    raise ImportError(
        f"clova_flask.linking needs {error.name}, which its extra brings: pip install 'clova-flask[linking]'"
    ) from error

from .extension import AccountLinking
from .records import Link
from .sign_in import next_url

__all__ = ["AccountLinking", "Link", "next_url"]
