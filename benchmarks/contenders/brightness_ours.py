"""This package's smart home, as its users have it: every default."""

from __future__ import annotations

from typing import Any

from flask import Flask

from clova_flask import Clova
from clova_flask.home import Appliance, action

from ..workloads import Workload
from ..workloads.brightness import USERS, LampRow, User
from .configured import configured_app


class Lamp(Appliance, type="LIGHT", location="LIVING_ROOM"):
    """A lamp that can be turned on, turned off and dimmed."""

    def __init__(self, row: LampRow) -> None:
        super().__init__(row.id, friendly_name=row.name, is_on=row.is_on)
        self.row = row

    @action("TurnOn", "TurnOff")
    def power(self, interface: str) -> None:
        """Turn it on or off."""
        self.row.is_on = interface == "TurnOn"

    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness: float) -> dict[str, Any]:
        """Dim it."""
        self.row.brightness = brightness
        return {"brightness": brightness}


def create_app(_workload: Workload, public_key: str, replay_guard_url: str | None = None) -> Flask:
    """Make the app."""
    app = configured_app(__name__, public_key)
    clova = Clova(replay_guard_url=replay_guard_url)

    @clova.user_loader
    def load_user(access_token: str) -> User | None:
        return USERS.get(access_token)

    @clova.home.load
    def load(user: User, appliance_id: str) -> Lamp | None:
        row = user.lamps.get(appliance_id)
        return Lamp(row) if row else None

    clova.init_app(app)
    return app
