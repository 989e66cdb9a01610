"""Each interface of Clova Home on both platforms: its request reaches a handler, its reply fits the table."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from inspect import Parameter, Signature

import pytest

from clova_flask import AnswerError
from clova_flask.devtools.simulator.examples import example_payload, example_reply
from clova_flask.home import (
    APPLIANCE_TYPES,
    ENDPOINTS,
    INTERFACES,
    LOCATIONS,
    OPERATION_MODES,
    Appliance,
    Color,
    CustomCommand,
    Period,
    Scene,
)
from clova_flask.wire.rows import Field, Shape

TOKEN = "연결된-계정의-토큰"
PLATFORMS = ("naver", "line")
CONTROLLED = [name for name, row in INTERFACES.items() if row.appliance]
STAMP = "applianceResponseTimestamp"
FIXED = ("request", "user", "appliance", "interface", "access_token")

KR_ONLY = {
    "CallElevator",
    "ChangeFanSpeed",
    "ChangeMode",
    "ChangePower",
    "GetBMI",
    "GetBodyFat",
    "GetDetectedTime",
    "GetDetectionCount",
    "GetEstimateConsumption",
    "GetHealthScore",
    "GetMuscle",
    "GetNotice",
    "GetPackage",
    "GetPowerState",
    "GetVehicleLocation",
    "GetWeight",
    "Preheat",
    "StartOscillation",
    "StopOscillation",
}
JP_ONLY = {
    "ActionScene",
    "DiscoverScenes",
    "SetFreezerTargetTemperature",
    "SetFridgeTargetTemperature",
    "SetInputSourceByName",
}

NEVER_SENT = {
    "naver": {"ChangeInputSource": {"count"}},
    "line": {
        "GetConsumption": {"period"},
        "GetCurrentBill": {"period"},
        "GetCurrentSittingState": {"period"},
        "GetEstimateBill": {"period"},
        "SetTargetTemperature": {"endpoint"},
    },
}
"""Fields of requests that a platform does not have, where the other has them."""

NEVER_ANSWERED = {
    "naver": {"TurnOn": {"targetTemperature", "fanSpeed", "mode"}},
    "line": {"SetTargetTemperature": {"endpoint"}},
}
"""The same of replies."""

every_interface = pytest.mark.parametrize("name", CONTROLLED)
every_platform = pytest.mark.parametrize("platform", PLATFORMS)
optional_or_not = pytest.mark.parametrize("optional", [True, False], ids=["optional", "required"])


def sent(name, platform, optional):
    payload = example_payload(name, optional=optional)
    return without(payload, {"accessToken", *NEVER_SENT[platform].get(name, ())})


def answered(name, platform, optional):
    return without(example_reply(name, optional=optional), NEVER_ANSWERED[platform].get(name, ()))


def without(payload, keys):
    return {key: value for key, value in payload.items() if key not in keys}


def snake(name):
    return re.sub(r"(?<=.)([A-Z])", r"_\1", name).lower()


def in_snake_case(shape, wire):
    """Write a payload as a handler would: snake_case, and values without the object around them."""
    written = {}
    for field in shape:
        if field.name in wire:
            value = wire[field.name]
            items = [unwrapped(field, item) for item in value] if field.many else unwrapped(field, value)
            written[snake(field.name)] = items
    return written


def holds_only_a_value(field):
    return field.shape is not None and [inner.name for inner in field.shape] == ["value"]


def unwrapped(field, value):
    if holds_only_a_value(field):
        return value["value"] if value else value
    return in_snake_case(field.shape, value) if field.shape else value


def as_parameter(field, wire):
    """Return what a handler's parameter should be for a field."""
    if field.kind == "Color":
        return Color(wire["hue"], wire["saturation"], wire.get("brightness"))
    if field.kind == "Period":
        return Period(datetime.fromisoformat(wire["start"]), datetime.fromisoformat(wire["end"]))
    return wire.get("value") if holds_only_a_value(field) else wire


