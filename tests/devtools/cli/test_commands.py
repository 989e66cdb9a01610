"""``flask clova``, as a developer types it."""

import http.server
import json
import stat
import threading
from functools import partial
from importlib.metadata import entry_points

import click
import pytest
from click.testing import CliRunner
from flask import Flask, redirect
from flask.cli import FlaskGroup
from werkzeug.serving import make_server

from clova_flask import Clova, tell
from clova_flask.devtools.cli import clova as commands
from clova_flask.errors import ConfigurationError
from clova_flask.security.devkey import PRIVATE_NAME, write_key
from clova_flask.testing import CekClient


@pytest.fixture
def app(tmp_path):
    app = Flask(__name__, instance_path=str(tmp_path / "instance"))
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot")
    clova = Clova(app)
    clova.launch(lambda: tell("피자봇입니다"))
    clova.intent("OrderPizza", state="confirm")(order)
    clova.fallback(lambda: tell("네"))
    app.debug = True
    return app


def order(pizza_type: str, amount: int = 1):
    return tell(pizza_type)


@pytest.fixture
def run(app):
    def run(*arguments, **options):
        return app.test_cli_runner().invoke(commands, arguments, **options)

    return run


MESSAGE = {
    "version": "1.0",
    "context": {"System": {"application": {"applicationId": "com.example.pizzabot"}}},
    "request": {"type": "LaunchRequest"},
}


@pytest.fixture
def message(tmp_path):
    path = tmp_path / "launch.json"
    path.write_text(json.dumps(MESSAGE), encoding="utf-8")
    return str(path)


def test_the_commands_are_there_once_the_package_is_installed():
    (entry,) = entry_points(group="flask.commands", name="clova")
    assert entry.load() is commands


def test_handlers_lists_what_is_registered(run):
    output = run("handlers").output
    assert "clova at /clova" in output
    assert "intent OrderPizza in state confirm" in output
    assert "(pizza_type, amount) order (" in output
    assert "test_commands.py:" in output


def test_handlers_says_when_there_are_none(tmp_path):
    app = Flask(__name__)
    Clova(app, platform="line")
    assert "No handlers yet" in app.test_cli_runner().invoke(commands, ["handlers"]).output


def test_an_app_has_the_commands_of_all_its_extensions_without_the_entry_point():
    app = Flask(__name__)
    for name in ("pizza", "radio"):
        Clova(name, url_prefix=f"/{name}", platform="line").init_app(app)
    runner = app.test_cli_runner()
    assert {*runner.invoke(args=["clova", "--help"]).output.split()} >= set(commands.commands)
    result = runner.invoke(args=["clova", "handlers"])
    assert result.exit_code == 0
    assert "pizza at /pizza" in result.output
    assert "radio at /radio" in result.output
    assert runner.invoke(args=["clova", "handler"]).exit_code == 2


def test_a_command_of_the_app_that_is_called_clova_stays():
    app = Flask(__name__)
    app.cli.command("clova")(lambda: click.echo("피자 주문"))
    Clova(app, platform="line")
    assert app.test_cli_runner().invoke(args=["clova"]).output == "피자 주문\n"


def test_an_app_without_an_extension_is_told_so():
    result = Flask(__name__).test_cli_runner().invoke(commands, ["handlers"])
    assert result.exit_code == 1
    assert "Call clova.init_app(app)" in result.output


def test_keygen_makes_a_key_for_its_owner_alone(run, app, tmp_path):
    assert "Made " in run("keygen").output
    path = tmp_path / "instance" / PRIVATE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = path.read_bytes()
    again = run("keygen")
    assert (again.exit_code, path.read_bytes()) == (0, first)
    assert "--force replaces it" in again.output
    run("keygen", "--force")
    assert path.read_bytes() != first


def test_keygen_where_nothing_can_be_written(run, tmp_path):
    (tmp_path / "instance").write_text("a file where the folder should be")
    result = run("keygen")
    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_send_signs_a_message_and_shows_the_answer(run, message):
    run("keygen")
    result = run("send", message)
    assert result.exit_code == 0
    assert "HTTP 200" in result.output
    assert "Clova: 피자봇입니다" in result.output
    assert '"shouldEndSession": true' in result.output


def test_send_reads_standard_input(run):
    run("keygen")
    assert "피자봇입니다" in run("send", "-", input=json.dumps(MESSAGE)).output


def test_send_without_a_key_says_how_to_make_one(run, message):
    result = run("send", message)
    assert result.exit_code == 1
    assert "flask clova keygen" in result.output


def test_send_with_a_broken_key_says_which_file(run, message, tmp_path):
    run("keygen")
    (tmp_path / "instance" / PRIVATE_NAME).write_text("broken")
    result = run("send", message)
    assert result.exit_code == 1
    assert PRIVATE_NAME in result.output
    assert "Traceback" not in result.output


def test_send_to_an_unknown_extension_names_those_there_are(run, message):
    run("keygen")
    result = run("send", "--name", "taxi", message)
    assert result.exit_code == 1
    assert "It has clova" in result.output


