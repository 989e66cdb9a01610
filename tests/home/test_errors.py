"""The errors of Clova Home: what raises them, and that nothing else than 200 and 400 ever goes out."""

from __future__ import annotations

import copy
import json
import logging
import math
import random
from datetime import date

import pytest

from clova_flask import AccountLinkingRequired, AnswerError, home, signals
from clova_flask.devtools.simulator.examples import example_payload, example_reply
from clova_flask.home import INTERFACES, Appliance, Color, Period, action

TOKEN = "secret-access-token"
STATE = "문이 열려 있어서"

ERRORS = {
    "ActionFailedError": {},
    "ActionTemporarilyBlockedError": {},
    "ConditionsNotMetError": {"state": STATE},
    "DeviceFailureError": {},
    "DriverInternalError": {},
    "ExpiredAccessTokenError": {},
    "InvalidAccessTokenError": {},
    "NoSuchTargetError": {},
    "NotSupportedInCurrentModeError": {},
    "TargetOfflineError": {},
    "UnsupportedOperationError": {},
    "ValueNotFoundError": {},
    "ValueNotSupportedError": {},
    "ValueOutOfRangeError": {"minimumValue": 16, "maximumValue": 30.5},
}

every_error = pytest.mark.parametrize("name", ERRORS)


def make_error(name):
    arguments = {"ConditionsNotMetError": [STATE], "ValueOutOfRangeError": [16, 30.5]}
    return getattr(home, name)(*arguments.get(name, ()))


@pytest.fixture
def cek(connect):
    """Give a CEK for the handlers so far, with a linked account."""
    return lambda **config: connect(client={"access_token": TOKEN}, **config)


@pytest.fixture
def raising(clova, cek):
    """Give a CEK for an extension whose TurnOn raises."""

    def raising(error, **config):
        @clova.home.on("TurnOn")
        def on():
            raise error

        return cek(**config)

    return raising


def assert_error(reply, name, payload=None):
    header = {
        "messageId": reply.request["header"].get("messageId"),
        "namespace": "ClovaHome",
        "name": name,
        "payloadVersion": "1.0",
    }
    assert reply.status_code == 200
    assert reply.json == {"header": header, "payload": payload or {}}


def test_these_are_all_the_errors():
    assert home.ERRORS.keys() == ERRORS.keys()


@pytest.mark.parametrize("testing", [True, False], ids=["testing", "production"])
@every_error
def test_an_error_that_a_handler_raises_is_the_answer(name, testing, raising, caplog):
    reply = raising(make_error(name), testing=testing).control("TurnOn", "등")
    assert_error(reply, name, ERRORS[name])
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@every_error
def test_an_error_may_come_from_any_handler(name, clova, cek):
    def fail():
        raise make_error(name)

    clova.home.load(fail)
    clova.home.discover(fail)
    clova.home.scenes(fail)
    clova.home.scene_action(fail)
    client = cek()
    scene = {"scene": {"sceneId": "외출", "sceneName": "외출"}}
    for reply in (
        client.discover(),
        client.home("DiscoverScenes"),
        client.home("ActionScene", scene),
        client.control("TurnOn", "등"),
        client.control("HealthCheck", "등"),
    ):
        assert_error(reply, name, ERRORS[name])


def test_an_error_of_custom_commands(clova, cek):
    clova.home.discover(lambda: ())

    @clova.home.custom_commands
    def commands():
        raise home.DeviceFailureError

    assert_error(cek().discover(), "DeviceFailureError")


def test_an_error_may_be_raised_as_a_class(raising):
    assert_error(raising(home.TargetOfflineError).control("TurnOn", "등"), "TargetOfflineError")


def test_an_error_of_ones_own_is_answered_as_the_one_it_derives_from(raising):
    class Unplugged(home.TargetOfflineError):
        pass

    assert_error(raising(Unplugged()).control("TurnOn", "등"), "TargetOfflineError")


