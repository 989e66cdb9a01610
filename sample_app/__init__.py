"""A pizza shop that speaks Korean, and a smart home: the sample extensions, as an application factory.

Run it with ``flask --app sample_app run --debug`` or
``gunicorn -c sample_app/gunicorn.conf.py 'sample_app:create_app()'``.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Flask

from clova_flask import Clova

from . import home
from .pizza import music, orders

clova = Clova()
for group in (orders.group, music.group, *home.GROUPS):
    clova.register(group)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the app.

    :param config: settings over those of the environment (``FLASK_CLOVA_PLATFORM`` and so on).
    """
    app = Flask(__name__)
    app.config.from_mapping(
        CLOVA_PLATFORM="naver",
        CLOVA_EXTENSION_ID="com.example.pizzabot",
        # Of this process and its forks: a restart signs everybody out. FLASK_SECRET_KEY has one that stays.
        SECRET_KEY=secrets.token_hex(),
        # A form of another site does not bring the session.
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.config.from_prefixed_env()
    app.config.from_mapping(config or {})
    clova.init_app(app)
    home.init_app(app)
    return app
