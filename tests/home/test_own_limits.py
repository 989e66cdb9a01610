"""Limits and actions of one appliance: told in discovery, and enforced."""

from __future__ import annotations

import logging

import pytest

from clova_flask.home import Appliance, action

TOKEN = "연결된-계정의-토큰"


class Aircon(Appliance, type="AIRCONDITIONER"):
    @action("SetTargetTemperature", minimum=16, maximum=30)
    def warm(self, target_temperature: float):
        return target_temperature

    @action("TurnOn", "TurnOff")
    def power(self):
        pass

    @action("SetMode")
    def change(self, mode):
        return mode


@pytest.fixture
def owning(clova, connect):
    def owning(*appliances, **config):
        clova.home.discover(lambda: appliances)
        return connect(client={"access_token": TOKEN}, **config)

    return owning


def details(cek):
    listed = cek.discover().payload["discoveredAppliances"]
    return {item["applianceId"]: item.get("additionalApplianceDetails") for item in listed}


def bounds(least, greatest):
    allowed = {"type": "boundedNumber", "minValue": least, "maxValue": greatest}
    return {"action": "SetTargetTemperature", "allowableValue": allowed}


@pytest.mark.parametrize("source", ["discover", "load"])
def test_limits_of_one_appliance_are_told_and_enforced(clova, owning, source):
    narrow = Aircon("안방", limits={"SetTargetTemperature": (18, 26)})
    if source == "load":
        clova.home.load(lambda appliance_id: narrow if appliance_id == "안방" else Aircon(appliance_id))
    cek = owning(narrow, Aircon("거실"))
    assert details(cek) == {
        "안방": {"actionDetails": [bounds(18, 26)]},
        "거실": {"actionDetails": [bounds(16, 30)]},
    }
    reply = cek.control("SetTargetTemperature", "안방", target_temperature=28)
    assert (reply.name, reply.payload) == (
        "ValueOutOfRangeError",
        {"minimumValue": 18, "maximumValue": 26},
    )
    for appliance_id, degrees in (("안방", 26), ("거실", 28)):
        reply = cek.control("SetTargetTemperature", appliance_id, target_temperature=degrees)
        assert reply.payload == {"targetTemperature": {"value": degrees}}


def test_limits_may_be_wider_than_those_of_the_class_and_values(owning):
    cek = owning(Aircon("안방", limits={"SetTargetTemperature": (10, 40), "SetMode": ["cool", "auto"]}))
    assert details(cek)["안방"]["actionDetails"] == [
        bounds(10, 40),
        {"action": "SetMode", "allowableValue": {"type": "string", "enumValues": ["cool", "auto"]}},
    ]
    assert cek.control("SetTargetTemperature", "안방", target_temperature=40).name.endswith("Confirmation")
    assert cek.control("SetMode", "안방", mode="sleep").name == "UnsupportedOperationError"
    assert cek.control("SetMode", "안방", mode="cool").payload == {"mode": {"value": "cool"}}


def test_limits_for_a_function(clova, owning):
    clova.home.on("SetBrightness")(lambda brightness: brightness)
    cek = owning(Appliance("등", type="LIGHT", limits={"SetBrightness": (0, 80)}, details={"줄": 7}))
    assert details(cek)["등"].keys() == {"줄", "actionDetails"}
    assert cek.control("SetBrightness", "등", brightness=81).name == "ValueOutOfRangeError"


def test_limits_of_what_it_cannot_do_are_not_told(owning):
    cek = owning(Aircon("안방", actions=["TurnOn"], limits={"SetTargetTemperature": (18, 26)}))
    assert details(cek) == {"안방": None}


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        ({"SetTargetTemperature": (26, 18)}, "contradict each other"),
        ({"SetTargetTemperature": 18}, "must be a tuple of the least and the greatest, or a list"),
        ({"SetTargetTemperature": ("추움", "더움")}, "must be a number, not '추움'"),
        ({"SetTargetTemperatur": (18, 26)}, "Did you mean 'SetTargetTemperature'?"),
        ({"TurnOn": (18, 26)}, "TurnOn has no value that could have limits."),
        ({7: (18, 26)}, "7 is not an action."),
        ("18-26", "limits must be a dict, not str."),
    ],
)
def test_limits_that_do_not_fit_cost_themselves_only(owning, caplog, limits, problem):
    cek = owning(Aircon("안방", limits=limits), testing=False)
    assert details(cek) == {"안방": {"actionDetails": [bounds(16, 30)]}}
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert problem in record.getMessage()
    assert cek.control("SetTargetTemperature", "안방", target_temperature=29).name.endswith("Confirmation")
    assert cek.control("SetTargetTemperature", "안방", target_temperature=31).name == "ValueOutOfRangeError"


def test_an_action_that_the_appliance_does_not_list_is_refused(owning):
    cek = owning(Aircon("안방", actions=["TurnOn"]), Aircon("거실"))
    assert cek.control("TurnOn", "안방").name == "TurnOnConfirmation"
    assert cek.control("TurnOff", "안방").name == "UnsupportedOperationError"
    assert cek.control("TurnOff", "거실").name == "TurnOffConfirmation"
    assert cek.control("HealthCheck", "안방").name == "HealthCheckResponse"
    assert cek.control("GetDeviceState", "안방").name == "GetDeviceStateResponse"


def test_limits_of_ones_own_leave_those_of_the_class(clova, owning):
    class Light(Appliance, type="LIGHT"):
        dim = action("SetBrightness", minimum=0, maximum=100)(lambda self, brightness: brightness)
        temper = action("SetColorTemperature", values=[2700, 6500])(lambda self, color_temperature: None)

    limits = {"SetBrightness": (10, 80)}
    own = {"actionDetails": [{"action": "SetBrightness", "allowableValue": {"type": "number"}}], "줄": 7}
    told = details(owning(Light("등", limits=limits), Light("줄등", limits=limits, details=own)))
    assert [entry["action"] for entry in told["등"]["actionDetails"]] == [
        "SetBrightness",
        "SetColorTemperature",
    ]
    assert told["등"]["actionDetails"][0]["allowableValue"] == {
        "type": "boundedNumber",
        "minValue": 10,
        "maxValue": 80,
    }
    assert told["줄등"] == own
