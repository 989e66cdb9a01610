"""Events of the skill itself: who it is about, and the empty answer that it gets."""

import logging

import pytest
from flask import abort

from clova_flask import AccountLinkingRequired, HandlerGroup, RegistrationError, ask, tell
from clova_flask.devtools.simulator.judge import judge
from clova_flask.injection.parameters import describe_function

EVENTS = ["ClovaSkill.SkillEnabled", "ClovaSkill.SkillDisabled"]
EMPTY = {"outputSpeech": {}, "card": {}, "directives": [], "shouldEndSession": True}


@pytest.fixture(params=["naver", "line"])
def platform(request):
    return request.param


@pytest.fixture(params=EVENTS)
def event(request):
    return request.param


def is_empty(reply):
    assert reply.status_code == 200
    assert (reply.json["response"], reply.json["sessionAttributes"]) == (EMPTY, {})
    return True


@pytest.mark.parametrize("has_loader", [True, False])
def test_a_handler_runs_without_a_token_and_finds_the_user(clova, connect, platform, event, has_loader):
    seen = []
    if has_loader:
        clova.user_loader(lambda access_token: {"name": access_token})

    @clova.event(event)
    def about(context, session, user: dict | None):
        seen.append((context.system.user.id, session.user.id, user if has_loader else user.id))

    assert is_empty(connect(CLOVA_PLATFORM=platform, client={"user_id": "U-보라"}).event(event))
    assert seen == [("U-보라", "U-보라", None if has_loader else "U-보라")]


def test_a_token_that_is_still_there_is_loaded(clova, connect, event):
    seen = []
    clova.user_loader(lambda access_token: {"of": access_token})
    clova.event("ClovaSkill.*")(lambda user=None: seen.append(user))
    assert is_empty(connect(client={"access_token": "t"}).event(event))
    assert seen == [{"of": "t"}]


def test_a_message_with_a_session_is_about_who_speaks_in_it(clova, connect, event):
    seen = []
    clova.event(event)(lambda session, user: seen.append((session.user.id, user.id)))
    cek = connect(client={"user_id": "speaker"})
    namespace, name = event.split(".")
    asked = {"type": "EventRequest", "event": {"namespace": namespace, "name": name, "payload": None}}
    message = cek.caller.message(asked)
    message["context"]["System"]["user"] = {"userId": "owner"}
    assert is_empty(cek.send(message))
    assert seen == [("speaker", "speaker")]


def _returns(answer):
    return lambda clova, event: clova.event(event)(lambda: answer)


def _hook(clova, event):
    clova.before_request(lambda: tell("점검 중이에요."))


def _after(clova, event):
    @clova.after_request
    def sign(message):
        message["response"]["outputSpeech"] = {
            "type": "SimpleSpeech",
            "values": {"type": "PlainText", "lang": "ko", "value": "또 봐요."},
        }


def _errorhandler(clova, event):
    clova.errorhandler(ZeroDivisionError)(lambda: ask("앗", reprompt="앗?"))
    clova.event(event)(lambda: 1 / 0)


def _raises(error):
    def declare(clova, event):
        @clova.event(event)
        def fail():
            raise error

    return declare


WHOLE = {
    "response": {
        "outputSpeech": {
            "type": "SimpleSpeech",
            "values": {"type": "PlainText", "lang": "ja", "value": "やあ"},
        },
        "card": {},
        "directives": [],
        "shouldEndSession": False,
    }
}

SPEAKING = {
    "tell": _returns(tell("어서 오세요.")),
    "ask": _returns(ask("무엇을 할까요?", reprompt="네?", state="menu")),
    "a dict": _returns(WHOLE),
    "a before hook": _hook,
    "an after hook": _after,
    "an errorhandler": _errorhandler,
    "abort(404)": lambda clova, event: clova.event(event)(lambda: abort(404)),
    "abort(401)": lambda clova, event: clova.event(event)(lambda: abort(401)),
    "an account is needed": _raises(AccountLinkingRequired()),
    "a failure": _raises(ValueError("앗")),
    "no handler": lambda clova, event: None,
}


