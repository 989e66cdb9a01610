"""Objects that stand for text: lazy translations and the like, wherever an answer has text."""

import collections
import dataclasses
from datetime import date
from unittest.mock import Mock

import pytest
from flask import g, request
from markupsafe import Markup
from werkzeug.local import LocalProxy

from clova_flask import (
    AnswerError,
    AudioStream,
    Speech,
    SpeechSet,
    ask,
    ask_for,
    audio,
    cards,
    current_request,
    tell,
)


class SpeakLazy:
    """As speaklater and Flask-Babel make it: it passes each attribute on to its text."""

    def __init__(self, make):
        self._make = make

    def __str__(self):
        return str(self._make())

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(str(self), name)


class PlainLazy:
    """The shortest that one may write: a function, and ``__str__``."""

    __slots__ = ("make",)

    def __init__(self, make):
        self.make = make

    def __str__(self):
        return self.make()


LAZY = {
    "speaklater": lambda text: SpeakLazy(lambda: text),
    "__str__": lambda text: PlainLazy(lambda: text),
    "Markup": Markup,
    "LocalProxy": lambda text: LocalProxy(lambda: text),
    "UserString": collections.UserString,
}
lazily = pytest.mark.parametrize("lazy", LAZY.values(), ids=LAZY)


@pytest.fixture
def answer(clova, connect):
    def answer(value, **config):
        clova.intent("Order")(lambda: value)
        return connect(**config).intent("Order")

    return answer


def simple(text):
    return {"type": "SimpleSpeech", "values": {"type": "PlainText", "lang": "ko", "value": text}}


@lazily
@pytest.mark.parametrize(
    "make",
    [
        lambda text: text,
        tell,
        ask,
        Speech,
        lambda text: ask_for("pizza", text),
        lambda text: {"response": {"outputSpeech": simple(text), "shouldEndSession": True}},
    ],
    ids=["alone", "tell", "ask", "Speech", "ask_for", "dict"],
)
@pytest.mark.parametrize("validate", [True, False], ids=["checked", "unchecked"])
def test_what_stands_for_text_is_spoken(answer, caplog, lazy, make, validate):
    reply = answer(make(lazy("안녕하세요.")), CLOVA_VALIDATE_RESPONSES=validate)
    assert reply.output_speech == simple("안녕하세요.")
    assert caplog.records == []


@lazily
def test_what_stands_for_text_is_spoken_beside_others(answer, lazy):
    assert answer([lazy("하나"), "둘"]).speech == "하나 둘"


@lazily
def test_what_stands_for_text_is_spoken_in_every_place(clova, connect, lazy):
    clova.intent("List")(lambda: [lazy("하나"), Speech(lazy("둘"))])
    clova.intent("Set")(lambda: tell(brief=lazy("짧게"), verbose=[lazy("길게"), "더"]))
    clova.intent("SpeechSet")(lambda: SpeechSet(lazy("짧게"), lazy("길게")))
    clova.intent("Reprompt")(lambda: ask(lazy("네?"), reprompt=lazy("여보세요?")))
    cek = connect()
    assert cek.intent("List").speech == "하나 둘"
    assert cek.intent("Set").speech == "짧게 길게 더"
    assert cek.intent("SpeechSet").speech == "짧게 길게"
    assert cek.intent("Reprompt").reprompt == "여보세요?"


@lazily
def test_what_stands_for_text_is_shown(answer, caplog, lazy):
    card = cards.text(
        lazy("페퍼로니"),
        highlight_text=lazy("1,119"),
        table_list=[{"item1": lazy("라지")}],
        subtitle=lazy("부제"),
    )
    play = audio.play(
        AudioStream("https://example.com/a.mp3"),
        title_text=lazy("봄날"),
        title_sub_text1="가수",
        source_name=lazy("라디오"),
    )
    reply = answer(tell("네", card=card, directives=[play]))
    assert reply.card == {
        "type": "Text",
        "mainText": {"type": "string", "value": "페퍼로니"},
        "highlightText": {"type": "number", "value": "1,119"},
        "tableList": [{"item1": {"type": "string", "value": "라지"}}],
        "subtitle": {"type": "string", "value": "부제"},
    }
    payload = reply.directives[0]["payload"]
    assert (payload["audioItem"]["titleText"], payload["source"]["name"]) == ("봄날", "라디오")
    assert caplog.records == []