def test_an_error_of_no_name_is_answered_as_our_fault(raising):
    assert_error(raising(home.HomeError(), testing=False).control("TurnOn", "등"), "DriverInternalError")


def test_an_error_of_no_name_is_raised_in_testing(raising):
    cek = raising(home.HomeError())
    with pytest.raises(AnswerError, match=r"HomeError is not one of .*\. Use one of: ActionFailedError,"):
        cek.control("TurnOn", "등")


@pytest.mark.parametrize(
    "error",
    [
        home.ValueOutOfRangeError("16", "30"),
        home.ValueOutOfRangeError(0, math.inf),
        home.ConditionsNotMetError(None),
        home.ConditionsNotMetError(date(2018, 8, 10)),
    ],
    ids=repr,
)
def test_an_error_that_cannot_be_sent_is_our_fault(error, raising, caplog):
    reply = raising(error, testing=False).control("TurnOn", "등")
    assert_error(reply, "DriverInternalError")
    field = "minimumValue" if isinstance(error, home.ValueOutOfRangeError) else "state"
    assert field in caplog.text or "maximumValue" in caplog.text


def test_an_error_that_cannot_be_sent_is_raised_in_testing(raising):
    cek = raising(home.ConditionsNotMetError(None))
    with pytest.raises(AnswerError, match="state"):
        cek.control("TurnOn", "등")


@pytest.fixture
def guarded(clova, cek):
    """Give a CEK whose extension handles everything, and the calls that got through to it."""
    calls = []

    @clova.home.on("*")
    def rest(interface):
        calls.append(interface)
        return example_reply(interface)

    @clova.home.on("SetBrightness", minimum=0, maximum=100)
    def dim(brightness: float):
        calls.append(brightness)

    @clova.home.on("SetColor")
    def tint(color: Color):
        calls.append(color)

    @clova.home.on("GetUsageTime")
    def usage(period: Period):
        calls.append(period)
        return "PT1H"

    @clova.home.discover
    def devices():
        calls.append("discover")
        return []

    @clova.home.load
    def device(appliance_id):
        return Appliance(appliance_id, type="LIGHT") if appliance_id == "등" else None

    @clova.home.scenes
    def scenes():
        calls.append("scenes")
        return []

    @clova.home.scene_action
    def act(scene):
        calls.append(scene)

    client = cek()
    client.calls = calls
    return client


LAMP = {"appliance": {"applianceId": "등"}}


