"""What handlers return, as it is sent; and what cannot be sent."""

import dataclasses
import enum
import logging
import uuid
from copy import deepcopy
from datetime import datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

import pytest

from clova_flask import (
    Answer,
    AnswerError,
    AudioURL,
    Speech,
    SpeechSet,
    ask,
    ask_for,
    cards,
    playback,
    tell,
)
from clova_flask.security.devkey import generate_key, public_pem
from clova_flask.wire import json as codec

UUID4 = "5b9ef4e1-7ab8-4b5b-8d5a-5d8d7fc6f2b1"
MP3 = "https://example.com/a.mp3"


def text(value, lang="ko", **more):
    return {"type": "PlainText", "lang": lang, "value": value, **more}


def audio(value, **more):
    return {"type": "URL", "lang": "", "value": value, **more}


def simple(info):
    return {"type": "SimpleSpeech", "values": info}


def speech_list(*infos):
    return {"type": "SpeechList", "values": list(infos)}


def response(speech, *, ends=True, **more):
    return {"outputSpeech": speech, "card": {}, "directives": [], "shouldEndSession": ends, **more}


@pytest.fixture
def answer(clova, connect):
    """Have a handler return something, and give the reply."""

    def answer(value, *, locale="ko-KR", **config):
        def order() -> object | None:
            return value

        clova.intent("Order")(order)
        reply = connect(client={"locale": locale}, **config).intent("Order")
        assert reply.status_code == 200
        return reply

    return answer


@pytest.fixture
def refusal(answer):
    """Have a handler return what cannot be sent, and give the error's text."""

    def refusal(value):
        with pytest.raises(AnswerError) as caught:
            answer(value)
        return str(caught.value)

    return refusal


# Every kind of answer, and its wire form.

