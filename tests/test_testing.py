"""The test client and the pytest plugin, which users build on."""

import pytest
from flask import Flask

from clova_flask import AudioStream, AudioURL, Clova, ClovaError, ask, audio, tell
from clova_flask.home import Appliance
from clova_flask.security.devkey import sign
from clova_flask.security.signature import HEADER
from clova_flask.testing import CekClient, CekError
from clova_flask.wire.json import encode


def test_a_session_lasts_until_it_is_ended(clova, connect):
    clova.launch(lambda session: ask(session.id))
    clova.intent("Stay")(lambda session: ask(session.id))
    clova.intent("Leave")(lambda session: tell(session.id))
    clova.session_ended(lambda session: None)
    cek = connect()
    first = cek.launch().speech
    assert cek.intent("Stay").speech == first
    assert cek.intent("Leave").speech == first
    second = cek.intent("Stay").speech
    assert second != first
    cek.end()
    assert cek.intent("Stay").speech not in (first, second)
    assert cek.launch().speech != cek.launch().speech, "a launch begins a session of its own"


def test_replies_show_every_kind_of_speech(clova, connect):
    clova.intent("List")(lambda: tell("하나", AudioURL("https://example.com/a.mp3")))
    clova.intent("Set")(lambda: tell(brief="짧게", verbose=["길게", "더 길게"]))
    clova.intent("Silence")(lambda: tell())
    cek = connect()
    assert cek.intent("List").speech == "하나 https://example.com/a.mp3"
    assert cek.intent("Set").speech == "짧게 길게 더 길게"
    assert (cek.intent("Silence").speech, cek.intent("Silence").reprompt) == ("", None)


def test_a_reply_that_is_a_refusal_says_why_when_it_is_read(connect):
    reply = connect().post(b"{}", {})
    assert (reply.status_code, "SignatureCEK" in reply.error) == (401, True)
    with pytest.raises(CekError, match=r"There is no answer: 401 .*SignatureCEK"):
        assert reply.speech


def test_an_app_without_the_extension_is_told_so():
    app = Flask(__name__)
    with pytest.raises(LookupError, match=r"has no Clova extension\. Call clova\.init_app"):
        CekClient(app)
    Clova(app, platform="line")
    with pytest.raises(LookupError, match="It has clova"):
        CekClient(app, name="taxi")


def test_only_an_app_that_was_given_to_a_client_trusts_its_key(clova, connect):
    clova.launch(lambda: tell("안녕"))
    cek = connect()
    other = Flask(__name__)
    Clova(other, platform="naver", extension_id="com.example.pizzabot")
    other.extensions["clova"]["clova"].verifier._source.refresh = lambda tried: ()
    body = encode(cek.caller.message({"type": "LaunchRequest"}))
    headers = {HEADER: sign(cek.key, body)}
    assert cek.post(body, headers).status_code == 200
    assert other.test_client().post("/clova", data=body, headers=headers).status_code == 401


def test_what_a_handler_raises_is_raised_in_the_test_and_the_session_is_kept(clova, connect):
    clova.launch(lambda session: session.update(step=1) or ask("안녕"))
    clova.intent("Fail")(lambda session: session.update(step=2) or 1 / 0)
    clova.intent("Stay")(lambda session: ask(f"{session.id} {session['step']}"))
    cek = connect()
    session_id = cek.launch().request["session"]["sessionId"]
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            cek.intent("Fail")
    assert cek.intent("Stay").speech == f"{session_id} 1"
    assert [reply.request["request"]["type"] for reply in cek.turns] == ["LaunchRequest", "IntentRequest"]


def test_a_turn_that_is_refused_or_raises_begins_no_session(clova, connect):
    clova.launch(lambda: 1 / 0)
    clova.intent("Stay")(lambda session: ask(str(session.new)))
    cek = connect()
    with pytest.raises(ZeroDivisionError):
        cek.launch()
    cek.caller.extension_id = "com.example.taxi"
    assert cek.intent("Stay").status_code == 403
    cek.caller.extension_id = "com.example.pizzabot"
    assert cek.intent("Stay").speech == "True"
    assert cek.intent("Stay").speech == "False"


def test_an_event_outside_a_session_begins_none(clova, connect):
    clova.event("AudioPlayer.PlayFinished")(lambda session: session.update(done=1) or ask("끝"))
    clova.intent("Stay")(lambda session: ask(str(session.new)))
    cek = connect()
    assert cek.event("AudioPlayer.PlayFinished", token="노래").attributes == {"done": 1}
    reply = cek.intent("Stay")
    assert (reply.speech, reply.attributes) == ("True", {})


def test_the_device_plays_what_the_extension_sends_and_tells_so(clova, connect):
    heard = []
    song = AudioStream("https://x.example.com/1.mp3", token="song-1")
    play = audio.play(song, title_text="가", title_sub_text1="나", source_name="다")
    clova.intent("Music")(lambda: ask("들려드릴게요.", directives=[play]))
    clova.intent("What")(lambda context: heard.append(context.audio_player) or ask("네"))
    cek = connect()
    cek.intent("What")
    cek.intent("Music")
    cek.intent("What")
    assert [player.player_activity for player in heard] == ["IDLE", "PLAYING"]
    assert heard[1].stream.token == "song-1"
    assert len(cek.turns) == 3, "a test sends the reports of the player itself"


