"""What differs between NAVER and LINE: limits, parts of an answer, and how long the platform waits."""

import dataclasses
import time
import uuid

import pytest

from clova_flask import (
    AnswerError,
    AudioURL,
    Speech,
    SpeechSet,
    ask,
    audio,
    cards,
    playable_item,
    playback,
    player_info,
    tell,
)
from clova_flask.custom.rules import answer_rules
from clova_flask.devtools.simulator.judge import judge
from clova_flask.injection import clock as turn_clock
from clova_flask.injection import watching
from clova_flask.platforms import PLATFORMS

UUID4 = str(uuid.uuid4())
MP3 = "https://example.com/ニュース.mp3"
LONG = "今日のニュースをお伝えします。" * 100


@pytest.fixture
def answer(clova, connect):
    """Have a handler answer on a platform, and return the reply."""

    def answer(value, platform, **options):
        @clova.launch
        def news():
            return value

        return connect(CLOVA_PLATFORM=platform, client={"locale": "ja-JP"}, **options).launch()

    return answer


def warnings(caplog):
    return [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize(
    "speech",
    ["あ" * 450, ["あ" * 300, "い" * 400], SpeechSet("短い", "い" * 500), ask("はい", reprompt="う" * 201)],
    ids=["text", "list", "set", "reprompt"],
)
def test_line_has_no_limit_of_a_sentence(answer, caplog, speech):
    assert answer(speech, "line").output_speech
    assert warnings(caplog) == []


@pytest.mark.parametrize("mode", [{}, {"testing": False}], ids=["testing", "production"])
def test_line_speaks_what_is_too_long_for_naver(answer, mode):
    assert answer(LONG, "line", **mode).speech == LONG


def test_a_long_text_is_refused_on_naver(answer):
    with pytest.raises(AnswerError, match="1500 characters; at most 1000 can be spoken"):
        answer(LONG, "naver")


def test_what_line_advises_against_is_told(answer, caplog):
    answer(["あ" * 501, *["い"] * 10], "line")
    [first, second] = warnings(caplog)
    assert first.startswith("response.outputSpeech: 11 texts and URLs; LINE recommends at most 10.")
    text = "response.outputSpeech.values[0].value: 501 characters; LINE recommends at most 500."
    assert second.startswith(text)


LACKING = {
    "card": (tell("はい", card=cards.text("ニュース")), "response.card: LINE shows no cards"),
    "card of a dict": (
        {"response": {"card": {"type": "Memo"}, "shouldEndSession": True}},
        "response.card: LINE shows no cards",
    ),
    "player": (
        tell(directives=[player_info(playable_item("t", title_text="歌", title_sub_text1="歌手"))]),
        "response.directives[0]: LINE has no TemplateRuntime.RenderPlayerInfo",
    ),
    "target": (
        tell(directives=[playback.resume(), playback.pause("AudioPlayer")]),
        "response.directives[1].payload.target: LINE has no target",
    ),
    "token": (
        Speech("はい", token=UUID4),
        "response.outputSpeech.values.token: LINE reports nothing about speech",
    ),
    "token in a list": (
        ["はい", AudioURL(MP3, token=UUID4)],
        "response.outputSpeech.values[1].token: LINE reports nothing about speech",
    ),
    "token in a reprompt": (
        ask("はい", reprompt=SpeechSet("は", Speech("はい", token=UUID4))),
        "response.reprompt.outputSpeech.verbose.values.token: LINE reports",
    ),
    "content type": (
        AudioURL("https://example.com/live.m3u8", hls=True),
        "response.outputSpeech.values.contentType: LINE has no contentType",
    ),
}
lacking = pytest.mark.parametrize(("value", "warning"), LACKING.values(), ids=LACKING)


@lacking
@pytest.mark.parametrize("mode", [{}, {"testing": False, "DEBUG": True}], ids=["testing", "debug"])
def test_what_line_has_not_is_told_while_an_extension_is_developed(answer, caplog, value, warning, mode):
    reply = answer(value, "line", **mode)
    [told] = warnings(caplog)
    assert told.startswith(warning)
    assert ".news (" in told
    assert "test_platforms.py:" in told
    found = judge(reply, answer_rules(PLATFORMS["line"], is_developed=True))
    assert [finding.code for finding in found] == ["answer.not-on-platform"]
    assert not found[0].is_error


@lacking
@pytest.mark.parametrize(
    ("platform", "mode"), [("line", {"testing": False}), ("naver", {})], ids=["production", "naver"]
)
def test_nothing_is_told_in_production_nor_of_what_naver_has(answer, caplog, value, warning, platform, mode):
    assert answer(value, platform, **mode).status_code == 200
    assert warnings(caplog) == []


def test_an_app_without_a_platform_has_the_limits_of_naver(clova, connect):
    from clova_flask.security.devkey import generate_key, public_pem

    clova.launch(lambda: AudioURL("http://example.com/a.mp3"))
    clova.intent("Long")(lambda: LONG)
    cek = connect(CLOVA_PLATFORM=None, CLOVA_PUBLIC_KEY=public_pem(generate_key()))
    assert cek.launch().speech == "http://example.com/a.mp3"
    with pytest.raises(AnswerError, match="at most 1000"):
        cek.intent("Long")


# How long the platform waits.


@pytest.fixture
def clock(monkeypatch):
    """Let time pass only where a handler says so."""
    now = [1000.0]
    for module in (turn_clock, watching):
        monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize("seconds", [8.5, 30])
@pytest.mark.parametrize("mode", [{}, {"testing": False}], ids=["testing", "production"])
def test_an_answer_that_line_does_not_wait_for_is_told(clova, connect, caplog, clock, seconds, mode):
    @clova.intent("Order")
    def slow():
        clock[0] += seconds
        return ask("お待たせしました。")

    assert connect(CLOVA_PLATFORM="line", **mode).intent("Order").speech == "お待たせしました。"
    [told] = warnings(caplog)
    assert ".slow (" in told
    assert f"took {seconds:.1f} s. LINE waits 8 s and then ends the dialogue" in told


def test_a_handler_that_fails_late_is_told_too(clova, connect, caplog, clock):
    @clova.launch
    def slow():
        clock[0] += 9
        raise RuntimeError

    connect(CLOVA_PLATFORM="line", testing=False).launch()
    assert any("took 9.0 s" in told for told in warnings(caplog))


@pytest.mark.parametrize(("platform", "seconds"), [("line", 7.9), ("naver", 60)])
def test_an_answer_in_time_is_not_told(clova, connect, caplog, clock, platform, seconds):
    clova.launch(lambda: clock.__setitem__(0, clock[0] + seconds) or ask("네"))
    connect(CLOVA_PLATFORM=platform).launch()
    assert warnings(caplog) == []


def test_the_time_is_the_real_one(clova, connect, caplog, monkeypatch):
    impatient = dataclasses.replace(PLATFORMS["line"], answer_seconds=0.01)
    monkeypatch.setitem(PLATFORMS, "line", impatient)
    clova.launch(lambda: time.sleep(0.02) or ask("はい"))
    connect(CLOVA_PLATFORM="line").launch()
    [told] = warnings(caplog)
    assert "waits 0.01 s" in told


def test_music_plays_on_line(answer, caplog):
    play = audio.play(MP3, title_text="ニュース", title_sub_text1="NHK", source_name="ラジオ")
    assert answer(tell("再生します。", directives=[play]), "line").directives
    assert warnings(caplog) == []
