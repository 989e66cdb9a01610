"""Where what runs in production keeps its data: databases and their schema, and Redis.

Either works without the packages of the other, so nothing of them is imported here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import StorageUnavailable
from .extras import SQL, require

if TYPE_CHECKING:
    from .autogenerate import include_object
else:

    def __getattr__(name: str) -> Any:
        """Import ``include_object`` when it is asked for."""
        if name != "include_object":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        require("clova_flask.storage.include_object", "sqlalchemy", SQL)
        from .autogenerate import include_object

        return include_object


__all__ = ["StorageUnavailable", "include_object"]
