"""A smart home of lamps and an air conditioner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from clova_flask import Clova
from clova_flask.home import Appliance, NotSupportedInCurrentModeError, TargetOfflineError, action

clova = Clova()


@dataclass
class Row:
    """A lamp as a database would hold it."""

    id: str
    name: str
    on: bool = False
    online: bool = True
    brightness: float = 100


@dataclass
class Account:
    """Who owns which lamps."""

    lamps: list[Row] = field(default_factory=list)


ACCOUNTS = {
    "token-of-minji": Account([Row("lamp-1", "거실 등"), Row("lamp-2", "침실 등", online=False)]),
}


# [user]
@clova.user_loader
def load_user(access_token: str) -> Account | None:
    return ACCOUNTS.get(access_token)  # None: InvalidAccessTokenError


# [end of user]
# [lamp]
class Lamp(Appliance, type="LIGHT", location="LIVING_ROOM", manufacturer_name="Example"):
    def __init__(self, row: Row) -> None:
        super().__init__(row.id, friendly_name=row.name, is_on=row.on, is_reachable=row.online)
        self.row = row

    @action("TurnOn", "TurnOff")
    def power(self, interface: str) -> None:
        if not self.row.online:
            raise TargetOfflineError
        self.row.on = interface == "TurnOn"

    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness: float) -> dict[str, Any]:
        if not self.row.on:
            raise NotSupportedInCurrentModeError
        self.row.brightness = brightness
        return {"brightness": brightness}


# [end of lamp]
# [discover]
@clova.home.discover
def devices(user: Account) -> Iterable[Appliance]:
    return [Lamp(row) for row in user.lamps]


@clova.home.load  # optional: without it, the appliance is looked for among what discover returns
def device(user: Account, appliance_id: str) -> Appliance | None:
    return next((Lamp(row) for row in user.lamps if row.id == appliance_id), None)


# [end of discover]
# [own limits]
class Heater(Appliance, type="HEATER"):
    @action("SetTargetTemperature", minimum=10, maximum=30)
    def heat(self, target_temperature: float) -> None: ...


def heaters() -> list[Appliance]:
    narrow = {"SetTargetTemperature": (18, 24)}
    return [
        Heater("heater-1", friendly_name="거실 히터", location="거실"),
        Heater("heater-2", friendly_name="아이방 히터", location="침실", limits=narrow),
    ]


# [end of own limits]
# [function]
@clova.home.on("GetBatteryInfo", type="ROBOTVACUUM")
def battery(appliance: Appliance, user: Account) -> dict[str, Any]:
    return {"battery": 80}


# [end of function]


def create_app() -> Flask:
    """Make the app."""
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.lamps")
    clova.init_app(app)
    return app