IS_A = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "number|string": lambda value: isinstance(value, (int, float, str)) and not isinstance(value, bool),
}


def faults(shape, payload, where=""):
    """List where a payload does not fit its fields."""
    if not isinstance(payload, dict):
        return [f"{where} is no object"]
    names = {field.name for field in shape}
    found = [f"{where}.{key} is unknown" for key in payload if key not in names]
    for field in shape:
        place = f"{where}.{field.name}"
        if field.name not in payload:
            found += [f"{place} is missing"] if field.required else []
        elif not field.many:
            found += value_faults(field, payload[field.name], place)
        elif isinstance(payload[field.name], list):
            found += [fault for item in payload[field.name] for fault in value_faults(field, item, place)]
        else:
            found.append(f"{place} is no list")
    return found


def value_faults(field, value, where):
    if field.shape is not None:
        return faults(field.shape, value, where)
    if not IS_A[field.kind](value):
        return [f"{where} is no {field.kind}"]
    return [f"{where} is none of {field.choices}"] if field.choices and value not in field.choices else []


@pytest.mark.parametrize(
    ("payload", "fault"),
    [
        ({}, ".fanSpeed is missing"),
        ({"fanSpeed": 1}, ".fanSpeed is no object"),
        ({"fanSpeed": {}}, ".fanSpeed.value is missing"),
        ({"fanSpeed": {"value": "1"}}, ".fanSpeed.value is no number"),
        ({"fanSpeed": {"value": True}}, ".fanSpeed.value is no number"),
        ({"fanSpeed": {"value": 4}}, ".fanSpeed.value is none of (1, 2, 3)"),
        ({"fanSpeed": {"value": 1}, "wind": 1}, ".wind is unknown"),
        ({"fanSpeed": {"value": 1}, "names": "강"}, ".names is no list"),
        ({"fanSpeed": {"value": 1}, "names": [1]}, ".names is no string"),
        ({"fanSpeed": {"value": 1}, "before": {"mode": {}}}, ".before.mode.value is missing"),
    ],
)
def test_the_checker_of_these_tests_finds_faults(payload, fault):
    shape = Shape(
        [
            *INTERFACES["SetFanSpeed"].takes,
            Field("names", "names", "string", many=True),
            Field("before", "before", "object", shape=INTERFACES["SetMode"].gives),
        ]
    )
    assert fault in faults(shape, payload)


def is_point_in_time(text):
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d", text) is not None


def assert_answers(reply, name, shape, payload):
    """Check a reply's header by the protocol's rules, and its payload by the table's fields."""
    is_query = name.startswith(("Get", "Discover")) or name == "HealthCheck"
    assert reply.status_code == 200
    assert reply.json["header"] == {
        "messageId": reply.request["header"]["messageId"],
        "namespace": "ClovaHome",
        "name": name + ("Response" if is_query else "Confirmation"),
        "payloadVersion": "1.0",
    }
    given = dict(reply.payload)
    if name.startswith("Get"):
        assert is_point_in_time(given.pop(STAMP))
    assert faults(shape, given) == []
    assert given == payload


def handler_of(name, answer, calls):
    """Make a handler that takes everything there is to take."""

    def handle(**given):
        calls.append(given)
        return answer

    parameters = [*FIXED, *(snake(field.name) for field in INTERFACES[name].takes)]
    handle.__signature__ = Signature([Parameter(p, Parameter.KEYWORD_ONLY) for p in parameters])
    return handle


@pytest.fixture
def calls():
    return []


@pytest.fixture
def answering(clova, connect, calls):
    """Give a CEK whose extension answers one interface so."""

    def answering(name, platform, answer):
        clova.home.on(name)(handler_of(name, answer, calls))
        return connect(client={"access_token": TOKEN}, CLOVA_PLATFORM=platform)

    return answering


