"""Hooks around every message: which run, what they may return, what they get."""

import asyncio
import json
import logging

import pytest
from flask import g

from clova_flask import (
    AnswerError,
    SlotError,
    Speech,
    ask,
    current_session,
    current_user,
    message_handled,
    tell,
)
from clova_flask.home import Appliance, DriverInternalError, HomeRequest, TargetOfflineError, action

APOLOGY = "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?"
TOKEN = "보라의-토큰"


class Lamp(Appliance, type="LIGHT"):
    @action("TurnOn")
    def turn_on(self):
        pass

    @action("TurnOff")
    def turn_off(self):
        raise TargetOfflineError

    @action("SetBrightness")
    def dim(self, brightness: float):
        return {"brightness": 1 / brightness}


@pytest.fixture
def cek(clova, connect):
    """Connect an extension of both kinds, whose hooks the test declares."""

    def cek(token=TOKEN, **config):
        clova.user_loader(lambda access_token: "보라" if access_token == TOKEN else None)
        clova.launch(lambda: ask("안녕"))
        clova.intent("내 정보")(lambda user: tell(user))
        clova.intent("주문")(lambda amount: tell(amount))
        clova.intent("고장")(lambda session: session.update(step=2) or 1 / 0)
        clova.event("*")(lambda: None)
        clova.session_ended(lambda: None)
        clova.home.discover(lambda: [Lamp("등")])
        return connect(client={"access_token": token}, **config)

    return cek


def in_production(cek, **config):
    return cek(testing=False, **config)


# Before


EVERY_MESSAGE = [
    lambda cek: cek.launch(),
    lambda cek: cek.intent("내 정보"),
    lambda cek: cek.intent("모르는 것"),
    lambda cek: cek.event("AudioPlayer.PlayStarted", token="곡"),
    lambda cek: cek.end(),
    lambda cek: cek.discover(),
    lambda cek: cek.control("TurnOn", "등"),
    lambda cek: cek.control("TurnOff", "등"),
    lambda cek: cek.control("GetDeviceState", "등"),
    lambda cek: cek.control("HealthCheck", "없는 등"),
    lambda cek: cek.home("DiscoverScenes"),
    lambda cek: cek.home("Dance"),
    lambda cek: cek.home("TurnOn", {"accessToken": None}),
]


@pytest.mark.parametrize("send", EVERY_MESSAGE, ids=range(len(EVERY_MESSAGE)))
def test_hooks_run_once_for_every_message(send, clova, cek):
    seen = []
    clova.before_request(lambda: seen.append("before"))
    clova.after_request(lambda message: seen.append(message))
    reply = send(cek())
    assert len(seen) == 2
    assert seen == ["before", reply.json]


def test_a_before_hook_runs_before_the_user_is_loaded(clova, connect):
    seen = []
    clova.before_request(lambda: seen.append("before"))
    clova.user_loader(lambda access_token: seen.append("load") or access_token)
    clova.home.on("TurnOn")(lambda user: seen.append(user))
    clova.launch(lambda user: seen.append(user) or tell("안녕"))
    cek = connect(client={"access_token": TOKEN})
    cek.launch()
    cek.control("TurnOn", "등")
    assert seen == ["before", "load", TOKEN] * 2


def test_a_user_that_a_hook_takes_is_loaded_once(clova, connect):
    loads = []
    clova.user_loader(lambda access_token: loads.append(access_token) or "보라")
    clova.before_request(lambda user: loads.append(user))
    clova.home.before_request(lambda: loads.append(str(current_user)))
    clova.after_request(lambda message, user: loads.append(user))
    clova.home.on("TurnOn")(lambda user: None)
    connect(client={"access_token": TOKEN}).control("TurnOn", "등")
    assert loads == [TOKEN, "보라", "보라", "보라"]


@pytest.mark.parametrize("token", ["누구의-토큰", None])
def test_a_before_hook_that_needs_a_user_asks_to_link_the_account(token, clova, cek):
    clova.before_request(lambda user: pytest.fail("called"))
    cek = cek(token)
    assert cek.launch().speech == "먼저 계정을 연결해 주세요. 클로바 앱에서 연결할 수 있어요."
    assert cek.control("TurnOn", "등").name == "InvalidAccessTokenError"
    assert cek.home("Dance").name == "InvalidAccessTokenError"


