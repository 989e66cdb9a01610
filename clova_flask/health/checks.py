"""What an extension needs to answer the platform, each with a check that raises what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import Flask

from ..errors import KeySourceError
from ..runtime import Runtime
from .readiness import Check

if TYPE_CHECKING:
    from ..storage.database import Database


def checks_of(app: Flask, runtime: Runtime) -> Iterator[tuple[str, Check]]:
    """List what an extension needs, by name: the key, its databases, and what was added to the runtime."""

    def has_key() -> None:
        if not runtime.verifier.has_keys():
            raise KeySourceError("it has not been fetched yet; no message can be verified.")

    yield "The public key", has_key
    # What the app has not imported has no database: it may be without the extra.
    databases: list[Database] = app.extensions.get("clova_storage", {}).get(runtime.name, [])
    for database in databases:
        yield f"The database for {database.use}", database.require_newest
    yield from runtime.checks