HELLO = simple(text("안녕하세요."))
ANSWERS = {
    "text": ("안녕하세요.", response(HELLO)),
    "speech": (Speech("こんにちは。", lang="ja"), response(simple(text("こんにちは。", "ja")))),
    "token": (Speech("안녕", token=UUID4), response(simple(text("안녕", token=UUID4)))),
    "token as UUID": (Speech("안녕", token=uuid.UUID(UUID4)), response(simple(text("안녕", token=UUID4)))),
    "audio": (AudioURL(MP3), response(simple(audio(MP3)))),
    "audio with token": (AudioURL(MP3, token=UUID4), response(simple(audio(MP3, token=UUID4)))),
    "HLS": (
        AudioURL("https://example.com/a.m3u8", hls=True),
        response(simple(audio("https://example.com/a.m3u8", contentType="application/vnd.apple.mpegurl"))),
    ),
    "list": (
        ["안녕", Speech("Hi", lang="en"), AudioURL(MP3)],
        response(speech_list(text("안녕"), text("Hi", "en"), audio(MP3))),
    ),
    "tuple": (("하나", "둘"), response(speech_list(text("하나"), text("둘")))),
    "list of one": (["안녕하세요."], response(HELLO)),
    "empty list": ([], response({})),
    "None": (None, response({})),
    "set": (
        SpeechSet("짧게", "길게"),
        response({"type": "SpeechSet", "brief": text("짧게"), "verbose": simple(text("길게"))}),
    ),
    "tell": (tell("안녕하세요."), response(HELLO)),
    "tell nothing": (tell(), response({})),
    "tell several": (tell("하나", AudioURL(MP3)), response(speech_list(text("하나"), audio(MP3)))),
    "tell a list": (tell(["하나", "둘"]), response(speech_list(text("하나"), text("둘")))),
    "tell briefly": (
        tell(brief="짧게", verbose=["길게", Speech("長く", lang="ja")]),
        response(
            {
                "type": "SpeechSet",
                "brief": text("짧게"),
                "verbose": speech_list(text("길게"), text("長く", "ja")),
            }
        ),
    ),
    "tell with card": (
        tell("안녕하세요.", card=cards.text("메뉴")),
        response(HELLO, card={"type": "Text", "mainText": {"type": "string", "value": "메뉴"}}),
    ),
    "ask": (ask("안녕하세요."), response(HELLO, ends=False)),
    "ask nothing": (ask(), response({}, ends=False)),
    "ask several": (ask("하나", "둘"), response(speech_list(text("하나"), text("둘")), ends=False)),
    "ask briefly": (
        ask(brief=AudioURL(MP3), verbose="길게"),
        response({"type": "SpeechSet", "brief": audio(MP3), "verbose": simple(text("길게"))}, ends=False),
    ),
    "reprompt": (
        ask("안녕하세요.", reprompt="여보세요?"),
        response(HELLO, ends=False, reprompt={"outputSpeech": simple(text("여보세요?"))}),
    ),
    "reprompt of several": (
        ask("안녕하세요.", reprompt=["여보세요?", AudioURL(MP3)]),
        response(HELLO, ends=False, reprompt={"outputSpeech": speech_list(text("여보세요?"), audio(MP3))}),
    ),
    "reprompt of a set": (
        ask("안녕하세요.", reprompt=SpeechSet("짧게", "길게")),
        response(
            HELLO,
            ends=False,
            reprompt={
                "outputSpeech": {
                    "type": "SpeechSet",
                    "brief": text("짧게"),
                    "verbose": simple(text("길게")),
                }
            },
        ),
    ),
    "reprompt at the end": (Answer("안녕하세요.", reprompt="여보세요?"), response(HELLO)),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_has_its_exact_wire_form(answer, name):
    value, expected = ANSWERS[name]
    assert answer(value).json == {"version": "0.1.0", "sessionAttributes": {}, "response": expected}


def test_asking_for_a_slot_says_what_asking_says_and_remembers_the_slot(answer):
    value = ask_for("pizzaType", "어떤", "피자로 드릴까요?", reprompt="여보세요?", card=cards.text("메뉴"))
    reply = answer(value)
    assert reply.json["response"] == response(
        speech_list(text("어떤"), text("피자로 드릴까요?")),
        ends=False,
        card={"type": "Text", "mainText": {"type": "string", "value": "메뉴"}},
        reprompt={"outputSpeech": simple(text("여보세요?"))},
    )
    assert (reply.asked_for, reply.attributes) == ("pizzaType", {})


@pytest.mark.parametrize("make", [tell, ask, lambda *speech, **more: ask_for("a", *speech, **more)])
def test_directives_are_sent_each_with_a_message_id_of_its_own(answer, make):
    pause = playback.pause()
    wire = {"header": {"namespace": "A", "name": "B", "messageId": "c"}, "payload": {"d": None}}
    first, second, third = answer(make("네", directives=[pause, pause, wire])).directives
    for directive in (first, second):
        assert directive["payload"] == {}
        assert (directive["header"]["namespace"], directive["header"]["name"]) == (
            "PlaybackController",
            "Pause",
        )
        assert uuid.UUID(directive["header"]["messageId"]).version == 4
    assert first["header"]["messageId"] != second["header"]["messageId"]
    assert third == wire


def test_directives_may_come_from_a_generator(answer):
    assert len(answer(tell(directives=(make() for make in (playback.pause, playback.stop)))).directives) == 2


def test_korean_and_japanese_are_sent_as_themselves(answer):
    reply = answer(["피자", Speech("ピザ", lang="ja")])
    assert "피자" in reply.text
    assert "ピザ" in reply.text


@pytest.mark.parametrize(
    "make",
    [
        lambda: tell("가", brief="나", verbose="다"),
        lambda: tell(brief="나"),
        lambda: ask(verbose="다"),
    ],
)
def test_brief_and_verbose_come_together_and_alone(make):
    with pytest.raises(TypeError, match="brief= and verbose="):
        make()


# None.


def test_none_ends_the_session_after_an_intent_and_its_end(clova, connect):
    def order() -> None:
        pass

    clova.intent("Order")(order)
    clova.session_ended(lambda: None)
    cek = connect()
    assert cek.intent("Order").should_end_session
    assert cek.end().json == {"version": "0.1.0", "sessionAttributes": {}, "response": response({})}


def test_none_after_an_event_within_a_session_lets_it_go_on(clova, connect):
    @clova.intent("Order")
    def order(session):
        session["pizza"] = "페퍼로니"
        return ask("또?", state="more")

    clova.event("AudioPlayer.PlayStarted")(lambda: None)
    cek = connect()
    cek.intent("Order")
    reply = cek.event("AudioPlayer.PlayStarted", token="t", offset_in_milliseconds=0)
    assert reply.json["response"] == response({}, ends=False)
    assert (reply.attributes, reply.state) == ({"pizza": "페퍼로니"}, "more")


@pytest.mark.parametrize("name", ["ClovaSkill.SkillEnabled", "AudioPlayer.PlayStarted"])
def test_none_after_an_event_outside_a_session_starts_none(clova, connect, name):
    clova.event(name)(lambda: None)
    assert connect().event(name).json["response"] == response({})


# A dict is a whole response message.


@pytest.fixture
def within_a_session(clova, connect):
    """Have a handler return something in the second turn of a session."""

    def within_a_session(value, **config):
        @clova.intent("Begin")
        def begin(session):
            session["pizza"] = "페퍼로니"
            return ask("네?")

        clova.intent("Order")(lambda: value)
        cek = connect(**config)
        cek.intent("Begin")
        return cek.intent("Order")

    return within_a_session


def test_a_dict_gets_version_and_attributes_when_it_has_none(within_a_session):
    reply = within_a_session({"response": response(HELLO, ends=False)})
    assert reply.json == {
        "version": "0.1.0",
        "sessionAttributes": {"pizza": "페퍼로니"},
        "response": response(HELLO, ends=False),
    }


def test_a_dict_that_ends_the_session_gets_no_attributes(within_a_session):
    assert within_a_session({"response": response(HELLO)}).json["sessionAttributes"] == {}


@pytest.mark.parametrize("ends", [True, False])
def test_a_dict_keeps_what_it_has(within_a_session, ends):
    whole = {"version": "9", "sessionAttributes": {"a": 1}, "response": response(HELLO, ends=ends)}
    assert within_a_session(whole).json == whole


def test_a_dict_is_sent_unchanged_and_is_not_changed(answer):
    whole = {"response": response(HELLO, card={"type": "Popup", "new": [None]})}
    reply = answer(whole)
    assert reply.card == {"type": "Popup", "new": [None]}
    assert set(whole) == {"response"}


def without(message, name):
    return {key: value for key, value in message.items() if key != name}


DIRECTIVE = {"header": {"namespace": "A", "name": "B", "messageId": "c"}, "payload": {}}


@pytest.mark.parametrize(
    ("message", "path"),
    [
        ({}, "response"),
        ({"response": None}, "response"),
        ({"response": []}, "response"),
        ({"response": response(HELLO), "version": ""}, "version"),
        ({"response": response(HELLO), "version": 1.0}, "version"),
        ({"response": response(HELLO), "sessionAttributes": []}, "sessionAttributes"),
        ({"response": without(response(HELLO), "shouldEndSession")}, "response.shouldEndSession"),
        ({"response": response(HELLO, ends=None)}, "response.shouldEndSession"),
        ({"response": response(HELLO, card=[])}, "response.card"),
        ({"response": response(HELLO, directives={})}, "response.directives"),
        ({"response": response(HELLO, directives=[{}])}, "response.directives[0].header"),
        ({"response": response(HELLO, directives=[None])}, "response.directives[0]"),
        (
            {"response": response(HELLO, directives=[{**DIRECTIVE, "payload": []}])},
            "response.directives[0].payload",
        ),
        ({"response": response(HELLO, ends=1)}, "response.shouldEndSession"),
        ({"response": response(HELLO, ends="false")}, "response.shouldEndSession"),
        ({"response": response("안녕")}, "response.outputSpeech"),
        ({"response": response({"type": "Speech"})}, "response.outputSpeech.type"),
        ({"response": response({"values": text("네")})}, "response.outputSpeech.type"),
        ({"response": response({"type": "SimpleSpeech"})}, "response.outputSpeech.values"),
        ({"response": response(simple([text("네")]))}, "response.outputSpeech.values"),
        ({"response": response(simple(without(text("네"), "value")))}, "response.outputSpeech.values.value"),
        ({"response": response(simple(without(audio(MP3), "value")))}, "response.outputSpeech.values.value"),
        (
            {"response": response(simple(audio(MP3, contentType=5)))},
            "response.outputSpeech.values.contentType",
        ),
        ({"response": response({"type": "SpeechList"})}, "response.outputSpeech.values"),
        ({"response": response({"type": "SpeechSet", "verbose": HELLO})}, "response.outputSpeech.brief"),
        ({"response": response(speech_list())}, "response.outputSpeech.values"),
        ({"response": response(speech_list(text("네"), "네"))}, "response.outputSpeech.values[1]"),
        ({"response": response({"type": "SpeechSet", "brief": text("네")})}, "response.outputSpeech.verbose"),
    ],
)
def test_the_envelope_and_speech_of_a_dict_are_checked_strictly(refusal, message, path):
    assert f" {path}: " in refusal(message)


@pytest.mark.parametrize(
    ("more", "completed"),
    [
        ({}, {}),
        ({"card": None, "directives": None, "reprompt": None}, {}),
        ({"reprompt": {}}, {}),
        ({"reprompt": {"outputSpeech": None}}, {}),
        (
            {"outputSpeech": {**simple({**text("네"), "token": None}), "brief": None, "verbose": None}},
            {"outputSpeech": simple(text("네"))},
        ),
        (
            {"outputSpeech": simple({"type": "PlainText", "lang": None, "value": "네"})},
            {"outputSpeech": simple(text("네"))},
        ),
        (
            {"outputSpeech": speech_list({"type": "URL", "value": MP3}, {**audio(MP3), "lang": "ja"})},
            {"outputSpeech": speech_list(audio(MP3), audio(MP3))},
        ),
        (
            {
                "outputSpeech": {
                    "type": "SpeechSet",
                    "brief": {"type": "PlainText", "value": "짧게"},
                    "values": None,
                    "verbose": {**simple({"type": "PlainText", "value": "길게"}), "brief": None},
                }
            },
            {"outputSpeech": {"type": "SpeechSet", "brief": text("짧게"), "verbose": simple(text("길게"))}},
        ),
        (
            {"reprompt": {"outputSpeech": simple({"type": "PlainText", "value": "여보세요?"})}},
            {"reprompt": {"outputSpeech": simple(text("여보세요?"))}},
        ),
        ({"outputSpeech": None}, {"outputSpeech": {}}),
    ],
    ids=[
        "left out",
        "null",
        "empty reprompt",
        "null reprompt",
        "null in speech",
        "text without lang",
        "audio without lang",
        "set",
        "reprompt without lang",
        "no speech",
    ],
)
@pytest.mark.parametrize("hooked", [False, True], ids=["", "after a hook"])
def test_a_dict_is_completed_like_our_own(clova, connect, hooked, more, completed):
    whole = {"response": {"outputSpeech": HELLO, "shouldEndSession": False, **more}}
    original = deepcopy(whole)
    if hooked:
        clova.intent("Order")(lambda: tell("안녕"))
        clova.after_request(lambda message: whole | {"version": "0.1.0", "sessionAttributes": {}})
    else:
        clova.intent("Order")(lambda: {**whole, "version": None, "sessionAttributes": None})
    reply = connect(client={"locale": "ko-KR"}).intent("Order")
    assert reply.json == {
        "version": "0.1.0",
        "sessionAttributes": {},
        "response": response(HELLO, ends=False) | completed,
    }
    assert whole == original


@pytest.mark.parametrize("whole", [True, False], ids=["in a whole message", "in tell"])
@pytest.mark.parametrize("left_out", [{}, {"payload": None}], ids=["missing", "null"])
def test_a_directive_is_completed(answer, whole, left_out):
    directive = {"header": {"namespace": "PlaybackController", "name": "Stop", "messageId": None}, **left_out}
    value = {"response": response({}, directives=[directive])} if whole else tell(directives=[directive])
    [sent] = answer(value).directives
    assert UUID(sent["header"].pop("messageId")).version == 4
    assert sent == {"header": {"namespace": "PlaybackController", "name": "Stop"}, "payload": {}}


@pytest.mark.parametrize(
    ("message", "path"),
    [
        ({"response": response(HELLO), "extra": 1}, "extra"),
        ({"response": response(HELLO, new=1)}, "response.new"),
        ({"response": response({**HELLO, "a": 1})}, "response.outputSpeech.a"),
        ({"response": response(simple(text("네", a=1)))}, "response.outputSpeech.values.a"),
        ({"response": response(HELLO, directives=[{**DIRECTIVE, "a": 1}])}, "response.directives[0].a"),
    ],
)
def test_a_field_that_nobody_hears_is_sent_and_warned_of(answer, caplog, message, path):
    reply = answer(message)
    assert reply.json["response"] == message["response"]
    text = f"{path}: Unknown field. It is sent as it is; the guides do not define it. The answer is that of "
    assert any(record.getMessage().startswith(text) for record in caplog.records)


def test_a_list_of_one_and_further_header_fields_are_no_fault(answer):
    directive = {**DIRECTIVE, "header": {**DIRECTIVE["header"], "dialogRequestId": "d"}}
    whole = response(speech_list(text("네")), directives=[directive])
    assert answer({"response": whole}).json["response"] == whole


@pytest.mark.parametrize("name", ["version", "sessionAttributes", "response"])
def test_what_a_hook_makes_of_an_answer_is_checked_as_well(clova, refusal, name):
    clova.after_request(lambda message: without(message, name))
    assert refusal("안녕") == f"The answer cannot be sent: {name}: Missing data for required field."


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        ({"reponse": response(HELLO)}, "'reponse': Did you mean 'response'?"),
        (
            {"response": response(HELLO), "sessionAttribute": {}},
            "'sessionAttribute': Did you mean 'sessionAttributes'?",
        ),
        (
            {"response": {**without(response(HELLO), "outputSpeech"), "outputspeech": HELLO}},
            "'outputspeech': Did you mean 'outputSpeech'?",
        ),
        (
            {"response": {**without(response(HELLO), "shouldEndSession"), "endSession": True}},
            "'endSession': Did you mean 'shouldEndSession'?",
        ),
        ({"response": response({"type": "SimpelSpeech"})}, "Did you mean 'SimpleSpeech'?"),
        ({"response": response(simple({**text("네"), "type": "Plaintext"}))}, "Did you mean 'PlainText'?"),
    ],
)
def test_a_misspelt_key_names_the_nearest(refusal, message, hint):
    assert hint in refusal(message)


