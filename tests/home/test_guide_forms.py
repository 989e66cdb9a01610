"""Messages as the guides' tables and as their own examples have them, where the two disagree: both work."""

from __future__ import annotations

from enum import Enum

import pytest

from clova_flask import AnswerError
from clova_flask.devtools.simulator.judge import judge
from clova_flask.home import Appliance, Scene

TOKEN = "연결된-계정의-토큰"
STAMP = "applianceResponseTimestamp"


class Quality(Enum):
    GOOD = "good"


@pytest.fixture
def answering(clova, connect):
    """Give the payload of the reply to an action whose handler returns this."""

    def answering(action, returned, **fields):
        clova.home.on(action)(lambda: returned)
        reply = connect(client={"access_token": TOKEN}).control(action, "기기-1", **fields)
        assert reply.name.startswith(action), reply.json
        assert judge(reply) == []
        return {key: value for key, value in reply.payload.items() if key != STAMP}

    return answering


USAGE = {"name": "사용량", "value": 80, "unit": "percentage"}
FORMS = {
    "previousState-table": ("ReleaseMode", {"previousState": {"value": "sleep"}}, {"mode": "sleep"}),
    "previousState-example": (
        "ReleaseMode",
        {"mode": {"value": "auto"}, "previousState": {"mode": {"value": "sleep"}}},
        {"mode": {"value": "sleep"}},
    ),
    "detectedTime-table": ("GetDetectedTime", {"detectedTime": "2026-01-01T22:00:00+09:00"}, {}),
    "detectedTime-example": ("GetDetectedTime", {"detectedTime": {"value": "어제 오후 10시"}}, {}),
    "usage-table": ("GetExpendableState", {"expendableInfo": [{"name": "필터", "usage": USAGE}]}, {}),
    "usage-example": (
        "GetExpendableState",
        {"expendableInfo": [{"name": "필터", "usage": {"value": 80, "unit": "percentage"}}]},
        {},
    ),
    "openState-table": ("GetOpenState", {"openState": "OPENED"}, {}),
    "openState-example": ("GetOpenState", {"OpenState": "CLOSED"}, {}),
    "index-table": ("GetUltraFineDust", {"ultraFineDust": {"value": 12, "index": 2}}, {}),
    "index-example": ("GetUltraFineDust", {"ultraFineDust": {"value": 12, "index": "good"}}, {}),
    "unit-of-ours": ("GetDeviceState", {"states": [{"name": "水量", "value": 2, "unit": "litre"}]}, {}),
    "endpoint-of-ours": (
        "SetTargetTemperature",
        {"targetTemperature": {"value": 3}, "endpoint": {"value": "김치칸"}},
        {"targetTemperature": {"value": 3}, "endpoint": {"value": "김치칸"}},
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_reply_in_either_form_is_sent_as_it_is(answering, form):
    action, payload, fields = FORMS[form]
    assert answering(action, payload, **fields) == payload


SHORT = {
    "previous-value": ("ReleaseMode", {"previous_state": "sleep"}, {"previousState": {"value": "sleep"}}),
    "previous-mode": (
        "ReleaseMode",
        {"previous_state": {"mode": "sleep"}},
        {"previousState": {"mode": {"value": "sleep"}}},
    ),
    "open-state": ("GetOpenState", {"open_state": "OPENED"}, {"openState": "OPENED"}),
    "number-temperature": ("SetTargetTemperature", 23, {"targetTemperature": {"value": 23}}),
    "number-channel": ("SetChannel", 7, {"channel": {"value": 7}}),
    "number-next-channel": ("IncrementChannel", 8, {"channel": {"value": 8}}),
    "bool-sitting": ("GetCurrentSittingState", True, {"sittingState": {"value": True}}),
    "word-air": ("GetAirQuality", "good", {"airQuality": {"index": "good"}}),
    "enum-air": ("GetAirQuality", Quality.GOOD, {"airQuality": {"index": "good"}}),
    "word-dust": ("GetFineDust", {"fine_dust": "verybad"}, {"fineDust": {"index": "verybad"}}),
}
ASKED = {
    "ReleaseMode": {"mode": "sleep"},
    "SetTargetTemperature": {"target_temperature": 20},
    "SetChannel": {"channel": 6},
    "IncrementChannel": {"delta_channel": 1},
}


@pytest.mark.parametrize("form", SHORT)
def test_a_reply_in_short(answering, form):
    action, returned, payload = SHORT[form]
    assert answering(action, returned, **ASKED.get(action, {})) == payload


@pytest.mark.parametrize(
    ("action", "payload", "fields"),
    [
        ("SetBrightness", {"targetBrightness": {"value": 3}}, {"brightness": 3}),
        ("SetFanSpeed", {"targetFanSpeed": {"value": 3}}, {"fan_speed": 3}),
        ("GetHumidity", {"fineDust": {"value": 3}}, {}),
        ("ReleaseMode", {"previousState": {"speed": {"value": 3}}}, {"mode": "sleep"}),
        ("GetDetectedTime", {"detectedTime": {"value": 22}}, {}),
        ("GetOpenState", {"OpenState": "AJAR"}, {}),
        ("GetUltraFineDust", {"ultraFineDust": {"index": "최고"}}, {}),
    ],
)
def test_slips_are_refused(answering, action, payload, fields):
    with pytest.raises(AnswerError, match="cannot be sent"):
        answering(action, payload, **fields)


@pytest.mark.parametrize(
    ("action", "parameter", "fields"),
    [
        ("IncrementIntensityLevel", "delta_intensity", {"deltaIntensity": {"value": 2}}),
        ("IncrementIntensityLevel", "delta_intensity", {"deltaTemperature": {"value": 2}}),
        ("DecrementIntensityLevel", "delta_temperature", {"deltaTemperature": {"value": 2}}),
        ("SetChannelByName", "channel_name", {"channelName": {"value": "ニュース"}}),
        ("SetChannelByName", "channel_name", {"channel": {"value": "ニュース"}}),
        ("SetChannelByName", "channel", {"channelName": None, "channel": {"value": "ニュース"}}),
        ("ReleaseMode", "mode", {"mode": {"value": "sleep"}}),
        ("ReleaseMode", "mode", {"mode": "sleep"}),
    ],
)
def test_a_request_in_either_form_is_understood(clova, connect, action, parameter, fields):
    taken = []
    clova.home.on(action)(eval(f"lambda {parameter}: taken.append({parameter})", {"taken": taken}))
    cek = connect(client={"access_token": TOKEN}, CLOVA_PLATFORM="line")
    assert cek.control(action, "기기-1", **fields).name == f"{action}Confirmation"
    [value] = taken
    assert value == next(v["value"] if isinstance(v, dict) else v for v in fields.values() if v)


@pytest.mark.parametrize("key", ["sceneId", "applianceId"])
def test_a_scene_is_named_by_either_key(clova, connect, key):
    taken = []
    clova.home.scene_action(lambda scene: taken.append(scene))
    cek = connect(client={"access_token": TOKEN}, CLOVA_PLATFORM="line")
    reply = cek.home("ActionScene", {"accessToken": TOKEN, "scene": {key: "おやすみ", "sceneName": "夜"}})
    assert reply.name == "ActionSceneConfirmation"
    assert taken == [Scene("おやすみ", "夜")]


def test_a_device_state_has_what_the_examples_forms_say(clova, connect):
    clova.home.discover(lambda: [Appliance("문-1", type="OPENCLOSESENSOR")])
    clova.home.on("GetOpenState", type="OPENCLOSESENSOR")(lambda: {"OpenState": "OPENED"})
    [state] = connect(client={"access_token": TOKEN}).control("GetDeviceState", "문-1").payload["states"]
    assert state == {"name": "열림 상태", "value": "열림"}
