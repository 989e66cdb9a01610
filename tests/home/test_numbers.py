"""Any number is a number on the wire; what is not known, or a sensor that fails, costs one value."""

from __future__ import annotations

import json
import logging
import math
from decimal import Decimal
from fractions import Fraction
from numbers import Real

import pytest

from clova_flask import AnswerError, AudioStream, Directive, audio, tell
from clova_flask.home import Appliance, TargetOfflineError, ValueOutOfRangeError, action


@pytest.fixture
def cek(connect):
    return lambda **config: connect(client={"access_token": "토큰"}, **config)


def numpy(name, value):
    return lambda: getattr(pytest.importorskip("numpy"), name)(value)


class Reading(float):
    """A float of a library of its own."""

    def __repr__(self):
        return f"Reading({float(self)})"


@Real.register
class Measured:
    """A number that is no float, as libraries for units and for symbols have them."""

    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text

    def __float__(self):
        return float(self.text)


NUMBERS = {
    "int": (lambda: 21, "21"),
    "float": (lambda: 21.3, "21.3"),
    "Decimal": (lambda: Decimal("21.3"), "21.3"),
    "whole Decimal": (lambda: Decimal(21), "21"),
    "Decimal with an exponent": (lambda: Decimal("2.1E+1"), "21"),
    "Decimal of many digits": (lambda: Decimal("21.30000000000000000000000000001"), "21.3"),
    "negative Decimal": (lambda: Decimal("-0.5"), "-0.5"),
    "Fraction": (lambda: Fraction(213, 10), "21.3"),
    "whole Fraction": (lambda: Fraction(42, 2), "21"),
    "float of a class of its own": (lambda: Reading(21.3), "21.3"),
    "any Real": (lambda: Measured("21.3"), "21.3"),
    "numpy.int64": (numpy("int64", 21), "21"),
    "numpy.uint8": (numpy("uint8", 21), "21"),
    "numpy.float64": (numpy("float64", 21.3), "21.3"),
    "numpy.float32": (numpy("float32", 21.3), "21.3"),
    "numpy.float16": (numpy("float16", 21.5), "21.5"),
}


def same(written, expected):
    """Compare as JSON numbers: 21 and 21.0 are one, 21.3 and 21.299999 are not."""
    return type(written) in (int, float) and json.loads(json.dumps(written)) == json.loads(expected)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("is_bare", [True, False], ids=["bare", "in a dict"])
def test_any_real_number_is_a_number_in_a_reply(number, is_bare, clova, cek):
    make, expected = NUMBERS[number]
    value = make()

    @clova.home.on("GetCurrentTemperature")
    def temperature():
        return value if is_bare else {"currentTemperature": {"value": value}}

    payload = cek().control("GetCurrentTemperature", "sensor-1").payload
    assert same(payload["currentTemperature"]["value"], expected)


@pytest.mark.parametrize("number", NUMBERS)
def test_any_real_number_is_a_number_in_all_that_is_sent(number, clova, cek):
    make, expected = NUMBERS[number]
    value = make()

    class Lamp(Appliance):
        @action("SetBrightness", minimum=Decimal(-1), maximum=make())
        def dim(self, brightness):
            return {"brightness": value}

        @action("GetCurrentTemperature")
        def temperature(self):
            return value

        @action("SetColor")
        def color(self, color):
            raise ValueOutOfRangeError(value, value)

    clova.home.discover(
        lambda: [Lamp("lamp-1", type=["LIGHT", "AIRCONDITIONER"], details={"줄": [{"무게": value}]})]
    )
    client = cek()
    [wire] = client.discover().payload["discoveredAppliances"]
    assert same(wire["additionalApplianceDetails"]["줄"][0]["무게"], expected)
    payload = client.control("SetBrightness", "lamp-1", brightness=-1).payload
    assert same(payload["brightness"]["value"], expected)
    color = client.control("SetColor", "lamp-1", color={"hue": 1, "saturation": 1, "brightness": 1})
    assert same(color.payload["maximumValue"], expected)
    states = client.control("GetDeviceState", "lamp-1").payload["states"]
    assert same({state["name"]: state["value"] for state in states}["현재 온도"], expected)


