"""Custom messages as production sends them, and answers as the guides' own examples have them.

Where a table of the guides and its examples disagree, both forms work. Clova Home's half is in
``home/test_guide_forms.py``.
"""

from __future__ import annotations

import copy
import logging
from typing import Any

import pytest

from clova_flask import AudioStream, Session, User
from clova_flask.devtools.simulator.judge import judge

MP3 = "https://example.com/노래/1.mp3"
EXTENSION_ID = "com.example.pizzabot"
PLATFORMS = {"naver": "0.1.0", "line": "1.0"}

DEVICE = {
    "deviceId": "device-1",
    "display": {
        "size": "l100",
        "orientation": "landscape",
        "dpi": 96,
        "contentLayer": {"width": 640, "height": 360},
    },
}
NO_DISPLAY = {"deviceId": "device-1", "display": {"size": "none", "contentLayer": {"width": 0, "height": 0}}}
STREAM = {
    "token": "곡-42",
    "url": MP3,
    "urlPlayable": True,
    "beginAtInMilliseconds": None,
    "progressReport": {
        "progressReportDelayInMilliseconds": None,
        "progressReportIntervalInMilliseconds": 60000,
        "progressReportPositionInMilliseconds": None,
    },
}
PLAYER = {
    "playerActivity": "STOPPED",
    "offsetInMilliseconds": 4000,
    "totalInMilliseconds": None,
    "stream": STREAM,
}


def message(request: dict[str, Any], *, version: str = "1.0", **change: Any) -> dict[str, Any]:
    """Write a message around a request, with fields that no guide names."""
    owner = {"userId": "speaker-owner", "accessToken": "주인의-토큰"}
    system = {
        "application": {"applicationId": EXTENSION_ID},
        "device": DEVICE,
        "user": owner,
        "vendor": {"a": [None]},
    }
    whole: dict[str, Any] = {
        "version": version,
        "session": {
            "new": False,
            "sessionId": "session-1",
            "sessionAttributes": {"단계": 2},
            "user": {"userId": "person-1", "accessToken": "말한-사람의-토큰"},
        },
        "context": {"System": system, "AudioPlayer": {"playerActivity": "IDLE"}, "Location": {"lat": 37.5}},
        "request": request,
    }
    for path, value in change.items():
        *parents, last = path.split("__")
        inner = whole
        for parent in parents:
            inner = inner[parent]
        inner[last] = value
    return whole


EMPTY = {
    "intent": {"intent": "", "name": "", "slots": None},
    "event": {"namespace": "", "name": "", "payload": None},
}
ALWAYS = {
    "requestId": "r-1",
    "timestamp": "2026-03-01T00:00:00Z",
    "locale": "ja-JP",
    "extensionId": EXTENSION_ID,
}
ORDER = {"name": "Order", "slots": {"size": {"name": "size", "value": "大", "confidence": 0.9}}}

REQUESTS = {
    "launch": message({"type": "LaunchRequest"}),
    "launch with empty objects": message({"type": "LaunchRequest", **ALWAYS, **EMPTY}),
    "intent": message({"type": "IntentRequest", "intent": ORDER}),
    "intent with an empty event": message(
        {"type": "IntentRequest", **ALWAYS, **EMPTY, "intent": {"intent": "Order", **ORDER}}
    ),
    "intent of the beta": message({"type": "IntentRequest", "intent": {"intent": "Order", "slots": None}}),
    "intent without slots": message({"type": "IntentRequest", "intent": {"name": "Order"}}),
    "intent without attributes": message(
        {"type": "IntentRequest", "intent": ORDER}, session__sessionAttributes=None
    ),
    "intent without a screen": message(
        {"type": "IntentRequest", "intent": ORDER}, context__System__device=NO_DISPLAY
    ),
    "intent on an unknown screen": message(
        {"type": "IntentRequest", "intent": ORDER},
        context__System__device={"deviceId": "d", "display": {"size": "xxl400", "orientation": "round"}},
    ),
    "intent of nobody's account": message(
        {"type": "IntentRequest", "intent": ORDER},
        session__user={"userId": "guest-1"},
        context__System__user={"userId": "speaker-owner", "accessToken": None},
    ),
    "event": message(
        {
            "type": "EventRequest",
            **ALWAYS,
            "event": {"namespace": "AudioPlayer", "name": "PlayStarted", "payload": {"token": "곡-42"}},
        },
        context__AudioPlayer=PLAYER,
    ),
    "event of a namespace that was agreed on": message(
        {
            "type": "EventRequest",
            **ALWAYS,
            "event": {"namespace": "Radio", "name": "Tuned", "payload": {"fm": 91.9}},
        }
    ),
    "event of tomorrow": message(
        {"type": "EventRequest", "event": {"namespace": "AudioPlayer", "name": "PlayFaded", "payload": None}}
    ),
    "end": message({"type": "SessionEndedRequest"}),
    "end with empty objects": message({"type": "SessionEndedRequest", **ALWAYS, **EMPTY}),
    "request of tomorrow": message({"type": "DreamRequest", "dream": {}}),
}


