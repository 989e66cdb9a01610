"""The home that :mod:`benchmarks.discovery` discovers: many lamps, made before anything is timed."""

from __future__ import annotations

from flask import Flask

from clova_flask import Clova
from clova_flask.home import Appliance, action

from .contenders.configured import configured_app


class Lamp(Appliance, type="LIGHT", location="LIVING_ROOM"):
    """A light with four actions, two of them with limits."""

    @action("TurnOn", "TurnOff")
    def power(self) -> None:
        """Do nothing."""

    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness: float) -> float:
        """Do nothing."""
        return brightness

    @action("SetColorTemperature", values=[2700, 4000, 6500])
    def temper(self, color_temperature: int) -> int:
        """Do nothing."""
        return color_temperature


def create_app(public_key: str, lamps: int) -> Flask:
    """Make an app that lists so many lamps."""
    app = configured_app(__name__, public_key)
    clova = Clova()
    devices = [Lamp(f"lamp-{number:06}", friendly_name=f"거실 등 {number}") for number in range(lamps)]
    clova.user_loader(lambda access_token: access_token)
    clova.home.discover(lambda: devices)
    clova.init_app(app)
    return app


def message() -> dict[str, object]:
    """Write the request to list them."""
    return {
        "header": {
            "messageId": "33da6561-0149-4532-a30b-000000000000",
            "namespace": "ClovaHome",
            "name": "DiscoverAppliancesRequest",
            "payloadVersion": "1.0",
        },
        "payload": {"accessToken": "XHapQasdfsdfFsdfasdflQQ7w"},
    }
