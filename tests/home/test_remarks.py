"""What is odd in a reply that can be sent is told once, and sent as it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from clova_flask.home import Appliance, Period

TOKEN = "연결된-계정의-토큰"


@pytest.fixture
def replying(clova, connect, caplog):
    """Give the reply to an action of a device, and the warnings about it."""

    def replying(type_, name, answer, config=None, **values):
        clova.home.on(name)(lambda: answer)
        clova.home.discover(lambda: [Appliance("기기", type=type_)])
        client = connect(client={"access_token": TOKEN}, **(config or {}))
        reply = client.control(name, "기기", **values)
        client.control(name, "기기", **values)
        return reply, [record.getMessage() for record in caplog.records]

    return replying


KWH = {"name": "전기", "unit": "kWh", "value": 12}
EXPENDABLE = {"expendable_info": [{"name": "필터", "remaining_time": "3주쯤"}]}
ODD = {
    "humidity": ("AIRSENSOR", "GetHumidity", 140, "humidity is 140", "numbers from 0 to 100"),
    "battery": ("ROBOTVACUUM", "GetBatteryInfo", -1, "batteryInfo is -1", "numbers from 0 to 100"),
    "duration": ("CLOTHESWASHER", "GetRemainingTime", "18분", "remainingTime is '18분'", "PT1H30M"),
    "moment": ("OPENCLOSESENSOR", "GetOpenTime", "어제", "openTimestamp is '어제'", "with an offset"),
    "no offset": ("OPENCLOSESENSOR", "GetOpenTime", "2026-03-01T09:30:00", "09:30:00'", "with an offset"),
    "unit": ("SMARTMETER", "GetConsumption", [KWH], "consumption[0].unit is 'kWh'", "KW, kw, kW, W"),
    "deep": ("AIRPURIFIER", "GetExpendableState", EXPENDABLE, "expendableInfo[0].remainingTime", "PT1H30M"),
    "brightness": ("LIGHT", "SetBrightness", 400, "brightness is 400", "numbers from 0 to 100"),
}


@pytest.mark.parametrize(("type_", "name", "answer", "what", "wanted"), ODD.values(), ids=ODD)
def test_what_is_odd_is_told_once_and_sent(replying, type_, name, answer, what, wanted):
    values = {"brightness": 40} if name == "SetBrightness" else {}
    reply, [warning] = replying(type_, name, answer, **values)
    assert reply.name in (f"{name}Response", f"{name}Confirmation")
    assert f"{reply.name}: {what}" in warning or what in warning
    assert wanted in warning


def test_a_hue_out_of_range(replying):
    color = {"hue": 400, "saturation": 0.5, "brightness": 0.5}
    _, [warning] = replying("LIGHT", "SetColor", color, color={"hue": 1, "saturation": 1, "brightness": 1})
    assert "color.hue is 400" in warning
    assert "numbers from 0 to 360" in warning


USUAL = {
    "humidity": ("AIRSENSOR", "GetHumidity", 40),
    "duration": ("CLOTHESWASHER", "GetRemainingTime", timedelta(minutes=18)),
    "duration as text": ("CLOTHESWASHER", "GetRemainingTime", "PT18M"),
    "moment": ("OPENCLOSESENSOR", "GetOpenTime", datetime(2026, 3, 1, tzinfo=UTC)),
    "moment in words": ("MOTIONSENSOR", "GetDetectedTime", {"detected_time": {"value": "어제 오후 10시"}}),
    "unit": ("SMARTMETER", "GetConsumption", [{"name": "전기", "unit": "kW", "value": 12}]),
    "sitting": (
        "SMARTCHAIR",
        "GetCurrentSittingState",
        {"sitting_state": True, "recently_sitting_period": Period(*[datetime(2026, 3, 1, tzinfo=UTC)] * 2)},
    ),
    "brightness": ("LIGHT", "SetBrightness", 100),
    "nothing": ("LIGHT", "SetBrightness", {}),
}


@pytest.mark.parametrize(("type_", "name", "answer"), USUAL.values(), ids=USUAL)
def test_what_is_usual_is_not_told(replying, type_, name, answer):
    values = {"brightness": 40} if name == "SetBrightness" else {}
    assert replying(type_, name, answer, **values)[1] == []


def test_units_are_naver_s_own(replying):
    assert replying("SMARTMETER", "GetConsumption", [KWH], {"CLOVA_PLATFORM": "line"})[1] == []


def test_nothing_is_told_where_nothing_is_validated(replying):
    assert replying("AIRSENSOR", "GetHumidity", 140, {"CLOVA_VALIDATE_RESPONSES": False})[1] == []