@pytest.mark.parametrize(
    ("name", "payload", "warning"),
    [
        ("Play", {"playBehavior": "REPLACE_ALL"}, ".audioItem: Must be a dict, but is missing."),
        ("StreamDeliver", {"audioItemId": 5}, ".audioItemId: Must be a str, not int."),
        ("StreamDeliver", {"audioItemId": "a"}, ".audioStream: Must be a dict, but is missing."),
        ("Rewind", {}, ": 'AudioPlayer.Rewind' is not a directive of the guides. Use one of: "),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_a_directive_that_lacks_a_field_is_sent_and_warned_of(answer, caplog, name, payload, warning, whole):
    header = {"namespace": "AudioPlayer", "name": name, "messageId": UUID4}
    directive = {"header": header, "payload": payload}
    value = {"response": response({}, directives=[directive])} if whole else tell(directives=[directive])
    assert answer(value).directives == [directive]
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert any(found.startswith(f"response.directives[0].payload{warning}") for found in warnings)


def test_a_directive_that_lacks_nothing_is_not_warned_of(answer, caplog):
    answer(tell(directives=[playback.pause("AudioPlayer").to_wire()]))
    assert caplog.records == []


# Limits of speech.


def url_of(size, filler="a"):
    start = "https://example.com/"
    return start + filler * ((size - len(start)) // len(filler.encode()))


@pytest.mark.parametrize(
    "speech",
    [
        "가" * 200,
        ("가" * 199 + ".") * 5,
        ("あ" * 199 + "。") * 5,
        "가" * 200 + "\n" + "나" * 200,
        "가" * 199 + "?" + "나" * 199 + "!" + "다" * 199 + "…",
        ["가" * 200] * 6,
        AudioURL(url_of(2048)),
        AudioURL(url_of(2048, "가")),
        Speech("안녕", token=UUID4.upper()),
        Speech("안녕", lang=""),
    ],
)
def test_what_is_just_within_the_limits_is_said(answer, speech):
    assert answer(speech).output_speech


@pytest.mark.parametrize(
    ("speech", "field", "reason"),
    [
        ("가" * 201, "value", "A sentence of 201 characters; at most 200"),
        ("네. " + "あ" * 201 + "。", "value", "A sentence of 202 characters; at most 200"),
        ("가" * 199 + "." + "나" * 201, "value", "A sentence of 201 characters"),
        (("가" * 99 + ".") * 10 + "나", "value", "1001 characters; at most 1000"),
        ("", "value", "Empty"),
        (" \n", "value", "Empty"),
        (AudioURL(url_of(2049)), "value", "Longer than 2048 bytes"),
        (AudioURL(url_of(2051, "가")), "value", "Longer than 2048 bytes"),
        (AudioURL(""), "value", "Empty"),
        (Speech("안녕", lang="fr"), "lang", "Must be one of: ko, ja, en"),
        (Speech("안녕", lang="ko-KR"), "lang", "Must be one of: ko, ja, en"),
        (Speech("안녕", token="토큰"), "token", "Not a UUID v4"),
        (Speech("안녕", token=uuid.UUID(int=1)), "token", "Not a UUID v4"),
        (Speech("안녕", token=UUID4.replace("-4b5b-", "-1b5b-")), "token", "Not a UUID v4"),
        (Speech("안녕", token=UUID4.replace("-8d5a-", "-cd5a-")), "token", "Not a UUID v4"),
        (Speech("안녕", token=UUID4 + "-끝"), "token", "Not a UUID v4"),
        (Speech("안녕", token=UUID4 + "\n"), "token", "Not a UUID v4"),
        (Speech("안녕", token=UUID4.replace("-", "")), "token", "Not a UUID v4"),
        (AudioURL(MP3, token="토큰"), "token", "Not a UUID v4"),
    ],
)
def test_what_is_beyond_the_limits_is_refused(refusal, speech, field, reason):
    assert f" response.outputSpeech.values.{field}: {reason}" in refusal(speech)


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (lambda long: ["네", long], "outputSpeech.values[1]"),
        (lambda long: SpeechSet(long, "네"), "outputSpeech.brief"),
        (lambda long: SpeechSet("네", long), "outputSpeech.verbose.values"),
        (lambda long: SpeechSet("네", ["네", long]), "outputSpeech.verbose.values[1]"),
        (lambda long: ask("네", reprompt=long), "reprompt.outputSpeech.values"),
        (lambda long: ask("네", reprompt=["네", long]), "reprompt.outputSpeech.values[1]"),
        (lambda long: ask("네", reprompt=SpeechSet(long, "네")), "reprompt.outputSpeech.brief"),
    ],
)
def test_the_limits_hold_wherever_something_is_said(refusal, make, path):
    assert f" response.{path}.value: A sentence of 201 characters" in refusal(make("가" * 201))


def test_every_fault_is_named(refusal):
    text = refusal(SpeechSet(Speech("안녕", lang="fr"), Speech("안녕", token="토큰")))
    assert "response.outputSpeech.brief.lang: " in text
    assert "response.outputSpeech.verbose.values.token: " in text


def test_without_validation_everything_is_sent(answer):
    assert answer("가" * 1001, CLOVA_VALIDATE_RESPONSES=False).speech == "가" * 1001


@pytest.mark.parametrize("value", [tell("네"), Speech("네"), AudioURL(MP3), SpeechSet("네", "네")])
def test_answers_and_speech_are_frozen(value):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, dataclasses.fields(value)[0].name, "아니요")


