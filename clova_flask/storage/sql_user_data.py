"""User data in a database: a row a user, changed by one statement each."""

from __future__ import annotations

import time
from functools import cache
from importlib import import_module
from secrets import token_hex
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from ..errors import StorageUnavailable
from ..user_data.stores import Record
from .statements import Statements
from .tables import user_data

_OVERTAKEN = {"40001", "40P01"}
"""What PostgreSQL tells where another transaction was faster, if it isolates strictly, and of a deadlock."""
_TRIES = 5

# Made once: to build them took longer than SQLite to run them (2026-11-26).
_IS_OF = user_data.c.key == bindparam("of")
_READ = select(*(user_data.c[one] for one in ("text", "version", "changed_at", "owner"))).where(_IS_OF)
_DELETE = delete(user_data).where(_IS_OF)
_OWNED = select(user_data.c.key).where(user_data.c.owner == bindparam("of"))
_DELETE_OWNED = delete(user_data).where(user_data.c.owner == bindparam("of"))
_UPDATE = update(user_data).where(_IS_OF, user_data.c.version == bindparam("replacing"))


class SQLUserData:
    """A :class:`~clova_flask.user_data.stores.UserDataStore` in a database.

    :ivar database: where it is.
    """

    def __init__(self, database: Statements) -> None:
        self.database = database

    def read(self, key: str) -> Record | None:
        """Return the record of a key; None when there is none."""
        rows, _ = self.database.run(_READ, {"of": key})
        return Record(*rows[0]) if rows else None

    def write(self, key: str, text: str, *, replacing: str | None, owner: str | None = None) -> bool:
        """Write a record where its version is still the one that is replaced."""
        text.encode()  # fails for what is no text; what fails later is the database's encoding
        values: dict[str, Any] = {"text": text, "version": token_hex(8), "changed_at": int(time.time())}
        if owner is not None:
            values["owner"] = owner
        try:
            return self._written(values, key, replacing)
        except IntegrityError:
            return False  # another has inserted it
        except (DataError, UnicodeEncodeError):
            raise StorageUnavailable(
                "The database for user data cannot keep a text that was written. Its encoding must be UTF8, "
                "so that it can keep any: CLOVA_USER_DATA_URL."
            ) from None
        except StorageUnavailable as error:
            if _is_overtaken(error):
                return False
            raise

    def _written(self, values: dict[str, Any], key: str, replacing: str | None) -> bool:
        if replacing is None:
            statement = _insert(self.database.engine.dialect.name)
            return self.database.run(statement, {"key": key, **values})[1] == 1
        return self.database.run(_UPDATE, {"of": key, "replacing": replacing, **values})[1] == 1

    def delete(self, key: str) -> bool:
        """Delete the record of a key, and return whether there was one."""
        return self._delete(_DELETE, key) > 0

    def owned(self, owner: str) -> list[str]:
        """List the keys of an owner's records."""
        rows, _ = self.database.run(_OWNED, {"of": owner})
        return [row.key for row in rows]

    def delete_owned(self, owner: str) -> int:
        """Delete every record of an owner, and return how many there were."""
        return self._delete(_DELETE_OWNED, owner)

    def check(self) -> None:
        """Check that the database is up and has the table."""
        self.read("")

    def _delete(self, statement: Any, of: str, tries: int = _TRIES) -> int:
        try:
            return self.database.run(statement, {"of": of})[1]
        except StorageUnavailable as error:
            if tries == 1 or not _is_overtaken(error):
                raise
        return self._delete(statement, of, tries - 1)


@cache
def _insert(dialect: str) -> Any:
    """Return the statement that inserts a row where there is none.

    An error would do as well; PostgreSQL writes it to its log, with the data.
    """
    if dialect not in ("postgresql", "sqlite"):
        return insert(user_data).execution_options(preserve_rowcount=True)
    statement = import_module(f"sqlalchemy.dialects.{dialect}").insert(user_data).on_conflict_do_nothing()
    return statement.execution_options(preserve_rowcount=True)  # which psycopg has until the cursor is closed


def _is_overtaken(error: StorageUnavailable) -> bool:
    """Tell whether a statement did nothing since another transaction was faster."""
    cause = getattr(error.__cause__, "orig", None)
    state = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
    return state in _OVERTAKEN