def test_send_shows_why_a_message_is_refused(run):
    run("keygen")
    result = run("send", "-", input="{")
    assert result.exit_code == 1
    assert "HTTP 400" in result.output
    assert "not JSON" in result.output


def test_an_app_that_is_not_in_debug_does_not_trust_the_development_key(run, app, message):
    run("keygen")
    app.debug = False
    result = run("send", message)
    assert result.exit_code == 1
    assert "HTTP 401" in result.output
    assert "flask --debug clova send" in result.output


def test_check_names_a_development_key_that_was_copied_to_a_server(run, app, tmp_path):
    run("keygen")
    app.debug = False
    assert PRIVATE_NAME not in run("check").output
    path = tmp_path / "instance" / PRIVATE_NAME
    path.write_text("Made on the machine 0\n" + path.read_text().partition("\n")[2])
    assert PRIVATE_NAME in run("check").output


def test_keygen_prints_the_public_key_for_another_app(run, app, message):
    assert "There is no development key. Make one: flask clova keygen" in run("keygen", "--public").output
    run("keygen")
    printed = run("keygen", "--public").output
    assert printed.startswith("-----BEGIN PUBLIC KEY-----\n")
    assert "PRIVATE" not in printed
    server = Flask(__name__, instance_path=app.instance_path)
    Clova(server, platform="line", further_keys=printed).launch(lambda: "피자봇입니다")
    assert "HTTP 200" in server.test_cli_runner().invoke(commands, ["send", message]).output


@pytest.fixture
def server(app):
    server = make_server("127.0.0.1", 0, app)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/clova"
    server.shutdown()
    thread.join()
    server.server_close()


def test_send_posts_to_a_running_server(run, message, server):
    run("keygen")
    assert "피자봇입니다" in run("send", "--url", server, message).output


def test_send_to_a_server_that_redirects_says_what_url_to_use(run, app, message, server):
    run("keygen")
    secure = server.replace("http:", "https:")
    app.before_request(lambda: redirect(secure, 308))
    result = run("send", "--url", server, message)
    assert result.exit_code == 1
    assert "HTTP 308" in result.output
    assert f"{server} redirects to {secure} (308), and CEK does not follow redirects." in result.output
    assert f"Call it there: --url {secure}." in result.output


def test_send_to_nobody_says_so(run, message):
    run("keygen")
    result = run("send", "--url", "http://127.0.0.1:9/clova", message)
    assert result.exit_code == 1
    assert "refused the connection. Is the server running?" in result.output


