"""The app that is soaked: that of the fuzz, and handlers that count in user data."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from flask import Flask

from clova_flask import Clova, UserData, UserDataConflict
from clova_flask.home import Appliance
from tests.fuzz.app import make_app

DONE = "다 했어요"
"""What is said when a change is saved."""
CONFLICT = "부딪혔어요"
"""What is said when another turn changed the same."""
SHARED = "soak-shared"
"""A user of whom all clients speak at once."""


def create_app(environ: Mapping[str, str] = os.environ) -> Flask:
    """Make the app with what the environment tells: its keys, the URL of others, and of user data."""
    return make_app(
        "line",
        declare_counting,
        public_key=environ["SOAK_PUBLIC_KEY"],
        public_key_url=environ["SOAK_KEY_URL"] or None,
        public_key_ttl=5,
        user_data_url=environ["SOAK_USER_DATA_URL"],
    )


def declare_counting(clova: Clova) -> None:
    """Declare the handlers that count."""

    @clova.intent("SoakTurn")
    def turn(data: UserData) -> str:
        data["turn"] = data.get("turn", 0) + 1
        return DONE

    @clova.intent("SoakUpdate")
    def update(request: Any, who: str) -> str:
        clova.user_data.update(who, _count_update)
        return DONE

    @clova.home.on("GetPhase")
    def phase(appliance: Appliance, data: UserData) -> str:
        data["home"] = data.get("home", 0) + 1
        return DONE

    @clova.errorhandler(UserDataConflict)
    def met(error: UserDataConflict) -> str:
        return CONFLICT


def _count_update(data: UserData) -> None:
    data["update"] = data.get("update", 0) + 1
