"""The table of interfaces as fields: what a form, the documentation or a check reads of it."""

from __future__ import annotations

import pickle

import pytest

from clova_flask.home import INTERFACES, Appliance, action
from clova_flask.wire import rows
from clova_flask.wire.rows import parse_objects, parse_rows


def described(field):
    return (
        field.name,
        field.python_name,
        field.kind,
        field.scalar,
        field.required,
        field.many,
        field.choices,
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("TurnOn", []),
        ("SetBrightness", [("brightness", "brightness", "Brightness", "number", True, False, ())]),
        ("SetFanSpeed", [("fanSpeed", "fan_speed", "Speed", "number", True, False, (1, 2, 3))]),
        (
            "SetLockState",
            [("lockState", "lock_state", "string", "string", True, False, ("LOCKED", "UNLOCKED"))],
        ),
        (
            "StartOscillation",
            [("direction", "direction", "Direction", "string", False, False, ("horizontal", "vertical"))],
        ),
        (
            "SetTargetTemperature",
            [
                ("targetTemperature", "target_temperature", "Temperature", "number", True, False, ()),
                (
                    "endpoint",
                    "endpoint",
                    "Endpoint",
                    "string",
                    False,
                    False,
                    (),
                ),
            ],
        ),
        ("SetColor", [("color", "color", "Color", None, True, False, ())]),
        ("GetConsumption", [("period", "period", "Period", None, False, False, ())]),
        ("ActionScene", [("scene", "scene", "Scene", None, True, False, ())]),
    ],
)
def test_the_fields_of_a_request(name, fields):
    assert [described(field) for field in INTERFACES[name].takes] == fields


def test_the_fields_of_a_reply():
    states, *others = INTERFACES["GetDeviceState"].gives
    assert not others
    assert described(states) == ("states", "states", "Custom", None, True, True, ())
    assert [described(field) for field in states.shape] == [
        ("name", "name", "string", "string", True, False, ()),
        ("value", "value", "number|string", "number|string", True, False, ()),
        ("unit", "unit", "string", "string", False, False, ()),
    ]


def test_an_object_within_a_reply():
    brightness, before = INTERFACES["IncrementBrightness"].gives
    assert described(before) == ("previousState", "previous_state", "object", None, False, False, ())
    assert tuple(before.shape) == (brightness,)


def test_a_field_is_found_by_either_name():
    takes = INTERFACES["SetTargetTemperature"].takes
    assert takes.by_name["targetTemperature"] is takes[0]
    assert takes.by_python_name["target_temperature"] is takes[0]
    assert list(takes.by_name) == ["targetTemperature", "endpoint"]
    assert list(takes.by_python_name) == ["target_temperature", "endpoint"]


def test_a_field_is_found_by_its_short_name():
    gives = INTERFACES["GetBatteryInfo"].gives
    assert gives.names["battery"] is gives.names["battery_info"] is gives.names["batteryInfo"]
    assert "battery" not in gives.by_python_name


def test_a_reply_shape_has_the_timestamp_where_the_reply_has():
    assert [field.name for field in INTERFACES["GetHumidity"].reply_shape] == [
        "humidity",
        "applianceResponseTimestamp",
    ]
    assert INTERFACES["HealthCheck"].reply_shape == INTERFACES["HealthCheck"].gives


@pytest.mark.parametrize("name", INTERFACES)
def test_a_row_survives_pickling(name):
    row = pickle.loads(pickle.dumps(INTERFACES[name]))
    assert row == INTERFACES[name]
    assert list(row.takes.names) == list(INTERFACES[name].takes.names)


@pytest.mark.parametrize("row", ["strng", "string!!", "", "string|", "Lamp!", "string! "])
def test_a_row_that_cannot_be_parsed(row):
    with pytest.raises(ValueError, match=r"name: .* is not a valid row"):
        parse_rows({"name": row}, {})


def test_an_object_may_name_those_before_it():
    shapes = parse_objects({"Wire": {"colour": "string!"}, "Plug": {"wires[]": "Wire!"}})
    assert shapes["Plug"][0].shape is shapes["Wire"]


class Lamp(Appliance, type="LIGHT"):
    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness: float):
        return {"brightness": brightness}

    @action("SetMode", "IncrementBrightness")
    def others(self, interface):
        return {
            "SetMode": None,
            "IncrementBrightness": {"brightness": 2, "previous_state": {"brightness": 1}},
        }[interface]


def test_no_row_is_parsed_once_the_package_is_imported(monkeypatch, clova, connect):
    class Unread:
        def fullmatch(self, row):
            raise AssertionError(f"{row!r} was parsed again.")

    monkeypatch.setattr(rows, "_ROW", Unread())
    clova.home.discover(lambda: [Lamp("등")])
    cek = connect(client={"access_token": "token"}, testing=False)
    answers = [
        cek.discover(),
        cek.control("SetBrightness", "등", brightness=50),
        cek.control("SetBrightness", "등", brightness=101),
        cek.control("IncrementBrightness", "등", delta_brightness=1),
        cek.control("SetMode", "등", mode="reading"),
        cek.control("GetDeviceState", "등"),
    ]
    assert [answer.name for answer in answers] == [
        "DiscoverAppliancesResponse",
        "SetBrightnessConfirmation",
        "ValueOutOfRangeError",
        "IncrementBrightnessConfirmation",
        "SetModeConfirmation",
        "GetDeviceStateResponse",
    ]