# What cannot be said.


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (5, "int"),
        (True, "bool"),
        (b"pizza", "bytes"),
        ({"피자"}, "set"),
        (object(), "object"),
        (MappingProxyType({"response": {}}), "mappingproxy"),
        (playback.pause(), "Directive"),
        (iter(["네"]), "list_iterator"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_a_handler_cannot_return_is_named_beside_what_it_can(refusal, value, named):
    wanted = (
        f"A handler returned {named}; it must return text, a list of speeches, tell(…), ask(…), ask_for(…)"
    )
    assert refusal(value).startswith(wanted)


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (["네", 5], "int"),
        (["네", None], "None"),
        (["네", ["네"]], "list"),
        (["네", tell("네")], "Answer"),
        (["네", SpeechSet("가", "나")], "SpeechSet"),
    ],
    ids=lambda value: repr(value)[:50],
)
def test_what_a_handler_returns_in_a_list_must_be_speech(refusal, value, named):
    assert f" speech[1] must be a str, Speech or AudioURL, not {named}." in refusal(value)


LISTED = "directives must be a list of directives, not"


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: tell(5), "speech must be a str, Speech or AudioURL, not int."),
        (lambda: tell({"pizza": "페퍼로니"}), "speech must be a str, Speech or AudioURL, not dict."),
        (lambda: tell({"페퍼로니"}), "speech must be a str, Speech or AudioURL, not set."),
        (lambda: tell(b"pizza"), "speech must be a str, Speech or AudioURL, not bytes."),
        (lambda: tell(tell("네")), "speech must be a str, Speech or AudioURL, not Answer."),
        (lambda: tell("네", 5), "speech[1] must be a str, Speech or AudioURL, not int."),
        (lambda: tell("네", None), "speech[1] must be a str, Speech or AudioURL, not None."),
        (lambda: tell(["네", ["네"]]), "speech[1] must be a str, Speech or AudioURL, not list."),
        (lambda: ask("네", reprompt=5), "reprompt must be a str, Speech or AudioURL, not int."),
        (lambda: ask("네", reprompt=["네", 5]), "reprompt[1] must be a str, Speech or AudioURL, not int."),
        (
            lambda: ask_for("pizzaType", "네?", reprompt=5),
            "reprompt must be a str, Speech or AudioURL, not int.",
        ),
        (lambda: tell(brief=5, verbose="네"), "brief must be a str, Speech or AudioURL, not int."),
        (lambda: tell(brief="네", verbose={}), "verbose must be a str, Speech or AudioURL, not dict."),
        (
            lambda: ask(brief="네", verbose=["네", 5]),
            "verbose[1] must be a str, Speech or AudioURL, not int.",
        ),
        (lambda: SpeechSet(None, "네"), "brief must be a str, Speech or AudioURL, not None."),
        (
            lambda: SpeechSet("네", SpeechSet("가", "나")),
            "verbose must be a str, Speech or AudioURL, not SpeechSet.",
        ),
        (lambda: Speech(5), "Speech: text must be a str, not int."),
        (lambda: AudioURL(None), "AudioURL: url must be a str, not None."),
        (lambda: tell("네", card="피자"), "card must be a dict, as cards.text(…) returns, not str;"),
        (lambda: ask("네", card=[1]), "card must be a dict, as cards.text(…) returns, not list;"),
        (
            lambda: tell("네", directives=playback.pause()),
            f"{LISTED} Directive; write directives=[playback.pause()].",
        ),
        (lambda: ask("네", directives={"header": {}}), f"{LISTED} dict;"),
        (lambda: ask("네", directives="Pause"), f"{LISTED} str;"),
        (lambda: ask_for("pizzaType", "네?", directives=None), f"{LISTED} None;"),
        (
            lambda: tell("네", directives=[playback.stop]),
            "directives[0] must be a Directive or a dict, not function. Call it: stop().",
        ),
        (lambda: tell("네", directives=["Pause"]), "directives[0] must be a Directive or a dict, not str."),
        (
            lambda: tell("네", directives=[[playback.pause()]]),
            "directives[0] must be a Directive or a dict, not list.",
        ),
        (lambda: ask("네", state=5), "state must be a str or None, not int."),
        (lambda: ask_for(["pizzaType"], "네?"), "slot must be a str, the name of a slot, not list."),
    ],
)
def test_what_cannot_be_sent_is_refused_where_it_is_written(make, text):
    with pytest.raises(TypeError) as error:
        make()
    assert str(error.value).startswith(text)