@pytest.fixture
def everything(clova):
    """Declare a handler of each kind; what they were given is returned."""
    given: list[Any] = []

    @clova.launch
    def launch():
        return "いらっしゃいませ"

    @clova.intent("Order")
    def order(session: Session, size: str | None = None):
        given.append((size, dict(session)))
        return "わかりました"

    @clova.event("AudioPlayer.*", "Radio.Tuned")
    def event(request, user: User):
        given.append((request.event.full_name, user.id))

    @clova.session_ended
    def end():
        given.append("end")

    return given


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("name", REQUESTS)
def test_what_production_sends_is_answered(name, platform, everything, connect, caplog):
    cek = connect(testing=False, CLOVA_PLATFORM=platform)
    sent = copy.deepcopy(REQUESTS[name]) | {"version": PLATFORMS[platform]}
    with caplog.at_level(logging.WARNING):
        reply = cek.send(sent)
    assert reply.status_code == 200
    assert judge(reply) == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    warned = [record.getMessage() for record in caplog.records]
    assert [text for text in warned if "unknown type" not in text] == []


def test_nothing_of_what_production_sends_is_lost(everything, connect):
    cek = connect()
    for sent in REQUESTS.values():
        cek.send(copy.deepcopy(sent))
    assert everything == [
        ("大", {"단계": 2}),
        ("大", {"단계": 2}),
        (None, {"단계": 2}),
        (None, {"단계": 2}),
        ("大", {}),
        ("大", {"단계": 2}),
        ("大", {"단계": 2}),
        ("大", {"단계": 2}),
        ("AudioPlayer.PlayStarted", "person-1"),
        ("Radio.Tuned", "person-1"),
        ("AudioPlayer.PlayFaded", "person-1"),
        "end",
        "end",
    ]


POSITIONS = ("PlayStarted", "PlayPaused", "PlayResumed", "PlayStopped", "PlayFinished")


@pytest.mark.parametrize("payload", [{"token": "곡-42", "offsetInMilliseconds": 4000}, {}, None], ids=str)
@pytest.mark.parametrize("name", POSITIONS)
def test_a_player_s_event_tells_the_position_in_either_place(name, payload, clova, connect):
    given = []

    @clova.event(f"AudioPlayer.{name}")
    def moved(token: str, offset_in_milliseconds: int):
        given.append((token, offset_in_milliseconds))

    event = {"namespace": "AudioPlayer", "name": name, "payload": payload}
    reply = connect().send(message({"type": "EventRequest", "event": event}, context__AudioPlayer=PLAYER))
    assert (reply.status_code, given) == (200, [("곡-42", 4000)])


@pytest.mark.parametrize("key", ["audioStream", "stream"])
def test_a_stream_is_requested_under_either_name(key, clova, connect):
    given = []

    @clova.event("AudioPlayer.StreamRequested")
    def requested(audio_item_id: str, audio_stream: AudioStream):
        given.append((audio_item_id, audio_stream.token, audio_stream.url))

    payload = {"audioItemId": "item-42", key: STREAM}
    event = {"namespace": "AudioPlayer", "name": "StreamRequested", "payload": payload}
    assert connect().send(message({"type": "EventRequest", "event": event})).status_code == 200
    assert given == [("item-42", "곡-42", MP3)]


def directive(name: str, payload: dict[str, Any], **header: str) -> dict[str, Any]:
    namespace, _, word = name.partition(".")
    return {"header": {"namespace": namespace, "name": word, **header}, "payload": payload}


SPEECH = {"type": "SimpleSpeech", "values": {"type": "PlainText", "lang": "ko", "value": "들려 드릴게요."}}
AUDIO_ITEM = {
    "audioItemId": "item-42",
    "titleText": "곡",
    "titleSubText1": "가수",
    "stream": {"token": "곡-42", "url": MP3, "urlPlayable": True, "beginAtInMilliseconds": 0},
}
PLAY = {"audioItem": AUDIO_ITEM, "playBehavior": "REPLACE_ALL", "source": {"name": "라디오"}}
PLAYABLE = {
    "titleText": "곡",
    "titleSubText1": "가수",
    "token": "곡-42",
    "showAdultIcon": False,
    "lyrics": [{"format": "LRC", "data": None, "url": None}],
}
INFO = {
    "displayType": "list",
    "controls": [{"enabled": True, "name": "NEXT", "selected": False, "type": "BUTTON"}],
    "playableItems": [PLAYABLE],
}
WHOLE = {**AUDIO_ITEM["stream"], "customData": "", "durationInMilliseconds": 1000, "format": "audio/mpeg"}
NULLS = {**AUDIO_ITEM["stream"], "progressReport": STREAM["progressReport"]}
UUID = "33da6561-0149-4532-a30b-e0de8f75c4cf"
RESPONSE = {"outputSpeech": SPEECH, "card": {}, "directives": [], "shouldEndSession": False}