def test_what_discovery_tells_is_the_accounts_own(clova, connect):
    heard = []
    clova.user_loader(lambda access_token: access_token)
    clova.home.discover(lambda user: [Appliance("lamp-1", type="LIGHT", details={"of": user})])
    clova.home.on("TurnOn")(lambda request: heard.append(request.payload["appliance"]))
    cek = connect(client={"access_token": "민지"})
    cek.discover()
    cek.control("TurnOn", "lamp-1")
    cek.caller.access_token = "보라"
    cek.control("TurnOn", "lamp-1")
    cek.discover()
    cek.control("TurnOn", "lamp-1")
    cek.caller.access_token = "민지"
    cek.control("TurnOn", "lamp-1")
    details = [(appliance.get("additionalApplianceDetails") or {}).get("of") for appliance in heard]
    assert details == ["민지", None, "보라", "민지"]


def test_a_screen_that_there_is_not_is_told_so(connect):
    with pytest.raises(ClovaError, match=r"'l10' is not a screen\. Did you mean 'l100'\?"):
        connect(client={"screen": "l10"})


pytest_plugins = ["pytester"]

USER_TEST = """
import pytest
from flask import Flask
from clova_flask import Clova, ask
from clova_flask.testing import CekClient

@pytest.fixture
def app():
    app = Flask(__name__)
    clova = Clova(app, platform="naver")
    clova.launch(lambda: ask("안녕하세요", reprompt="계세요?"))
    clova.intent("Order")(lambda pizza, session: session.update(pizza=pizza) or ask("네", state="confirm"))
    return app

class OurClient(CekClient):
    pass

@pytest.fixture
def ours(app):
    return OurClient(app)

def test_fails_before_anything_is_said(cek):
    assert not cek.path

def test_fails_with_a_client_of_its_own(ours):
    ours.end()
    assert ours.launch().speech == "어서 오세요"

def test_passes(cek):
    assert cek.launch().speech == "안녕하세요"

def test_fails(cek):
    cek.launch()
    cek.event("AudioPlayer.PlayStarted", token="노래")
    cek.post(b"{}", {})
    assert cek.intent("Order", pizza="치즈").speech == "아니요"
"""


def test_the_plugin_gives_cek_and_shows_the_conversation_of_a_test_that_fails(pytester):
    pytester.makepyfile(USER_TEST)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly")
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(
        [
            "*Conversation with the extension*",
            "→ SessionEndedRequest",
            "← tell: (nothing is said)",
            "",
            "→ LaunchRequest",
            "*Conversation with the extension*",
            "→ LaunchRequest",
            "← ask: 안녕하세요",
            "  reprompt: 계세요?",
            '→ AudioPlayer.PlayStarted {"token": "노래"}',
            "→ a message that CEK does not send",
            "← 401 The request has no SignatureCEK header.",
            "→ Order pizza=치즈",
            "← ask: 네",
            "  pizza = '치즈'",
            "  state: confirm",
        ]
    )
    assert result.stdout.str().count("Conversation with") == 2


TOKENS_TEST = """
import pytest
from flask import Flask
from clova_flask import Clova, User, ask
from clova_flask.devtools.simulator.caller import Caller
from clova_flask.testing import CekClient

@pytest.fixture
def app():
    app = Flask(__name__)
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot")
    clova.launch(lambda: ask("안녕하세요"))
    clova.event("*")(lambda: None)
    clova.user_loader(lambda access_token: access_token)
    clova.home.discover(lambda user: [])
    return app

@pytest.fixture
def pair(app):
    return [CekClient(app, access_token="S3CRET-" + name) for name in ("one", "two")]

def test_replies(pair):
    one, two = pair
    assert one.launch() == one.event("A.B")

def test_home_replies(pair):
    one, two = pair
    assert [one.discover()] == [two.discover()]

def test_clients(pair):
    assert pair[0] == pair[1]

def test_callers(pair):
    for client in pair:
        client.caller.remember([{"applianceId": "a", "additionalApplianceDetails": {}}])
    assert pair[0].caller == pair[1].caller

def test_users(pair):
    assert User(id="a", access_token="S3CRET-one") == User(id="a", access_token="S3CRET-two")
"""


def test_no_failing_comparison_prints_an_access_token(pytester):
    pytester.makepyfile(TOKENS_TEST)
    result = pytester.runpytest_subprocess("-vv", "-p", "no:cacheprovider", "-p", "no:randomly")
    result.assert_outcomes(failed=5)
    shown = [line for line in result.outlines if "S3CRET-one" in line or "S3CRET-two" in line]
    source = [line for line in shown if "User(id=" in line and "access_token=" in line]
    assert shown == source