def test_a_hook_whose_user_may_be_none_runs_without_one(clova, cek):
    seen = []
    clova.before_request(lambda user=None: seen.append(user))
    clova.home.before_request(lambda user=None: seen.append(user))

    @clova.after_request
    def look(message, user: str | None):
        seen.append(user)

    clova.after_request(lambda message, user: pytest.fail("called without a user"))
    cek = cek("누구의-토큰")
    cek.launch()
    assert cek.control("TurnOn", "등").name == "InvalidAccessTokenError"
    assert seen == [None] * 5


def test_what_a_hook_puts_on_g_is_there_for_loader_and_handlers(clova, connect):
    @clova.before_request
    def remember(request):
        g.kind = type(request).__name__

    clova.user_loader(lambda access_token: g.kind)
    clova.intent("내 정보")(lambda user: tell(user))
    clova.home.discover(lambda user: [Lamp(user)])
    cek = connect(client={"access_token": TOKEN})
    assert cek.intent("내 정보").speech == "IntentRequest"
    assert cek.discover().payload["discoveredAppliances"][0]["applianceId"] == "HomeRequest"


@pytest.mark.parametrize("own", [False, True], ids=["both", "home"])
@pytest.mark.parametrize(
    ("answer", "name", "payload"),
    [
        (TargetOfflineError("멀어요"), "TargetOfflineError", {}),
        (TargetOfflineError, "TargetOfflineError", {}),
        ({"brightness": 7}, "SetBrightnessConfirmation", {"brightness": {"value": 7}}),
        ({"brightness": {"value": 7}}, "SetBrightnessConfirmation", {"brightness": {"value": 7}}),
        (None, "SetBrightnessConfirmation", {"brightness": {"value": 0.5}}),
    ],
    ids=["error", "class", "snake", "wire", "None"],
)
def test_what_a_before_hook_returns_answers_home(answer, name, payload, own, clova, cek):
    called = []
    (clova.home if own else clova).before_request(lambda: answer)
    clova.home.before_request(lambda: called.append("second"))
    reply = cek().control("SetBrightness", "등", brightness=2)
    assert (reply.name, reply.payload) == (name, payload)
    assert called == (["second"] if answer is None else [])


def test_a_before_hook_may_answer_discovery_with_a_payload(clova, cek):
    appliance = {
        "applianceId": "등",
        "manufacturerName": "m",
        "modelName": "m",
        "version": "1",
        "friendlyName": "등",
        "friendlyDescription": "등",
        "isIr": False,
        "actions": ["TurnOn"],
        "applianceTypes": ["LIGHT"],
        "tags": [],
    }
    clova.home.before_request(
        lambda interface: (
            {"discovered_appliances": [appliance], "custom_commands": []}
            if interface == "DiscoverAppliances"
            else None
        )
    )
    reply = cek().discover()
    assert reply.payload == {"discoveredAppliances": [appliance], "customCommands": []}


@pytest.mark.parametrize(
    "answer",
    [tell("점검 중이에요"), "점검 중이에요", Speech("점검"), ["점검", "중"], {"response": {}}, 0, False, ""],
    ids=["tell", "str", "Speech", "list", "message", "0", "False", "empty"],
)
def test_a_before_hook_that_speaks_lets_no_home_request_through(answer, clova, cek, caplog):
    clova.home.on("SetMode")(lambda: pytest.fail("called"))

    @clova.before_request
    def maintenance():
        return answer

    client = in_production(cek)
    assert client.control("TurnOn", "등").name == "DriverInternalError"
    assert "serve custom messages only" in caplog.text
    client.app.testing = True
    with pytest.raises(AnswerError, match=r"maintenance \(.*test_hooks.py:\d+\) returned .* a Clova Home"):
        client.control("TurnOn", "등")


def test_a_before_hook_that_returns_a_home_error_lets_no_custom_message_through(clova, cek):
    clova.before_request(lambda: TargetOfflineError())
    assert in_production(cek).launch().speech == APOLOGY


def test_a_payload_cannot_answer_what_there_is_no_reply_for(clova, cek):
    clova.home.before_request(lambda: {"brightness": 1})
    assert cek().home("Dance").name == "UnsupportedOperationError"


