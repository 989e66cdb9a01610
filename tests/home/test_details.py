"""What is odd in a detail costs the detail and a warning; handlers get what they ask for, and no more."""

from __future__ import annotations

import logging

import pytest

from clova_flask.home import LOCATIONS, Appliance, CustomCommand, action
from clova_flask.home.places import PLACES
from clova_flask.runtime import runtime_of

TOKEN = "연결된-계정의-토큰"


class Lamp(Appliance, type="LIGHT", manufacturer_name="등대"):
    @action("TurnOn", "TurnOff")
    def power(self):
        pass


@pytest.fixture
def cek(connect):
    return lambda **config: connect(client={"access_token": TOKEN}, **config)


@pytest.fixture
def discovering(clova, cek):
    """Give the one appliance as discovery lists it, and the findings of `check` for it."""

    def discovering(appliance, **config):
        clova.home.discover(lambda: [appliance])
        client = cek(**config)
        [wire] = client.discover().payload["discoveredAppliances"]
        return wire, runtime_of(client.app, "clova").home_service().check_discovery(TOKEN)

    return discovering


ODD = {
    "empty location": ({"location": ""}, "location", "home.unknown-location", "The location is empty."),
    "misspelt location": (
        {"location": "LIVINGROOM"},
        "location",
        "home.unknown-location",
        "Did you mean 'LIVING_ROOM'?",
    ),
    "number as location": ({"location": 7}, "location", "home.unknown-location", "7 is not a valid"),
    "list as location": ({"location": ["KITCHEN"]}, "location", "home.unknown-location", "['KITCHEN']"),
    "is_ir None": (
        {"is_ir": None},
        "isIr",
        "home.odd-detail",
        "isIr is left out: it is None. Field may not be null.",
    ),
    "is_ir text": ({"is_ir": "yes"}, "isIr", "home.odd-detail", "it is 'yes'. Not true or false."),
    "is_ir list": ({"is_ir": []}, "isIr", "home.odd-detail", "it is []."),
    "numeric version": ({"version": 1.5}, "version", "home.odd-detail", "it is 1.5. Not a valid string."),
    "model": ({"model_name": 7}, "modelName", "home.odd-detail", "modelName"),
    "manufacturer": ({"manufacturer_name": 7}, "manufacturerName", "home.odd-detail", "manufacturerName"),
    "description": ({"friendly_description": 7}, "friendlyDescription", "home.odd-detail", "it is 7."),
}


@pytest.mark.parametrize("platform", ["naver", "line"])
@pytest.mark.parametrize("odd", ODD)
def test_an_odd_detail_costs_the_detail_and_a_warning(discovering, caplog, odd, platform):
    given, key, code, problem = ODD[odd]
    wire, findings = discovering(Lamp("등", **given), CLOVA_PLATFORM=platform)
    assert key not in wire
    assert wire["applianceId"] == "등"
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith("Discovery sends less of <Lamp '등' LIGHT>: ")
    assert problem in record.getMessage()
    assert [(found.code, found.is_error) for found in findings] == [(code, False)]


@pytest.mark.parametrize("given", ["yes", None])
def test_reachability_that_is_not_known(discovering, given):
    wire, findings = discovering(Lamp("등", is_reachable=given), CLOVA_PLATFORM="line")
    assert "isReachable" not in wire
    assert [found.code for found in findings] == ["home.odd-detail"]


def test_several_odd_details(discovering):
    odd = Lamp("등", location="", version=2, is_ir=None, model_name=3)
    wire, findings = discovering(odd)
    assert not {"location", "version", "isIr", "modelName"} & wire.keys()
    assert len(findings) == 4


@pytest.mark.parametrize(
    ("given", "listed", "problem"),
    [
        (["TurnOn", "TurnOm"], ["TurnOn"], "LIGHT does not allow 'TurnOm'. Did you mean 'TurnOn'?"),
        (["TurnOn", 7], ["TurnOn"], "LIGHT does not allow 7."),
        ([["TurnOn"]], [], "does not allow ['TurnOn']"),
        (("Charge", "TurnOff"), ["TurnOff"], "LIGHT does not allow 'Charge'."),
    ],
)
def test_an_action_outside_the_types_table_is_left_out_by_itself(discovering, caplog, given, listed, problem):
    wire, findings = discovering(Lamp("등", actions=given))
    assert wire["actions"] == listed
    assert problem in caplog.text
    assert [found.code for found in findings] == ["home.action-not-allowed"]


