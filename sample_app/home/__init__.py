"""A smart home of two users, in a database: the sample's Clova Home extension."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from clova_flask import ConfigurationError

from . import accounts, household, page, scenes, seed
from .database import EXTENSION, Database

GROUPS = (household.group, scenes.group)
"""The handlers of the home."""


def init_app(app: Flask) -> None:
    """Set up the database, the accounts, the page and the command.

    ``SAMPLE_DATABASE_URL`` is a SQLAlchemy URL, by default of SQLite in the instance folder.
    ``SAMPLE_HOME_PAGE`` switches the page at ``/home`` on or off; by default it is on in debug only.

    :raises ConfigurationError: ``SAMPLE_HOME_PAGE`` is a word; any word, also ``False``, would switch it on.
    """
    shown = app.config.get("SAMPLE_HOME_PAGE")
    if shown not in (None, True, False):
        raise ConfigurationError(
            f"SAMPLE_HOME_PAGE must be true or false, not {shown!r}. Write FLASK_SAMPLE_HOME_PAGE=0 or "
            "FLASK_SAMPLE_HOME_PAGE=1."
        )
    url = app.config.get("SAMPLE_DATABASE_URL") or f"sqlite:///{Path(app.instance_path) / 'sample.sqlite'}"
    app.extensions[EXTENSION] = Database(url, seed.seed_rows)
    accounts.linking.init_app(app)
    app.register_blueprint(accounts.blueprint)
    app.register_blueprint(page.blueprint)
    app.cli.add_command(seed.seed_home)