@pytest.mark.parametrize("takes", ["session", "context"])
def test_hooks_that_take_session_or_context_are_for_custom_messages(takes, clova, cek):
    seen = []
    takes_it = {
        "session": (lambda session: seen.append("before"), lambda message, session: seen.append("after")),
        "context": (lambda context: seen.append("before"), lambda message, context: seen.append("after")),
    }
    before, after = takes_it[takes]
    clova.before_request(before)
    clova.after_request(after)
    cek = cek()
    cek.control("TurnOn", "등")
    assert seen == []
    cek.launch()
    assert seen == ["before", "after"]


def test_hooks_of_home_are_for_home_and_have_what_it_has(clova, cek):
    seen = []

    @clova.home.before_request
    def before(request, user, interface, access_token, appliance_id, appliance):
        seen.append((request.name, user, interface, access_token, appliance_id, appliance))

    @clova.home.after_request
    def after(reply, request, user, interface, access_token, appliance_id, appliance):
        seen.append((reply["header"]["name"], user, interface, access_token, appliance_id, appliance.id))

    cek = cek()
    cek.launch()
    assert seen == []
    cek.control("TurnOn", "등")
    assert seen == [
        ("TurnOnRequest", "보라", "TurnOn", TOKEN, "등", None),
        ("TurnOnConfirmation", "보라", "TurnOn", TOKEN, "등", "등"),
    ]


def test_hooks_for_both_kinds_run_in_the_order_they_are_declared(clova, cek):
    seen = []
    clova.before_request(lambda: seen.append(1))
    clova.home.before_request(lambda: seen.append(2))
    clova.before_request(lambda request: seen.append(type(request) is HomeRequest))
    clova.after_request(lambda message: seen.append(4))
    clova.home.after_request(lambda reply: seen.append(5))
    clova.after_request(lambda message: seen.append(6))
    cek().control("TurnOn", "등")
    assert seen == [1, 2, True, 4, 5, 6]


def test_hooks_of_home_may_be_async(clova, cek):
    pytest.importorskip("asgiref")
    seen = []

    @clova.before_request
    async def before():
        await asyncio.sleep(0)
        seen.append("before")

    @clova.home.after_request
    async def after(reply):
        await asyncio.sleep(0)
        seen.append(reply["header"]["name"])

    cek().control("TurnOn", "등")
    assert seen == ["before", "TurnOnConfirmation"]


# After


def test_an_after_hook_changes_a_reply_of_home(clova, cek):
    @clova.home.after_request
    def change(reply):
        reply["header"]["messageId"] = "편지"

    @clova.home.after_request
    def replace(reply):
        return {**reply, "payload": {"brightness": {"value": 9}}}

    reply = cek().control("SetBrightness", "등", brightness=2)
    assert reply.json["header"]["messageId"] == "편지"
    assert reply.payload == {"brightness": {"value": 9}}


@pytest.mark.parametrize(
    ("send", "name"),
    [
        (lambda cek: cek.discover(), "DiscoverAppliancesResponse"),
        (lambda cek: cek.control("TurnOff", "등"), "TargetOfflineError"),
        (lambda cek: cek.control("TurnOn", "없는 등"), "NoSuchTargetError"),
        (lambda cek: cek.control("SetBrightness", "등", brightness=0), "DriverInternalError"),
        (lambda cek: cek.home("Dance"), "UnsupportedOperationError"),
        (lambda cek: cek.home("TurnOn", {"accessToken": None}), "InvalidAccessTokenError"),
    ],
    ids=["discovery", "raised", "not found", "failure", "unknown", "no token"],
)
def test_an_after_hook_sees_and_changes_every_reply(send, name, clova, cek):
    seen, handled = [], []

    @clova.after_request
    def change(reply):
        seen.append(reply["header"]["name"])
        reply["header"]["messageId"] = "편지"

    def watch(sender, answer, **_):
        handled.append(answer)

    with message_handled.connected_to(watch):
        reply = send(in_production(cek))
    assert (reply.name, seen) == (name, [name])
    assert reply.json["header"]["messageId"] == "편지"
    assert handled == [reply.json]


def test_a_hook_sees_the_apology_with_the_session_as_it_came(clova, cek):
    seen = []

    @clova.after_request
    def look(message, session, user):
        seen.append((message["response"]["outputSpeech"]["values"]["value"], dict(session), user))
        assert dict(current_session) == dict(session)
        message["version"] = "9.9"

    client = in_production(cek)
    client.caller.attributes = {"step": 1}
    reply = client.intent("고장")
    assert (reply.speech, reply.json["version"], reply.attributes) == (APOLOGY, "9.9", {"step": 1})
    assert seen == [(APOLOGY, {"step": 1}, "보라")]