@pytest.mark.parametrize(
    ("name", "payload", "error"),
    [
        ("Dance", LAMP, "UnsupportedOperationError"),
        ("turnOn", LAMP, "UnsupportedOperationError"),
        ("TurnOnRequest", LAMP, "UnsupportedOperationError"),
        ("", LAMP, "UnsupportedOperationError"),
        ("TurnOn", {}, "NoSuchTargetError"),
        ("TurnOn", {"appliance": None}, "NoSuchTargetError"),
        ("TurnOn", {"appliance": "등"}, "NoSuchTargetError"),
        ("TurnOn", {"appliance": ["등"]}, "NoSuchTargetError"),
        ("TurnOn", {"appliance": {}}, "NoSuchTargetError"),
        ("TurnOn", {"appliance": {"applianceId": None}}, "NoSuchTargetError"),
        ("TurnOn", {"appliance": {"applianceId": ""}}, "NoSuchTargetError"),
        ("TurnOn", {"appliance": {"applianceId": 7}}, "NoSuchTargetError"),
        ("TurnOn", {"appliance": {"applianceId": ["등"]}}, "NoSuchTargetError"),
        ("TurnOn", {"appliance": {"applianceId": "없는 등"}}, "NoSuchTargetError"),
        ("HealthCheck", {"appliance": {"applianceId": "없는 등"}}, "NoSuchTargetError"),
        ("SetBrightness", {"appliance": {"applianceId": "없는 등"}, "brightness": {}}, "NoSuchTargetError"),
        ("SetBrightness", LAMP, "ValueNotSupportedError"),
        ("SetLockState", LAMP, "ValueNotSupportedError"),
        ("SetLockState", {**LAMP, "lockState": None}, "ValueNotSupportedError"),
        ("SetLockState", {**LAMP, "lockState": "locked"}, "ValueNotSupportedError"),
        ("SetLockState", {**LAMP, "lockState": True}, "ValueNotSupportedError"),
        ("SetLockState", {**LAMP, "lockState": {"value": "LOCKED"}}, "ValueNotSupportedError"),
        ("SetMode", {**LAMP, "mode": {"value": 3}}, "ValueNotSupportedError"),
        ("SetMode", {**LAMP, "mode": {"value": ["sleep"]}}, "ValueNotSupportedError"),
        ("SetMode", {**LAMP, "mode": {"value": "춤"}}, "UnsupportedOperationError"),
        ("StartOscillation", {**LAMP, "direction": {"value": False}}, "ValueNotSupportedError"),
        ("ChangeInputSource", {**LAMP, "count": {"value": "둘"}}, "ValueNotSupportedError"),
        ("SetChannelByName", {**LAMP, "channelName": {"value": 9}}, "ValueNotSupportedError"),
        ("SetChannel", {**LAMP, "channel": {}}, "ValueNotSupportedError"),
        ("SetChannel", {**LAMP, "channel": {"value": None}}, "ValueNotSupportedError"),
        ("SetColor", LAMP, "ValueNotSupportedError"),
        ("SetColor", {**LAMP, "color": "빨강"}, "ValueNotSupportedError"),
        ("SetColor", {**LAMP, "color": []}, "ValueNotSupportedError"),
        ("SetColor", {**LAMP, "color": {"hue": 1}}, "ValueNotSupportedError"),
        ("SetColor", {**LAMP, "color": {"hue": "빨강", "saturation": 1}}, "ValueNotSupportedError"),
        ("SetColor", {**LAMP, "color": {"hue": 1, "saturation": True}}, "ValueNotSupportedError"),
        (
            "SetColor",
            {**LAMP, "color": {"hue": 1, "saturation": 1, "brightness": {}}},
            "ValueNotSupportedError",
        ),
        ("GetUsageTime", LAMP, "ValueNotSupportedError"),
        ("GetUsageTime", {**LAMP, "period": "어제"}, "ValueNotSupportedError"),
        ("GetUsageTime", {**LAMP, "period": {}}, "ValueNotSupportedError"),
        ("GetUsageTime", {**LAMP, "period": {"start": "2018-08-10T00:00:00Z"}}, "ValueNotSupportedError"),
        ("GetUsageTime", {**LAMP, "period": {"start": 1, "end": 2}}, "ValueNotSupportedError"),
        (
            "GetUsageTime",
            {**LAMP, "period": {"start": "어제", "end": "2018-08-10T00:00:00Z"}},
            "ValueNotSupportedError",
        ),
        (
            "GetUsageTime",
            {**LAMP, "period": {"start": "2018-02-30T00:00:00Z", "end": "2018-08-10T00:00:00Z"}},
            "ValueNotSupportedError",
        ),
        (
            "GetUsageTime",
            {**LAMP, "period": {"start": "0001-01-01T00:00:00", "end": "0001-01-01T00:00:00"}},
            "ValueNotSupportedError",
        ),
        ("ActionScene", {}, "ValueNotSupportedError"),
        ("ActionScene", {"scene": None}, "ValueNotSupportedError"),
        ("ActionScene", {"scene": "외출"}, "ValueNotSupportedError"),
        ("ActionScene", {"scene": {}}, "ValueNotSupportedError"),
        ("ActionScene", {"scene": {"sceneId": ""}}, "ValueNotSupportedError"),
        ("ActionScene", {"scene": {"sceneId": 7}}, "ValueNotSupportedError"),
    ],
)
def test_wrong_input_never_reaches_a_handler(name, payload, error, guarded):
    assert_error(guarded.home(name, payload), error)
    assert guarded.calls == []


