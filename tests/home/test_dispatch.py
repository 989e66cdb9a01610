"""What is logged and told of a Clova Home request that is not answered as asked, to the letter."""

import logging

import pytest

from clova_flask import (
    AccountLinkingRequired,
    AnswerError,
    current_user,
    message_failed,
    message_handled,
)
from clova_flask.home import Appliance, TargetOfflineError, action
from clova_flask.runtime import runtime_of

TOKEN = "연결된-계정의-토큰"


class AirConditioner(Appliance, type="AIRCONDITIONER"):
    @action("SetMode")
    def set_mode(self, mode):
        return {"mode": mode}

    @action("SetTargetTemperature", minimum=18, maximum=30)
    def heat(self, target_temperature: float):
        return {"targetTemperature": "따뜻하게"}


@pytest.fixture
def cek(clova, connect):
    clova.user_loader(lambda access_token: "보라" if access_token == TOKEN else None)
    fan = Appliance("안방", type=["FAN", "AIRPURIFIER"])
    clova.home.discover(lambda: [AirConditioner("거실", friendly_name="에어컨"), fan])
    clova.home.on("SetMode", type="FAN")(lambda mode: None)
    return lambda **config: connect(client={"access_token": TOKEN}, **config)


LAMP = {"appliance": {"applianceId": "침실"}}
FAN = {"appliance": {"applianceId": "안방"}}
COOLER = {"appliance": {"applianceId": "거실"}}


@pytest.mark.parametrize(
    ("name", "payload", "error", "why"),
    [
        ("TurnOn", COOLER, "UnsupportedOperationError", "Nothing handles TurnOn for AIRCONDITIONER."),
        ("TurnOn", FAN, "UnsupportedOperationError", "Nothing handles TurnOn for FAN/AIRPURIFIER."),
        ("TurnOn", LAMP, "NoSuchTargetError", "home.discover returned no appliance with the id '침실'."),
        ("TurnOn", {}, "NoSuchTargetError", "The request names no appliance."),
        (
            "SetMode",
            {**COOLER, "mode": {"value": "wash"}},
            "UnsupportedOperationError",
            "The mode is not one of AIRCONDITIONER on this platform.",
        ),
        (
            "SetMode",
            {**FAN, "mode": {"value": "wash"}},
            "UnsupportedOperationError",
            "The mode is not one of FAN/AIRPURIFIER on this platform.",
        ),
        ("DiscoverScenes", {}, "UnsupportedOperationError", "There is no function under @clova.home.scenes."),
        ("Dance", COOLER, "UnsupportedOperationError", "There is no request of this name."),
        ("TurnOn", {"accessToken": None}, "InvalidAccessTokenError", "The request has no access token."),
        (
            "TurnOn",
            {"accessToken": "모르는 토큰"},
            "InvalidAccessTokenError",
            "The user_loader found no user for the access token.",
        ),
    ],
    ids=[
        "action",
        "action of two types",
        "appliance",
        "no appliance",
        "mode",
        "mode of two types",
        "scenes",
        "request",
        "no token",
        "user",
    ],
)
def test_an_error_is_logged_with_its_reason(cek, caplog, name, payload, error, why):
    caplog.set_level(logging.INFO, "clova_flask")
    message = {
        "header": {
            "messageId": "편지",
            "name": f"{name}Request",
            "namespace": "ClovaHome",
            "payloadVersion": "1.0",
        },
        "payload": {"accessToken": TOKEN, **payload},
    }
    reply = cek().send(message)
    assert reply.name == error
    assert caplog.messages == [f"{name}Request was answered with {error}. {why}"]


def test_an_error_without_a_reason_is_logged_in_one_sentence(clova, connect, caplog):
    caplog.set_level(logging.INFO, "clova_flask")
    clova.home.on("TurnOn")(lambda: (_ for _ in ()).throw(TargetOfflineError()))
    assert connect(client={"access_token": TOKEN}).control("TurnOn", "거실").name == "TargetOfflineError"
    assert caplog.messages == ["TurnOnRequest was answered with TargetOfflineError."]


def test_a_hook_cannot_answer_a_request_that_does_not_exist(clova, connect, caplog):
    caplog.set_level(logging.INFO, "clova_flask")
    clova.home.before_request(lambda: {"brightness": 1})
    cek = connect(client={"access_token": TOKEN})
    assert cek.home("Dance", {"accessToken": TOKEN}).name == "UnsupportedOperationError"
    why = "There is no request of this name."
    assert caplog.messages == [f"DanceRequest was answered with UnsupportedOperationError. {why}"]


def test_an_appliance_that_home_load_does_not_know_is_logged(clova, connect, caplog):
    caplog.set_level(logging.INFO, "clova_flask")
    clova.home.load(lambda appliance_id: None)
    assert connect(client={"access_token": TOKEN}).control("TurnOn", "거실").name == "NoSuchTargetError"
    why = "home.load returned no appliance with the id '거실'."
    assert caplog.messages == [f"TurnOnRequest was answered with NoSuchTargetError. {why}"]