SPOILERS = [
    lambda message: 1 / 0,
    lambda message: message.clear() or 1 / 0,
    lambda message: {"response": "망가졌다"},
    lambda message: message.update(header={"name": "Dance"}, response=None),
    lambda message: {**message, "response": {**message.get("response", {}), "card": object()}, "header": {}},
    lambda message: "안녕",
]


@pytest.mark.parametrize("validate", [True, False])
@pytest.mark.parametrize("spoil", SPOILERS[:2], ids=["raises", "raises later"])
@pytest.mark.parametrize("kind", ["custom", "home"])
def test_a_hook_that_fails_on_the_last_answer_is_logged_and_skipped(
    kind, spoil, validate, clova, cek, caplog
):
    seen = []
    clova.after_request(spoil)
    clova.after_request(lambda message: seen.append(message))
    client = in_production(cek, CLOVA_VALIDATE_RESPONSES=validate)
    if kind == "custom":
        reply = client.intent("고장")
        assert reply.speech == APOLOGY
    else:
        reply = client.control("SetBrightness", "등", brightness=0)
        assert reply.name == "DriverInternalError"
    assert seen == [reply.json]
    skipped = [record for record in caplog.records if "was skipped" in record.message]
    assert len(skipped) == 1
    assert "test_hooks.py" in skipped[0].message


@pytest.mark.parametrize("spoil", SPOILERS, ids=range(len(SPOILERS)))
@pytest.mark.parametrize("kind", ["custom", "home"])
def test_a_hook_that_spoils_every_answer_costs_that_answer_alone(kind, spoil, clova, cek, caplog):
    clova.after_request(spoil)
    client = in_production(cek)
    if kind == "custom":
        assert client.launch().speech == APOLOGY
    else:
        assert client.control("TurnOn", "등").name == "DriverInternalError"
    failures = [record.message for record in caplog.records if record.levelno == logging.ERROR]
    assert len(failures) == 2
    assert "was skipped" in failures[1]


@pytest.mark.parametrize("kind", ["custom", "home"])
def test_in_testing_a_hook_that_fails_is_raised(kind, clova, cek):
    clova.after_request(lambda message: message["nothing"])
    client = cek()
    with pytest.raises(KeyError):
        client.launch() if kind == "custom" else client.control("TurnOn", "등")


def test_an_async_hook_that_is_cancelled_on_the_apology_is_skipped(clova, cek):
    pytest.importorskip("asgiref")

    @clova.after_request
    async def cancelled(message):
        raise asyncio.CancelledError

    client = in_production(cek)
    assert client.launch().speech == APOLOGY
    assert client.control("TurnOn", "등").name == "DriverInternalError"


def test_hooks_run_on_the_answer_of_an_errorhandler_once(clova, cek):
    seen = []
    clova.errorhandler(ZeroDivisionError)(lambda: tell("나눌 수 없어요"))
    clova.errorhandler(SlotError)(lambda error: tell("몇 판이요?"))
    clova.home.errorhandler(ZeroDivisionError)(lambda: DriverInternalError())
    clova.after_request(lambda message: seen.append(json.dumps(message, ensure_ascii=False)))
    cek = cek()
    for send, text in [
        (lambda: cek.intent("고장"), "나눌 수 없어요"),
        (lambda: cek.intent("주문"), "몇 판이요?"),
        (lambda: cek.control("SetBrightness", "등", brightness=0), "DriverInternalError"),
    ]:
        send()
        assert len(seen) == 1
        assert text in seen.pop()


def test_what_a_home_handler_keeps_stays_as_it_is_whatever_a_hook_does(clova, connect):
    kept = {"states": [{"name": "온도", "value": 23}]}
    clova.home.on("GetDeviceState")(lambda: kept)
    clova.home.after_request(lambda reply: reply["payload"]["states"][0].update(value=1))
    cek = connect(client={"access_token": TOKEN})
    assert cek.control("GetDeviceState", "등").payload["states"][0]["value"] == 1
    assert kept == {"states": [{"name": "온도", "value": 23}]}


def test_a_reply_is_changed_unchecked_where_replies_are_not_checked(clova, cek):
    clova.home.after_request(lambda reply: {**reply, "payload": {"새": 1}})
    assert cek(CLOVA_VALIDATE_RESPONSES=False).control("TurnOn", "등").payload == {"새": 1}
