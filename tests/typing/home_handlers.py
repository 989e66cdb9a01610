"""What type checkers know about Clova Home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_type

from clova_flask import Clova
from clova_flask.home import (
    INTERFACES,
    Appliance,
    Field,
    HomeError,
    Interface,
    Scene,
    Shape,
    TargetOfflineError,
    action,
)

clova = Clova()


class Lamp(Appliance, type="LIGHT"):
    def __init__(self, row: Mapping[str, str]) -> None:
        super().__init__(id=row["id"], friendly_name=row["name"], location="LIVING_ROOM")
        self.row = row

    @action("TurnOn", "TurnOff")
    def power(self, interface: str) -> None:
        if not self.row:
            raise TargetOfflineError

    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness: float) -> dict[str, float]:
        return {"brightness": brightness}


class Fan(Appliance, type="FAN"):
    @action("SetFanSpeed", values=[1, 2, 3])
    async def blow(self, fan_speed: int) -> dict[str, int]:
        return {"fanSpeed": fan_speed}


@clova.home.discover
def devices(user: str) -> list[Lamp]:
    return [Lamp({"id": "lamp-1", "name": "거실 등"})]


@clova.home.load
def device(user: str, appliance_id: str) -> Lamp | None:
    return None


@clova.home.on("GetBatteryInfo", type="ROBOTVACUUM")
def battery(appliance: Appliance, user: str) -> dict[str, int]:
    return {"battery": 80}


@clova.home.on("*")
def anything(interface: str) -> None: ...


@clova.home.scenes
def scenes(user: str) -> list[Scene]:
    return []


def decorated_functions_are_called_as_they_are_written() -> None:
    lamp = Lamp({"id": "lamp-1", "name": "거실 등"})
    assert_type(lamp.dim(brightness=50), dict[str, float])
    assert_type(devices("보라"), list[Lamp])
    assert_type(device("보라", appliance_id="lamp-1"), Lamp | None)
    assert_type(battery(lamp, user="보라"), dict[str, int])
    assert_type(scenes("보라"), list[Scene])
    lamp.power(interface="TurnOn")
    anything("TurnOn")

    lamp.dim("밝게")  # type: ignore[arg-type]
    lamp.dim()  # type: ignore[call-arg]
    device("보라")  # type: ignore[call-arg]


assert_type(INTERFACES["SetBrightness"], Interface)
assert_type(INTERFACES["SetBrightness"].name, str)
assert_type(INTERFACES["SetBrightness"].request, str)
assert_type(INTERFACES["SetBrightness"].regions, tuple[str, ...])
assert_type(INTERFACES["SetBrightness"].takes, Shape)
assert_type(INTERFACES["SetBrightness"].takes[0], Field)
assert_type(INTERFACES["SetBrightness"].takes.by_python_name["brightness"].scalar, str | None)
assert_type(INTERFACES["SetBrightness"].value_field, Field | None)
assert_type(list(INTERFACES), list[str])


def errors(error: HomeError = TargetOfflineError("꺼져 있어요")) -> None:  # noqa: B008 - an error is a value here
    raise error


def wrong_uses() -> None:
    action(5)  # type: ignore[arg-type]
    action("SetBrightness", min=0)  # type: ignore[call-arg]
    action("SetBrightness", minimum="0")  # type: ignore[arg-type]
    action("TurnOn")(5)  # type: ignore[type-var]
    clova.home.discover()  # type: ignore[call-arg]
    clova.home.load("lamp-1")  # type: ignore[type-var]
    clova.home.on("TurnOn", type=5)  # type: ignore[arg-type]
    clova.home.on("TurnOn", types="LIGHT")  # type: ignore[call-arg]
    Appliance("lamp-1", "LIGHT")  # type: ignore[call-arg]
    Appliance(id="lamp-1", name="거실 등")  # type: ignore[call-arg]
    INTERFACES["TurnOn"] = INTERFACES["TurnOff"]  # type: ignore[index]
    INTERFACES["TurnOn"].name = "TurnOff"  # type: ignore[misc]
    INTERFACES[5]  # type: ignore[index]