@optional_or_not
@every_platform
@every_interface
def test_a_reply_in_wire_form_fits_the_table(name, platform, optional, answering, calls):
    answer = answered(name, platform, optional)
    reply = answering(name, platform, answer).home(name, sent(name, platform, optional))
    assert len(calls) == 1
    assert_answers(reply, name, INTERFACES[name].gives, answer)


@optional_or_not
@every_platform
@every_interface
def test_a_reply_in_snake_case_fits_the_table(name, platform, optional, answering, calls):
    shape = INTERFACES[name].gives
    wire = answered(name, platform, optional)
    reply = answering(name, platform, in_snake_case(shape, wire)).home(name, sent(name, platform, optional))
    assert len(calls) == 1
    assert_answers(reply, name, shape, wire)


@optional_or_not
@every_platform
@every_interface
def test_each_field_of_a_request_is_a_parameter(name, platform, optional, answering, calls):
    payload = sent(name, platform, optional)
    cek = answering(name, platform, answered(name, platform, optional))
    message = cek.home(name, payload).request

    [given] = calls
    assert given["request"].name == f"{name}Request"
    assert given["request"].payload == message["payload"]
    assert given["interface"] == name
    assert given["access_token"] == given["user"].access_token == TOKEN
    assert given["appliance"].id == payload["appliance"]["applianceId"]
    values = without(given, FIXED)
    assert values == {
        snake(field.name): as_parameter(field, payload[field.name]) if field.name in payload else None
        for field in INTERFACES[name].takes
    }


@every_interface
def test_the_client_writes_requests_from_snake_case(name, answering, calls):
    payload = example_payload(name)
    fields = without(payload, {"accessToken", "appliance"})
    written = in_snake_case(INTERFACES[name].takes, fields)
    cek = answering(name, "naver", example_reply(name))
    message = cek.control(name, "appliance-1", **written).request
    assert message["payload"] == {**payload, "accessToken": TOKEN}
    assert len(calls) == 1


@pytest.mark.parametrize("name", [n for n in CONTROLLED if not n.startswith("Get") and n != "HealthCheck"])
def test_a_confirmation_may_leave_out_what_is_optional(name, answering):
    required = {field.name for field in INTERFACES[name].gives if field.required}
    answer = {"lockState": "LOCKED"} if required else None
    assert required <= {"lockState"}
    reply = answering(name, "naver", answer).home(name, sent(name, "naver", optional=True))
    assert reply.name == f"{name}Confirmation"
    assert reply.payload == (answer or {})


@every_platform
def test_discovery_fits_the_table(platform, clova, connect):
    @clova.home.discover
    def devices(user, access_token):
        assert user.access_token == access_token == TOKEN
        return [
            Appliance(
                "lamp-1",
                type=["LIGHT", "SMARTPLUG"],
                friendly_name="거실 등",
                location="LIVING_ROOM",
                tags=["거실"],
                confirm=["TurnOff"],
                details={"row": 1},
            )
        ]

    @clova.home.custom_commands
    def commands():
        return [CustomCommand("영화 보자", [("lamp-1", "TurnOff")])]

    reply = connect(client={"access_token": TOKEN}, CLOVA_PLATFORM=platform).discover()
    gives = INTERFACES["DiscoverAppliances"].gives
    assert {field.name for field in gives} == {"customCommands", "discoveredAppliances"}
    assert_answers(reply, "DiscoverAppliances", gives, reply.payload)
    [lamp] = reply.payload["discoveredAppliances"]
    assert lamp["applianceId"] == "lamp-1"
    assert lamp["friendlyName"] == "거실 등"
    assert len(reply.payload["customCommands"]) == 1