def text(value: str) -> dict[str, str]:
    return {"type": "string", "value": value}


def url(value: str) -> dict[str, str]:
    return {"type": "url", "value": value}


def image_text(**fields: Any) -> dict[str, Any]:
    return {
        "type": "ImageText",
        "mainText": text("제목"),
        "imageUrl": url("https://example.com/a.jpg"),
        **fields,
    }


def table(**cells: Any) -> dict[str, Any]:
    return {"type": "Text", "tableList": [{"item1": text("전화"), "item2": text("02-1234-5678"), **cells}]}


ANSWERS: dict[str, dict[str, Any]] = {
    "messageId-table": {"directives": [directive("AudioPlayer.Play", PLAY, messageId=UUID)]},
    "messageId-example": {"directives": [directive("AudioPlayer.Play", PLAY)]},
    "directives-example": {"directives": None, "reprompt": {"outputSpeech": SPEECH}},
    "StreamDeliver-table": {
        "directives": [
            directive("AudioPlayer.StreamDeliver", {"audioItemId": "item-42", "audioStream": WHOLE})
        ]
    },
    "StreamDeliver-example": {
        "directives": [
            directive(
                "AudioPlayer.StreamDeliver",
                {"audioItemId": "item-42", "stream": {"token": "곡-42", "url": MP3}},
            )
        ]
    },
    "progressReport-null": {
        "directives": [directive("AudioPlayer.Play", {**PLAY, "audioItem": {**AUDIO_ITEM, "stream": NULLS}})]
    },
    "lyrics-null": {"directives": [directive("TemplateRuntime.RenderPlayerInfo", INFO)]},
    "NumberObject-table": {"card": {"type": "Text", "highlightText": {"type": "number", "value": 1119}}},
    "NumberObject-example": {"card": {"type": "Text", "highlightText": {"type": "number", "value": "1,119"}}},
    "item2Link-table": {"card": table(item2Link=url("https://example.com/"))},
    "item2Link-example": {"card": table(item2Link={"type": "phone", "value": "02-1234-5678"})},
    "thumbImageType-table": {"card": image_text(thumbImageType=text("인물"))},
    "thumbImageType-example": {"card": image_text(thumbImageType=text("キャラクター"))},
    "thumbImageType-empty": {"card": image_text(thumbImageType=text(""))},
    "thumbImageType-production": {"card": image_text(thumbImageType=text("뮤직나우"))},
    "imageUrl-none": {"card": image_text(imageUrl=url(""))},
    "card-line breaks": {"card": image_text(mainText=text("첫 줄\n둘째 줄"))},
    "cardList-empty": {"card": {"type": "CardList", "cardList": []}},
    "pause-any target": {"directives": [directive("PlaybackController.Pause", {})]},
    "template of tomorrow": {"card": {"type": "Hologram", "mainText": text("안녕")}},
    "directive of tomorrow": {"directives": [directive("Radio.Tune", {"fm": 91.9}, messageId=UUID)]},
}


@pytest.mark.parametrize("form", ANSWERS)
def test_an_answer_in_either_form_is_sent(form, clova, connect):
    fields = ANSWERS[form]
    clova.launch(lambda: {"response": {**copy.deepcopy(RESPONSE), **copy.deepcopy(fields)}})
    reply = connect().launch()
    assert reply.status_code == 200
    response = reply.json["response"]
    assert reply.speech == "들려 드릴게요."
    for name, wanted in fields.items():
        if name == "directives":
            assert len(response[name]) == len(wanted or [])
            for sent, given in zip(response[name], wanted or [], strict=True):
                assert sent["payload"] == given["payload"]
                assert sent["header"].pop("messageId")
                assert sent["header"] == {k: v for k, v in given["header"].items() if k != "messageId"}
        else:
            assert response[name] == wanted


def test_the_directives_may_be_left_out_beside_a_reprompt(clova, connect):
    response = {"outputSpeech": SPEECH, "shouldEndSession": False, "reprompt": {"outputSpeech": SPEECH}}
    clova.launch(lambda: {"response": response})
    reply = connect().launch()
    assert judge(reply) == []
    assert (reply.json["response"]["directives"], reply.json["response"]["card"]) == ([], {})
    assert reply.reprompt == "들려 드릴게요."
