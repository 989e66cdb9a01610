"""Appliances and the functions that handle their actions: what is called, with what, and what it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from functools import wraps
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import pytest
from marshmallow import validate

from clova_flask import AnswerError, HandlerGroup, RegistrationError
from clova_flask.context import current_user
from clova_flask.home import (
    Appliance,
    Color,
    ExpiredAccessTokenError,
    InvalidAccessTokenError,
    Period,
    TargetOfflineError,
    ValueNotFoundError,
    action,
)

TOKEN = "연결된-계정의-토큰"
STAMP = "applianceResponseTimestamp"


@pytest.fixture
def cek(connect):
    """Give a CEK for the handlers so far, with a linked account."""
    return lambda **config: connect(client={"access_token": TOKEN}, **config)


@pytest.fixture
def owning(clova, cek):
    """Give a CEK for a user who owns these appliances."""

    def owning(*appliances, **config):
        @clova.home.discover
        def devices():
            return appliances

        return cek(**config)

    return owning


def answer_of(reply):
    return reply.name, {key: value for key, value in reply.payload.items() if key != STAMP}


def actions_of(cek):
    return {item["applianceId"]: item["actions"] for item in cek.discover().payload["discoveredAppliances"]}


@dataclass
class Row:
    id: str
    name: str
    online: bool = True
    on: bool = False
    brightness: float = 0


class Lamp(Appliance, type="LIGHT"):
    def __init__(self, row):
        super().__init__(id=row.id, friendly_name=row.name, location="LIVING_ROOM")
        self.row = row

    @action("TurnOn", "TurnOff")
    def power(self, interface):
        if not self.row.online:
            raise TargetOfflineError
        self.row.on = interface == "TurnOn"

    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness: float):
        self.row.brightness = brightness
        return {"brightness": brightness}


@pytest.fixture
def row():
    return Row("lamp-1", "거실 등")


def test_one_method_takes_several_actions(owning, row):
    cek = owning(Lamp(row))
    assert answer_of(cek.control("TurnOn", "lamp-1")) == ("TurnOnConfirmation", {})
    assert row.on
    assert answer_of(cek.control("TurnOff", "lamp-1")) == ("TurnOffConfirmation", {})
    assert not row.on


def test_a_method_gets_its_own_appliance(owning, row):
    other = Row("lamp-2", "안방 등")
    cek = owning(Lamp(row), Lamp(other))
    reply = cek.control("SetBrightness", "lamp-2", brightness=30)
    assert answer_of(reply) == ("SetBrightnessConfirmation", {"brightness": {"value": 30}})
    assert (row.brightness, other.brightness) == (0, 30)


def test_what_a_method_raises_is_the_answer(owning, row):
    row.online = False
    assert owning(Lamp(row)).control("TurnOn", "lamp-1").name == "TargetOfflineError"


def test_an_action_without_a_method_is_not_supported(owning, row):
    assert owning(Lamp(row)).control("SetMode", "lamp-1", mode="reading").name == "UnsupportedOperationError"


def test_a_method_may_take_everything_a_function_may(owning):
    seen = []

    class Aircon(Appliance, type="AIRCONDITIONER"):
        @action("SetTargetTemperature")
        def temperature(
            self, request, user, appliance, interface, access_token, target_temperature, endpoint
        ):
            seen.append(
                (request.name, user.access_token, interface, access_token, target_temperature, endpoint)
            )
            assert appliance is self

    owning(Aircon("aircon-1")).control("SetTargetTemperature", "aircon-1", target_temperature=23)
    assert seen == [("SetTargetTemperatureRequest", TOKEN, "SetTargetTemperature", TOKEN, 23, None)]


class Dimmer(Appliance, type="LIGHT"):
    @action("TurnOn")
    @action("SetBrightness", minimum=1, maximum=10)
    @action("SetMode", values=["reading", "sleep"])
    def change(self, interface):
        self.changed = interface


@pytest.mark.parametrize(
    ("name", "fields"),
    [("TurnOn", {}), ("SetBrightness", {"brightness": 10}), ("SetMode", {"mode": "sleep"})],
)
def test_stacked_decorators_share_a_method(name, fields, owning):
    dimmer = Dimmer("lamp-1")
    assert owning(dimmer).control(name, "lamp-1", **fields).name == f"{name}Confirmation"
    assert dimmer.changed == name


def test_stacked_decorators_share_the_parameters_that_have_defaults(owning):
    seen = []

    class Shared(Appliance, type="LIGHT"):
        @action("TurnOn")
        @action("SetBrightness", minimum=1, maximum=10)
        @action("SetMode", values=["reading", "sleep"])
        def change(self, interface, brightness: int | None = None, mode: str = "rest"):
            seen.append((interface, brightness, mode))

    cek = owning(Shared("lamp-1"))
    cek.control("TurnOn", "lamp-1")
    cek.control("SetBrightness", "lamp-1", brightness=10)
    cek.control("SetMode", "lamp-1", mode="sleep")
    assert seen == [("TurnOn", None, "rest"), ("SetBrightness", 10, "rest"), ("SetMode", None, "sleep")]


def test_stacked_decorators_keep_their_own_limits(owning):
    cek = owning(Dimmer("lamp-1"))
    assert cek.control("SetBrightness", "lamp-1", brightness=11).name == "ValueOutOfRangeError"
    assert cek.control("SetMode", "lamp-1", mode="rest").name == "UnsupportedOperationError"


def test_a_wrapped_method_stays_an_action(owning):
    def counted(function):
        @wraps(function)
        def wrapper(self, **fields):
            self.count = getattr(self, "count", 0) + 1
            return function(self, **fields)

        return wrapper

    class Counted(Appliance, type="LIGHT"):
        @counted
        @action("SetBrightness", minimum=0, maximum=100)
        def dim(self, brightness: int):
            return brightness

    lamp = Counted("lamp-1")
    reply = owning(lamp).control("SetBrightness", "lamp-1", brightness=5)
    assert answer_of(reply) == ("SetBrightnessConfirmation", {"brightness": {"value": 5}})
    assert lamp.count == 1


class Switchable(Appliance):
    @action("TurnOn", "TurnOff")
    def power(self, interface):
        self.did = f"base {interface}"


class Dimmable(Appliance):
    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness: int):
        self.did = f"dim {brightness}"


class Blinking:
    @action("SetMode")
    def blink(self, mode: str):
        self.did = f"mode {mode}"


def test_actions_are_inherited(owning):
    class Bulb(Switchable, type="LIGHT"):
        @action("SetColor")
        def tint(self, color: Color):
            self.did = f"tint {color.hue}"

    bulb = Bulb("bulb-1")
    cek = owning(bulb)
    cek.control("TurnOff", "bulb-1")
    assert bulb.did == "base TurnOff"
    cek.control("SetColor", "bulb-1", color={"hue": 240, "saturation": 1})
    assert bulb.did == "tint 240"
    assert {"SetColor", "TurnOff", "TurnOn"} < set(actions_of(cek)["bulb-1"])


def test_a_subclass_does_not_add_to_its_base(owning):
    class Bulb(Switchable, type="LIGHT"):
        @action("SetColor")
        def tint(self, color: Color):
            pass

    assert Bulb.clova_handlers.keys() == {"SetColor", "TurnOff", "TurnOn"}
    assert Switchable.clova_handlers.keys() == {"TurnOff", "TurnOn"}
    assert Appliance.clova_handlers == {}


def test_an_action_may_be_taken_over_by_another_method(owning):
    class Bulb(Switchable, type="LIGHT"):
        @action("TurnOn")
        def light_up(self):
            self.did = "own"

    bulb = Bulb("bulb-1")
    cek = owning(bulb)
    cek.control("TurnOn", "bulb-1")
    assert bulb.did == "own"
    cek.control("TurnOff", "bulb-1")
    assert bulb.did == "base TurnOff"


def test_a_method_may_be_overridden_with_another_declaration(owning):
    class Dim(Dimmable, type="LIGHT"):
        @action("SetBrightness", minimum=0, maximum=10)
        def dim(self, brightness: int):
            super().dim(brightness)
            self.did += "!"

    lamp = Dim("lamp-1")
    cek = owning(lamp)
    assert cek.control("SetBrightness", "lamp-1", brightness=11).payload == {
        "minimumValue": 0,
        "maximumValue": 10,
    }
    cek.control("SetBrightness", "lamp-1", brightness=10)
    assert lamp.did == "dim 10!"


def test_a_method_that_is_declared_anew_is_no_longer_what_it_was(owning):
    class Off(Switchable, type="LIGHT"):
        @action("TurnOff")
        def power(self):
            self.did = "off"

    lamp = Off("lamp-1")
    cek = owning(lamp)
    assert set(actions_of(cek)["lamp-1"]) == {"GetDeviceState", "HealthCheck", "TurnOff"}
    assert cek.control("TurnOn", "lamp-1").name == "UnsupportedOperationError"
    cek.control("TurnOff", "lamp-1")
    assert lamp.did == "off"


def test_a_method_that_is_overridden_plainly_keeps_its_declaration(owning):
    class Dim(Dimmable, type="LIGHT"):
        def dim(self, brightness: int):
            self.did = f"own {brightness}"

    lamp = Dim("lamp-1")
    cek = owning(lamp)
    cek.control("SetBrightness", "lamp-1", brightness=5)
    assert lamp.did == "own 5"
    assert cek.control("SetBrightness", "lamp-1", brightness=101).name == "ValueOutOfRangeError"


def test_the_actions_of_several_bases_come_together(owning):
    class Both(Switchable, Dimmable, type="LIGHT"):
        pass

    lamp = Both("lamp-1")
    cek = owning(lamp)
    cek.control("TurnOn", "lamp-1")
    assert lamp.did == "base TurnOn"
    cek.control("SetBrightness", "lamp-1", brightness=5)
    assert lamp.did == "dim 5"


def test_a_mixin_brings_its_actions(owning):
    class Mixed(Blinking, Appliance, type="LIGHT"):
        pass

    lamp = Mixed("lamp-1")
    owning(lamp).control("SetMode", "lamp-1", mode="reading")
    assert lamp.did == "mode reading"


def test_class_arguments_are_inherited_and_an_appliance_may_differ(owning):
    class Bulb(
        Switchable,
        type="LIGHT",
        location="BED_ROOM",
        manufacturer_name="등대",
        model_name="B-1",
        version="2",
    ):
        pass

    class Candle(Bulb, location="DINING_ROOM"):
        pass

    cek = owning(
        Bulb("1"), Candle("2"), Candle("3", type="SWITCH", location="ATTIC", model_name="C-2", version="3")
    )
    seen = [
        (
            item["applianceTypes"],
            item["location"],
            item["manufacturerName"],
            item["modelName"],
            item["version"],
        )
        for item in cek.discover().payload["discoveredAppliances"]
    ]
    assert seen == [
        (["LIGHT"], "BED_ROOM", "등대", "B-1", "2"),
        (["LIGHT"], "DINING_ROOM", "등대", "B-1", "2"),
        (["SWITCH"], "ATTIC", "등대", "C-2", "3"),
    ]


class Everything(Appliance):
    """Takes note of what gets through its limits."""

    def __init__(self, type):  # noqa: A002
        super().__init__("기기-1", type=type)
        self.taken = []

    @action("SetBrightness", "IncrementBrightness", minimum=0, maximum=100)
    def dim(self, brightness=None, delta_brightness=None):
        self.taken.append(delta_brightness if brightness is None else brightness)

    @action("SetColorTemperature", values=[2700, 4000, 6500])
    def temperature(self, color_temperature):
        self.taken.append(color_temperature)

    @action("SetMode", values=["reading", "sleep"])
    def mode(self, mode):
        self.taken.append(mode)

    @action("SetLockState", values=["LOCKED"])
    def lock(self, lock_state):
        self.taken.append(lock_state)
        return lock_state

    @action("SetFanSpeed")
    def fan(self, fan_speed):
        self.taken.append(fan_speed)

    @action("StartOscillation")
    def oscillate(self, direction):
        self.taken.append(direction)

    @action("SetChannelByName", values=["뉴스", "영화"])
    def channel(self, channel_name):
        self.taken.append(channel_name)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("SetBrightness", {"brightness": 0}),
        ("SetBrightness", {"brightness": 100}),
        ("SetBrightness", {"brightness": 99.5}),
        ("IncrementBrightness", {"delta_brightness": 10}),
        ("SetColorTemperature", {"color_temperature": 4000}),
        ("SetMode", {"mode": "sleep"}),
        ("SetLockState", {"lock_state": "LOCKED"}),
        ("SetFanSpeed", {"fan_speed": 3}),
        ("StartOscillation", {"direction": "vertical"}),
        ("SetChannelByName", {"channel_name": "영화"}),
    ],
)
def test_what_is_within_the_limits_gets_through(name, fields, owning):
    appliance = Everything("LIGHT")
    assert owning(appliance).control(name, "기기-1", **fields).name == f"{name}Confirmation"
    assert appliance.taken == list(fields.values())


@pytest.mark.parametrize(
    ("name", "fields", "error", "payload"),
    [
        (
            "SetBrightness",
            {"brightness": 101},
            "ValueOutOfRangeError",
            {"minimumValue": 0, "maximumValue": 100},
        ),
        (
            "SetBrightness",
            {"brightness": -0.1},
            "ValueOutOfRangeError",
            {"minimumValue": 0, "maximumValue": 100},
        ),
        (
            "IncrementBrightness",
            {"delta_brightness": 200},
            "ValueOutOfRangeError",
            {"minimumValue": 0, "maximumValue": 100},
        ),
        ("SetColorTemperature", {"color_temperature": 3000}, "ValueNotSupportedError", {}),
        ("SetMode", {"mode": "rest"}, "UnsupportedOperationError", {}),
        ("SetMode", {"mode": "읽기"}, "UnsupportedOperationError", {}),
        ("SetLockState", {"lock_state": "UNLOCKED"}, "ValueNotSupportedError", {}),
        ("SetLockState", {"lock_state": "잠김"}, "ValueNotSupportedError", {}),
        ("SetFanSpeed", {"fan_speed": 4}, "ValueOutOfRangeError", {"minimumValue": 1, "maximumValue": 3}),
        ("SetFanSpeed", {"fan_speed": 0}, "ValueOutOfRangeError", {"minimumValue": 1, "maximumValue": 3}),
        ("StartOscillation", {"direction": "diagonal"}, "ValueNotSupportedError", {}),
        ("SetChannelByName", {"channel_name": "드라마"}, "ValueNotSupportedError", {}),
    ],
)
def test_what_is_outside_the_limits_never_reaches_the_method(name, fields, error, payload, owning):
    appliance = Everything("LIGHT")
    assert answer_of(owning(appliance).control(name, "기기-1", **fields)) == (error, payload)
    assert appliance.taken == []


def test_limits_are_about_one_field(clova, cek):
    taken = []

    @clova.home.on("SetTargetTemperature", minimum=2, maximum=8)
    def cool(target_temperature, endpoint):
        taken.append((target_temperature, endpoint))

    client = cek()
    for endpoint, name in (
        ("fridge", "SetTargetTemperatureConfirmation"),
        ("김치칸", "SetTargetTemperatureConfirmation"),
    ):
        reply = client.control("SetTargetTemperature", "냉장고", target_temperature=3, endpoint=endpoint)
        assert reply.name == name
    assert taken == [(3, "fridge"), (3, "김치칸")]


def test_limits_of_a_function(clova, cek):
    taken = []

    @clova.home.on("SetBrightness", type="LIGHT", minimum=10, maximum=20)
    def dim(brightness):
        taken.append(brightness)

    @clova.home.discover
    def devices():
        return [Appliance("lamp-1", type="LIGHT")]

    client = cek()
    reply = client.control("SetBrightness", "lamp-1", brightness=21)
    assert answer_of(reply) == ("ValueOutOfRangeError", {"minimumValue": 10, "maximumValue": 20})
    client.control("SetBrightness", "lamp-1", brightness=20)
    assert taken == [20]
    [lamp] = client.discover().payload["discoveredAppliances"]
    assert lamp["additionalApplianceDetails"]["actionDetails"] == [
        {
            "action": "SetBrightness",
            "allowableValue": {"type": "boundedNumber", "minValue": 10, "maxValue": 20},
        }
    ]


def test_limits_are_about_the_temperature_and_not_about_the_endpoint(owning):
    class Aircon(Appliance, type="AIRCONDITIONER"):
        @action("SetTargetTemperature", minimum=16, maximum=30)
        def set_temperature(self, target_temperature: float):
            return {"target_temperature": target_temperature}

    cek = owning(Aircon("aircon-1"))
    assert cek.control("SetTargetTemperature", "aircon-1", target_temperature=31).payload == {
        "minimumValue": 16,
        "maximumValue": 30,
    }
    reply = cek.control("SetTargetTemperature", "aircon-1", target_temperature=30)
    assert reply.name == "SetTargetTemperatureConfirmation"


def test_limits_are_told_at_discovery(owning):
    class Limited(Appliance, type="LIGHT"):
        @action("TurnOn", "TurnOff")
        def power(self):
            pass

        @action("SetBrightness", "IncrementBrightness", minimum=0.5, maximum=100)
        def dim(self):
            pass

        @action("SetColorTemperature", values=(2700, 4000))
        def temperature(self):
            pass

        @action("SetMode", values=["reading", "sleep"])
        def mode(self):
            pass

    [lamp] = owning(Limited("lamp-1")).discover().payload["discoveredAppliances"]
    details = lamp["additionalApplianceDetails"]["actionDetails"]
    bounds = {"type": "boundedNumber", "minValue": 0.5, "maxValue": 100}
    assert sorted(details, key=lambda detail: detail["action"]) == [
        {"action": "IncrementBrightness", "allowableValue": bounds},
        {"action": "SetBrightness", "allowableValue": bounds},
        {"action": "SetColorTemperature", "allowableValue": {"type": "number", "enumValues": [2700, 4000]}},
        {"action": "SetMode", "allowableValue": {"type": "string", "enumValues": ["reading", "sleep"]}},
    ]


@pytest.mark.parametrize(
    ("platform", "modes"), [("naver", ["cool", "powercool"]), ("line", ["cool", "away"])]
)
def test_the_modes_that_are_told_are_those_of_the_platform(platform, modes, owning):
    class Aircon(Appliance, type="AIRCONDITIONER"):
        @action("SetMode", values=["cool", "powercool", "away"])
        def mode(self):
            pass

    [wire] = owning(Aircon("에어컨"), CLOVA_PLATFORM=platform).discover().payload["discoveredAppliances"]
    [detail] = wire["additionalApplianceDetails"]["actionDetails"]
    assert detail["allowableValue"] == {"type": "string", "enumValues": modes}


def test_limits_are_told_of_the_actions_that_are_told(owning):
    lamp = Dimmer("lamp-1", actions=["TurnOn", "SetBrightness"])
    [wire] = owning(lamp).discover().payload["discoveredAppliances"]
    details = wire["additionalApplianceDetails"]["actionDetails"]
    assert [detail["action"] for detail in details] == ["SetBrightness"]


def test_where_no_action_that_is_told_has_limits_there_are_no_details(owning):
    [wire] = owning(Dimmer("등-1", actions=["TurnOn"])).discover().payload["discoveredAppliances"]
    assert "additionalApplianceDetails" not in wire


def test_details_of_ones_own_stand_beside_the_limits(owning):
    cek = owning(Dimmer("lamp-1", details={"row": 7}))
    [wire] = cek.discover().payload["discoveredAppliances"]
    assert wire["additionalApplianceDetails"].keys() == {"actionDetails", "row"}


def test_without_limits_and_details_there_are_no_details(owning):
    [wire] = owning(Switchable("등-1", type="LIGHT")).discover().payload["discoveredAppliances"]
    assert "additionalApplianceDetails" not in wire


@pytest.mark.parametrize(
    ("type_", "platform", "mode", "supported"),
    [
        ("AIRCONDITIONER", "naver", "powercool", True),
        ("AIRCONDITIONER", "line", "powercool", False),
        ("AIRCONDITIONER", "line", "away", True),
        ("AIRCONDITIONER", "naver", "away", False),
        ("AIRCONDITIONER", "naver", "cool", True),
        ("AIRCONDITIONER", "naver", "Cool", False),
        ("AIRCONDITIONER", "naver", "", False),
        ("HUMIDIFIER", "naver", "light", True),
        ("HUMIDIFIER", "line", "light", False),
        ("WINECELLAR", "naver", "무엇이든", True),
        (["FAN", "HUMIDIFIER"], "naver", "baby", True),
        (["FAN", "HUMIDIFIER"], "naver", "light", True),
        (["FAN", "HUMIDIFIER"], "naver", "cool", False),
    ],
)
@pytest.mark.parametrize("name", ["SetMode", "ReleaseMode"])
def test_a_mode_that_the_type_does_not_have_is_not_supported(
    name, type_, platform, mode, supported, clova, owning
):
    modes = []

    @clova.home.on("SetMode", "ReleaseMode")
    def set_mode(mode):
        modes.append(mode)

    reply = owning(Appliance("기기-1", type=type_), CLOVA_PLATFORM=platform).control(
        name, "기기-1", mode=mode
    )
    assert reply.name == (f"{name}Confirmation" if supported else "UnsupportedOperationError")
    assert modes == ([mode] if supported else [])


ALWAYS = ("GetDeviceState", "HealthCheck", "TurnOff", "TurnOn")


class Purifier(Appliance, type="AIRPURIFIER"):
    @action("TurnOn", "TurnOff", "ReleaseMode")
    def power(self):
        pass

    @action("GetFineDust", "GetAirQuality", "GetCurrentTemperature")
    def query(self):
        raise ValueNotFoundError


@pytest.mark.parametrize(
    ("platform", "actions"),
    [
        ("naver", {"GetAirQuality", "GetCurrentTemperature", "GetFineDust", "ReleaseMode", *ALWAYS}),
        ("line", {"GetAirQuality", "ReleaseMode", *ALWAYS}),
    ],
)
def test_the_actions_of_discovery_are_the_handlers_that_the_platform_allows(platform, actions, owning):
    cek = owning(Purifier("기기-1"), CLOVA_PLATFORM=platform)
    assert set(actions_of(cek)["기기-1"]) == actions


def test_functions_count_as_actions_where_the_type_allows_them(clova, owning):
    clova.home.on("TurnOn", "SetChannel")(lambda: None)
    clova.home.on("Charge", type="ROBOTVACUUM")(lambda: None)
    clova.home.on("TurnOff", type="LIGHT")(lambda: None)
    clova.home.on("SetBrightness", type=["LIGHT", "SMARTTV"])(lambda: None)
    clova.home.on("*")(lambda: None)
    cek = owning(
        Appliance("등", type="LIGHT"),
        Appliance("청소기", type="ROBOTVACUUM"),
        Appliance("TV", type="SMARTTV"),
    )
    assert {name: set(actions) for name, actions in actions_of(cek).items()} == {
        "등": {"GetDeviceState", "HealthCheck", "SetBrightness", "TurnOff", "TurnOn"},
        "청소기": {"Charge", "GetDeviceState", "HealthCheck", "TurnOn"},
        "TV": {"GetDeviceState", "HealthCheck", "SetChannel", "TurnOn"},
    }


def test_actions_of_an_appliance_of_several_types(owning):
    cek = owning(Switchable("1", type=["SMARTLOCK", "AIRSENSOR", "SWITCH"]))
    [wire] = cek.discover().payload["discoveredAppliances"]
    assert wire["applianceTypes"] == ["SMARTLOCK", "AIRSENSOR", "SWITCH"]
    assert sorted(wire["actions"]) == ["GetDeviceState", "HealthCheck", "TurnOff", "TurnOn"]


def test_actions_may_be_given_by_hand(owning):
    cek = owning(Dimmer("등", actions=["TurnOn"]), Dimmer("다른 등"))
    assert actions_of(cek)["등"] == ["TurnOn"]
    assert "SetMode" in actions_of(cek)["다른 등"]


def test_an_infrared_device_has_no_health_check(clova, owning):
    clova.home.on("HealthCheck", type="FAN")(lambda: {"is_reachable": True, "is_turn_on": True})
    cek = owning(Switchable("리모컨", type="FAN", is_ir=True), Switchable("선풍기", type="FAN"))
    assert actions_of(cek)["리모컨"] == ["GetDeviceState", "TurnOff", "TurnOn"]
    assert actions_of(cek)["선풍기"] == ["GetDeviceState", "HealthCheck", "TurnOff", "TurnOn"]
    flags = [item["isIr"] for item in cek.discover().payload["discoveredAppliances"]]
    assert flags == [True, False]


def test_a_function_for_one_action(clova, owning):
    @clova.home.on("GetBatteryInfo", type="ROBOTVACUUM")
    def battery(appliance, user):
        assert user.access_token == TOKEN
        return {"battery": len(appliance.id)}

    cek = owning(Appliance("청소기", type="ROBOTVACUUM"), Appliance("체중계", type="BODYWEIGHTSCALE"))
    assert answer_of(cek.control("GetBatteryInfo", "청소기")) == (
        "GetBatteryInfoResponse",
        {"batteryInfo": {"value": 3}},
    )
    assert cek.control("GetBatteryInfo", "체중계").name == "UnsupportedOperationError"


def test_a_function_for_several_types(clova, owning):
    seen = []

    @clova.home.on("TurnOn", "TurnOff", type=("LIGHT", "FAN"))
    def power(appliance, interface):
        seen.append((appliance.id, interface))

    cek = owning(Appliance("등", type="LIGHT"), Appliance("팬", type="FAN"), Appliance("TV", type="SMARTTV"))
    names = [cek.control(name, i).name for name, i in (("TurnOn", "등"), ("TurnOff", "팬"), ("TurnOn", "TV"))]
    assert names == ["TurnOnConfirmation", "TurnOffConfirmation", "UnsupportedOperationError"]
    assert seen == [("등", "TurnOn"), ("팬", "TurnOff")]


def test_the_star_takes_what_no_other_handler_takes(clova, owning):
    seen = []

    @clova.home.on("*")
    def rest(appliance, interface, request, brightness=None, target_temperature=None):
        seen.append((interface, brightness, target_temperature))
        return {"lockState": "LOCKED"} if interface == "SetLockState" else None

    cek = owning(Appliance("기기", type="LIGHT"))
    cek.control("TurnOn", "기기")
    cek.control("SetBrightness", "기기", brightness=3)
    cek.control("SetTargetTemperature", "기기", target_temperature=20)
    assert cek.control("SetLockState", "기기", lock_state="LOCKED").payload == {"lockState": "LOCKED"}
    assert seen == [
        ("TurnOn", None, None),
        ("SetBrightness", 3, None),
        ("SetTargetTemperature", None, 20),
        ("SetLockState", None, None),
    ]


HEALTH = {"is_reachable": True, "is_turn_on": True}


@pytest.mark.parametrize(
    ("present", "winner"),
    [
        (["method", "type", "any", "star of type", "star"], "method"),
        (["type", "any", "star of type", "star"], "type"),
        (["any", "star of type", "star"], "any"),
        (["star of type", "star"], "default"),
        (["method", "star"], "method"),
        (["type", "star"], "type"),
        ([], "default"),
    ],
)
def test_the_most_particular_handler_wins(present, winner, clova, owning):
    called = []

    def handler(name):
        def handle(*_):
            called.append(name)
            return HEALTH

        return lambda appliance: handle(appliance)

    class WithMethod(Appliance, type="LIGHT"):
        check = action("HealthCheck")(lambda self: handler("method")(self))

    places = {
        "type": ("HealthCheck", "LIGHT"),
        "any": ("HealthCheck", None),
        "star of type": ("*", "LIGHT"),
        "star": ("*", None),
    }
    for name in reversed(present):
        if name in places:
            action_name, type_ = places[name]
            clova.home.on(action_name, type=type_)(handler(name))
    lamp = WithMethod("등") if "method" in present else Appliance("등", type="LIGHT")
    reply = owning(lamp).control("HealthCheck", "등")
    assert answer_of(reply) == ("HealthCheckResponse", {"isReachable": True, "isTurnOn": True})
    assert (called or ["default"]) == [winner]


def test_load_finds_one_appliance(clova, cek):
    asked = []

    @clova.home.load
    def device(user, appliance_id, access_token, request):
        asked.append((user.access_token, appliance_id, access_token, request.name))
        return Lamp(Row(appliance_id, "등")) if appliance_id == "lamp-1" else None

    @clova.home.discover
    def devices():
        raise AssertionError("not asked when there is home.load")

    client = cek()
    assert client.control("TurnOn", "lamp-1").name == "TurnOnConfirmation"
    assert client.control("TurnOn", "없는-등").name == "NoSuchTargetError"
    assert asked == [(TOKEN, "lamp-1", TOKEN, "TurnOnRequest"), (TOKEN, "없는-등", TOKEN, "TurnOnRequest")]


def test_without_load_discovery_is_searched(clova, cek):
    @clova.home.discover
    def devices(user):
        yield Lamp(Row("lamp-1", "등"))
        yield Lamp(Row("lamp-2", f"{user.access_token}"))

    client = cek()
    assert client.control("SetBrightness", "lamp-2", brightness=3).payload == {"brightness": {"value": 3}}
    assert client.control("TurnOn", "lamp-3").name == "NoSuchTargetError"


def test_with_neither_the_appliance_is_a_bare_reference(clova, cek):
    @clova.home.on("TurnOn")
    def on(appliance):
        seen.append(appliance)

    seen = []
    client = cek()
    client.control("TurnOn", "아무거나")
    details = {"row": 7, "actionDetails": []}
    client.home("TurnOn", {"appliance": {"applianceId": "등", "additionalApplianceDetails": details}})
    assert [(item.id, item.types, dict(item.details)) for item in seen] == [
        ("아무거나", (), {}),
        ("등", (), details),
    ]


def test_details_of_discovery_come_back_with_each_request(clova, owning):
    details = []

    @clova.home.on("TurnOn")
    def on(request):
        details.append(request.details)

    cek = owning(Appliance("등", type="LIGHT", details={"줄": 7}))
    cek.discover()
    cek.control("TurnOn", "등")
    assert details == [{"줄": 7}]


def test_what_load_gives_has_to_be_an_appliance(clova, cek):
    clova.home.load(lambda appliance_id: {"id": appliance_id})
    client = cek()
    with pytest.raises(AnswerError, match=r"home\.load must return an Appliance, not dict\. Make"):
        client.control("TurnOn", "등")


def test_what_discovery_gives_has_to_be_an_appliance_where_load_is_missing(clova, cek):
    clova.home.discover(lambda: [SimpleNamespace(id="등")])
    client = cek()
    with pytest.raises(AnswerError, match=r"home\.discover must return an Appliance, not SimpleNamespace"):
        client.control("TurnOn", "등")


@dataclass
class Account:
    name: str
    lamps: tuple = ()


ACCOUNTS = {TOKEN: Account("철수", (Row("lamp-1", "등"),))}


def test_the_user_is_what_the_user_loader_makes_of_the_token(clova, cek):
    users = []

    @clova.user_loader
    def load_user(access_token):
        return ACCOUNTS.get(access_token)

    @clova.home.discover
    def devices(user):
        users.append(user)
        return [Lamp(row) for row in user.lamps]

    @clova.home.on("GetPhase")
    def phase(user):
        users.append(user)
        return user.name

    client = cek()
    assert list(actions_of(client)) == ["lamp-1"]
    assert client.control("GetPhase", "lamp-1").payload["phase"] == {"value": "철수"}
    assert users == [ACCOUNTS[TOKEN]] * 3


@pytest.mark.parametrize("name", ["DiscoverAppliances", "TurnOn", "DiscoverScenes", "ActionScene"])
def test_a_token_that_the_user_loader_does_not_know_is_invalid(name, clova, connect):
    clova.user_loader(lambda access_token: ACCOUNTS.get(access_token))
    clova.home.discover(lambda: pytest.fail("called"))
    clova.home.scenes(lambda: pytest.fail("called"))
    clova.home.scene_action(lambda: pytest.fail("called"))
    clova.home.on("TurnOn")(lambda: pytest.fail("called"))
    reply = connect(client={"access_token": "모르는-토큰"}).home(name, {"appliance": {"applianceId": "등"}})
    assert answer_of(reply) == ("InvalidAccessTokenError", {})


@pytest.mark.parametrize("error", [ExpiredAccessTokenError, InvalidAccessTokenError])
def test_what_the_user_loader_raises_is_the_answer(error, clova, cek):
    @clova.user_loader
    def load_user(access_token):
        raise error

    clova.home.discover(lambda: pytest.fail("called"))
    assert answer_of(cek().discover()) == (error.__name__, {})


def test_a_user_that_counts_as_false_is_a_user(clova, cek):
    clova.user_loader(lambda access_token: 0)
    clova.home.on("GetPhase")(lambda user: f"{user!r}")
    assert cek().control("GetPhase", "기기").payload["phase"] == {"value": "0"}


def test_current_user_is_the_user(clova, cek):
    clova.user_loader(lambda access_token: ACCOUNTS.get(access_token))
    clova.home.on("GetPhase")(lambda: current_user.name)
    assert cek().control("GetPhase", "기기").payload["phase"] == {"value": "철수"}


def test_async_handlers(clova, cek):
    pytest.importorskip("asgiref")

    class Kettle(Appliance, type="ELECTRICKETTLE"):
        @action("GetCurrentTemperature")
        async def temperature(self, user):
            return len(user)

    @clova.user_loader
    async def load_user(access_token):
        return "철수" if access_token == TOKEN else None

    @clova.home.discover
    async def devices(user):
        return [Kettle(f"{user}의 주전자")]

    @clova.home.load
    async def device(user, appliance_id):
        return Kettle(appliance_id)

    @clova.home.on("TurnOn")
    async def on(appliance):
        raise TargetOfflineError

    client = cek()
    assert list(actions_of(client)) == ["철수의 주전자"]
    assert client.control("GetCurrentTemperature", "주전자").payload["currentTemperature"] == {"value": 2}
    assert client.control("GetDeviceState", "주전자").payload["states"] == [
        {"name": "현재 온도", "value": 2, "unit": "celsius"}
    ]
    assert client.control("TurnOn", "주전자").name == "TargetOfflineError"


class Speed(Enum):
    LOW = 1
    HIGH = 3


class Lock(Enum):
    SHUT = "LOCKED"
    OPEN = "UNLOCKED"


@pytest.mark.parametrize(
    ("name", "field", "annotation", "sent", "arrives"),
    [
        ("SetBrightness", "brightness", float, 50, 50),
        ("SetBrightness", "brightness", float, 49.5, 49.5),
        ("SetBrightness", "brightness", int, 50, 50),
        ("SetBrightness", "brightness", int, 50.0, 50),
        ("SetBrightness", "brightness", str, 50, "50"),
        ("SetBrightness", "brightness", Decimal, 49.5, Decimal("49.5")),
        ("SetBrightness", "brightness", Any, 49.5, 49.5),
        ("SetBrightness", "brightness", int | None, 50, 50),
        ("SetBrightness", "brightness", Annotated[int, validate.Range(max=50)], 50, 50),
        ("SetFanSpeed", "fan_speed", Speed, 3, Speed.HIGH),
        ("SetFanSpeed", "fan_speed", Literal[1, 2, 3], 2, 2),
        ("SetLockState", "lock_state", Lock, "LOCKED", Lock.SHUT),
        ("SetLockState", "lock_state", Literal["LOCKED", "UNLOCKED"], "UNLOCKED", "UNLOCKED"),
        ("SetLockState", "lock_state", str, "UNLOCKED", "UNLOCKED"),
        ("SetMode", "mode", str | None, "auto", "auto"),
        ("SetColor", "color", Color, {"hue": 1, "saturation": 0.5}, Color(1, 0.5)),
        (
            "SetColor",
            "color",
            Color | None,
            {"hue": 1, "saturation": 0, "brightness": 1},
            Color(1, 0, 1),
        ),
        (
            "GetUsageTime",
            "period",
            Period,
            {"start": "2018-08-10T00:00:00Z", "end": "2018-08-10T09:00:00+09:00"},
            Period(
                datetime(2018, 8, 10, tzinfo=UTC),
                datetime(2018, 8, 10, tzinfo=UTC),
            ),
        ),
        ("GetDeviceState", "period", Period | None, None, None),
        ("ChangeInputSource", "count", int | None, None, None),
        ("ChangeInputSource", "count", Any, None, None),
    ],
)
def test_an_annotation_converts(name, field, annotation, sent, arrives, clova, cek):
    seen = []

    def handle(value):
        seen.append(value)
        return answers.get(name)

    answers = {"SetLockState": "LOCKED", "GetUsageTime": "PT1H", "GetDeviceState": []}
    register_with(clova, name, field, annotation, handle)
    reply = cek().control(name, "기기", **({} if sent is None else {field: sent}))
    assert reply.name in (f"{name}Confirmation", f"{name}Response")
    assert seen == [arrives]
    assert type(seen[0]) is type(arrives)


def register_with(clova, name, field, annotation, handle):
    """Register a function of one annotated parameter."""
    scope = {"annotation": annotation, "handle": handle}
    exec(f"def handler({field}: annotation): return handle({field})", scope)
    clova.home.on(name)(scope["handler"])


@pytest.mark.parametrize(
    ("name", "field", "annotation", "sent"),
    [
        ("SetBrightness", "brightness", int, 49.5),
        ("SetBrightness", "brightness", Annotated[int, validate.Range(max=50)], 51),
        ("SetFanSpeed", "fan_speed", Speed, 2),
        ("SetFanSpeed", "fan_speed", Literal[1, 3], 2),
        ("SetMode", "mode", Lock, "auto"),
        ("SetMode", "mode", float, "auto"),
        ("ChangeInputSource", "count", int, None),
    ],
)
def test_a_value_that_an_annotation_refuses_is_not_supported(name, field, annotation, sent, clova, cek):
    register_with(clova, name, field, annotation, lambda value: pytest.fail("called"))
    reply = cek().control(name, "기기", **({} if sent is None else {field: sent}))
    assert answer_of(reply) == ("ValueNotSupportedError", {})


def test_a_default_stands_in_for_what_is_missing(clova, cek):
    seen = []

    @clova.home.on("ChangeInputSource", "TurnOn")
    def change(count: int = 1):
        seen.append(count)

    client = cek()
    client.control("ChangeInputSource", "TV")
    client.control("ChangeInputSource", "TV", count=2)
    client.control("TurnOn", "TV")
    assert seen == [1, 2, 1]


def test_a_naive_period_is_local_time(clova, cek):
    seen = []

    @clova.home.on("GetUsageTime")
    def usage(period: Period):
        seen.append(period)
        return period.end - period.start

    point = "2018-08-10T0{}:00:00"
    reply = cek().control("GetUsageTime", "의자", period={"start": point.format(1), "end": point.format(3)})
    assert reply.payload["usageTime"] == "PT2H"
    assert seen[0].start == datetime(2018, 8, 10, 1).astimezone()


@pytest.mark.parametrize(
    ("name", "answer", "payload"),
    [
        ("GetBatteryInfo", 80, {"batteryInfo": {"value": 80}}),
        ("GetHumidity", 0, {"humidity": {"value": 0}}),
        ("GetCurrentSittingState", {"sitting_state": False}, {"sittingState": {"value": False}}),
        ("GetLockState", "LOCKED", {"lockState": "LOCKED"}),
        ("GetLockState", Lock.OPEN, {"lockState": "UNLOCKED"}),
        ("GetPhase", "취사 중", {"phase": {"value": "취사 중"}}),
        ("GetRemainingTime", timedelta(minutes=90), {"remainingTime": "PT1H30M"}),
        ("GetRemainingTime", timedelta(0), {"remainingTime": "PT0S"}),
        ("GetAsleepDuration", timedelta(days=1, seconds=5), {"asleepDuration": "PT24H5S"}),
        (
            "GetOpenTime",
            datetime(2018, 8, 10, 3, tzinfo=timezone(timedelta(hours=9))),
            {"openTimestamp": "2018-08-10T03:00:00+09:00"},
        ),
        ("GetNotice", ["점검"], {"notice": ["점검"]}),
        ("GetNotice", ("점검", "방역"), {"notice": ["점검", "방역"]}),
        ("GetNotice", [], {"notice": []}),
        (
            "GetExpendableState",
            ({"name": "필터", "remaining_time": timedelta(hours=1)},),
            {"expendableInfo": [{"name": "필터", "remainingTime": "PT1H"}]},
        ),
        ("SetColor", Color(240, 1), {"color": {"hue": 240, "saturation": 1}}),
        ("SetColor", {"hue": 240, "saturation": 1}, {"color": {"hue": 240, "saturation": 1}}),
        ("GetAirQuality", {"index": "good"}, {"airQuality": {"index": "good"}}),
        (
            "GetCurrentBill",
            {"currency": "KRW", "value": 12000},
            {"currentBill": {"currency": "KRW", "value": 12000}},
        ),
        ("SetBrightness", 50.5, {"brightness": {"value": 50.5}}),
        ("IncrementBrightness", 60, {"brightness": {"value": 60}}),
        ("ReleaseMode", "auto", {"mode": {"value": "auto"}}),
        ("SetFanSpeed", Speed.LOW, {"fanSpeed": {"value": 1}}),
        ("Stop", None, {}),
        ("TurnOn", {"mode": None}, {}),
    ],
)
def test_a_bare_value_is_the_reply_of_one_field(name, answer, payload, clova, cek):
    clova.home.on(name)(lambda: answer)
    fields = {"brightness": 1, "delta_brightness": 1, "mode": "auto", "fan_speed": 1}
    color = {"color": {"hue": 1, "saturation": 1}}
    reply = cek().control(name, "기기", **fields, **color)
    assert answer_of(reply)[1] == payload
    assert reply.name in (f"{name}Confirmation", f"{name}Response")


def test_a_naive_point_in_time_is_sent_as_local_time(clova, cek):
    clova.home.on("GetOpenTime")(lambda: datetime(2018, 8, 10, 3))
    sent = datetime.fromisoformat(cek().control("GetOpenTime", "현관").payload["openTimestamp"])
    assert sent == datetime(2018, 8, 10, 3).astimezone()


@pytest.mark.parametrize(
    ("name", "fields", "fault"),
    [
        ("TurnOff", {}, "The handler of TurnOff must return a dict of nothing, not bool"),
        ("TurnOn", {}, "must return a dict of targetTemperature, fanSpeed, mode, not bool"),
    ],
)
def test_a_bare_value_for_another_reply_is_an_error(name, fields, fault, clova, cek):
    clova.home.on(name)(lambda: True)
    client = cek()
    with pytest.raises(AnswerError, match=fault):
        client.control(name, "기기", **fields)


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({}, {"isReachable": True, "isTurnOn": True}),
        ({"is_on": True}, {"isReachable": True, "isTurnOn": True}),
        ({"is_on": False}, {"isReachable": True, "isTurnOn": False}),
        ({"is_reachable": False}, {"isReachable": False, "isTurnOn": True}),
    ],
)
def test_the_default_health_check(given, answer, owning):
    reply = owning(Appliance("등", type="LIGHT", **given)).control("HealthCheck", "등")
    assert (reply.name, reply.payload) == ("HealthCheckResponse", answer)


class Sensor(Appliance, type="AIRSENSOR"):
    @action("GetHumidity")
    def humidity(self):
        return 40

    @action("GetCurrentTemperature")
    def temperature(self):
        return {"currentTemperature": {"value": 23.5}}

    @action("GetAirQuality")
    def quality(self):
        return {"air_quality": {"index": "good"}}

    @action("GetFineDust")
    def dust(self):
        return {"fine_dust": {"value": 35, "index": "normal"}}

    @action("GetUltraFineDust")
    def no_ultra_fine_dust(self):
        raise ValueNotFoundError


def test_the_default_device_state_asks_the_other_queries(owning):
    reply = owning(Sensor("센서")).control("GetDeviceState", "센서")
    assert reply.name == "GetDeviceStateResponse"
    assert sorted(reply.payload["states"], key=lambda state: state["name"]) == [
        {"name": "공기 질", "value": "좋음"},
        {"name": "미세먼지", "value": 35},
        {"name": "습도", "value": 40, "unit": "percentage"},
        {"name": "현재 온도", "value": 23.5, "unit": "celsius"},
    ]
    assert datetime.fromisoformat(reply.payload[STAMP]).tzinfo is not None


@pytest.mark.parametrize(
    ("is_on", "states"),
    [
        (None, []),
        (True, [{"name": "전원", "value": "켜짐"}]),
        (False, [{"name": "전원", "value": "꺼짐"}]),
    ],
)
def test_the_default_device_state_tells_whether_it_is_on(is_on, states, owning):
    reply = owning(Appliance("등", type="LIGHT", is_on=is_on)).control("GetDeviceState", "등")
    assert reply.payload["states"] == states


def test_the_default_device_state_asks_functions_that_are_about_the_type(clova, owning):
    clova.home.on("GetHumidity", type="AIRSENSOR")(lambda: 40)
    clova.home.on("GetCurrentTemperature", type="ELECTRICKETTLE")(lambda: pytest.fail("asked"))
    clova.home.on("GetBatteryInfo")(lambda: pytest.fail("asked"))
    states = owning(Appliance("센서", type="AIRSENSOR")).control("GetDeviceState", "센서").payload["states"]
    assert states == [{"name": "습도", "value": 40, "unit": "percentage"}]


def test_the_default_device_state_of_what_cannot_be_reached(owning):
    reply = owning(Sensor("센서", is_reachable=False)).control("GetDeviceState", "센서")
    assert answer_of(reply) == ("TargetOfflineError", {})


def test_the_default_device_state_tells_yes_and_no_in_words(owning):
    class Chair(Appliance, type="SMARTCHAIR"):
        @action("GetCurrentSittingState")
        def sitting(self):
            return {"sitting_state": True}

    states = owning(Chair("의자")).control("GetDeviceState", "의자").payload["states"]
    assert [state["value"] for state in states] == ["예"]


def test_the_default_device_state_gives_each_state_a_name_of_its_own(owning):
    class RiceCooker(Appliance, type="RICECOOKER"):
        @action("GetRemainingTime")
        def remaining(self):
            return timedelta(minutes=20)

        @action("GetCleaningCycle")
        def cleaning(self):
            return "P10D"

    states = owning(RiceCooker("밥솥")).control("GetDeviceState", "밥솥").payload["states"]
    assert {state["value"] for state in states} == {"20분", "10일"}
    assert len({state["name"] for state in states}) == 2


def test_the_default_device_state_asks_in_its_own_name(owning):
    seen = []

    class Meter(Appliance, type="SMARTMETER"):
        @action("GetCurrentBill", "GetEstimateBill")
        def bill(self, interface, user, access_token, period: Period | None = None):
            seen.append((interface, user.access_token, access_token, period))
            field = "current_bill" if interface == "GetCurrentBill" else "estimate_bill"
            return {field: {"currency": "KRW", "value": 12000}}

    reply = owning(Meter("계량기")).control("GetDeviceState", "계량기")
    assert sorted(seen) == [("GetCurrentBill", TOKEN, TOKEN, None), ("GetEstimateBill", TOKEN, TOKEN, None)]
    assert {state["value"] for state in reply.payload["states"]} == {12000}


def test_handlers_of_ones_own_come_before_the_defaults(owning):
    class Own(Sensor):
        @action("GetDeviceState")
        def state(self):
            return [{"name": "상태", "value": "좋음"}]

        @action("HealthCheck")
        def health(self):
            return {"is_reachable": False, "is_turn_on": False}

    cek = owning(Own("센서"))
    assert cek.control("GetDeviceState", "센서").payload["states"] == [{"name": "상태", "value": "좋음"}]
    assert cek.control("HealthCheck", "센서").payload == {"isReachable": False, "isTurnOn": False}


def test_a_group_brings_home_handlers(clova, cek):
    group = HandlerGroup()

    @group.home.discover
    def devices():
        return [Appliance("등", type="LIGHT")]

    @group.home.on("TurnOn", type="LIGHT")
    def on():
        raise TargetOfflineError

    @group.user_loader
    def load_user(access_token):
        return access_token

    clova.register(group)
    clova.home.on("TurnOff")(lambda user: None)
    client = cek()
    assert set(actions_of(client)["등"]) == {"GetDeviceState", "HealthCheck", "TurnOff", "TurnOn"}
    assert client.control("TurnOn", "등").name == "TargetOfflineError"
    assert client.control("TurnOff", "등").name == "TurnOffConfirmation"


@pytest.mark.parametrize(
    "declare",
    [
        lambda home: home.on("TurnOn")(lambda: None),
        lambda home: home.on("*")(lambda: None),
        lambda home: home.discover(lambda: ()),
        lambda home: home.load(lambda appliance_id: None),
        lambda home: home.scenes(lambda: ()),
        lambda home: home.scene_action(lambda: None),
        lambda home: home.custom_commands(lambda: ()),
    ],
)
def test_after_the_first_message_nothing_can_be_registered(declare, clova, cek):
    cek().discover()
    with pytest.raises(RegistrationError, match=r"cannot be registered any more: the app '.*' has answ"):
        declare(clova.home)


def test_after_joining_a_group_takes_no_more(clova):
    group = HandlerGroup()
    clova.register(group)
    with pytest.raises(RegistrationError, match="its group has joined"):
        group.home.on("TurnOn")(lambda: None)


def test_an_appliance_says_what_it_is():
    assert repr(Lamp(Row("lamp-1", "등"))) == "<Lamp 'lamp-1' LIGHT>"
    assert repr(Appliance("기기", type=["FAN", "LIGHT"])) == "<Appliance '기기' FAN/LIGHT>"
    assert re.fullmatch(r"<Appliance '기기' of no type>", repr(Appliance("기기")))


def test_a_lock_that_says_nothing_did_as_it_was_asked(clova, connect):
    clova.home.on("SetLockState", type=None)(lambda lock_state: None)
    reply = connect(client={"access_token": "token"}).control("SetLockState", "문", lock_state="LOCKED")
    assert answer_of(reply) == ("SetLockStateConfirmation", {"lockState": "LOCKED"})


def test_a_whole_number_with_a_point_is_one_of_the_choices(clova, connect):
    @clova.home.on("SetFanSpeed")
    def speed(fan_speed: Literal[1, 2, 3]):
        return fan_speed

    reply = connect(client={"access_token": "token"}).control("SetFanSpeed", "팬", fan_speed=2.0)
    assert answer_of(reply) == ("SetFanSpeedConfirmation", {"fanSpeed": {"value": 2}})


def test_a_speed_between_two_is_a_value_nobody_knows(clova, connect):
    clova.home.on("SetFanSpeed")(lambda: None)
    cek = connect(client={"access_token": "token"})
    assert cek.control("SetFanSpeed", "팬", fan_speed=1.5).name == "ValueNotSupportedError"