def test_the_line_of_the_handler_is_in_the_traceback(clova, connect):
    @clova.intent("Order")
    def order():
        return tell("네", directives=playback.pause())

    with pytest.raises(TypeError, match="must be a list of directives") as error:
        connect().intent("Order")
    assert "order" in [entry.name for entry in error.traceback]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (tell("네", directives=[{"header": {}}]), "response.directives[0].header.name"),
        (SpeechSet("네", []), "response.outputSpeech.verbose.type"),
    ],
)
def test_what_an_answer_carries_is_checked_as_well(refusal, value, path):
    assert f" {path}: " in refusal(value)


LATER = datetime(2018, 8, 10)
UNFETCHED = AudioURL("http://example.com/a.mp3")


@pytest.mark.parametrize(
    "make",
    [
        lambda session: ask("가" * 201),
        lambda session: session.update(when=LATER) or ask("네"),
        lambda session: tell(UNFETCHED),
    ],
    ids=["speech", "session", "URL"],
)
def test_an_answer_that_cannot_be_sent_names_the_function_in_the_log(clova, connect, caplog, make):
    @clova.intent("Order")
    def order(session):
        return make(session)

    assert connect(testing=False).intent("Order").speech.startswith("죄송해요")
    assert f"The answer is that of {order.__qualname__} (" in caplog.text
    assert "test_answers.py:" in caplog.text