def test_an_object_whose_value_is_optional_may_be_empty(guarded):
    reply = guarded.home("IncrementIntensityLevel", {**LAMP, "deltaIntensity": {}})
    assert reply.name == "IncrementIntensityLevelConfirmation"
    assert guarded.calls == ["IncrementIntensityLevel"]


@pytest.mark.parametrize(
    "appliance",
    [None, "등", ["등"], {}, {"applianceId": None}, {"applianceId": ""}, {"applianceId": 7}, {"id": "등"}],
    ids=repr,
)
def test_a_bare_reference_needs_an_id(appliance, clova, cek):
    clova.home.on("*")(lambda: pytest.fail("called"))
    assert_error(cek().home("TurnOn", {"appliance": appliance}), "NoSuchTargetError")


@pytest.mark.parametrize("name", ["TurnOn", "TurnOnConfirmation", "TurnOnrequest", "Request", "춤"])
def test_a_message_that_is_no_request_is_not_supported(name, guarded):
    message = message_of("TurnOn", {"accessToken": TOKEN, **LAMP})
    message["header"]["name"] = name
    assert_error(guarded.send(message), "UnsupportedOperationError")
    assert guarded.calls == []


@pytest.mark.parametrize(
    "value",
    [
        "밝게",
        "",
        "NaN",
        "Infinity",
        "1e999",
        "0x10",
        True,
        False,
        None,
        [],
        [50],
        {},
        {"value": 50},
        "9" * 5000,
    ],
    ids=lambda value: repr(value)[:20],
)
def test_a_value_that_is_no_number_is_not_supported(value, guarded):
    assert_error(
        guarded.home("SetBrightness", {**LAMP, "brightness": {"value": value}}), "ValueNotSupportedError"
    )
    assert guarded.calls == []


@pytest.mark.parametrize("brightness", [None, {}, [], "밝게", True, {"val": 50}, [{"value": 50}]], ids=repr)
def test_a_missing_value_object_is_not_supported(brightness, guarded):
    assert_error(guarded.home("SetBrightness", {**LAMP, "brightness": brightness}), "ValueNotSupportedError")
    assert guarded.calls == []


@pytest.mark.parametrize("value", [101, -1, 100.001, 1e308, -1e308, 2**64, 10**30])
def test_a_value_out_of_range(value, guarded):
    reply = guarded.home("SetBrightness", {**LAMP, "brightness": {"value": value}})
    assert_error(reply, "ValueOutOfRangeError", {"minimumValue": 0, "maximumValue": 100})
    assert guarded.calls == []


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity"])
def test_a_constant_that_json_does_not_have_is_refused(constant, guarded):
    message = message_of("SetBrightness", {"accessToken": TOKEN, **LAMP, "brightness": {"value": "X"}})
    reply = guarded.send(json.dumps(message).encode().replace(b'"X"', constant))
    assert (reply.status_code, reply.error) == (400, "The body is not JSON.")
    assert guarded.calls == []


def message_of(name, payload, **header):
    return {
        "header": {
            "messageId": "33da6561-0149-4532-a30b-e0de8f75c4cf",
            "namespace": "ClovaHome",
            "name": f"{name}Request",
            "payloadVersion": "1.0",
            **header,
        },
        "payload": payload,
    }


def test_the_client_sends_fields_that_no_interface_has(guarded):
    reply = guarded.control("Dance", "등", tempo=3)
    assert reply.request["payload"] == {"accessToken": TOKEN, **LAMP, "tempo": 3}


def test_what_is_not_known_is_ignored(guarded):
    message = message_of(
        "SetBrightness",
        {
            "accessToken": TOKEN,
            "appliance": {"applianceId": "등", "room": "거실"},
            "brightness": {"value": 50, "unit": "%"},
            "mood": "좋음",
        },
        traceId="1",
    )
    reply = guarded.send({**message, "trailer": {}})
    assert reply.name == "SetBrightnessConfirmation"
    assert guarded.calls == [50]


