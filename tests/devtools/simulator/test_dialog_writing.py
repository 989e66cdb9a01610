"""Conversations that are written as transcripts."""

import re
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

pytest.importorskip("yaml")

from clova_flask.devtools.simulator.dialog_lines import step_of_line
from clova_flask.devtools.simulator.dialog_writing import Said, write_dialog
from clova_flask.devtools.simulator.reply import Reply
from clova_flask.devtools.simulator.transcripts import load_transcript

NOW = datetime(2026, 11, 26, 3, 0, 1, tzinfo=UTC)


def message(request, *, screen="l100", new=True, user="test-user"):
    system = {"user": {"userId": user}, "device": {"display": {"size": screen}}}
    return {"session": {"new": new}, "context": {"System": system}, "request": request}


def answer(text, **parts):
    speech = {"type": "SimpleSpeech", "values": {"type": "PlainText", "lang": "ko", "value": text}}
    response = {"outputSpeech": speech, "card": {}, "directives": [], "shouldEndSession": True, **parts}
    return {"version": "1.0", "sessionAttributes": {}, "response": response}


def read_back(written):
    return load_transcript(Path("x.dialog.yaml"), written.text).steps


@pytest.mark.parametrize(
    ("line", "action", "argument", "details"),
    [
        ("피자 주문해 줘", "say", "피자 주문해 줘", {}),
        ("  네: # 아니요  ", "say", "네: # 아니요", {}),
        ("null", "say", "null", {}),
        ("1", "say", "1", {}),
        ("/launch", "launch", None, {}),
        ("/silence", "silence", None, {}),
        ("/end", "end", None, {}),
        ("/wait 30", "wait", 30, {}),
        ("/wait 0.5", "wait", 0.5, {}),
        ("/enable", "event", "ClovaSkill.SkillEnabled", {}),
        (
            "/event AudioPlayer.PlayStarted token=노래-1 offsetInMilliseconds=5",
            "event",
            "AudioPlayer.PlayStarted",
            {"fields": {"token": "노래-1", "offsetInMilliseconds": 5}},
        ),
        ("/home DiscoverAppliances", "home", "DiscoverAppliances", {}),
        (
            '/home SetColor lamp-1 color={"hue": 120}',
            "home",
            "SetColor",
            {"appliance": "lamp-1", "fields": {"color": {"hue": 120}}},
        ),
        ("/home X a=1", "home", "X", {"fields": {"a": 1}}),
        ("/as", "as", {"access_token": None}, {}),
        ("/unlink", "as", {"access_token": None}, {}),
    ],
)
def test_a_line_is_read_back_as_it_was_done(line, action, argument, details):
    (step,) = read_back(write_dialog([Said(line, NOW)]))
    assert (step.action, step.argument, step.details) == (action, argument, details)


@pytest.mark.parametrize(
    "line", ["", "/", "/json", "/help", "/as secret", "/wait x", "/nothing", "/link bora"]
)
def test_what_no_transcript_can_have_is_left_out(line):
    written = write_dialog([Said("/launch", NOW), Said(line, NOW)])
    assert written.left_out == (line,)
    assert written.turns == 1


def test_a_line_that_could_not_be_done_is_left_out():
    assert write_dialog([Said("/end", NOW, is_done=False)]).left_out == ("/end",)
    assert step_of_line("/end") == {"end": None}


def test_a_skill_that_is_disabled_has_no_session_any_more():
    steps = read_back(write_dialog([Said("/disable", NOW), Said("/launch", NOW)]))
    assert [(step.action, step.argument) for step in steps] == [
        ("event", "ClovaSkill.SkillDisabled"),
        ("as", {}),
        ("launch", None),
    ]


def test_the_fields_of_an_event_come_from_the_message_where_the_line_has_none():
    event = {"namespace": "AudioPlayer", "name": "PlayStarted", "payload": {"token": "song-1"}}
    sent = message({"type": "EventRequest", "event": event})
    (step,) = read_back(write_dialog([Said("/event AudioPlayer.PlayStarted", NOW, Reply(sent, 0, None))]))
    assert step.details == {"fields": {"token": "song-1"}}


@pytest.mark.parametrize(
    "text", ["*", "주문할까요? [네]", "/피자/", "//", "'\"\n\t", "😀 ピザ", "# no", "yes", ""]
)
def test_a_speech_is_expected_as_it_was(text):
    reply = Reply(message({"type": "LaunchRequest"}), 200, answer(text))
    (step,) = read_back(write_dialog([Said("/launch", NOW, reply)]))
    expected = step.checks["speech"]
    if expected.startswith("/") and len(expected) > 2:
        assert re.search(expected[1:-1], text)
        assert not re.search(expected[1:-1], f"{text}!")
    else:
        assert fnmatchcase(text, expected.replace("[", "[[]"))


def test_what_is_expected_of_an_answer():
    attributes = {"clova_flask": 1}
    given = {
        **answer(
            "몇 판 드릴까요?",
            card={"type": "Text"},
            directives=[{"header": {"namespace": "AudioPlayer", "name": "Play"}}],
            shouldEndSession=False,
            reprompt={"outputSpeech": {"type": "SimpleSpeech", "values": {"value": "몇 판이요?"}}},
        ),
        "sessionAttributes": attributes,
    }
    slots = {"time": {"name": "time", "value": "18:30:00", "valueType": "TIME"}}
    sent = message({"type": "IntentRequest", "intent": {"name": "OrderPizza", "slots": slots}})
    (step,) = read_back(write_dialog([Said("여섯 시 반", NOW, Reply(sent, 200, given))]))
    assert step.now == NOW
    assert step.checks == {
        "intent": "OrderPizza",
        "slots": {"time": "18:30:00"},
        "speech": "몇 판 드릴까요?",
        "reprompt": "몇 판이요?",
        "card": "Text",
        "directives": ["AudioPlayer.Play"],
        "ends": False,
    }


def test_an_answer_of_a_home_is_expected_by_its_name():
    sent = {"header": {"name": "TurnOnRequest"}, "payload": {"accessToken": "secret"}}
    reply = Reply(sent, 200, {"header": {"name": "TurnOnConfirmation"}, "payload": {}})
    written = write_dialog([Said("/home TurnOn lamp-1", NOW, reply)])
    (step,) = read_back(written)
    assert step.checks == {"name": "TurnOnConfirmation"}
    assert written.has_account
    assert "secret" not in written.text


@pytest.mark.parametrize("odd", [None, [], "x", {"response": []}, {"response": {"directives": [1, None]}}])
def test_an_odd_answer_is_written_as_far_as_it_goes(odd):
    sent = message({"type": "LaunchRequest"})
    assert read_back(write_dialog([Said("/launch", NOW, Reply(sent, 200, odd))]))
    assert read_back(write_dialog([Said("/launch", NOW, Reply({}, 500, odd))]))


def test_who_speaks_and_another_screen_from_the_next_session_on():
    def said(screen, *, new):
        return Said("/launch", NOW, Reply(message({}, screen=screen, new=new, user="보라"), 0, None))

    written = write_dialog(
        [said("s100", new=True), said("m100", new=False), said("m100", new=True)],
        name="주문",
        extension="shop",
    )
    transcript = load_transcript(Path("x.dialog.yaml"), written.text)
    assert transcript.extension == "shop"
    assert transcript.user == {"user_id": "보라", "screen": "s100"}
    assert [(step.action, step.argument) for step in transcript.steps] == [
        ("launch", None),
        ("launch", None),
        ("as", {"screen": "m100"}),
        ("launch", None),
    ]
