"""One conversation by the test client, ``say``, ``talk`` and a transcript: all send the same messages."""

import json
from types import SimpleNamespace

import pytest
from flask import Flask
from werkzeug.wrappers import Request

from clova_flask import AudioStream, Clova, Speech, ask, ask_for, audio, tell
from clova_flask.devtools.cli import clova as commands
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.simulator import start
from clova_flask.devtools.simulator.listener import Listener
from clova_flask.home import Appliance, action
from clova_flask.testing import CekClient

SONG = AudioStream("https://x.example.com/1.mp3", token="song-1", duration_in_milliseconds=1000)
PLAY = audio.play(SONG, title_text="가", title_sub_text1="나", source_name="다", audio_item_id="item-1")
TOKEN = "11111111-1111-4111-8111-111111111111"


class Words:
    """Takes an utterance for the intent of its first word, and the second for the slot `pizza`."""

    def understand(self, utterance, *, now=None, asked=None):
        intent, *rest = utterance.split()
        slots = {"pizza": SimpleNamespace(value=rest[0], unit=None, value_type=None)} if rest else {}
        return SimpleNamespace(intent=intent, slots=slots, why="")


class Lamp(Appliance, type="LIGHT"):
    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness):
        return brightness


@pytest.fixture
def app(tmp_path, monkeypatch):
    app = Flask(__name__, instance_path=str(tmp_path / "instance"))
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot")
    clova.launch(lambda: ask("피자봇입니다.", reprompt="계세요?"))

    @clova.intent("Order")
    def order(session, pizza: str | None):
        if pizza is None:
            return ask_for("pizza", "어떤 피자로 드릴까요?")
        session["pizza"] = pizza
        return ask(f"{pizza}, 네", state="confirm")

    clova.intent("Music")(lambda: ask("들려드릴게요.", directives=[PLAY]))
    clova.intent("Speak")(lambda: ask(Speech("말이에요", token=TOKEN)))
    clova.intent("Bye")(lambda: tell("안녕히 가세요."))
    clova.session_ended(lambda: None)
    clova.user_loader(lambda access_token: access_token)
    clova.home.discover(lambda user: [Lamp("lamp-1", friendly_name=f"{user}의 등")])
    listener = Listener(InteractionModel(invocation_names=("피자봇",)), Words())
    monkeypatch.setattr(start, "read_model", lambda runtime: InteractionModel())
    monkeypatch.setattr(start, "make_listener", lambda model, zone, progress=None: model and listener)
    app.listener = listener

    app.heard = []
    inner = app.wsgi_app

    def wsgi_app(environ, start_response):
        request = Request(environ)
        app.heard.append((dict(request.headers), json.loads(request.get_data(cache=True))))
        environ["wsgi.input"].seek(0)
        return inner(environ, start_response)

    app.wsgi_app = wsgi_app
    return app


ALWAYS_NEW = {"requestId", "timestamp", "messageId", "sessionId"}


def comparable(value):
    """Copy a message without what is new in each."""
    if isinstance(value, dict):
        return {key: comparable(inner) for key, inner in value.items() if key not in ALWAYS_NEW}
    return [comparable(item) for item in value] if isinstance(value, list) else value


def messages(app):
    return [comparable(message) for _, message in app.heard]


def sessions(app):
    """Number the sessions of the messages in the order of their first."""
    ids = [(message.get("session") or {}).get("sessionId") for _, message in app.heard]
    return [list(dict.fromkeys(ids)).index(session_id) for session_id in ids]