@pytest.mark.parametrize(
    "tokens",
    [{}, {"accessToken": None}, {"accessToken": ""}, {"accessToken": 7}, {"accessToken": [TOKEN]}],
    ids=repr,
)
@pytest.mark.parametrize("name", ["TurnOn", "DiscoverAppliances", "DiscoverScenes", "ActionScene"])
def test_without_a_token_it_is_invalid(name, tokens, guarded):
    scene = {"scene": {"sceneId": "외출", "sceneName": "외출"}}
    assert_error(guarded.send(message_of(name, {**tokens, **LAMP, **scene})), "InvalidAccessTokenError")
    assert guarded.calls == []


@pytest.mark.parametrize("token", [None, "", 7, {}])
def test_the_user_loader_is_not_asked_without_a_token(token, clova, cek):
    clova.user_loader(lambda access_token: pytest.fail("asked"))
    clova.home.discover(lambda: pytest.fail("called"))
    assert_error(
        cek().send(message_of("DiscoverAppliances", {"accessToken": token})), "InvalidAccessTokenError"
    )


def test_a_user_loader_may_ask_for_account_linking(clova, cek):
    @clova.user_loader
    def load_user(access_token):
        raise AccountLinkingRequired

    clova.home.discover(lambda user: pytest.fail("called"))
    assert_error(cek().discover(), "InvalidAccessTokenError")


@pytest.mark.parametrize(
    ("token", "error"),
    [("취소된", "InvalidAccessTokenError"), ("지난", "ExpiredAccessTokenError"), ("좋은", None)],
)
def test_a_token_that_the_user_loader_refuses(token, error, clova, connect):
    @clova.user_loader
    def load_user(access_token):
        if access_token == "지난":
            raise home.ExpiredAccessTokenError
        return "철수" if access_token == "좋은" else None

    calls = []
    clova.home.on("TurnOn")(lambda user: calls.append(user))
    reply = connect(client={"access_token": token}).control("TurnOn", "등")
    if error:
        assert_error(reply, error)
    assert calls == ([] if error else ["철수"])


@pytest.mark.parametrize("payload", [None, {}, [], "", "밝게", 7, True], ids=repr)
def test_a_payload_without_a_token_has_none(payload, guarded):
    assert_error(guarded.send(message_of("TurnOn", payload)), "InvalidAccessTokenError")
    message = message_of("TurnOn", payload)
    del message["payload"]
    assert_error(guarded.send(message), "InvalidAccessTokenError")
    assert guarded.calls == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda message: message.pop("header"), "with 'request' or 'header'"),
        (lambda message: message.update(header=None), "header"),
        (lambda message: message.update(header=[]), "header"),
        (lambda message: message.update(header="TurnOnRequest"), "header"),
        (lambda message: message.update(header={}), "header.name"),
        (lambda message: message["header"].pop("name"), "header.name"),
        (lambda message: message["header"].update(name=None), "header.name"),
        (lambda message: message["header"].update(name=""), "header.name"),
        (lambda message: message["header"].update(name=7), "header.name"),
        (lambda message: message["header"].update(name=["TurnOnRequest"]), "header.name"),
        (lambda message: message["header"].pop("namespace"), "header.namespace"),
        (lambda message: message["header"].update(namespace="ClovaHouse"), "header.namespace"),
        (lambda message: message["header"].update(namespace="clovahome"), "header.namespace"),
        (lambda message: message["header"].update(namespace=7), "header.namespace"),
    ],
)
def test_a_malformed_envelope_is_refused(change, fault, guarded):
    message = message_of("TurnOn", {"accessToken": TOKEN, **LAMP})
    change(message)
    reply = guarded.send(message)
    assert reply.status_code == 400
    assert reply.json.keys() == {"error"}
    assert fault in reply.error
    assert TOKEN not in reply.text
    assert guarded.calls == []


