"""The console's app."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5

from ...errors import ConfigurationError
from . import access, extension_list
from .answered import init_answered
from .attached.process import AttachedApp
from .database import init_database
from .dialogs import pages as dialog_pages
from .evaluating import collect_pages, run_pages
from .evaluating import pages as evaluation_pages
from .evaluating.jobs import Jobs
from .kept import Kept
from .languages import init_languages
from .linking import pages as linking_pages
from .linking import speaking, walking
from .models import file_pages as model_file_pages
from .models import folder_pages as model_folder_pages
from .models import intent_pages, profile_pages, slot_type_pages
from .models import pages as model_pages
from .models.preparing import Preparations
from .numbers import WholeConverter
from .once import init_once
from .page import init_pages
from .recordings import pages as recording_pages
from .registration import connection_pages, editing, image_pages, registering
from .review import pages as review_pages
from .safety import LOCAL_HOSTS, MAX_UPLOAD, protect, secret_key
from .testing import event_pages, home_trying, trying
from .testing.conversations import Conversations
from .versions import pages as version_pages

COOKIE = "clova_console"
"""Name of the session cookie: cookies do not know ports, and the app beside has a session of its own."""

_BLUEPRINTS = (
    access.blueprint,
    extension_list.blueprint,
    registering.blueprint,
    editing.blueprint,
    image_pages.blueprint,
    connection_pages.blueprint,
    trying.blueprint,
    event_pages.blueprint,
    dialog_pages.blueprint,
    recording_pages.blueprint,
    home_trying.blueprint,
    linking_pages.blueprint,
    speaking.blueprint,
    walking.blueprint,
    review_pages.blueprint,
    version_pages.blueprint,
    model_pages.blueprint,
    intent_pages.blueprint,
    slot_type_pages.blueprint,
    model_file_pages.blueprint,
    profile_pages.blueprint,
    model_folder_pages.blueprint,
    evaluation_pages.blueprint,
    run_pages.blueprint,
    collect_pages.blueprint,
)


def create_app(
    *,
    instance_path: str | Path | None = None,
    database_url: str | None = None,
    attached: AttachedApp | None = None,
    password: str | None = None,
    hosts: tuple[str, ...] = LOCAL_HOSTS,
    config: Mapping[str, Any] | None = None,
) -> Flask:
    """Make the console as a WSGI app, to be served alone or mounted beside another.

    :param instance_path: the folder for its database and keys; None is ``instance`` in the current folder.
    :param database_url: URL of its database; None is SQLite in that folder.
    :param attached: the app under development, which ``flask clova console`` serves beside it.
    :param password: what a browser has to enter; None where the console listens on this machine alone.
    :param hosts: the names by which it is called; every other is refused. None at all allows each, for which
        there must be a password.
    :param config: configuration of Flask to add, for tests.
    :raises ConfigurationError: hosts beyond this machine are given without a password.
    """
    if password is None and not (hosts and set(hosts) <= set(LOCAL_HOSTS)):
        raise ConfigurationError(
            "The console is to be called by names of other machines than this. Give it a password."
        )
    app = Flask(
        __name__,
        instance_path=str(Path(instance_path or "instance").absolute()),
    )
    app.config.update(
        SECRET_KEY=secret_key(Path(app.instance_path)),
        SESSION_COOKIE_NAME=COOKIE,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(hosts) or None,
        MAX_CONTENT_LENGTH=MAX_UPLOAD,
        MAX_FORM_MEMORY_SIZE=MAX_UPLOAD,
        MAX_FORM_PARTS=20_000,
        WTF_CSRF_TIME_LIMIT=None,
        BOOTSTRAP_SERVE_LOCAL=True,
        BABEL_DOMAIN="messages",
        **(config or {}),
    )
    app.url_map.converters["int"] = WholeConverter
    app.extensions["clova_console_attached"] = attached
    app.extensions["clova_console_conversations"] = Conversations()
    app.extensions["clova_console_kept"] = Kept()
    app.extensions["clova_console_jobs"] = Jobs(app)
    app.extensions["clova_console_preparations"] = Preparations(app)
    Bootstrap5(app)
    init_languages(app)
    init_database(app, database_url)
    protect(app, password)
    init_once(app)
    init_answered(app)
    init_pages(app)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