def test_an_appliance_of_no_known_type_is_called_so(connect, caplog):
    caplog.set_level(logging.INFO, "clova_flask")
    reply = connect(client={"access_token": TOKEN}).control("TurnOn", "거실")
    assert reply.name == "UnsupportedOperationError"
    why = "Nothing handles TurnOn for an appliance without a type."
    assert caplog.messages[-1] == f"TurnOnRequest was answered with UnsupportedOperationError. {why}"


@pytest.mark.parametrize("source", ["load", "discover"])
def test_what_is_no_appliance_is_named(clova, connect, source):
    class Row:
        id = "거실"

    getattr(clova.home, source)((lambda appliance_id: Row()) if source == "load" else lambda: [Row()])
    with pytest.raises(AnswerError) as raised:
        connect(client={"access_token": TOKEN}).control("TurnOn", "거실")
    assert str(raised.value) == (f"home.{source} must return an Appliance, not Row. Make an Appliance of it.")


@pytest.mark.parametrize("listed", [5, "거실 등", {"거실": "등"}, None], ids=["int", "str", "dict", "None"])
def test_discovery_must_return_a_list(clova, connect, listed):
    clova.home.discover(lambda: listed)
    with pytest.raises(AnswerError) as raised:
        connect(client={"access_token": TOKEN}).discover()
    kind = "None" if listed is None else type(listed).__name__
    assert str(raised.value) == f"home.discover must return a list, not {kind}."


def test_a_reply_that_does_not_fit_is_sent_where_replies_are_not_checked(cek):
    heat = ("SetTargetTemperature", "거실")
    with pytest.raises(AnswerError, match="targetTemperature"):
        cek().control(*heat, target_temperature=20)
    reply = cek(CLOVA_VALIDATE_RESPONSES=False).control(*heat, target_temperature=20)
    assert reply.payload == {"targetTemperature": {"value": "따뜻하게"}}


def test_a_check_of_discovery_is_a_request_of_that_user(clova, connect):
    seen = []
    clova.user_loader(lambda access_token: f"{access_token}의 주인")

    @clova.home.discover
    def devices(user, request, access_token):
        seen.append((str(current_user), user, request.header, request.access_token, access_token))
        return []

    app = connect(client={"access_token": TOKEN}).app
    assert runtime_of(app, "clova").home_service().check_discovery(TOKEN) == []
    owner = f"{TOKEN}의 주인"
    ((current, user, header, sent_token, token),) = seen
    assert (current, user, sent_token, token) == (owner, owner, TOKEN, TOKEN)
    assert (header.namespace, header.name) == ("ClovaHome", "DiscoverAppliancesRequest")


def test_what_has_no_id_is_passed_over_on_the_way_to_an_appliance(clova, connect):
    clova.home.discover(lambda: [object(), Appliance("등", type="LIGHT")])
    clova.home.on("TurnOn")(lambda: None)
    assert connect(client={"access_token": TOKEN}).control("TurnOn", "등").name == "TurnOnConfirmation"


def test_a_user_loader_that_asks_to_link_the_account_knows_no_user(clova, connect, caplog):
    caplog.set_level(logging.INFO, "clova_flask")

    @clova.user_loader
    def load(access_token):
        raise AccountLinkingRequired

    clova.home.on("TurnOn")(lambda user: pytest.fail("called"))
    assert connect(client={"access_token": TOKEN}).control("TurnOn", "등").name == "InvalidAccessTokenError"
    why = "The user_loader found no user for the access token."
    assert caplog.messages == [f"TurnOnRequest was answered with InvalidAccessTokenError. {why}"]


@pytest.mark.parametrize(
    ("action_name", "reply_name"),
    [
        ("TurnOn", "TurnOnConfirmation"),
        ("TurnOff", "TargetOfflineError"),
        ("SetMode", "DriverInternalError"),
        ("Charge", "UnsupportedOperationError"),
    ],
)
def test_who_watches_gets_request_and_answer(clova, connect, action_name, reply_name):
    @clova.home.on("TurnOn", "TurnOff", "SetMode")
    def act(interface):
        if interface == "TurnOff":
            raise TargetOfflineError
        if interface == "SetMode":
            raise ZeroDivisionError

    fields = {"mode": "reading"} if action_name == "SetMode" else {}
    handled, failed = [], []

    def watch_handled(sender, message, answer, **_):
        handled.append((message.name, answer))

    def watch_failed(sender, message, error, **_):
        failed.append((message.name, type(error)))

    with message_handled.connected_to(watch_handled), message_failed.connected_to(watch_failed):
        client = connect(client={"access_token": TOKEN}, testing=False)
        reply = client.control(action_name, "등", **fields)
    assert reply.name == reply_name
    assert handled == [(f"{action_name}Request", reply.json)]
    raised = {"TurnOff": TargetOfflineError, "SetMode": ZeroDivisionError}.get(action_name)
    assert failed == ([(f"{action_name}Request", raised)] if raised else [])


def test_what_only_the_json_library_can_tell_is_told_as_it_tells_it(clova, connect):
    clova.home.discover(lambda: [Appliance("등", type="LIGHT")])
    clova.home.on("TurnOn")(lambda: {float("nan"): "피자"})
    with pytest.raises(
        AnswerError, match="cannot be written as JSON: Out of range float values are not JSON"
    ):
        connect(client={"access_token": TOKEN}, CLOVA_VALIDATE_RESPONSES=False).control("TurnOn", "등")
