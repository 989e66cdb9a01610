"""What code deeper than a handler sees, and what signals tell."""

import asyncio
import threading

import pytest
from flask import got_request_exception

import clova_flask
from clova_flask import (
    SignatureError,
    current_context,
    current_request,
    current_session,
    current_user,
    tell,
)


def deeper():
    current_session["seen"] = current_request.intent.name
    return f"{current_context.system.device.display.size} {current_user}"


def test_the_message_in_hand_is_reachable_from_anywhere(clova, connect):
    clova.user_loader(lambda access_token: "보라")
    clova.intent("Order")(lambda: clova_flask.ask(deeper()))
    reply = connect(client={"access_token": "t", "screen": "m100"}).intent("Order")
    assert (reply.speech, reply.attributes) == ("m100 보라", {"seen": "Order"})


@pytest.mark.parametrize("name", ["current_request", "current_session", "current_context", "current_user"])
def test_outside_a_handler_the_error_says_so(name):
    proxy = getattr(clova_flask, name)
    with pytest.raises(RuntimeError, match="No Clova message is being handled here"):
        proxy.anything  # noqa: B018


def test_nothing_is_left_behind_after_an_answer_or_an_error(clova, connect):
    clova.launch(lambda: tell("안녕"))
    clova.intent("Break")(lambda: 1 / 0)
    cek = connect()
    cek.launch()
    with pytest.raises(ZeroDivisionError):
        cek.intent("Break")
    with pytest.raises(RuntimeError, match="No Clova message"):
        assert current_request.type