def test_in_production_an_answer_that_cannot_be_sent_is_an_apology(clova, connect, caplog):
    @clova.intent("Order")
    def order(session):
        session["pizza"] = "페퍼로니"
        return ask("가" * 201)

    clova.intent("Begin")(lambda session: session.update(a=1) or ask("네?"))
    cek = connect(testing=False)
    cek.intent("Begin")
    reply = cek.intent("Order")
    assert reply.speech == "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?"
    assert (reply.should_end_session, reply.attributes) == (False, {"a": 1})
    assert "A sentence of 201 characters" in caplog.text


def test_an_errorhandler_may_answer_an_answer_that_cannot_be_sent(clova, connect):
    clova.intent("Order")(lambda: 5)
    clova.errorhandler(AnswerError)(lambda error: tell("주방에 문제가 있어요."))
    assert connect().intent("Order").speech == "주방에 문제가 있어요."


# Language and version.


@pytest.mark.parametrize(
    ("locale", "lang"),
    [
        ("ko-KR", "ko"),
        ("ja-JP", "ja"),
        ("en-US", "en"),
        ("ja", "ja"),
        ("JA_jp", "ja"),
        ("fr-FR", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_text_is_in_the_requests_language_else_in_the_default(answer, locale, lang):
    reply = answer(
        ask("A", Speech("B"), Speech("C", lang="ko"), AudioURL(MP3), reprompt="D"),
        locale=locale,
        CLOVA_DEFAULT_LANG="en",
    )
    assert [info["lang"] for info in reply.output_speech["values"]] == [lang, lang, "ko", ""]
    assert reply.json["response"]["reprompt"]["outputSpeech"]["values"]["lang"] == lang


def test_the_default_language_is_korean(answer):
    assert answer("안녕", locale=None).output_speech["values"]["lang"] == "ko"


@pytest.mark.parametrize(("platform", "lang"), [("naver", "ko"), ("line", "ja")])
def test_where_no_language_is_named_it_is_the_platforms(answer, platform, lang):
    assert answer("안녕", locale="", CLOVA_PLATFORM=platform).output_speech["values"]["lang"] == lang


def test_a_default_language_that_is_set_wins_over_the_platforms(answer):
    reply = answer("Hi", locale="", CLOVA_PLATFORM="line", CLOVA_DEFAULT_LANG="en")
    assert reply.output_speech["values"]["lang"] == "en"


@pytest.mark.parametrize(
    ("platform", "sent", "answered"),
    [
        ("naver", "0.1.0", "0.1.0"),
        ("line", "1.0", "1.0"),
        ("naver", "1.0", "1.0"),
        ("line", "2.7-beta", "2.7-beta"),
        ("naver", None, "0.1.0"),
        ("line", None, "1.0"),
        ("line", "", "1.0"),
    ],
)
@pytest.mark.parametrize("value", ["안녕", {"response": response(HELLO)}], ids=["answer", "dict"])
def test_the_version_is_the_requests(clova, connect, value, platform, sent, answered):
    clova.launch(lambda: value)
    cek = connect(CLOVA_PLATFORM=platform)
    reply = cek.send({**cek.caller.message({"type": "LaunchRequest"}), "version": sent})
    assert reply.json["version"] == answered


def test_the_version_is_1_0_where_nothing_says_which(clova, connect):
    clova.launch(lambda: tell("안녕"))
    cek = connect(CLOVA_PLATFORM=None, CLOVA_PUBLIC_KEY=public_pem(generate_key()))
    reply = cek.send({**cek.caller.message({"type": "LaunchRequest"}), "version": None})
    assert reply.json["version"] == "1.0"


@pytest.mark.parametrize(("platform", "version"), [("naver", "0.1.0"), ("line", "1.0")])
def test_the_apology_has_the_version_too(clova, connect, platform, version):
    clova.launch(lambda: 1 / 0)
    assert connect(testing=False, CLOVA_PLATFORM=platform).launch().json["version"] == version


# Session attributes.


def test_attributes_stay_while_the_session_goes_on_and_are_dropped_at_its_end(clova, connect):
    @clova.intent("Order")
    def order(session, pizza: str):
        session.setdefault("pizzas", []).append(pizza)
        return ask("또 있나요?")

    @clova.intent("Clova.YesIntent")
    def look(session):
        return ask(", ".join(session["pizzas"]))

    @clova.intent("Clova.NoIntent")
    def done(session):
        session["done"] = True
        return tell("주문했어요.")

    clova.launch(lambda session: ask(str(dict(session))))
    cek = connect()
    cek.intent("Order", pizza="페퍼로니")
    assert cek.intent("Order", pizza="マルゲリータ").attributes == {"pizzas": ["페퍼로니", "マルゲリータ"]}
    assert cek.intent("Clova.YesIntent").speech == "페퍼로니, マルゲリータ"
    last = cek.intent("Clova.NoIntent")
    assert (last.should_end_session, last.json["sessionAttributes"]) == (True, {})
    assert cek.launch().speech == "{}"


@pytest.fixture(params=["json", "orjson"])
def writer(request, monkeypatch):
    """Run with either of the JSON libraries."""
    if request.param == "json":
        monkeypatch.setattr(codec, "_write", codec._write_stdlib)
    else:
        pytest.importorskip("orjson")


@pytest.fixture
def keep(clova, connect):
    """Put a value into the session, and give the reply."""

    def keep(value, **config):
        @clova.intent("Order")
        def order(session):
            session["kept"] = value
            return ask("네")

        return connect(**config).intent("Order")

    return keep


@pytest.mark.parametrize(
    "value", [None, True, 1, 1.5, "페퍼로니", [1, [2]], (1, 2), {"a": {"b": []}}, 2**53, ""], ids=repr
)
def test_the_session_keeps_whatever_json_has(keep, writer, value):
    expected = list(value) if isinstance(value, tuple) else value
    assert keep(value).attributes == {"kept": expected}


LOOP = []
LOOP.append(LOOP)


class Size(enum.Enum):
    LARGE = "라지"


SLOT = "Store the text of its slot, which a parameter annotated with str has, or"
NOT_KEPT = [
    (
        datetime(2018, 8, 10),
        f" is datetime, which JSON does not have. {SLOT} value.isoformat() instead",
    ),
    (
        time(9, 30),
        f" is time, which JSON does not have. {SLOT} value.isoformat() instead",
    ),
    (
        timedelta(minutes=3),
        f" is timedelta, which JSON does not have. {SLOT} value.total_seconds() instead",
    ),
    (
        {"items": ["피자", {"price": Decimal(3)}]},
        ".items[1].price is Decimal, which JSON does not have. Store str(value) instead",
    ),
    ({"a", "b"}, " is set, which JSON does not have. Store list(value) instead"),
    (b"pizza", " is bytes, which JSON does not have. Store value.hex() instead"),
    (Size.LARGE, " is Size, which JSON does not have. Store value.name instead"),
    (
        [UUID("12345678-1234-4234-8234-123456789abc")],
        "[0] is UUID, which JSON does not have. Store str(value) instead",
    ),
    (object(), " is object, which JSON does not have. Store text, numbers, lists or dicts instead"),
    (Speech("안녕"), " is Speech, which JSON does not have. Store dataclasses.asdict(value) instead"),
    ([float("nan")], "[0] is nan, which JSON does not have. Store None instead"),
    ([float("inf")], "[0] is inf, which JSON does not have. Store None instead"),
    (
        2**64,
        " is an integer of more than 64 bits, which would come back as a float. Store str(value) instead",
    ),
    (
        {"id": -(2**63) - 1},
        ".id is an integer of more than 64 bits, which would come back as a float. Store str(value) instead",
    ),
    (["\ud800"], "[0] is text with a lone surrogate, which UTF-8 does not have. Remove it"),
    (LOOP, "[0] holds itself"),
    ({(1, 2): 3}, " has a key that is tuple, not text"),
    ({"table": {7: "피자"}}, ".table has a key that is int, not text"),
    ({None: 1}, " has a key that is NoneType, not text"),
]


KINDS = [f"{index}-{type(value).__name__}" for index, (value, _) in enumerate(NOT_KEPT)]


@pytest.mark.parametrize(("value", "where"), NOT_KEPT, ids=KINDS)
def test_a_session_value_that_would_not_come_back_is_named(keep, writer, value, where):
    with pytest.raises(AnswerError) as caught:
        keep(value)
    assert str(caught.value) == f"A session attribute cannot be kept: sessionAttributes.kept{where}."


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), "\ud800"], ids=ascii)
def test_a_number_or_text_that_cannot_be_sent_is_named(keep, writer, value):
    where = f"sessionAttributes.kept is {type(value).__name__}, which has no such form"
    with pytest.raises(AnswerError, match=where):
        keep(value)


