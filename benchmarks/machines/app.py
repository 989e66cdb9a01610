"""The app of each machine: user data, a replay guard and account linking, all of which the machines share."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from clova_flask import Answer, Clova, Session, UserData, tell
from clova_flask.home import Appliance, action
from clova_flask.linking import AccountLinking

from ..contenders.configured import configured_app

WAIT = 0.1
"""Seconds that a handler waits for another service."""
COOKIE = "who"


def make_app(public_key: str, folder: str, *, database: str, redis: str, user_data: str) -> Flask:
    """Make the app of a machine.

    :param folder: of this machine alone, where each unlocking is noted.
    :param database: URL of the PostgreSQL of account linking.
    :param redis: URL of the Redis of the replay guard.
    :param user_data: URL of where user data is kept.
    """
    app = configured_app(__name__, public_key)
    app.config.update(CLOVA_PLATFORM="naver", SECRET_KEY="0" * 64, CLOVA_LINKING_DATABASE_URL=database)
    # Closed: on a machine that is too busy for Redis to answer in time, a door stays closed.
    clova = Clova(replay_guard_url=redis, replay_guard_fail="closed", user_data_url=user_data)
    linking = AccountLinking(clova)
    linking.current_user_id(lambda: request.cookies.get(COOKIE))
    linking.load_user(str)
    _listen(clova)
    _have_a_door(clova, Path(folder) / "opened")
    clova.init_app(app)
    linking.init_app(app)
    app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _listen(clova: Clova) -> None:
    def add(data: UserData) -> int:
        data["count"] = data.get("count", 0) + 1
        return int(data["count"])

    @clova.intent("Count")
    def count(session: Session) -> Answer:
        return tell(str(clova.user_data.update(session.user.id, add)))

    @clova.intent("Hello")
    def hello() -> Answer:
        return tell("안녕하세요.")

    @clova.intent("Wait")
    def wait() -> Answer:
        time.sleep(WAIT)
        return tell("안녕하세요.")


def _have_a_door(clova: Clova, opened: Path) -> None:
    class Lock(Appliance, type="SMARTLOCK"):
        """A front door."""

        @action("SetLockState")
        def set_state(self, lock_state: str) -> str:
            """Open it."""
            with opened.open("a", encoding="ascii") as file:
                file.write("opened\n")
            return lock_state

    # A user, since a message without a valid token must not come so far.
    @clova.home.load
    def load(appliance_id: str, user: Any) -> Lock:
        return Lock(appliance_id)
