"""A before hook that raises RequestRefused refuses the message for reasons of the app's own."""

import asyncio
from http import HTTPStatus

import pytest

from clova_flask import (
    RequestRefused,
    ask,
    message_failed,
    message_handled,
    message_refused,
    message_verified,
    tell,
)
from tests.smart_lock import Lock

TEXT = "오늘은 쉽니다 — 本日休業"
APOLOGY = "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?"


class TooMany(RequestRefused):
    status = 429


@pytest.fixture
def ran():
    Lock.opened.clear()
    return []


@pytest.fixture(params=[True, False], ids=["testing", "production"])
def cek(request, clova, connect, ran):
    """Connect an extension of both kinds, in testing and as in production, whose hooks the test declares."""
    clova.launch(lambda: ran.append("launch") or ask("안녕"))
    clova.intent("고장")(lambda: refuse())
    clova.home.discover(lambda: [Lock("현관")])
    clova.errorhandler(Exception)(lambda error: ran.append("errorhandler") or tell("…"))
    clova.after_request(lambda message: ran.append("after"))
    return lambda **config: connect(testing=request.param, client={"access_token": "토큰"}, **config)


def refuse(error=None):
    raise error or TooMany(TEXT)


@pytest.fixture
def signals(ran):
    seen = []
    receivers = []
    for signal in (message_verified, message_handled, message_failed, message_refused):

        def note(sender, signal=signal, **details):
            seen.append((signal.name.removeprefix("clova-message-"), details.get("error")))

        receivers.append((signal, note))
        signal.connect(note)
    yield seen
    for signal, note in receivers:
        signal.disconnect(note)


def refused(reply, status, text=TEXT):
    assert (reply.status_code, reply.json) == (status, {"error": text})


def test_a_hook_of_both_kinds(clova, cek, ran, signals, caplog):
    clova.before_request(lambda: refuse())
    cek = cek()
    for turn in (cek.launch, lambda: cek.control("SetLockState", "현관", lockState="UNLOCKED")):
        caplog.clear()
        signals.clear()
        refused(turn(), 429)
        assert [name for name, _ in signals] == ["verified", "refused"]
        assert type(signals[-1][1]) is TooMany
        lines = [record.getMessage() for record in caplog.records]
        assert [line for line in lines if line.startswith("Refused")] == [f"Refused with 429: {TEXT}"]
    assert (ran, Lock.opened) == ([], [])


def test_a_hook_of_custom_messages_alone(clova, cek, ran):
    clova.before_request(lambda session: refuse())
    cek = cek()
    refused(cek.launch(), 429)
    assert cek.control("SetLockState", "현관", lockState="UNLOCKED").status_code == 200
    assert Lock.opened == ["현관"]


def test_a_hook_of_clova_home_alone(clova, cek, ran):
    clova.home.before_request(lambda: refuse())
    cek = cek()
    refused(cek.control("SetLockState", "현관", lockState="UNLOCKED"), 429)
    assert Lock.opened == []
    assert cek.launch().status_code == 200


def test_an_async_hook(clova, cek, ran):
    pytest.importorskip("asgiref")

    async def busy():
        await asyncio.sleep(0)
        refuse()

    clova.before_request(busy)
    cek = cek()
    refused(cek.launch(), 429)
    refused(cek.control("SetLockState", "현관", lockState="UNLOCKED"), 429)


def test_what_was_refused_leaves_nothing_behind(clova, cek, ran):
    tired = [True]
    clova.before_request(lambda: refuse() if tired else None)
    cek = cek()
    refused(cek.launch(), 429)
    tired.clear()
    assert cek.launch().speech == "안녕"


@pytest.mark.parametrize("status", [400, 403, 418, 451, 499, HTTPStatus.FORBIDDEN])
def test_any_status_of_a_refusal(clova, cek, ran, status):
    error = type("Refused", (RequestRefused,), {"status": status})
    clova.before_request(lambda: refuse(error(TEXT)))
    refused(cek().launch(), int(status))


def broken(self):
    raise OSError("비밀")


@pytest.mark.parametrize(
    "status",
    [200, 302, 399, 500, 503, 0, -1, 10**9, True, None, "403", 403.0, b"403", [403]],
    ids=repr,
)
def test_a_status_that_is_none(clova, cek, ran, caplog, status):
    error = type("Odd", (RequestRefused,), {"status": status})
    clova.before_request(lambda: refuse(error(TEXT)))
    refused(cek().launch(), 400)
    assert f"raised Odd, whose status must be a number from 400 to 499, not {status!r}." in caplog.text
    assert ran == []


def test_a_status_and_a_text_that_fail(clova, cek, ran):
    odd = {"status": property(broken), "__str__": broken}
    hooks = [type("Odd", (RequestRefused,), {name: odd[name]}) for name in odd]
    clova.before_request(lambda: refuse(hooks[0]()))
    cek = cek()
    refused(cek.launch(), 400, "RequestRefused")
    del hooks[0]
    refused(cek.launch(), 400, "RequestRefused")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "TooMany"),
        ("\ud800", "\\ud800"),
        ("줄\n바꿈\x00", "줄\n바꿈\x00"),
        ("가" * 10_000, "가" * 10_000),
    ],
    ids=["empty", "surrogate", "lines", "long"],
)
def test_any_text_of_a_refusal(clova, cek, ran, caplog, text, told):
    clova.before_request(lambda: refuse(TooMany(text)))
    reply = cek().launch()
    assert reply.status_code == 429
    assert reply.json == {"error": told}
    for record in caplog.records:
        assert "\n" not in record.getMessage()
        assert len(record.getMessage()) < 600


def test_a_handler_cannot_refuse(clova, connect, ran, signals):
    """It has run; what it raises is a failure, with errorhandlers and an apology, and told in testing."""
    clova.launch(lambda: refuse())
    clova.home.discover(lambda: [Lock("현관")])
    reply = connect(testing=False).launch()
    assert (reply.status_code, reply.speech) == (200, APOLOGY)
    assert [name for name, _ in signals] == ["verified", "failed", "handled"]


def test_a_handler_that_refuses_in_testing(clova, connect):
    clova.launch(lambda: refuse())
    with pytest.raises(RuntimeError, match=r"TooMany was raised, and by no before_request hook") as raised:
        connect().launch()
    assert type(raised.value.__cause__) is TooMany


def test_an_errorhandler_answers_what_a_handler_raises(clova, cek, ran):
    assert cek().intent("고장").speech == "…"
    assert ran == ["errorhandler", "after"]


@pytest.mark.parametrize("place", ["errorhandler", "after_request", "user_loader"])
def test_nothing_else_of_the_users_refuses(clova, connect, place):
    clova.launch(lambda: 1 / 0 if place == "errorhandler" else ask("안녕"))
    clova.intent("내 정보")(lambda user: tell(user))
    if place == "errorhandler":
        clova.errorhandler(ZeroDivisionError)(lambda error: refuse())
    elif place == "after_request":
        clova.after_request(lambda message: refuse())
    else:
        clova.user_loader(lambda access_token: refuse())
    cek = connect(testing=False, client={"access_token": "토큰"})
    reply = cek.intent("내 정보") if place == "user_loader" else cek.launch()
    assert (reply.status_code, reply.speech) == (200, APOLOGY)


def test_a_message_for_which_discovery_is_refused(clova, connect):
    clova.home.discover(lambda: [Lock("현관")])
    clova.before_request(lambda: refuse())
    app = connect().app
    result = app.test_cli_runner().invoke(args=["clova", "check", "--token", "토큰"])
    assert f"Discovery with this access token is refused by a before_request hook: {TEXT}" in result.output