TOLD = {"token": "song-1", "offsetInMilliseconds": 0}
SPOKEN = {"token": TOKEN}
CONVERSATION = [
    # what the test client does | what is typed into talk | a turn of a transcript
    (lambda cek: cek.launch(), "/launch", "- launch"),
    (lambda cek: cek.intent("Order"), "Order", "- say: Order"),
    (lambda cek: cek.say("Order 치즈"), "Order 치즈", "- say: Order 치즈"),
    (lambda cek: cek.say("피자봇에게 Order 콤비"), "피자봇에게 Order 콤비", "- say: 피자봇에게 Order 콤비"),
    (lambda cek: cek.say("그만"), "그만", "- say: 그만"),
    (
        lambda cek: [cek.intent("Music"), cek.event("AudioPlayer.PlayStarted", **TOLD)],
        "피자봇에게 Music",
        "- say: 피자봇에게 Music",
    ),
    (
        lambda cek: cek.event("AudioPlayer.PlayPaused", token="song-1"),
        "/event AudioPlayer.PlayPaused token=song-1",
        "- event: AudioPlayer.PlayPaused\n  fields: {token: song-1}",
    ),
    (
        lambda cek: [
            cek.intent("Speak"),
            cek.event("SpeechSynthesizer.SpeechStarted", **SPOKEN),
            cek.event("SpeechSynthesizer.SpeechFinished", **SPOKEN),
        ],
        "Speak",
        "- say: Speak",
    ),
    (lambda cek: cek.intent("Bye"), "Bye", "- say: Bye"),
    (
        lambda cek: cek.event("ClovaSkill.SkillEnabled"),
        "/event ClovaSkill.SkillEnabled",
        "- event: ClovaSkill.SkillEnabled",
    ),
    (lambda cek: cek.discover(), "/home DiscoverAppliances", "- home: DiscoverAppliances"),
    (
        lambda cek: cek.control("SetBrightness", "lamp-1", brightness=50),
        "/home SetBrightness lamp-1 brightness=50",
        "- home: SetBrightness\n  appliance: lamp-1\n  fields: {brightness: 50}",
    ),
    (lambda cek: cek.launch(), "피자봇", "- say: 피자봇"),
    (lambda cek: cek.end(), "/end", "- end"),
]


def by_client(app, steps, _path):
    cek = CekClient(app, access_token="민지")
    cek._device.listener = app.listener
    for do, _, _ in steps:
        do(cek)


def by_talk(app, steps, _path):
    lines = "".join(f"{line}\n" for _, line, _ in steps)
    result = app.test_cli_runner().invoke(commands, ["talk", "--token", "민지"], input=lines)
    assert result.exit_code == 0, result.output
    assert "error" not in result.output


def by_transcript(app, steps, path):
    pytest.importorskip("yaml")
    path.write_text("as: {access_token: 민지}\nturns:\n" + "\n".join(turn for _, _, turn in steps) + "\n")
    result = app.test_cli_runner().invoke(commands, ["replay", str(path)])
    assert result.exit_code == 0, result.output


TOOLS = {"client": by_client, "talk": by_talk, "transcript": by_transcript}


@pytest.fixture
def expected(app, tmp_path):
    by_client(app, CONVERSATION, tmp_path)
    heard = messages(app), sessions(app)
    app.heard.clear()
    return heard


def test_the_client_sends_what_the_conversation_is(expected):
    heard, numbers = expected
    kinds = [message.get("request", {}).get("type") or message["header"]["name"] for message in heard]
    assert " ".join(kind.removesuffix("Request") for kind in kinds) == (
        "Launch Intent Intent Intent SessionEnded Intent Event Event Intent Event Event Intent Event "
        "DiscoverAppliances SetBrightness Launch SessionEnded"
    )
    assert numbers == [0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4]
    players = [message["context"]["AudioPlayer"] for message in heard[5:9] if "context" in message]
    assert [player["playerActivity"] for player in players] == ["IDLE", "PLAYING", "PLAYING", "PLAYING"]


@pytest.mark.parametrize("tool", ["talk", "transcript"])
def test_every_tool_sends_the_same_messages(app, expected, tmp_path, tool):
    TOOLS[tool](app, CONVERSATION, tmp_path / "a.dialog.yaml")
    assert (messages(app), sessions(app)) == expected


@pytest.mark.parametrize(
    "step",
    [step for step in CONVERSATION if step[1][0] != "/" and step[1] not in ("그만", "Order 치즈")],
    ids=lambda step: step[1],
)
def test_say_sends_the_same_messages_too(app, tmp_path, step):
    by_client(app, [step], tmp_path)
    heard = messages(app)
    app.heard.clear()
    utterance = step[1] if "피자봇" in step[1] else f"피자봇에게 {step[1]}"
    result = app.test_cli_runner().invoke(commands, ["say", utterance, "--token", "민지"])
    assert result.exit_code == 0, result.output
    assert messages(app) == heard


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_sends_the_headers_of_cek_and_no_cookies(app, tmp_path, tool):
    @app.after_request
    def set_cookie(response):
        response.set_cookie("visits", "1")
        return response

    TOOLS[tool](app, CONVERSATION[:2], tmp_path / "a.dialog.yaml")
    for headers, _ in app.heard:
        assert headers["Signaturecek"]
        assert headers["Content-Type"] == "application/json;charset-UTF-8"
        assert "Cookie" not in headers