@every_platform
def test_scenes_fit_the_table(platform, clova, connect):
    [wire] = example_reply("DiscoverScenes")["discoveredScenes"]

    @clova.home.scenes
    def scenes(user):
        assert user.access_token == TOKEN
        details = wire["additionalSceneDetails"]
        return [Scene(wire["sceneId"], wire["sceneName"], wire["needsUserConfirmation"], details)]

    reply = connect(client={"access_token": TOKEN}, CLOVA_PLATFORM=platform).home("DiscoverScenes")
    gives = INTERFACES["DiscoverScenes"].gives
    assert_answers(reply, "DiscoverScenes", gives, {"discoveredScenes": [wire]})


@optional_or_not
@every_platform
def test_a_scene_is_acted_out(platform, optional, clova, connect, calls):
    @clova.home.scene_action
    def act(user, scene, scene_id, request):
        calls.append((user.access_token, scene, scene_id, request.name))

    payload = example_payload("ActionScene", optional=optional)
    cek = connect(client={"access_token": TOKEN}, CLOVA_PLATFORM=platform)
    reply = cek.home("ActionScene", {"scene": payload["scene"]})
    assert_answers(reply, "ActionScene", {}, {})
    scene = Scene("scene-1", "외출", True, {"row": 1}) if optional else Scene("scene-1", "외출")
    assert calls == [(TOKEN, scene, "scene-1", "ActionSceneRequest")]


def test_there_are_89_interfaces():
    assert len(INTERFACES) == 89
    assert len(CONTROLLED) == 86
    assert set(INTERFACES) - set(CONTROLLED) == {"DiscoverAppliances", "DiscoverScenes", "ActionScene"}
    assert {name for name, row in INTERFACES.items() if row.regions == ("KR",)} == KR_ONLY
    assert {name for name, row in INTERFACES.items() if row.regions == ("JP",)} == JP_ONLY


def test_the_tables_are_as_long_as_the_guides():
    assert {len(rows.kr) + len(rows.jp) > 0 for rows in APPLIANCE_TYPES.values()} == {True}
    assert (len(APPLIANCE_TYPES), sum(bool(rows.jp) for rows in APPLIANCE_TYPES.values())) == (57, 44)
    assert sum(len(rows.kr) for rows in APPLIANCE_TYPES.values()) == 344
    assert sum(len(rows.jp) for rows in APPLIANCE_TYPES.values()) == 263
    assert sum(len(rows.kr) for rows in OPERATION_MODES.values()) == 55
    assert sum(len(rows.jp) for rows in OPERATION_MODES.values()) == 43
    assert len(LOCATIONS) == 46
    assert {"coldwater", "freezer", "fridge", "hotwater"} == ENDPOINTS


MAY_BE_LEFT_OUT = {
    ("ChangeInputSource", "count"),
    ("Preheat", "targetTemperature"),
    ("SetChannel", "subChannel"),
    ("SetTargetTemperature", "endpoint"),
    ("StartOscillation", "direction"),
}
NEEDS_A_PERIOD = {"GetRightPostureRatio", "GetUsageTime"}


@pytest.mark.parametrize(
    ("name", "field"), [(name, field.name) for name in CONTROLLED for field in INTERFACES[name].takes]
)
@pytest.mark.parametrize("leave_out", ["missing", "null"])
def test_a_field_may_be_left_out_only_where_the_guides_say_so(name, field, leave_out, answering, calls):
    optional = name not in NEEDS_A_PERIOD if field == "period" else (name, field) in MAY_BE_LEFT_OUT
    payload = without(example_payload(name), {"accessToken", field})
    if leave_out == "null":
        payload[field] = None
    reply = answering(name, "naver", example_reply(name)).home(name, payload)
    assert reply.name == (INTERFACES[name].reply if optional else "ValueNotSupportedError")
    assert len(calls) == optional


