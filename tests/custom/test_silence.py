"""Handlers that return None: where it was forgotten, and where it is meant."""

import functools
import logging
from typing import Optional, Union

import pytest

from clova_flask import Answer, AnswerError, ask, tell
from clova_flask.injection.parameters import describe_function

DECLARE = {
    "launch": (lambda clova: clova.launch, lambda cek: cek.launch()),
    "intent": (lambda clova: clova.intent("주문"), lambda cek: cek.intent("주문")),
    "fallback": (lambda clova: clova.fallback, lambda cek: cek.intent("주문")),
}


@pytest.fixture(params=DECLARE)
def handle(request, clova):
    """Decorate a handler, and give what a user says to it."""
    decorator, say = DECLARE[request.param]

    def handle(function):
        decorator(clova)(function)
        return say

    return handle


def none():
    pass


def number() -> int:  # type: ignore[return]
    pass


def text() -> str:  # type: ignore[return]
    pass


def anything() -> object:
    pass


class Shop:
    def order(self):
        pass


def decorated(function):
    @functools.wraps(function)
    def inner():
        function()

    return inner


FORGOTTEN = [none, number, text, anything, Shop().order, functools.partial(none), decorated(none)]


@pytest.mark.parametrize("function", FORGOTTEN, ids=describe_function)
def test_none_is_a_warning_that_names_the_function(connect, handle, caplog, function):
    caplog.set_level(logging.WARNING)
    say = handle(function)
    reply = say(connect(testing=False))
    assert (reply.speech, reply.should_end_session) == ("", True)
    [message] = caplog.messages
    assert f"{describe_function(function)} returned None" in message


@pytest.mark.parametrize("function", FORGOTTEN, ids=describe_function)
def test_none_is_an_error_in_testing(connect, handle, function):
    say = handle(function)
    cek = connect()
    with pytest.raises(AnswerError) as caught:
        say(cek)
    assert f"{describe_function(function)} returned None" in str(caught.value)


def meant() -> None:
    pass


def meant_in_words() -> "None":
    pass


def meant_at_times() -> Answer | None:
    return None


def meant_at_times_in_words() -> "Answer | None":
    return None


def optional() -> Optional[Answer]:  # noqa: UP045
    return None


def of_a_union() -> Union[str, Answer, None]:  # noqa: UP007
    return None


class Quiet:
    def __call__(self) -> None:
        pass


MEANT = [
    meant,
    meant_in_words,
    meant_at_times,
    meant_at_times_in_words,
    optional,
    of_a_union,
    Quiet(),
    functools.partial(meant),
    decorated(meant),
]


@pytest.mark.parametrize("function", MEANT, ids=describe_function)
@pytest.mark.parametrize("testing", [True, False])
def test_none_is_meant_where_the_annotation_says_so(connect, handle, caplog, function, testing):
    caplog.set_level(logging.WARNING)
    say = handle(function)
    reply = say(connect(testing=testing))
    assert (reply.speech, reply.should_end_session, caplog.messages) == ("", True, [])


def test_an_async_handler_forgets_to_return_as_others_do(connect, handle, caplog):
    pytest.importorskip("asgiref")

    async def order():
        ask("몇 판이요?")

    say = handle(order)
    assert say(connect(testing=False)).speech == ""
    assert "order (" in caplog.text
    assert "returned None" in caplog.text


def test_what_answers_every_error_does_not_hide_it(connect, handle, clova):
    clova.errorhandler(Exception)(lambda: tell("문제가 있어요."))
    say = handle(none)
    cek = connect(testing=False)
    assert say(cek).speech == ""
    cek.app.testing = True
    with pytest.raises(AnswerError, match="returned None"):
        say(cek)


def test_where_propagation_is_off_it_is_an_apology_even_in_testing(clova, connect):
    clova.intent("주문")(none)
    reply = connect(PROPAGATE_EXCEPTIONS=False).intent("주문")
    assert reply.speech == "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?"


def test_what_is_no_handler_of_the_users_words_may_return_none(clova, connect, caplog):
    caplog.set_level(logging.WARNING)
    clova.event("AudioPlayer.*")(lambda: None)
    clova.session_ended(lambda: None)
    clova.before_request(lambda: None)
    clova.after_request(lambda message: None)
    clova.errorhandler(ValueError)(lambda: None)

    @clova.intent("주문")
    def order():
        raise ValueError

    clova.launch(lambda: tell("네"))
    cek = connect()
    cek.launch()
    cek.event("AudioPlayer.PlayFinished")
    assert cek.intent("주문").speech == ""
    cek.launch()
    cek.intent("주문")
    assert caplog.messages == []