@pytest.mark.parametrize("message", [[], "TurnOnRequest", 7, None, {}, [{"header": {}}]], ids=repr)
def test_another_envelope_is_refused(message, guarded):
    reply = guarded.send(json.dumps(message).encode())
    assert reply.status_code == 400
    assert "not a message of CEK" in reply.error


def test_a_message_with_a_wrong_signature_reaches_no_handler(guarded):
    body = json.dumps(message_of("TurnOn", {"accessToken": TOKEN, **LAMP})).encode()
    assert guarded.post(body, {"SignatureCEK": "AAAA"}).status_code == 401
    assert guarded.post(body, {}).status_code == 401
    assert guarded.calls == []


@pytest.mark.parametrize("name", [name for name, row in INTERFACES.items() if row.appliance])
def test_an_interface_without_a_handler_is_not_supported(name, clova, cek):
    clova.home.load(lambda appliance_id: Appliance(appliance_id, type="LIGHT"))
    reply = cek().home(name, example_payload(name))
    if name in ("GetDeviceState", "HealthCheck"):
        assert reply.name == f"{name}Response"
    else:
        assert_error(reply, "UnsupportedOperationError")


@pytest.mark.parametrize("name", ["DiscoverAppliances", "DiscoverScenes", "ActionScene"])
def test_a_source_that_is_not_there_is_not_supported(name, clova, cek):
    assert_error(cek().home(name, example_payload(name)), "UnsupportedOperationError")


FAILURES = [
    RuntimeError("전구가 깨졌어요"),
    KeyError("등"),
    AssertionError(),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "전구"),
    RecursionError("깊이"),
    Exception("이름 없는 고장"),
]


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
def test_whatever_a_handler_raises_is_raised_again_in_testing(failure, raising):
    cek = raising(failure)
    with pytest.raises(type(failure)) as caught:
        cek.control("TurnOn", "등")
    assert caught.value is failure


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
def test_whatever_a_handler_raises_is_our_fault_in_production(failure, raising, caplog):
    reply = raising(failure, testing=False).control("TurnOn", "등")
    assert_error(reply, "DriverInternalError")
    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.name == "clova_flask"
    assert record.exc_info[1] is failure
    assert "Traceback" in caplog.text
    assert "in on" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("declare", "send"),
    [
        (lambda c, f: c.user_loader(lambda access_token: f()), lambda k: k.control("TurnOn", "등")),
        (lambda c, f: c.home.discover(f), lambda k: k.discover()),
        (lambda c, f: c.home.discover(f), lambda k: k.control("TurnOn", "등")),
        (lambda c, f: c.home.load(f), lambda k: k.control("TurnOn", "등")),
        (lambda c, f: c.home.scenes(f), lambda k: k.home("DiscoverScenes")),
        (
            lambda c, f: c.home.scene_action(f),
            lambda k: k.home("ActionScene", {"scene": {"sceneId": "외출"}}),
        ),
        (
            lambda c, f: (c.home.discover(lambda: ()), c.home.custom_commands(f)),
            lambda k: k.discover(),
        ),
    ],
    ids=["user_loader", "discover", "discover for one", "load", "scenes", "scene_action", "custom_commands"],
)
def test_whatever_fails_is_our_fault_in_production(declare, send, clova, cek, caplog):
    def fail():
        raise RuntimeError("전구가 깨졌어요")

    declare(clova, fail)
    assert_error(send(cek(testing=False)), "DriverInternalError")
    assert "전구가 깨졌어요" in caplog.text
    assert TOKEN not in caplog.text


