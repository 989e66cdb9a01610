"""The fuzzed app's homes: classes with limits, functions for whatever else, scenes and commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clova_flask import Clova, UserData
from clova_flask.devtools.simulator.examples import example_reply
from clova_flask.home import Appliance, CustomCommand, Scene, TargetOfflineError, action

from .seeds import SECRETS


class Lamp(Appliance, type="LIGHT"):
    """A lamp, whose name is its owner's secret."""

    @action("TurnOn", "TurnOff")
    def power(self, interface: str) -> None:
        """Switch it."""

    @action("SetBrightness", minimum=1, maximum=100)
    def dim(self, brightness: float) -> dict[str, Any]:
        """Set how bright it is."""
        return {"brightness": brightness}

    @action("IncrementBrightness", "DecrementBrightness")
    def change(self, delta_brightness: float) -> dict[str, Any]:
        """Change how bright it is by what may be any number."""
        return {"brightness": 50 + delta_brightness, "previous_state": {"brightness": 50}}

    @action("SetColor")
    def paint(self, color: Any) -> Any:
        """Set its color."""
        return color


class AirConditioner(Appliance, type="AIRCONDITIONER"):
    """An air conditioner with limits of its own."""

    @action("SetTargetTemperature", minimum=18, maximum=30)
    async def warm(self, target_temperature: float) -> dict[str, Any]:
        """Set the temperature."""
        return {"target_temperature": target_temperature}

    @action("SetMode", values=["auto", "cool"])
    def set_mode(self, mode: str) -> str:
        """Set its mode."""
        return mode

    @action("GetCurrentTemperature", "GetTargetTemperature")
    def measure(self) -> float:
        """Tell a temperature that is not known now."""
        return float("nan")

    @action("TurnOn")
    def on(self) -> None:
        """Be away."""
        raise TargetOfflineError


def declare_home(clova: Clova) -> None:
    """Declare the handlers of Clova Home."""

    @clova.home.discover
    def discover(user: str) -> Iterator[Appliance]:
        return filter(None, (appliance_of(user, name) for name in ("lamp", "aircon", "anything")))

    @clova.home.load
    def load(user: str, appliance_id: str) -> Appliance | None:
        return appliance_of(user, appliance_id)

    @clova.home.on("*")
    def anything(interface: str, appliance: Appliance, data: UserData) -> Any:
        data["did"] = interface
        return example_reply(interface)

    @clova.home.scenes
    def scenes(user: str) -> list[Scene]:
        return [Scene("scene-1", SECRETS.get(user, "외출"))]

    @clova.home.scene_action
    def act(user: str, scene: Scene) -> None:
        pass

    @clova.home.custom_commands
    def commands(user: str) -> list[CustomCommand]:
        return []


def appliance_of(user: str, appliance_id: str) -> Appliance | None:
    """Return an appliance of a user's."""
    makers: dict[str, type[Appliance]] = {"lamp": Lamp, "aircon": AirConditioner, "anything": Appliance}
    make = makers.get(appliance_id)
    if make is None:
        return None
    options: dict[str, Any] = {"type": "SMARTTV"} if make is Appliance else {}
    return make(id=appliance_id, friendly_name=SECRETS.get(user, "집"), location="LIVING_ROOM", **options)
