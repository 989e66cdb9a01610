"""The check of where user data is kept, which is looked at and left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask

from ...errors import ClovaError
from ...findings import Finding
from ...runtime import Runtime

if TYPE_CHECKING:
    from ...storage.database import Database

_CODE = "settings.user-data-away"


def check_user_data_store(app: Flask, runtime: Runtime) -> list[Finding]:
    """Check that user data can be kept; an extension that keeps none has no findings."""
    if runtime.keeper is None:
        return []
    store = runtime.keeper.store
    database: Database | None = getattr(store, "database", None)
    try:
        if database is None:
            store.check()
        else:
            _look(database, makes_tables=bool(app.debug or app.testing))
    except ClovaError as problem:
        return [Finding(_CODE, str(problem))]
    except Exception as error:  # noqa: BLE001 - whatever the app's function for the engine raises
        message = f"The database for user data cannot be opened: {type(error).__name__}: {error}"
        return [Finding(_CODE, message)]
    return []


def _look(database: Database, *, makes_tables: bool) -> None:
    """Ask the database for its revision, where it has one already or somebody must have made it."""
    if makes_tables and not database.may_exist:
        return
    with database.untouched():
        if makes_tables:
            database.current()
        else:
            database.require_newest()