@pytest.mark.parametrize("declare", SPEAKING.values(), ids=SPEAKING)
def test_nothing_is_said_whatever_answers(clova, connect, platform, event, declare):
    declare(clova, event)
    reply = connect(testing=False, CLOVA_PLATFORM=platform).event(event)
    assert is_empty(reply)
    assert [finding for finding in judge(reply) if finding.is_error] == []


@pytest.mark.parametrize("testing", [True, False])
def test_an_answer_that_nobody_hears_is_a_warning(clova, connect, caplog, event, testing):
    caplog.set_level(logging.WARNING)

    @clova.event(event)
    def enabled():
        return ask("무엇을 할까요?", reprompt="네?")

    assert is_empty(connect(testing=testing).event(event))
    [record] = caplog.records
    assert record.getMessage() == (
        f"event {event}: {describe_function(enabled)} answers with outputSpeech, reprompt, which nobody "
        "hears or sees; an empty answer is sent. Return None."
    )


def test_hooks_that_need_a_user_do_not_keep_the_handler_from_running(clova, connect, event):
    seen = []
    clova.user_loader(lambda access_token: access_token)
    clova.before_request(lambda user: seen.append("needs a user"))
    clova.before_request(lambda user=None: seen.append(user))
    clova.event("ClovaSkill.*")(lambda: seen.append("handler"))
    cek = connect()
    assert is_empty(cek.event(event))
    assert seen == [None, "handler"]
    cek.caller.become({"access_token": "t"})
    cek.event(event)
    assert seen[2:] == ["needs a user", "t", "handler"]


def test_a_hook_still_keeps_guests_from_everything_else(clova, connect):
    clova.user_loader(lambda access_token: None)
    clova.before_request(lambda user: None)
    clova.intent("Order")(lambda: tell("네"))
    assert connect().intent("Order").speech == "먼저 계정을 연결해 주세요. 클로바 앱에서 연결할 수 있어요."


def test_other_events_are_answered_with_speech(clova, connect):
    clova.event("*")(lambda: tell("네"))
    cek = connect()
    assert cek.event("AudioPlayer.PlayFinished").speech == "네"
    assert is_empty(cek.event("ClovaSkill.SkillEnabled"))


def test_a_group_that_does_not_fit_leaves_nothing_behind(clova, connect, event):
    group = HandlerGroup()
    group.event(event)(lambda user: None)
    group.launch(lambda: tell("네"))
    clova.user_loader(lambda access_token: None)
    with pytest.raises(RegistrationError, match=f"{event} may come without an access token"):
        clova.register(group)
    clova.launch(lambda: tell("다른"))
    assert connect().launch().speech == "다른"


def test_what_asks_to_link_an_account_does_not_hide_a_handler_that_cannot_run(clova, connect, caplog, event):
    clova.user_loader(lambda access_token: None)
    clova.errorhandler(AccountLinkingRequired)(lambda: tell("앱에서 계정을 연결해 주세요."))

    @clova.event("*")
    def anything(user):
        raise AssertionError

    cek = connect(testing=False)
    assert is_empty(cek.event(event))
    [record] = caplog.records
    assert f"event *: {describe_function(anything)} was not called: it needs a user" in record.getMessage()
    cek.app.testing = True
    with pytest.raises(AccountLinkingRequired, match="it needs a user"):
        cek.event(event)


def test_without_a_loader_a_user_is_the_messages_own(clova, connect, event):
    seen = []
    clova.event(event)(lambda user: seen.append(user.id))
    connect(client={"user_id": "U1"}).event(event)
    assert seen == ["U1"]


def test_a_handler_of_all_events_may_need_a_user_for_the_others(clova, connect):
    seen = []
    clova.user_loader(lambda access_token: access_token)
    clova.event("*")(lambda user: seen.append(user))
    cek = connect(client={"access_token": "t"})
    cek.event("AudioPlayer.PlayFinished")
    assert seen == ["t"]
