"""flask clova review: in this app, and at a URL."""

import json
import os
import subprocess
import sys
import threading
from xml.etree import ElementTree

import pytest
from flask import Flask
from werkzeug.serving import make_server

from clova_flask import Clova, audio, playback, tell
from clova_flask.home import Appliance
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
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.port}/clova"
    server.shutdown()
    server.server_close()


def test_an_endpoint_of_any_make(tmp_path, at_url):
    app = make_app(tmp_path, extension_id="com.example.here")
    result = run(app, at_url, "--extension-id", "com.example.pizzabot", "--json")
    assert result.exit_code == 0, result.output
    assert list(json.loads(result.stdout)) == [at_url]
    assert "review.not-refused" not in codes(result)


def alone(folder, *arguments):
    """Run a command in a folder without any app."""
    environment = {name: value for name, value in os.environ.items() if name != "FLASK_APP"}
    command = [sys.executable, "-m", "flask", "clova", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_without_an_app(tmp_path):
    made = alone(tmp_path, "keygen")
    assert made.returncode == 0, made.stderr
    key = alone(tmp_path, "keygen", "--public").stdout
    server = make_server("127.0.0.1", 0, make_app(tmp_path / "other", public_key=key), threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    url = f"http://127.0.0.1:{server.port}/clova"
    try:
        result = alone(tmp_path, "review", url, "--extension-id", "com.example.pizzabot", "--json")
    finally:
        server.shutdown()
        server.server_close()
    assert result.returncode == 0, result.stdout + result.stderr
    assert list(json.loads(result.stdout)) == [url]


@pytest.mark.parametrize("command", [["keygen"], ["review", "http://127.0.0.1:9/", "--extension-id", "a.b"]])
def test_an_app_that_cannot_be_loaded_is_not_passed_over(tmp_path, command):
    (tmp_path / "app.py").write_text("import nothing_of_this_name", encoding="utf-8")
    result = alone(tmp_path, *command)
    assert result.returncode == 2
    assert "nothing_of_this_name" in result.stderr
    assert not (tmp_path / "instance").exists()


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


ORDER = """\
[INTENT SLOT]
menu\tMENU

[INTENT EXPRESSION]
<menu>치즈</menu> 피자 주문해 줘
"""


@pytest.fixture
def model(tmp_path):
    folder = tmp_path / "model"
    for name in ("intents", "slot_types"):
        (folder / name).mkdir(parents=True)
    (folder / "model.toml").write_text(
        'language = "ko"\ninvocation_names = ["보라 피자"]\n', encoding="utf-8"
    )
    (folder / "intents/OrderPizza.tsv").write_text(ORDER, encoding="utf-8")
    (folder / "slot_types/MENU.tsv").write_text("치즈\t\n", encoding="utf-8")
    return folder


def test_an_intent_of_the_model_that_nobody_answers(tmp_path, model):
    result = run(make_app(tmp_path, interaction_model=str(model)), "--json")
    assert "OrderPizza" in result.output
    assert result.exit_code == 1


def make_home(folder, answer):
    app = Flask("home", instance_path=str(folder))
    clova = Clova(app, extension_id="com.example.home", platform="naver")
    clova.user_loader({"token-of-bora": {"name": "보라"}}.get)
    clova.home.discover(answer)
    clova.home.on("TurnOn")(lambda appliance: {})
    return app


def test_appliances_that_tell_too_little(tmp_path):
    def thin(user):
        return [Appliance("등-1", type="LIGHT", friendly_name=f"{user['name']} 등")]

    result = run(make_home(tmp_path, thin), "--json", "--token", "token-of-bora")
    assert "review.thin-discovery" in codes(result)
    assert "등-1 lacks" in result.output
    assert "review.token-not-refused" not in codes(result)


def test_an_account_without_appliances(tmp_path):
    result = run(make_home(tmp_path, lambda user: []), "--token", "token-of-bora")
    assert "Discovery with the token lists no appliance" in result.output


def test_a_home_that_answers_any_token(tmp_path):
    app = Flask("home", instance_path=str(tmp_path))
    app.config["CLOVA_HOME_ANY_TOKEN"] = True
    clova = Clova(app, extension_id="com.example.home", platform="naver")
    clova.home.discover(list)
    result = run(app, "--json")
    assert result.exit_code == 1
    assert "review.token-not-refused" in codes(result)


@pytest.mark.parametrize("url", ["https://example.com/a.aac", "https://example.com/a.m4a"])
def test_audio_in_a_format_that_is_not_played(tmp_path, url):
    def play():
        song = audio.play(url, title_text="노래", title_sub_text1="보라", source_name="라디오")
        return tell("노래입니다.", directives=[song])

    assert "review.audio-format" in codes(run(make_app(tmp_path, launch=play), "--json", "--audio"))


def play(number=1):
    url = f"https://example.com/{number}.mp3"
    song = audio.play(url, title_text=f"{number}번 노래", title_sub_text1="보라", source_name="라디오")
    return tell(directives=[song])


def review_of_radio(folder, **changed):
    """Review an extension that plays two pieces and does what a listener asks, but for what is changed."""
    answers = {
        "Pause": lambda: tell(directives=[playback.pause()]),
        "Resume": lambda: tell(directives=[playback.resume()]),
        "Stop": lambda: tell(directives=[playback.stop()]),
        "Next": lambda: play(2),
        "Previous": lambda: tell("앞에는 노래가 없어요."),
        "RequestAlternatives": lambda: tell("다른 노래는 없어요."),
        **changed,
    }
    finished = answers.pop("finished", lambda: play(2))
    app = Flask("radio", instance_path=str(folder))
    clova = Clova(app, extension_id="com.example.radio", platform="naver")
    clova.launch(lambda: play())
    for name in ("Guide", "Cancel", "Yes", "No"):
        clova.intent(f"Clova.{name}Intent")(lambda name=name: tell(f"{name}입니다."))
    for name, answer in answers.items():
        clova.intent(f"Clova.{name}Intent")(answer)
    clova.event("AudioPlayer.PlayFinished")(finished)
    return [code for code in codes(run(app, "--json", "--audio")) if code.startswith("review.audio")]


def test_a_radio_that_does_what_listeners_ask(tmp_path):
    assert review_of_radio(tmp_path) == []


@pytest.mark.parametrize("intent", ["Pause", "Resume", "Stop", "Next", "Previous", "RequestAlternatives"])
def test_an_intent_of_audio_that_is_only_heard(tmp_path, intent):
    assert review_of_radio(tmp_path, **{intent: lambda: tell()}) == ["review.audio-not-obeyed"]


def test_a_pause_that_is_only_said(tmp_path):
    assert review_of_radio(tmp_path, Pause=lambda: tell("멈출게요.")) == ["review.audio-not-obeyed"]


@pytest.mark.parametrize(
    ("answer", "found"), [(None, ["review.audio-end"]), (tell("모두 들려 드렸어요."), [])]
)
def test_the_end_of_a_piece(tmp_path, answer, found):
    assert review_of_radio(tmp_path, finished=lambda: answer) == found
