"""The developer console, local: for the extra ``console``."""

from __future__ import annotations

from importlib.util import find_spec

_NEEDED = ("PIL", "alembic", "flask_babel", "flask_bootstrap", "flask_sqlalchemy", "flask_wtf")
_missing = next((name for name in _NEEDED if find_spec(name) is None), None)
if _missing:
    raise ImportError(
        f"The console needs {_missing}, which its extra brings: pip install 'clova-flask[console]'",
        name=_missing,
    )

from .app import create_app  # noqa: E402 - after the check

__all__ = ["create_app"]