def test_a_query_that_fails_costs_the_default_device_state_that_one_state(clova, cek, caplog):
    class Sensor(Appliance, type="AIRSENSOR"):
        @action("GetHumidity")
        def humidity(self):
            raise RuntimeError("센서 고장")

    clova.home.load(lambda appliance_id: Sensor(appliance_id))
    reply = cek(testing=False).control("GetDeviceState", "센서")
    assert (reply.name, reply.payload["states"]) == ("GetDeviceStateResponse", [])
    assert "센서 고장" in caplog.text


MISFITS = [
    ("TurnOn", {"brightness": 50}, "brightness"),
    ("TurnOn", {"fan_speed": "빠르게"}, "fanSpeed.value"),
    ("TurnOn", {"fanSpeed": {"value": 1, "unit": "단"}}, "fanSpeed.unit"),
    ("SetBrightness", {"brightness": True}, "brightness.value"),
    ("SetBrightness", {"brightness": math.nan}, "brightness.value"),
    ("SetBrightness", {"brightness": {}}, "brightness.value"),
    ("SetBrightness", {"brightness": [50]}, "brightness"),
    ("IncrementBrightness", {"previous_state": {"brightnes": 1}}, "previousState.brightnes"),
    ("IncrementBrightness", {"previous_state": 50}, "previousState"),
    ("SetFanSpeed", {"fan_speed": 4}, "fanSpeed.value"),
    ("SetLockState", {"lock_state": "locked"}, "lockState"),
    ("SetColor", {"color": {"hue": 1}}, "color.saturation"),
    ("GetHumidity", {}, "humidity"),
    ("GetHumidity", {"humidity": "40"}, "humidity.value"),
    ("GetHumidity", {"humidty": 40}, "humidty"),
    ("GetBatteryInfo", {"battery_level": 80}, "battery_level"),
    ("GetAirQuality", {"air_quality": {"index": "최고"}}, "airQuality.index"),
    ("GetAirQuality", {"air_quality": "최고"}, "airQuality.index"),
    ("GetLockState", {"lock_state": "CLOSED"}, "lockState"),
    ("GetNotice", "점검", "notice"),
    ("GetNotice", ["점검", 7], "notice[1]"),
    ("GetConsumption", [{"name": "전기", "unit": "kWh"}], "consumption[0].value"),
    ("GetDeviceState", [{"name": "온도", "value": 23, "unit": 1}], "states[0].unit"),
    ("GetDeviceState", {"states": [{"name": "온도", "value": [23]}]}, "states[0].value"),
    ("GetVehicleLocation", [{"name": "아빠 차"}], "vehicleLocationList[0].value"),
    ("GetRemainingTime", {"remaining_time": date(2018, 8, 10)}, "remainingTime"),
    ("HealthCheck", {"is_reachable": True}, "isTurnOn"),
    ("HealthCheck", {"is_reachable": 1, "is_turn_on": True}, "isReachable"),
    ("HealthCheck", {"is_reachable": "true", "is_turn_on": True}, "isReachable"),
]


@pytest.mark.parametrize(("name", "answer", "field"), MISFITS)
def test_a_reply_that_does_not_fit_is_an_error_in_testing(name, answer, field, clova, cek):
    clova.home.on(name)(lambda: answer)
    client = cek()
    with pytest.raises(AnswerError) as error:
        client.home(name, {**example_payload(name), "accessToken": TOKEN})
    assert INTERFACES[name].reply in str(error.value)
    assert f"{field}: " in str(error.value)


@pytest.mark.parametrize(("name", "answer", "field"), MISFITS)
def test_a_reply_that_does_not_fit_is_our_fault_in_production(name, answer, field, clova, cek, caplog):
    clova.home.on(name)(lambda: answer)
    reply = cek(testing=False).home(name, {**example_payload(name), "accessToken": TOKEN})
    assert_error(reply, "DriverInternalError")
    assert f"{field}: " in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("GetVehicleLocation", {"vehicle_location_list": [{"name": "차", "value": object}]}),
        ("TurnOn", {7: 8}),
    ],
)
def test_a_reply_that_is_no_json_is_our_fault(name, answer, clova, cek, caplog):
    clova.home.on(name)(lambda: answer)
    assert_error(cek(testing=False).control(name, "등"), "DriverInternalError")
    assert "AnswerError" in caplog.text


