"""What an extension has that its platform has not, as `check` finds it."""

import dataclasses

import pytest
from flask import Flask

import clova_flask
from clova_flask import Clova, Speech, ask, ask_for, audio, cards, playback, player_info, tell
from clova_flask.devtools.diagnostics.app import check_app
from clova_flask.devtools.diagnostics.extension import check_extension
from clova_flask.devtools.simulator.address import Where
from clova_flask.runtime import runtime_of
from clova_flask.security.devkey import generate_key, public_pem

CODE = "handlers.not-on-platform"
NAMED = {"title_text": "歌", "title_sub_text1": "歌手", "source_name": "ラジオ"}


@pytest.fixture
def found(tmp_path):
    """Declare handlers on a platform, and return what is found of it."""

    def found(declare, platform="line", **config):
        app = Flask(__name__, root_path=str(tmp_path), instance_path=str(tmp_path / "instance"))
        app.config.update(CLOVA_PLATFORM=platform, CLOVA_EXTENSION_ID="com.example.radio", TESTING=True)
        app.config.update(config)
        clova = Clova(app)
        clova.launch(lambda: tell("はい"))
        clova.fallback(lambda: ask("はい？"))
        declare(clova)
        findings = check_extension(runtime_of(app))
        return [finding for finding in findings if finding.code == CODE]

    return found


def with_card():
    return tell("はい", card=cards.text("ニュース"))


def with_card_and_ask():
    return clova_flask.ask("はい？", card=helper())


def helper():
    return cards.text("ニュース")


def for_slot():
    return ask_for("曲", "どの曲ですか？", card=helper())


def with_target():
    return tell(directives=[playback.pause("AudioPlayer"), playback.stop(), playback.resume(None)])


def with_target_by_name():
    return tell(directives=[playback.stop(target="AudioPlayer")])


def with_player():
    return tell(directives=[player_info()])


def with_token():
    return Speech("はい", token="…")


def with_hls():
    return clova_flask.AudioURL("https://example.com/a.m3u8", hls=True)


def by_http():
    return tell("はい", clova_flask.AudioURL("http://example.com/a.mp3"))


def streamed_by_http():
    return tell(directives=[audio.play("http://example.com/a.mp3", **NAMED)])


def through_a_function():
    return announced("はい")


def announced(text):
    return tell(text, card=helper())


@pytest.mark.parametrize(
    ("handler", "where", "text"),
    [
        (with_card, "with_card", "LINE shows no cards."),
        (with_card_and_ask, "with_card_and_ask", "LINE shows no cards."),
        (for_slot, "for_slot", "LINE shows no cards."),
        (with_target, "with_target", "LINE has no target;"),
        (with_target_by_name, "with_target_by_name", "LINE has no target;"),
        (with_player, "with_player", "LINE has no TemplateRuntime.RenderPlayerInfo,"),
        (with_token, "with_token", "LINE reports nothing about speech,"),
        (with_hls, "with_hls", "LINE has no contentType of speech."),
        (through_a_function, "announced", "LINE shows no cards."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_part_of_an_answer_that_line_has_not(found, handler, where, text):
    [finding] = found(lambda clova: clova.intent("News")(handler))
    assert text in finding.message
    assert (finding.where.name, finding.where.path.name) == (where, "test_platform.py")
    assert finding.where.line > handler.__code__.co_firstlineno - 20
    assert not finding.is_error
    assert found(lambda clova: clova.intent("News")(handler), "naver") == []


@pytest.mark.parametrize("handler", [by_http, streamed_by_http], ids=lambda handler: handler.__name__)
@pytest.mark.parametrize(
    ("platform", "text"),
    [
        ("line", "LINE fetches nothing by http."),
        ("naver", "NAVER accepts http only while an extension is tested"),
    ],
)
def test_audio_by_http_is_found_before_it_is_served(found, handler, platform, text):
    [finding] = found(lambda clova: clova.intent("News")(handler), platform)
    assert finding.message.startswith("'http://example.com/a.mp3' must begin with https://. ")
    assert text in finding.message
    assert finding.where.name == handler.__name__


def plain():
    dataclasses.field(default_factory=list)
    return tell(
        "はい", card=None, directives=[playback.pause(), audio.play("https://example.com/a", **NAMED)]
    )


def test_what_line_has_is_not_found(found):
    assert found(lambda clova: clova.intent("News")(plain)) == []


def test_without_a_platform_nothing_is_found(found):
    key = public_pem(generate_key())
    assert found(lambda clova: clova.intent("News")(with_card), None, CLOVA_PUBLIC_KEY=key) == []


def answer():
    return tell("はい")


@pytest.mark.parametrize(
    ("declare", "platform", "text"),
    [
        (
            lambda clova: clova.intent("Clova.StopIntent")(answer),
            "line",
            "Handles Clova.StopIntent, which only NAVER sends; LINE never does.",
        ),
        (
            lambda clova: clova.intent("Clova.FallbackIntent")(answer),
            "naver",
            "Handles Clova.FallbackIntent, which only LINE sends; NAVER never does.",
        ),
        (
            lambda clova: clova.event("SpeechSynthesizer.SpeechFinished")(answer),
            "line",
            "Handles SpeechSynthesizer.SpeechFinished, which only NAVER sends",
        ),
        (
            lambda clova: clova.event("TemplateRuntime.*")(answer),
            "line",
            "Handles TemplateRuntime.*, which only NAVER sends",
        ),
        (
            lambda clova: clova.event("ClovaSkill.SkillDisabled")(answer),
            "naver",
            "Handles ClovaSkill.SkillDisabled, which only LINE sends; NAVER never does.",
        ),
    ],
    ids=["StopIntent", "FallbackIntent", "SpeechSynthesizer", "TemplateRuntime", "ClovaSkill"],
)
def test_a_handler_that_the_platform_never_calls(found, declare, platform, text):
    [finding] = found(declare, platform)
    assert finding.message.startswith(text)
    assert finding.where.name == "answer"
    assert found(declare, "line" if platform == "naver" else "naver") == []


@pytest.mark.parametrize("platform", ["naver", "line"])
def test_a_function_that_the_platform_calls_for_something_else_is_not_found(found, platform):
    def declare(clova):
        clova.intent("Clova.PauseIntent", "Clova.StopIntent")(answer)
        clova.intent("Clova.GuideIntent", "Clova.FallbackIntent")(lambda: ask("はい？"))
        clova.event("AudioPlayer.*", "*")(lambda: None)

    assert found(declare, platform) == []


@pytest.mark.parametrize(
    ("platform", "base_url", "ports"),
    [
        ("line", "https://radio.example.com", ""),
        ("line", "https://radio.example.com:443/app", ""),
        ("line", "http://radio.example.com", "443"),
        ("line", "https://radio.example.com:8443", "443"),
        ("naver", "http://radio.example.com", ""),
        ("naver", "http://radio.example.com:5000", "443 or 80"),
        ("naver", None, ""),
        (None, "http://radio.example.com:5000", ""),
    ],
)
def test_a_port_that_the_platform_does_not_call(platform, base_url, ports):
    app = Flask(__name__)
    app.config.update(CLOVA_EXTENSION_ID="com.example.radio", TESTING=True)
    key = {} if platform else {"public_key": public_pem(generate_key())}
    Clova(app, platform=platform, **key).launch(lambda: tell("はい"))
    findings = check_app(app, runtime_of(app), Where(base_url=base_url))
    assert [finding.code for finding in findings] == ["app.port"] * bool(ports)
    assert all(f"calls an extension on port {ports}, not at {base_url}." in str(one) for one in findings)