@pytest.mark.parametrize(
    ("name", "field"),
    [(name, field) for name in CONTROLLED for field in example_reply(name)],
)
def test_a_reply_needs_what_the_guides_say(name, field, answering):
    is_query = name.startswith("Get") or name == "HealthCheck"
    optional = (not is_query and name != "SetLockState") or field == "recentlySittingPeriod"
    cek = answering(name, "naver", without(example_reply(name), {field}))
    if optional:
        assert field not in cek.home(name, sent(name, "naver", optional=True)).payload
    else:
        with pytest.raises(AnswerError, match=field):
            cek.home(name, sent(name, "naver", optional=True))


ON = {"accessToken": TOKEN, "appliance": {"applianceId": "기기-1"}}
PERIOD = {"start": "2018-08-10T00:00:00+09:00", "end": "2018-08-11T00:00:00+09:00"}
A_DAY = Period(
    datetime(2018, 8, 10, tzinfo=timezone(timedelta(hours=9))),
    datetime(2018, 8, 11, tzinfo=timezone(timedelta(hours=9))),
)


GUIDES = [
    ("TurnOn", {}, {}, None, {}),
    (
        "TurnOn",
        {},
        {},
        {"target_temperature": 22, "fan_speed": 2, "mode": "cool"},
        {"targetTemperature": {"value": 22}, "fanSpeed": {"value": 2}, "mode": {"value": "cool"}},
    ),
    ("ChangeInputSource", {"count": {"value": 2}}, {"count": 2}, None, {}),
    (
        "IncrementBrightness",
        {"deltaBrightness": {"value": 10}},
        {"delta_brightness": 10},
        {"brightness": 60, "previous_state": {"brightness": 50}},
        {"brightness": {"value": 60}, "previousState": {"brightness": {"value": 50}}},
    ),
    (
        "DecrementChannel",
        {"deltaChannel": {"value": 1}},
        {"delta_channel": 1},
        {"channel": 9, "sub_channel": 1, "previous_state": {"channel": 10, "sub_channel": 1}},
        {
            "channel": {"value": 9},
            "subChannel": {"value": 1},
            "previousState": {"channel": {"value": 10}, "subChannel": {"value": 1}},
        },
    ),
    (
        "IncrementTargetTemperature",
        {"deltaTemperature": {"value": 0.5}},
        {"delta_temperature": 0.5},
        {"target_temperature": 23.5},
        {"targetTemperature": {"value": 23.5}},
    ),
    (
        "DecrementVolume",
        {"deltaVolume": {"value": 3}},
        {"delta_volume": 3},
        {"target_volume": 7, "previous_state": {"target_volume": 10}},
        {"targetVolume": {"value": 7}, "previousState": {"targetVolume": {"value": 10}}},
    ),
    (
        "IncrementIntensityLevel",
        {"deltaIntensity": {"value": 1}},
        {"delta_intensity": 1},
        {"intensity_level": 3},
        {"intensityLevel": {"value": 3}},
    ),
    (
        "ReleaseMode",
        {"mode": {"value": "sleep"}},
        {"mode": "sleep"},
        {"mode": "auto", "previous_state": "sleep"},
        {"mode": {"value": "auto"}, "previousState": {"value": "sleep"}},
    ),
    (
        "SetChannelByName",
        {"channelName": {"value": "뉴스"}},
        {"channel_name": "뉴스"},
        {"channel_name": "뉴스"},
        {"channelName": {"value": "뉴스"}},
    ),
    (
        "SetInputSourceByName",
        {"sourceName": {"value": "ブルーレイ"}},
        {"source_name": "ブルーレイ"},
        {"source_name": "ブルーレイ"},
        {"sourceName": {"value": "ブルーレイ"}},
    ),
    (
        "SetChannel",
        {"channel": {"value": 9}, "subChannel": {"value": 1}},
        {"channel": 9, "sub_channel": 1},
        {"channel": 9},
        {"channel": {"value": 9}},
    ),
    (
        "SetColor",
        {"color": {"hue": 240, "saturation": 0.5, "brightness": 0.8}},
        {"color": Color(240, 0.5, 0.8)},
        {"color": Color(240, 0.5)},
        {"color": {"hue": 240, "saturation": 0.5}},
    ),
    (
        "SetColorTemperature",
        {"colorTemperature": {"value": 2700}},
        {"color_temperature": 2700},
        {"color_temperature": 2700},
        {"colorTemperature": {"value": 2700}},
    ),
    (
        "SetLockState",
        {"lockState": "LOCKED"},
        {"lock_state": "LOCKED"},
        {"lock_state": "LOCKED"},
        {"lockState": "LOCKED"},
    ),
    (
        "SetTargetTemperature",
        {"endpoint": {"value": "freezer"}, "targetTemperature": {"value": -18}},
        {"endpoint": "freezer", "target_temperature": -18},
        {"endpoint": "freezer", "target_temperature": -18},
        {"endpoint": {"value": "freezer"}, "targetTemperature": {"value": -18}},
    ),
    (
        "StartOscillation",
        {"direction": {"value": "horizontal"}},
        {"direction": "horizontal"},
        None,
        {},
    ),
    ("Stop", {}, {}, {"phase": "취사 중"}, {"phase": {"value": "취사 중"}}),
    ("GetAirQuality", {}, {}, {"air_quality": {"index": "good"}}, {"airQuality": {"index": "good"}}),
    (
        "GetAsleepDuration",
        {"period": PERIOD},
        {"period": A_DAY},
        {"asleep_duration": timedelta(hours=7, minutes=30)},
        {"asleepDuration": "PT7H30M"},
    ),
    ("GetBatteryInfo", {}, {}, {"battery": 80}, {"batteryInfo": {"value": 80}}),
    (
        "GetCloseTime",
        {},
        {},
        {"close_timestamp": datetime(2018, 8, 10, 3, tzinfo=UTC)},
        {"closeTimestamp": "2018-08-10T03:00:00+00:00"},
    ),
    (
        "GetConsumption",
        {"period": PERIOD},
        {"period": A_DAY},
        {"consumption": [{"name": "전기", "unit": "kWh", "value": 12.5}]},
        {"consumption": [{"name": "전기", "unit": "kWh", "value": 12.5}]},
    ),
    (
        "GetCurrentBill",
        {},
        {"period": None},
        {"current_bill": {"currency": "KRW", "value": 12000}},
        {"currentBill": {"currency": "KRW", "value": 12000}},
    ),
    (
        "GetCurrentSittingState",
        {},
        {"period": None},
        {"sitting_state": False, "recently_sitting_period": A_DAY},
        {"sittingState": {"value": False}, "recentlySittingPeriod": PERIOD},
    ),
    (
        "GetDetectionCount",
        {},
        {},
        {"detection_count": "3"},
        {"detectionCount": {"value": "3"}},
    ),
    (
        "GetDeviceState",
        {},
        {"period": None},
        {"states": [{"name": "온도", "value": 23, "unit": "celsius"}, {"name": "전원", "value": "켜짐"}]},
        {"states": [{"name": "온도", "value": 23, "unit": "celsius"}, {"name": "전원", "value": "켜짐"}]},
    ),
    (
        "GetExpendableState",
        {},
        {},
        {
            "expendable_info": [
                {
                    "name": "필터",
                    "remaining_time": "P30D",
                    "usage": {"name": "사용량", "value": 70, "unit": "percentage"},
                }
            ]
        },
        {
            "expendableInfo": [
                {
                    "name": "필터",
                    "remainingTime": "P30D",
                    "usage": {"name": "사용량", "value": 70, "unit": "percentage"},
                }
            ]
        },
    ),
    (
        "GetFineDust",
        {},
        {},
        {"fine_dust": {"value": 35, "index": "normal"}},
        {"fineDust": {"value": 35, "index": "normal"}},
    ),
    ("GetNotice", {}, {}, {"notice": ["엘리베이터 점검"]}, {"notice": ["엘리베이터 점검"]}),
    (
        "GetRightPostureRatio",
        {"period": PERIOD},
        {"period": A_DAY},
        {"right_posture_ratio": 82},
        {"rightPostureRatio": {"value": 82}},
    ),
    (
        "GetSleepStartTime",
        {},
        {"period": None},
        {"start_timestamp_list": [datetime(2018, 8, 10, 23, tzinfo=UTC)]},
        {"startTimestampList": ["2018-08-10T23:00:00+00:00"]},
    ),
    (
        "GetVehicleLocation",
        {},
        {},
        {"vehicle_location_list": [{"name": "아빠 차", "value": "지하 2층"}]},
        {"vehicleLocationList": [{"name": "아빠 차", "value": "지하 2층"}]},
    ),
    (
        "HealthCheck",
        {},
        {},
        {"is_reachable": True, "is_turn_on": False},
        {"isReachable": True, "isTurnOn": False},
    ),
]