@pytest.mark.parametrize("number", NUMBERS)
def test_any_real_number_is_a_number_in_a_directive(number, clova, cek):
    make, expected = NUMBERS[number]
    stream = AudioStream("https://example.com/1.mp3", begin_at_in_milliseconds=make())
    by_hand = Directive("Sample.Play", {"volume": make(), "list": [make()]})

    @clova.launch
    def play():
        item = audio.play(stream, title_text="곡", title_sub_text1="가수", source_name="라디오")
        return tell("들어 보세요", directives=[item, by_hand])

    played, sent = (directive["payload"] for directive in cek().launch().json["response"]["directives"])
    assert same(played["audioItem"]["stream"]["beginAtInMilliseconds"], expected)
    assert same(sent["volume"], expected)
    assert same(sent["list"][0], expected)


UNKNOWN = {
    "None": None,
    "NaN": math.nan,
    "infinity": math.inf,
    "Decimal NaN": Decimal("NaN"),
    "signalling NaN": Decimal("sNaN"),
    "too large": Fraction(10**400, 3),
    "word": "unavailable",
    "Korean word": "알 수 없음",
    "nan as a word": "nan",
    "nothing": "",
}


@pytest.mark.parametrize("value", UNKNOWN.values(), ids=UNKNOWN)
@pytest.mark.parametrize("form", ["bare", "field", "value"])
def test_a_number_that_is_not_known_is_no_measured_value(value, form, clova, cek, caplog):
    caplog.set_level(logging.INFO)
    answers = {"bare": value, "field": {"humidity": value}, "value": {"humidity": {"value": value}}}
    clova.home.on("GetHumidity")(lambda: answers[form])
    assert cek().control("GetHumidity", "sensor-1").name == "ValueNotFoundError"
    assert "must be a number, not" in caplog.text


@pytest.mark.parametrize("value", UNKNOWN.values(), ids=UNKNOWN)
def test_an_optional_number_that_is_not_known_is_left_out(value, clova, cek):
    clova.home.on("GetFineDust")(lambda: {"fineDust": {"value": value, "index": "good"}})
    assert cek().control("GetFineDust", "sensor-1").payload["fineDust"] == {"index": "good"}


@pytest.mark.parametrize("value", ["21.5", True, [21], object], ids=["text", "bool", "list", "class"])
def test_what_is_no_number_for_want_of_conversion_stays_an_error(value, clova, cek):
    clova.home.on("GetHumidity")(lambda: value)
    with pytest.raises(AnswerError):
        cek().control("GetHumidity", "sensor-1")


@pytest.mark.parametrize("value", [math.nan, "밝게", Decimal("NaN")], ids=["NaN", "word", "Decimal NaN"])
def test_what_an_action_answers_is_measured_by_nobody(value, clova, cek):
    clova.home.on("SetBrightness")(lambda: {"brightness": value})
    with pytest.raises(AnswerError, match="Must be a number"):
        cek().control("SetBrightness", "lamp-1", brightness=5)


class VendorDown(Exception):
    pass


class Sensor(Appliance, type="AIRPURIFIER"):
    @action("GetHumidity")
    def humidity(self):
        raise self.error

    @action("GetCurrentTemperature")
    def temperature(self):
        return Decimal("21.3")

    @action("GetFineDust")
    def dust(self):
        return {"value": math.nan, "index": "good"}


ERRORS = [VendorDown("창고"), KeyError("humidity"), AnswerError("no"), ZeroDivisionError()]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize(
    ("config", "is_raised"),
    [
        ({"testing": False}, False),
        ({"testing": True}, True),
    ],
    ids=["production", "testing"],
)
def test_a_sensor_that_fails_costs_its_own_state(error, config, is_raised, clova, cek, caplog):
    sensor = Sensor("sensor-1")
    sensor.error = error
    clova.home.discover(lambda: [sensor])
    client = cek(**config)
    if is_raised:
        with pytest.raises(type(error)):
            client.control("GetDeviceState", "sensor-1")
        return
    reply = client.control("GetDeviceState", "sensor-1")
    assert {state["name"]: state["value"] for state in reply.payload["states"]} == {
        "현재 온도": 21.3,
        "미세먼지": "좋음",
    }
    assert "GetDeviceState leaves out what GetHumidity asks of Sensor.humidity (" in caplog.text
    assert type(error).__name__ in caplog.text


@pytest.mark.parametrize("value", UNKNOWN.values(), ids=UNKNOWN)
def test_a_state_that_is_not_known_is_left_out_quietly(value, clova, cek, caplog):
    sensor = Sensor("sensor-1")
    sensor.error = TargetOfflineError()
    clova.home.on("GetBatteryInfo")(lambda: value)
    clova.home.discover(lambda: [sensor])
    states = cek().control("GetDeviceState", "sensor-1").payload["states"]
    assert [state["name"] for state in states] == ["현재 온도", "미세먼지"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