def test_send_shows_an_answer_that_is_not_json(run, message):
    class Page(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(500)
            self.end_headers()
            self.wfile.write("<h1>오류</h1>".encode())

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    run("keygen")
    result = run("send", "--url", f"http://127.0.0.1:{server.server_port}/", message)
    thread.join()
    server.server_close()
    assert result.exit_code == 1
    assert "HTTP 500" in result.output
    assert "<h1>오류</h1>" in result.output


def check(declare=None, *arguments, **config):
    app = Flask(__name__, instance_path="/nowhere")
    app.config.update({"CLOVA_PLATFORM": "naver", "CLOVA_EXTENSION_ID": "x", **config})
    clova = Clova(app)
    if declare:
        clova.launch(lambda: "안녕")
        clova.fallback(lambda: "네")
        declare(clova)
    return app.test_cli_runner().invoke(commands, ["check", *arguments])


def test_check_finds_no_problems():
    result = check(lambda clova: None)
    assert (result.exit_code, "no problems found" in result.output) == (0, True)


def test_check_wants_handlers():
    result = check()
    assert (result.exit_code, "There are no handlers" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("platform", "wanted", "unwanted"),
    [("naver", "RequestAlternatives", "Fallback"), ("line", "Previous", "RequestAlternatives")],
)
def test_check_wants_an_audio_extension_to_answer_its_intents(platform, wanted, unwanted):
    result = check(lambda clova: clova.event("AudioPlayer.*")(lambda: None), CLOVA_PLATFORM=platform)
    assert result.exit_code == 1
    assert f"it must also handle Clova.{wanted}Intent" in result.output
    assert f"Clova.{unwanted}Intent" not in result.output


def test_check_warns_of_what_is_only_risky():
    result = check(
        lambda clova: clova.user_loader(lambda access_token: None),
        CLOVA_PLATFORM="line",
        CLOVA_EXTENSION_ID=None,
    )
    assert result.exit_code == 0
    for note in ("CLOVA_EXTENSION_ID is not set", "ClovaSkill.SkillDisabled"):
        assert note in result.output


def test_check_takes_no_extension_that_verifies_nothing():
    result = check(lambda clova: None, CLOVA_VERIFY_SIGNATURE=False)
    assert result.exit_code == 1
    assert "CLOVA_VERIFY_SIGNATURE is off" in result.output


def test_check_finds_a_broken_development_key(run, tmp_path):
    run("keygen")
    (tmp_path / "instance" / PRIVATE_NAME).write_text("broken")
    result = run("check")
    assert result.exit_code == 1
    assert "flask clova keygen --force" in result.output


def test_a_key_that_is_made_while_the_server_runs_is_trusted(run, message, server):
    run("keygen")
    assert run("send", "--url", server, message).exit_code == 0
    run("keygen", "--force")
    assert run("send", "--url", server, message).exit_code == 0


def test_send_to_what_is_no_url_says_so(run, message):
    run("keygen")
    assert "is not a URL" in run("send", "--url", "nowhere", message).output


def test_check_wants_a_launch_handler():
    app = Flask(__name__, instance_path="/nowhere")
    clova = Clova(app, platform="naver", extension_id="x")
    clova.intent("A")(lambda: None)
    result = app.test_cli_runner().invoke(commands, ["check"])
    assert result.exit_code == 1
    assert "No handler for launch" in result.output
    assert "Clova.GuideIntent" in result.output


def test_check_writes_json_for_other_programs():
    result = check(lambda clova: None, "--json", CLOVA_VERIFY_SIGNATURE=False)
    assert result.exit_code == 1
    ((name, (finding,)),) = json.loads(result.output).items()
    assert name == "clova"
    assert finding["message"].startswith("CLOVA_VERIFY_SIGNATURE is off")
    assert (finding["code"], finding["severity"]) == ("settings.signatures-off", "error")
    assert (finding["name"], finding["path"], finding["line"]) == ("", None, 0)


def named_app(folder, *names):
    app = Flask(__name__, instance_path=str(folder))
    for name in names:
        clova = Clova(app, name=name, url_prefix=f"/{name}", platform="naver")
        clova.launch(partial(lambda *, said: tell(said), said=f"{name}입니다."))
        clova.user_loader(lambda access_token: access_token)
        clova.home.discover(lambda user: [])
    write_key(folder)
    return app


LAUNCH = json.dumps({"version": "1.0", "session": None, "context": {}, "request": {"type": "LaunchRequest"}})
OF_ONE = {
    "send": (["send", "-"], "The development key is trusted in debug only."),
    "talk": (["talk"], "There is no interaction model, so commands are done"),
    "say": (["say", "네"], "no interaction model. Make one: flask clova model new\n"),
    "discover": (["home", "discover", "--token", "t"], "DiscoverAppliancesResponse"),
    "control": (["home", "control", "TurnOn", "x", "--token", "t"], "NoSuchTargetError"),
    "stubs": (["model", "stubs"], "interaction_model: There is no such folder."),
}


@pytest.mark.parametrize(("command", "shown"), OF_ONE.values(), ids=OF_ONE)
def test_the_only_extension_is_meant_whatever_its_name(tmp_path, command, shown):
    runner = named_app(tmp_path, "라디오").test_cli_runner()
    assert shown in runner.invoke(commands, command, input=LAUNCH).output


@pytest.mark.parametrize("command", [command for command, _ in OF_ONE.values()], ids=OF_ONE)
def test_of_several_extensions_one_must_be_named_and_the_error_lists_them(tmp_path, command):
    result = named_app(tmp_path, "피자", "라디오").test_cli_runner().invoke(commands, command, input=LAUNCH)
    assert result.exit_code == 1
    assert "This app has several Clova extensions: 피자, 라디오. Name the one that is meant" in result.output
    assert "--name 라디오" in result.output


def test_the_client_speaks_to_the_only_extension_or_to_the_one_that_it_names(tmp_path):
    assert CekClient(named_app(tmp_path / "1", "라디오")).launch().speech == "라디오입니다."
    app = named_app(tmp_path / "2", "피자", "라디오")
    assert CekClient(app, name="피자").launch().speech == "피자입니다."
    with pytest.raises(LookupError, match="several Clova extensions: 피자, 라디오"):
        CekClient(app)


@pytest.mark.parametrize("debug", [False, True])
def test_an_app_that_cannot_be_made_is_told_in_one_line_and_in_debug_with_the_traceback(monkeypatch, debug):
    def create_app():
        app = Flask(__name__)
        Clova(app, handler_timeout="すぐ")

    monkeypatch.setenv("FLASK_DEBUG", str(int(debug)))
    result = CliRunner().invoke(FlaskGroup(create_app=create_app), ["clova", "check"])
    assert result.exit_code == 1
    if debug:
        assert isinstance(result.exception, ConfigurationError)
    else:
        assert result.output.startswith("Error: The app cannot be loaded. ")
        assert "must be a number of seconds above 0, not 'すぐ'" in result.output
        assert result.output.count("\n") == 1


def test_an_error_of_the_apps_own_keeps_its_traceback():
    def create_app():
        raise RuntimeError("壊れています")

    result = CliRunner().invoke(FlaskGroup(create_app=create_app), ["clova", "check"])
    assert isinstance(result.exception, RuntimeError)