@pytest.mark.parametrize("key", [7, None, ("피자", 2)], ids=["int", "None", "tuple"])
def test_a_session_key_that_would_not_come_back_is_named(clova, connect, writer, key):
    clova.launch(lambda session: session.update({key: "피자"}) or ask("네"))
    with pytest.raises(
        AnswerError, match=f"sessionAttributes has a key that is {type(key).__name__}, not text"
    ):
        connect().launch()


def test_session_attributes_of_a_whole_message_are_checked_as_others(clova, connect, writer):
    clova.launch(
        lambda: {"response": response(HELLO), "sessionAttributes": {"when": [datetime(2018, 8, 10)]}}
    )
    with pytest.raises(AnswerError, match=r"sessionAttributes\.when\[0\] is datetime"):
        connect().launch()


def test_session_attributes_that_a_hook_adds_are_checked_as_others(clova, connect, writer):
    clova.launch(lambda: ask("네"))
    clova.after_request(lambda response: response["sessionAttributes"].update(size=Size.LARGE))
    with pytest.raises(AnswerError, match=r"sessionAttributes\.size is Size"):
        connect().launch()


class Name(str):
    __slots__ = ()


class Count(enum.IntEnum):
    TWO = 2


class Cart(dict):
    pass


class Point(NamedTuple):
    x: int
    y: int