def test_what_home_handlers_raise_reaches_signals(clova, cek):
    seen = []

    def failed(sender, **details):
        seen.append(details["error"])

    @clova.home.on("TurnOn")
    def on():
        raise KeyError("등")

    with signals.message_failed.connected_to(failed):
        cek(testing=False).control("TurnOn", "등")
    assert [type(error) for error in seen] == [KeyError]


JUNK = [
    None,
    True,
    False,
    0,
    -1,
    10**30,
    1e308,
    -0.0,
    "",
    "값",
    "NaN",
    "9" * 5000,
    "0001-01-01T00:00:00",
    "9999-12-31T23:59:59",
    [],
    [[]],
    {},
    {"value": None},
    {"value": {"value": 1}},
    {"value": "값", "index": 1},
    [{"value": 1}],
]


def damaged(value, chance):
    """Replace, remove or add something at some places of a JSON value."""
    if chance.random() < 0.2:
        return copy.deepcopy(chance.choice(JUNK))
    if isinstance(value, dict):
        kept = {key: damaged(inner, chance) for key, inner in value.items() if chance.random() > 0.1}
        return {**kept, "value": chance.choice(JUNK)} if chance.random() < 0.1 else kept
    if isinstance(value, list):
        return [damaged(inner, chance) for inner in value]
    return value


@pytest.mark.parametrize("name", INTERFACES)
def test_damaged_payloads_are_answered_with_an_error_of_the_protocol(name, clova, cek, caplog):
    @clova.home.on("*")
    def rest(interface):
        return example_reply(interface)

    clova.home.discover(lambda: [Appliance("appliance-1", type="LIGHT")])
    clova.home.scenes(lambda: ())
    clova.home.scene_action(lambda scene: None)
    clova.home.load(lambda appliance_id: Appliance(appliance_id, type="WINECELLAR"))
    client = cek(testing=False)
    chance = random.Random(name)
    allowed = {INTERFACES[name].reply, *ERRORS} - {"DriverInternalError"}
    for _ in range(12):
        payload = damaged({**example_payload(name), "accessToken": TOKEN}, chance)
        reply = client.send(message_of(name, payload))
        if isinstance(payload, dict) or payload is None:
            assert reply.status_code == 200, payload
            assert reply.name in allowed, payload
        else:
            assert reply.status_code in (200, 400), payload
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_damaged_messages_never_cost_a_5xx(clova, cek):
    clova.home.on("*")(lambda interface: example_reply(interface))
    client = cek(testing=False)
    chance = random.Random("메시지")
    for _ in range(400):
        name = chance.choice(list(INTERFACES))
        message = message_of(name, {**example_payload(name), "accessToken": TOKEN})
        reply = client.send(json.dumps(damaged(message, chance)).encode())
        assert reply.status_code in (200, 400)


@pytest.mark.parametrize(
    ("answer", "validate", "problem"),
    [
        ({"brightness": "밝게"}, True, r"brightness\.value: Must be a number"),
        (5 * [1], True, "SetBrightnessConfirmation cannot be sent"),
        ({"brightness": math.nan}, False, r"payload\.brightness\.value is float"),
    ],
    ids=["wrong", "list", "unwritable"],
)
def test_an_answer_that_cannot_be_sent_names_the_function_that_returned_it(
    answer, validate, problem, clova, cek
):
    @clova.home.on("SetBrightness")
    def dim_the_lamp():
        return answer

    client = cek(CLOVA_VALIDATE_RESPONSES=validate)
    with pytest.raises(AnswerError, match=problem) as error:
        client.control("SetBrightness", "등", brightness=50)
    assert "dim_the_lamp (" in error.value.__notes__[0]
    assert "test_errors.py:" in error.value.__notes__[0]