def test_threads_see_their_own_message(clova, connect):
    barrier = threading.Barrier(4)
    seen = {}

    @clova.intent("Order")
    def order(number: str):
        barrier.wait(5)
        seen[number] = current_request.intent.slots["number"].value
        return tell(number)

    cek = connect()
    messages = [
        cek.caller.message(
            {"type": "IntentRequest", "intent": {"name": "Order", "slots": {"number": {"value": n}}}}
        )
        for n in "1234"
    ]
    threads = [threading.Thread(target=cek.send, args=(message,)) for message in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {n: n for n in "1234"}


@pytest.fixture
def heard():
    heard = []
    receivers = []
    for name in ("received", "verified", "refused", "handled", "failed"):

        def receive(sender, name=name, **details):
            heard.append((name, sender, details))

        signal = getattr(clova_flask, f"message_{name}")
        signal.connect(receive)
        receivers.append((signal, receive))
    yield heard
    for signal, receive in receivers:
        signal.disconnect(receive)


def names(heard):
    return [name for name, _, _ in heard]


def test_signals_of_a_message_that_is_handled(clova, connect, heard):
    clova.launch(lambda: tell("안녕"))
    cek = connect()
    cek.launch()
    assert names(heard) == ["received", "verified", "handled"]
    assert all(sender is cek.app and details["extension"] == "clova" for _, sender, details in heard)
    assert heard[0][2]["size"] > 100
    assert heard[1][2]["message"].request.type == "LaunchRequest"
    assert heard[2][2]["message"] is heard[1][2]["message"]
    assert heard[2][2]["answer"]["response"]["outputSpeech"]["values"]["value"] == "안녕"


def test_signals_of_a_message_that_an_errorhandler_or_a_question_answers(clova, connect, heard):
    clova.intent("Break")(lambda: 1 / 0)
    clova.intent("Order")(lambda amount: tell(amount))
    clova.errorhandler(ZeroDivisionError)(lambda: tell("나눌 수 없어요"))
    cek = connect()
    for intent in ("Break", "Order"):
        heard.clear()
        cek.intent(intent)
        assert names(heard) == ["received", "verified", "handled"]
        assert heard[2][2]["message"] is heard[1][2]["message"]


def test_signals_of_a_message_that_is_refused(connect, heard):
    connect().post(b"{}", {"SignatureCEK": "QUJD"})
    assert names(heard) == ["received", "refused"]
    assert isinstance(heard[1][2]["error"], SignatureError)


@pytest.mark.parametrize("testing", [True, False])
def test_signals_of_a_message_whose_handler_fails(clova, connect, heard, testing):
    clova.launch(lambda: 1 / 0)
    cek = connect(testing=testing)
    if testing:
        with pytest.raises(ZeroDivisionError):
            cek.launch()
    else:
        cek.launch()
    assert names(heard)[:3] == ["received", "verified", "failed"]
    assert isinstance(heard[2][2]["error"], ZeroDivisionError)
    assert heard[2][2]["message"] is heard[1][2]["message"]
    assert names(heard)[3:] == ([] if testing else ["handled"])


@pytest.mark.parametrize("name", ["received", "verified", "refused", "handled"])
def test_a_receiver_that_fails_costs_the_user_nothing(clova, connect, caplog, name):
    clova.launch(lambda: tell("안녕"))
    cek = connect()
    signal = getattr(clova_flask, f"message_{name}")

    def receive(sender, **details):
        raise ValueError("a receiver of ours")

    with signal.connected_to(receive):
        reply = cek.post(b"{}", {}) if name == "refused" else cek.launch()
    assert reply.status_code == (401 if name == "refused" else 200)
    assert "a receiver of ours" in caplog.text


def test_a_home_handler_has_a_user_and_no_session(clova, connect):
    seen = []

    @clova.home.on("TurnOn")
    def turn_on():
        seen.append(current_user.access_token)
        with pytest.raises(RuntimeError, match="no session"):
            current_session.get("x")
        with pytest.raises(RuntimeError, match="no session and no context"):
            assert current_context.system

    cek = connect(client={"access_token": "token"})
    assert cek.control("TurnOn", "lamp-1").name == "TurnOnConfirmation"
    assert seen == ["token"]


SIGNALS = ["received", "verified", "refused", "handled", "failed"]


@pytest.fixture(params=SIGNALS)
def cause(request, clova, connect):
    """Return a signal and what has it sent."""
    clova.launch(lambda: tell("안녕"))
    clova.home.on("TurnOn")(lambda: None)
    clova.intent("고장")(lambda: 1 / 0)
    cek = connect(PROPAGATE_EXCEPTIONS=False)
    send = {"refused": lambda: cek.post(b"{}", {}), "failed": lambda: cek.intent("고장")}
    signal = getattr(clova_flask, f"message_{request.param}")
    return signal, send.get(request.param, cek.launch)


def test_a_receiver_may_be_async(cause):
    pytest.importorskip("asgiref")
    signal, send = cause
    heard = []

    async def receive(sender, extension, **details):
        await asyncio.sleep(0)
        heard.append((sender, extension))

    with signal.connected_to(receive):
        reply = send()
    assert reply.status_code in (200, 401)
    assert [extension for _, extension in heard] == ["clova"]


@pytest.mark.parametrize("is_async", [False, True])
def test_a_receiver_that_fails_does_not_keep_the_others_from_being_called(cause, caplog, is_async):
    signal, send = cause
    heard = []

    def fail(sender, **details):
        raise ValueError("a receiver of ours")

    async def fail_later(sender, **details):
        raise asyncio.CancelledError("a receiver of ours")

    first, last = (lambda sender, **details: heard.append(sender) for _ in range(2))
    failing = signal.connected_to(fail_later if is_async else fail)
    with signal.connected_to(first), failing, signal.connected_to(last):
        assert send().status_code in (200, 401)
    assert len(heard) == 2
    assert f"A receiver of {signal.name} failed." in caplog.text


def test_a_muted_signal_is_not_sent(clova, connect):
    clova.launch(lambda: tell("안녕"))
    heard = []
    cek = connect()
    with clova_flask.message_handled.connected_to(lambda sender, **details: heard.append(sender)):
        with clova_flask.message_handled.muted():
            cek.launch()
        assert heard == []
        cek.launch()
    assert heard == [cek.app]


def test_an_async_error_tracker_hears_of_a_failure(clova, connect):
    pytest.importorskip("asgiref")
    clova.launch(lambda: 1 / 0)
    heard = []

    async def track(sender, exception, **details):
        heard.append(type(exception))

    with got_request_exception.connected_to(track):
        connect(testing=False).launch()
    assert heard == [ZeroDivisionError]


def test_receivers_see_the_message_in_hand(clova, connect):
    clova.launch(lambda: tell("안녕"))
    clova.home.on("TurnOn")(lambda: None)
    clova.home.on("TurnOff")(lambda: 1 / 0)
    heard = []

    def receive(sender, message, **details):
        heard.append((message, current_request._get_current_object(), current_user.access_token))

    cek = connect(testing=False, client={"access_token": "토큰"})
    with clova_flask.message_handled.connected_to(receive), clova_flask.message_failed.connected_to(receive):
        cek.launch()
        cek.control("TurnOn", "등")
        cek.control("TurnOff", "등")
    launch, *home = heard
    assert launch[0].request is launch[1]
    assert len(home) == 3
    assert all(message is current and token == "토큰" for message, current, token in home)
