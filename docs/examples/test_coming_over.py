"""What the page "Coming from another library" tells of traps."""

import coming_over
import pytest
from flask import Flask

from clova_flask import Clova, ask, tell
from clova_flask.testing import CekClient


@pytest.fixture
def taxi():
    app = coming_over.create_app()
    app.testing = True
    return CekClient(app, locale="ja-JP")


def test_handlers_keep_their_shape(taxi):
    assert taxi.launch().speech == "タクシーです。どこへ行きますか？"
    assert taxi.intent("CallTaxi").reprompt == "行き先を教えてください。"
    assert taxi.intent("Dance").speech == "行き先を教えてください。"
    assert taxi.intent("CallTaxi", destination="東京駅").speech == "東京駅まで呼びました。"
    assert taxi.end().status_code == 200


def test_attributes_stay_by_themselves(taxi):
    taxi.intent("CallTaxi")
    taxi.intent("Dance")
    assert taxi.intent("CallTaxi").attributes == {"calls": 2}


@pytest.fixture
def clova():
    return Clova(platform="line", extension_id="com.example.taxi")


def client(clova, **options):
    app = Flask(__name__)
    app.testing = True
    clova.init_app(app)
    return CekClient(app, **options)


def test_a_text_alone_ends_the_session(clova):
    clova.launch(lambda: "こんにちは")
    clova.intent("Ask")(lambda: ask("こんにちは"))
    clova.intent("Tell")(lambda: tell("こんにちは"))
    cek = client(clova)
    ends = [cek.launch(), cek.intent("Ask"), cek.intent("Tell")]
    assert [reply.should_end_session for reply in ends] == [True, False, True]


@pytest.mark.parametrize(("locale", "lang"), [("ja-JP", "ja"), ("ko-KR", "ko"), (None, "en")])
def test_the_requests_language_wins(locale, lang):
    clova = Clova(platform="line", extension_id="com.example.taxi", default_lang="en")
    clova.launch(lambda: "!")
    cek = client(clova)
    message = cek.caller.message({"type": "LaunchRequest"})
    message["request"]["locale"] = locale
    assert cek.send(message).output_speech["values"]["lang"] == lang


def test_a_message_that_names_no_extension_is_refused(taxi):
    message = taxi.caller.message({"type": "LaunchRequest"})
    del message["context"]["System"]["application"], message["request"]["extensionId"]
    assert taxi.send(message).status_code == 403