def test_an_action_to_confirm_that_the_type_does_not_have(discovering):
    wire, findings = discovering(Lamp("등", confirm=["TurnOf", "TurnOff"]), CLOVA_PLATFORM="line")
    assert wire["actionsNeededUserConfirmation"] == ["TurnOff"]
    assert [found.code for found in findings] == ["home.action-not-allowed"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("거실", "LIVING_ROOM"),
        ("작은 방", "SMALL_ROOM"),
        ("부엌", "KITCHEN"),
        ("\u1100\u1165\u1109\u1175\u11af", "LIVING_ROOM"),
        ("リビング", "LIVING_ROOM"),
        ("和室", "JAPANESE_STYLE_ROOM"),
        ("お父さんの部屋", "FATHER_ROOM"),
    ],
    ids=["거실", "작은 방", "부엌", "NFD", "リビング", "和室", "お父さんの部屋"],
)
def test_the_name_of_a_place_is_its_location(discovering, caplog, given, code):
    assert discovering(Lamp("등", location=given))[0]["location"] == code
    assert not caplog.records


def test_the_location_of_a_class_by_its_name(discovering):
    class Ceiling(Lamp, location="안방"):
        pass

    assert discovering(Ceiling("등"))[0]["location"] == "MAIN_ROOM"


def test_every_place_is_a_location():
    assert set(PLACES.values()) <= LOCATIONS
    assert not any(" " in name for name in PLACES)


def test_a_manufacturer_is_not_invented(discovering, caplog):
    class Fan(Appliance, type="FAN"):
        turn_on = action("TurnOn")(lambda self: None)

    wire, [found] = discovering(Fan("선풍기"))
    assert "manufacturerName" not in wire
    assert (found.code, found.is_error) == ("home.no-manufacturer", False)
    assert 'manufacturer_name="…"' in found.message
    assert str(found.where) == "<Fan '선풍기' FAN>"
    assert not caplog.records  # a user who opens the app cannot mend it


def test_a_missing_manufacturer_is_told_once_for_each_class(clova, cek):
    class Fan(Appliance, type="FAN"):
        turn_on = action("TurnOn")(lambda self: None)

    clova.home.discover(lambda: [Fan("선풍기 1"), Fan("선풍기 2"), Fan(""), Lamp("등")])
    found = runtime_of(cek().app, "clova").home_service().check_discovery(TOKEN)
    assert [finding.code for finding in found] == ["home.no-id", "home.no-manufacturer"]


OTHER = [("naver", "ReleaseMode", "LINE"), ("line", "ChangeMode", "NAVER")]


@pytest.mark.parametrize(("platform", "name", "other"), OTHER)
def test_an_action_of_the_other_platform_is_told(clova, cek, caplog, platform, name, other):
    class Aircon(Appliance, type="AIRCONDITIONER", manufacturer_name="바람"):
        both = action("TurnOn", "ReleaseMode", "ChangeMode")(lambda self: None)

    clova.home.discover(lambda: [Aircon("거실"), Aircon("안방")])
    client = cek(CLOVA_PLATFORM=platform)
    appliances = client.discover().payload["discoveredAppliances"]
    assert all(name not in item["actions"] and "TurnOn" in item["actions"] for item in appliances)
    text = f"{name} has a handler, but AIRCONDITIONER has it only on {other}'s platform."
    assert caplog.text.count(text) == 1
    [found] = runtime_of(client.app, "clova").home_service().check_discovery(TOKEN)
    assert (found.code, found.is_error) == ("home.other-platform-action", False)
    assert found.message == text


