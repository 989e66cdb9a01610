"""Where the console keeps what is entered: SQLite in the instance folder, or a database by its URL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import make_url

from ...storage.upgrades import Migrations, upgrade
from .records import db

MIGRATIONS = Migrations(
    package="clova_flask.devtools.console.migrations", version_table="console_alembic_version"
)
"""The revisions of the console's tables."""

NAME = "clova_console.db"
SQLITE_TIMEOUT = 30
"""Seconds that SQLite waits for another writer."""


def init_database(app: Flask, url: str | None) -> None:
    """Connect the console's app to its database, whose tables are made or brought up to date.

    :param url: None for a file of the instance folder, readable by its owner alone: it holds secrets.
    """
    if url is None:
        url = f"sqlite:///{_private_file(Path(app.instance_path) / NAME)}"
    is_sqlite = make_url(url).get_backend_name() == "sqlite"
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = (
        {"connect_args": {"timeout": SQLITE_TIMEOUT}} if is_sqlite else {"pool_pre_ping": True}
    )
    db.init_app(app)
    with app.app_context():
        if is_sqlite:
            event.listen(db.engine, "connect", _set_up_sqlite)
        upgrade(db.engine, MIGRATIONS)


def _private_file(path: Path) -> Path:
    """Make a file that its owner alone can read; SQLite gives its journals the same mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)
    return path


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # What was confirmed is on the disk, also when the process or the machine goes down in the next moment.
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
