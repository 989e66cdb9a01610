"""The test client and the pytest plugin, which users build on."""

import pytest
from flask import Flask

from clova_flask import AudioURL, Clova, ask, tell
from clova_flask.testing import CekClient, CekError


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
    with pytest.raises(LookupError, match=r"has no Clova extension; call clova\.init_app"):
        CekClient(app)
    Clova(app, platform="line")
    with pytest.raises(LookupError, match="it has clova"):
        CekClient(app, name="taxi")


def test_only_an_app_that_was_given_to_a_client_trusts_its_key(clova, connect):
    clova.launch(lambda: tell("안녕"))
    cek = connect()
    other = Flask(__name__)
    Clova(other, platform="naver", extension_id="com.example.pizzabot")
    other.extensions["clova"]["clova"].verifier._source.refresh = lambda tried: ()
    cek._client = other.test_client()
    assert cek.launch().status_code == 401


pytest_plugins = ["pytester"]

USER_TEST = """
import pytest
from flask import Flask
from clova_flask import Clova, ask

@pytest.fixture
def app():
    app = Flask(__name__)
    clova = Clova(app, platform="naver")
    clova.launch(lambda: ask("안녕하세요", reprompt="계세요?"))
    clova.intent("Order")(lambda pizza, session: session.update(pizza=pizza) or ask("네", state="confirm"))
    return app

def test_passes(cek):
    assert cek.launch().speech == "안녕하세요"

def test_fails(cek):
    cek.launch()
    cek.event("AudioPlayer.PlayStarted", token="노래")
    cek.post(b"", {})
    assert cek.intent("Order", pizza="치즈").speech == "아니요"
"""


def test_the_plugin_gives_cek_and_shows_the_conversation_of_a_test_that_fails(pytester):
    pytester.makepyfile(USER_TEST)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*Conversation with the extension*",
            "→ LaunchRequest",
            "← ask: 안녕하세요",
            "  reprompt: 계세요?",
            "→ AudioPlayer.PlayStarted {'token': '노래'}",
            "→ a message of another kind",
            "← 401 The request has no SignatureCEK header.",
            "→ Order pizza=치즈",
            "← ask: 네",
            "  pizza = '치즈'",
            "  state: confirm",
        ]
    )
    assert result.stdout.str().count("Conversation with") == 1
