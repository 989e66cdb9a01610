"""What is logged and told of a Clova Home request that is not answered as asked, to the letter."""

import logging

import pytest

from clova_flask import AnswerError, current_user
from clova_flask.home import Appliance, action
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
    clova.home.discover(lambda: [AirConditioner("거실", friendly_name="에어컨")])
    return lambda **config: connect(client={"access_token": TOKEN}, **config)


LAMP = {"appliance": {"applianceId": "침실"}}
COOLER = {"appliance": {"applianceId": "거실"}}


@pytest.mark.parametrize(
    ("name", "payload", "error", "why"),
    [
        ("TurnOn", COOLER, "UnsupportedOperationError", "Nothing handles TurnOn for AIRCONDITIONER."),
        ("TurnOn", LAMP, "NoSuchTargetError", "home.discover returned no appliance with the id '침실'."),
        ("TurnOn", {}, "NoSuchTargetError", "The request names no appliance."),
        (
            "SetMode",
            {**COOLER, "mode": {"value": "wash"}},
            "UnsupportedOperationError",
            "The mode is not one of AIRCONDITIONER on this platform.",
        ),
        ("Dance", COOLER, "UnsupportedOperationError", "There is no request of this name."),
        ("TurnOn", {"accessToken": None}, "InvalidAccessTokenError", "The request has no access token."),
        (
            "TurnOn",
            {"accessToken": "모르는 토큰"},
            "InvalidAccessTokenError",
            "The user_loader found no user for the access token.",
        ),
    ],
    ids=["action", "appliance", "no appliance", "mode", "request", "no token", "user"],
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
    assert caplog.messages == [f"TurnOnRequest was answered with UnsupportedOperationError. {why}"]


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
        seen.append((str(current_user), user, request.name, request.access_token, access_token))
        return []

    app = connect(client={"access_token": TOKEN}).app
    assert runtime_of(app, "clova").home_service().check_discovery(TOKEN) == []
    owner = f"{TOKEN}의 주인"
    assert seen == [(owner, owner, "DiscoverAppliancesRequest", TOKEN, TOKEN)]