@lazily
def test_what_stands_for_text_is_kept_as_text(clova, connect, lazy):
    @clova.intent("Order")
    def order(session):
        session["pizza"] = lazy("페퍼로니")
        session["list"] = [{"이름": lazy("콜라")}]
        return ask("네?")

    clova.intent("Look")(lambda session: tell(f"{session['pizza']}, {session['list'][0]['이름']}"))
    cek = connect()
    assert cek.intent("Order").attributes == {"pizza": "페퍼로니", "list": [{"이름": "콜라"}]}
    assert cek.intent("Look").speech == "페퍼로니, 콜라"


def test_a_text_of_the_module_is_read_in_each_request(clova, connect):
    words = {"ko-KR": "안녕하세요.", "ja-JP": "こんにちは。"}
    greeting = SpeakLazy(lambda: words[current_request.locale])
    answer, card = ask(greeting, reprompt=greeting), cards.text(greeting)
    clova.launch(lambda: dataclasses.replace(answer, card=card))
    for locale, text in words.items():
        reply = connect(client={"locale": locale}).launch()
        assert (reply.speech, reply.reprompt) == (text, text)
        assert reply.card["mainText"]["value"] == text


def test_what_only_a_request_can_read_may_be_written_outside_of_one(clova, connect):
    answer = tell(LocalProxy(lambda: g.greeting), LocalProxy(lambda: request.method))
    clova.before_request(lambda: setattr(g, "greeting", "안녕하세요."))
    clova.launch(lambda: answer)
    assert connect().launch().speech == "안녕하세요. POST"


def test_translations_of_flask_babel(clova, connect):
    babel = pytest.importorskip("flask_babel")
    lazy = babel.lazy_gettext("안녕하세요.")

    @clova.launch
    def welcome(session):
        session["said"] = lazy
        return ask(lazy, reprompt=lazy, card=cards.text(lazy))

    cek = connect()
    babel.Babel(cek.app)
    reply = cek.launch()
    shown = reply.card["mainText"]["value"]
    assert [reply.speech, reply.reprompt, shown, reply.attributes["said"]] == ["안녕하세요."] * 4


# What is something else.


class Row:
    """As a row of an ORM: its ``__str__`` is for people, and it is more than that."""

    def __init__(self, name):
        self.name = name

    def __str__(self):
        return self.name


class Failing(SpeakLazy):
    def __str__(self):
        raise LookupError("no catalogue")


@pytest.mark.parametrize(
    ("value", "named"),
    [
        (Mock(), "Mock"),
        (Row("페퍼로니"), "Row"),
        (date(2018, 8, 10), "date"),
        (ValueError("아니요"), "ValueError"),
        (SpeakLazy, "type"),
    ],
    ids=["mock", "row", "date", "exception", "class"],
)
def test_what_has_a_text_and_is_more_is_refused(value, named):
    with pytest.raises(TypeError, match=f"speech must be a str, Speech or AudioURL, not {named}"):
        tell(value)
    with pytest.raises(TypeError, match=f"main_text must be a str, not {named}"):
        cards.text(value)


def test_a_row_is_not_kept_as_its_text(clova, connect):
    clova.launch(lambda session: session.update(row=Row("페퍼로니")) or ask("네"))
    with pytest.raises(AnswerError, match=r"sessionAttributes\.row is Row, which JSON does not have"):
        connect().launch()


def test_the_error_of_a_text_that_cannot_be_made_is_the_handlers(clova, connect):
    clova.launch(
        lambda: tell("네", card={"type": "Memo", "content": {"type": "string", "value": Failing(None)}})
    )
    with pytest.raises(LookupError, match="no catalogue"):
        connect().launch()


@pytest.mark.parametrize(
    ("value", "instead"),
    [(date(2018, 8, 10), "value.isoformat()"), ([date(2018, 8, 10)], "value.isoformat()")],
    ids=["date", "list"],
)
def test_the_error_of_a_date_in_the_session_names_the_slots_text(clova, connect, value, instead):
    clova.intent("Book")(lambda session, day: session.update(day=value) or ask("네"))
    with pytest.raises(AnswerError) as caught:
        connect().intent("Book", day="2018-08-10")
    assert (
        f"Store the text of its slot, which a parameter annotated with str has, or {instead} instead"
        in str(caught.value)
    )
