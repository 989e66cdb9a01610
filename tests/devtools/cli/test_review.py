"""flask clova review: in this app, and at a URL."""

import json
import threading
from xml.etree import ElementTree

import pytest
from flask import Flask
from werkzeug.serving import make_server

from clova_flask import Clova, audio, tell
from clova_flask.security.devkey import public_pem, read_key, write_key


def play_a_song():
    song = audio.play(
        "https://example.com/a.mp3", title_text="노래", title_sub_text1="보라", source_name="라디오"
    )
    return tell("노래입니다.", directives=[song])


def make_app(folder, *, launch=lambda: tell("어서 오세요."), **options):
    app = Flask("shop", instance_path=str(folder))
    app.config["SECRET_KEY"] = "비밀"
    options = {"extension_id": "com.example.pizzabot", "platform": "naver", **options}
    clova = Clova(app, **options)
    clova.launch(launch)
    for name in ("Guide", "Cancel", "Yes", "No"):
        clova.intent(f"Clova.{name}Intent")(lambda name=name: tell(f"{name}입니다."))
    return app


def run(app, *arguments):
    return app.test_cli_runner().invoke(args=["clova", "review", *map(str, arguments)])


def codes(result):
    return [one["code"] for findings in json.loads(result.stdout).values() for one in findings]


def test_an_app_without_problems(tmp_path):
    result = run(make_app(tmp_path), "--json")
    assert result.exit_code == 0, result.output
    assert {code for code in codes(result) if code.startswith(("answer.", "review."))} == {
        "review.not-checked"
    }


def test_an_app_that_answers_everybody(tmp_path):
    app = make_app(tmp_path, verify_signature=False)
    result = run(app, "--json")
    assert result.exit_code == 1
    assert codes(result).count("review.not-refused") == 2


def test_what_cannot_be_checked_is_told(tmp_path):
    output = run(make_app(tmp_path)).output
    assert "flask clova console" in output
    assert "only a human can judge" in output
    assert "The interaction model is not known" in output


@pytest.mark.parametrize(("option", "is_told"), [("--no-audio", True), ("--audio", False), (None, False)])
def test_audio_that_is_not_registered(tmp_path, option, is_told):
    app = make_app(tmp_path, launch=play_a_song)
    result = run(app, "--json", *([option] if option else []))
    assert ("review.audio-flag" in codes(result)) == is_told


@pytest.fixture
def at_url(tmp_path):
    write_key(tmp_path)
    key = public_pem(read_key(tmp_path))
    server = make_server("127.0.0.1", 0, make_app(tmp_path / "other", public_key=key), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}/clova"
    server.shutdown()
    server.server_close()


def test_an_endpoint_of_any_make(tmp_path, at_url):
    app = make_app(tmp_path, extension_id="com.example.here")
    result = run(app, at_url, "--extension-id", "com.example.pizzabot", "--json")
    assert result.exit_code == 0, result.output
    assert list(json.loads(result.stdout)) == [at_url]
    assert "review.not-refused" not in codes(result)


def test_an_endpoint_needs_an_id_and_a_key(tmp_path):
    app = make_app(tmp_path, extension_id="com.example.here")
    assert "--extension-id" in run(app, "http://127.0.0.1:9/").output
    result = run(app, "http://127.0.0.1:9/", "--extension-id", "com.example.a")
    assert result.exit_code == 1
    assert "flask clova keygen" in result.output


def test_an_endpoint_that_is_away(tmp_path):
    write_key(tmp_path)
    app = make_app(tmp_path, extension_id="com.example.here")
    result = run(app, "http://127.0.0.1:9/", "--extension-id", "com.example.a", "--json")
    assert result.exit_code == 1
    assert "answer.none" in codes(result)


def test_junit(tmp_path):
    file = tmp_path / "review.xml"
    result = run(make_app(tmp_path, verify_signature=False), "--junit", file)
    assert result.exit_code == 1
    (suite,) = ElementTree.parse(file).getroot()
    assert suite.get("name") == "clova"
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure")) >= 2
    assert int(suite.get("tests")) == len(suite.findall("testcase"))
    assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))