@pytest.mark.parametrize(
    ("name", "fields", "parameters", "answer", "payload"), GUIDES, ids=[row[0] for row in GUIDES]
)
def test_messages_as_the_guides_have_them(name, fields, parameters, answer, payload, answering, calls):
    reply = answering(name, "naver", answer).home(name, {"appliance": ON["appliance"], **fields})
    assert without(calls[0], FIXED) == parameters
    assert without(reply.payload, {STAMP}) == payload


def test_a_number_stays_as_it_came(answering, calls):
    cek = answering("SetBrightness", "naver", None)
    for value in (50, 50.0, 49.5, -0.5):
        cek.control("SetBrightness", "lamp-1", brightness=value)
    assert [(type(call["brightness"]), call["brightness"]) for call in calls] == [
        (int, 50),
        (float, 50.0),
        (float, 49.5),
        (float, -0.5),
    ]


def test_the_timestamp_is_now(answering):
    reply = answering("GetHumidity", "naver", {"humidity": 40}).control("GetHumidity", "sensor-1")
    age = datetime.now(UTC) - datetime.fromisoformat(reply.payload[STAMP])
    assert timedelta(seconds=-1) < age < timedelta(minutes=1)


@pytest.mark.parametrize("key", [STAMP, "appliance_response_timestamp"])
def test_a_handler_may_give_the_timestamp(key, answering):
    measured = datetime(2018, 8, 10, 3, tzinfo=timezone(timedelta(hours=9)))
    reply = answering("GetHumidity", "naver", {"humidity": 40, key: measured}).control(
        "GetHumidity", "센서-1"
    )
    assert reply.payload == {"humidity": {"value": 40}, STAMP: "2018-08-10T03:00:00+09:00"}


@pytest.mark.parametrize("name", ["TurnOn", "HealthCheck"])
def test_no_timestamp_where_the_table_has_none(name, answering):
    answer = {**example_reply(name), STAMP: "2018-08-10T03:00:00+09:00"}
    with pytest.raises(AnswerError, match=STAMP):
        answering(name, "naver", answer).control(name, "lamp-1")


def test_replies_are_utf_8_with_korean_and_japanese_as_themselves(answering):
    cek = answering("GetNotice", "naver", {"notice": ["엘리베이터 점검", "エレベーター点検"]})
    reply = cek.control("GetNotice", "게시판-1")
    assert "엘리베이터 점검" in reply.text
    assert "エレベーター点検" in reply.text


def test_a_request_without_a_message_id_is_answered_with_a_fresh_one(answering):
    cek = answering("TurnOn", "naver", None)
    header = {"namespace": "ClovaHome", "name": "TurnOnRequest", "payloadVersion": "1.0"}
    ids = [cek.send({"header": header, "payload": ON}).json["header"]["messageId"] for _ in range(2)]
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", message_id) for message_id in ids)
    assert ids[0] != ids[1]