@pytest.mark.parametrize(("platform", "name", "other"), OTHER)
def test_an_action_of_the_other_platform_that_is_listed(discovering, caplog, platform, name, other):
    aircon = Appliance("에어컨", type="AIRCONDITIONER", actions=["TurnOn", name], manufacturer_name="바람")
    wire, [found] = discovering(aircon, CLOVA_PLATFORM=platform)
    assert wire["actions"] == ["TurnOn"]
    assert found.code == "home.other-platform-action"
    assert f"AIRCONDITIONER has {name} only on {other}'s platform." in caplog.text


def test_a_function_of_a_type_for_the_other_platform_is_told(clova, cek, caplog):
    clova.home.on("ChangeMode", type="AIRCONDITIONER")(lambda: None)
    clova.home.on("ChangePower")(lambda: None)
    clova.home.discover(lambda: [Appliance("에어컨", type="AIRCONDITIONER")])
    cek(CLOVA_PLATFORM="line").discover()
    assert "ChangeMode has a handler" in caplog.text
    assert "ChangePower" not in caplog.text  # it is for any type


@pytest.mark.parametrize("type_", [None, "LIGHT"])
def test_a_star_leaves_health_and_state_to_the_defaults(clova, cek, type_):
    called = []
    clova.home.on("*", type=type_)(lambda interface: called.append(interface))
    clova.home.discover(lambda: [Appliance("등", type="LIGHT", is_on=True)])
    client = cek()
    assert client.control("HealthCheck", "등").payload == {"isReachable": True, "isTurnOn": True}
    assert client.control("GetDeviceState", "등").name == "GetDeviceStateResponse"
    assert client.control("TurnOn", "등").name == "TurnOnConfirmation"
    assert called == ["TurnOn"]


def test_health_and_state_that_are_named_are_handled(clova, cek):
    clova.home.on("*")(lambda: None)
    clova.home.on("HealthCheck")(lambda: {"is_reachable": False, "is_turn_on": False})
    clova.home.discover(lambda: [Appliance("등", type="LIGHT")])
    assert cek().control("HealthCheck", "등").payload == {"isReachable": False, "isTurnOn": False}


@pytest.mark.parametrize(
    ("actions", "problem"),
    [
        ([("등", "TurnOnn")], "'TurnOnn' is not an action. Did you mean 'TurnOn'?"),
        ([("등", "TurnOn"), ("등", "춤")], "'춤' is not an action."),
        ([("등", "DiscoverAppliances")], "'DiscoverAppliances' is not an action."),
    ],
)
def test_the_action_of_a_custom_command_is_checked(clova, cek, caplog, actions, problem):
    good = CustomCommand("밤", [("등", "TurnOff")])
    clova.home.discover(lambda: [Lamp("등")])
    clova.home.custom_commands(lambda: [CustomCommand("영화", actions), good])
    payload = cek().discover().payload
    assert [command["name"] for command in payload["customCommands"]] == ["밤"]
    [record] = caplog.records
    assert problem in record.getMessage()


@pytest.mark.parametrize("given", [{}, {"deltaBrightness": None}])
def test_a_field_that_the_handler_does_not_take_is_not_demanded(clova, cek, given):
    clova.home.on("IncrementBrightness")(lambda: None)
    assert cek().control("IncrementBrightness", "등", **given).name == "IncrementBrightnessConfirmation"


def test_a_mode_that_the_handler_does_not_take_is_not_demanded(clova, cek):
    clova.home.on("ReleaseMode")(lambda: None)
    assert cek().control("ReleaseMode", "등").name == "ReleaseModeConfirmation"


@pytest.mark.parametrize(
    ("given", "handle"),
    [({"deltaBrightness": {"value": "많이"}}, lambda: None), ({}, lambda delta_brightness: None)],
    ids=["wrong", "taken"],
)
def test_a_field_that_is_wrong_or_taken_is_demanded(clova, cek, given, handle):
    clova.home.on("IncrementBrightness")(handle)
    assert cek().control("IncrementBrightness", "등", **given).name == "ValueNotSupportedError"


def test_a_lock_state_that_the_reply_repeats_is_demanded(clova, cek):
    clova.home.on("SetLockState")(lambda: None)
    assert cek().control("SetLockState", "문").name == "ValueNotSupportedError"