HEADER = {"namespace": "Clova", "name": "Custom", "messageId": UUID4}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Name("하와이안"), "하와이안"),
        (Count.TWO, 2),
        (Cart(피자=[Name("불고기")]), {"피자": ["불고기"]}),
        (2**64 - 1, 2**64 - 1),
        (-(2**63), -(2**63)),
        ([Point(1, 2)], [[1, 2]]),
    ],
    ids=["str", "IntEnum", "dict", "greatest", "least", "namedtuple"],
)
def test_what_is_derived_from_what_json_has_is_kept_as_that(keep, writer, value, kept):
    assert keep(value).attributes == {"kept": kept}


def test_a_value_that_json_has_not_elsewhere_in_an_answer_is_named(clova, connect, writer):
    clova.launch(
        lambda: ask("네", directives=[{"header": HEADER, "payload": {"when": datetime(2018, 8, 10)}}])
    )
    with pytest.raises(AnswerError) as caught:
        connect().launch()
    path = "response.directives[0].payload.when is datetime, which has no such form"
    assert str(caught.value) == f"The answer cannot be written as JSON: {path}."


def test_what_only_the_json_library_can_tell_is_told_as_it_tells_it(clova, connect, writer):
    clova.launch(lambda: ask("네", directives=[{"header": HEADER, "payload": {float("nan"): "피자"}}]))
    with pytest.raises(
        AnswerError, match="cannot be written as JSON: Out of range float values are not JSON"
    ):
        connect().launch()


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def test_a_session_value_as_deep_as_a_message_may_be_is_kept(keep, writer):
    assert keep(nested(87)).attributes == {"kept": nested(87)}


@pytest.mark.parametrize("depth", [88, 97])
def test_a_session_value_deeper_than_a_message_may_be_is_refused(keep, writer, depth):
    with pytest.raises(AnswerError) as caught:
        keep(nested(depth))
    assert str(caught.value) == (
        "sessionAttributes, or another part of the answer, nests deeper than 90 levels; what comes back with "
        "the next message could not be accepted."
    )


@pytest.mark.parametrize("intent", ["Answer", "Break"])
def test_attributes_that_came_deeper_than_they_may_go_out_go_with_the_apology(clova, connect, writer, intent):
    clova.intent("Answer")(lambda: ask("네"))
    clova.intent("Break")(lambda: 1 / 0)
    cek = connect(testing=False)
    cek.caller.attributes = {"kept": nested(95)}
    for _ in range(2):
        reply = cek.intent(intent)
        assert (reply.status_code, reply.attributes) == (200, {"kept": nested(95)})
        assert reply.speech.startswith("죄송해요")


@pytest.mark.parametrize("depth", [150, 100_000])
def test_a_session_value_without_end_is_named_and_cut_short(keep, writer, depth):
    with pytest.raises(AnswerError) as caught:
        keep(nested(depth))
    path = ("sessionAttributes.kept" + "[0]" * 50)[:80]
    assert str(caught.value) == (f"A session attribute cannot be kept: {path}… nests deeper than 100 levels.")


def test_a_session_value_of_reasonable_depth_comes_back(clova, connect):
    clova.intent("Order")(lambda session: session.update(kept=nested(80)) or ask("네"))
    clova.intent("Look")(lambda session: tell("네" if session["kept"] == nested(80) else "아니요"))
    cek = connect()
    cek.intent("Order")
    assert cek.intent("Look").speech == "네"


@pytest.mark.parametrize("value", [value for value, _ in NOT_KEPT], ids=KINDS)
def test_in_production_a_session_value_that_would_not_come_back_is_an_apology(keep, writer, value):
    reply = keep(value, testing=False)
    assert reply.speech == "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?"
    assert (reply.should_end_session, reply.attributes) == (False, {})


@pytest.mark.parametrize("value", ["\ud800", Speech("네", token="\ud800")])
def test_half_a_surrogate_cannot_be_sent(refusal, value):
    assert refusal(value)


@pytest.mark.parametrize(
    ("made", "field"),
    [
        pytest.param(Answer("안녕", card="카드"), "card", id="card"),
        pytest.param(Answer("안녕", ends=1), "shouldEndSession", id="ends"),
        pytest.param(Answer("안녕", directives=("재생",)), "directives[0]", id="directives"),
        pytest.param(
            Answer("안녕", reprompt=" ", ends=False), "reprompt.outputSpeech.values.value", id="reprompt"
        ),
    ],
)
def test_an_answer_made_by_hand_is_checked_though_its_speech_is_short(refusal, made, field):
    assert f"response.{field}: " in refusal(made)


def test_a_card_that_json_has_not_is_named(refusal):
    assert "response.card.when is datetime" in refusal(tell("네", card={"when": datetime(2018, 8, 10)}))
