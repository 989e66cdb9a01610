"""A pizza shop that speaks Korean, and a smart home: the sample extensions, as an application factory.

Run it with ``flask --app sample_app run --debug`` or, in production as ``deploy/`` does it,
``gunicorn -c sample_app/deploy/gunicorn.conf.py sample_app.wsgi:app``.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from clova_flask import Clova, ConfigurationError

from . import home
from .home.database import database
from .pizza import music, orders

clova = Clova()
for group in (orders.group, music.group, *home.GROUPS):
    clova.register(group)


def create_app(config: Mapping[str, Any] | None = None, *, may_make_secret_key: bool = True) -> Flask:
    """Make the app.

    :param config: settings over those of the environment (``FLASK_CLOVA_PLATFORM`` and so on), and of the
        folder that ``SAMPLE_SECRETS`` names: each file has the value of the setting that it is called by.
    :param may_make_secret_key: make a ``SECRET_KEY`` where none is set. It is that of this process and its
        forks: a restart signs everybody out, and pages of one process are refused by another.
    :raises ConfigurationError: there is no ``SECRET_KEY``, and none may be made.
    """
    app = Flask(__name__)
    app.config.from_mapping(
        CLOVA_PLATFORM="naver",
        CLOVA_EXTENSION_ID="com.example.pizzabot",
        # A form of another site does not bring the session.
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.config.from_prefixed_env()
    app.config.from_mapping(_secrets(os.environ.get("SAMPLE_SECRETS")))
    app.config.from_mapping(config or {})
    if not app.config["SECRET_KEY"]:
        if not may_make_secret_key:
            raise ConfigurationError(
                "SECRET_KEY is not set. Make one: python3 -c 'import secrets; print(secrets.token_hex())'. "
                "Set it as FLASK_SECRET_KEY, the same on all machines."
            )
        app.config["SECRET_KEY"] = secrets.token_hex()
    if not app.config.get("CLOVA_USER_DATA_URL"):
        app.config["CLOVA_USER_DATA_ENGINE"] = lambda: database().ready()
    clova.init_app(app)
    home.init_app(app)
    return app


def _secrets(folder: str | None) -> dict[str, str]:
    """Read the files of a folder, as Docker mounts secrets: no environment has them."""
    if not folder:
        return {}
    files = [path for path in Path(folder).iterdir() if path.is_file()]
    return {path.name.upper(): path.read_text(encoding="utf-8").strip() for path in files}
