"""Where what is kept lies: a database, its tables, its engines and how its schema is upgraded; or Redis.

The parts on a database need what the extra linking brings, and those on Redis what the extra redis does;
nothing of either is loaded by what needs neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import StorageUnavailable

if TYPE_CHECKING:
    from .autogenerate import include_object

__all__ = ["StorageUnavailable", "include_object"]


def __getattr__(name: str) -> Any:
    if name != "include_object":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from .autogenerate import include_object
    except ImportError as error:
        raise ImportError(
            f"clova_flask.storage.include_object needs {error.name}, which the extra linking brings: "
            "pip install 'clova-flask[linking]'"
        ) from error
    return include_object
