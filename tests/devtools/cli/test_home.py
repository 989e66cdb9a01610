"""``flask clova`` on an app with a home."""

import json
import logging
import threading

import pytest
from flask import Flask, g, request
from werkzeug.serving import make_server

from clova_flask import Clova
from clova_flask.devtools.cli import clova as commands
from clova_flask.home import Appliance, TargetOfflineError, action
from clova_flask.security.devkey import write_key


class Washer(Appliance, type="CLOTHESWASHER"):
    @action("TurnOn", "TurnOff")
    def power(self, interface):
        if self.id == "offline":
            raise TargetOfflineError

    @action("GetRemainingTime")
    def remaining(self):
        return "PT30M"


class Bulb(Appliance, type="LIGHT"):
    @action("SetBrightness", minimum=0, maximum=100)
    def dim(self, brightness: float):
        return brightness

    @action("SetColor")
    def colour(self, color):
        return color


@pytest.fixture
def app():
    app = Flask(__name__, instance_path="/nowhere")
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="x")
    clova = Clova(app)
    clova.user_loader(lambda access_token: access_token if access_token == "token" else None)
    clova.home.discover(
        lambda user: [
            Washer("washer-1", friendly_name="세탁기"),
            Washer("offline"),
            Bulb("bulb-1", friendly_name="거실 등"),
            Bulb("bulb-2", tags="거실"),
        ]
    )
    clova.home.on("Charge", type="ROBOTVACUUM")(lambda appliance: None)
    app.testing = True
    return app


@pytest.fixture
def run(app):
    def run(*arguments, **options):
        return app.test_cli_runner().invoke(commands, arguments, **options)

    return run


def test_discover_lists_the_users_appliances(run):
    result = run("home", "discover", "--token", "token")
    assert result.exit_code == 0
    assert "washer-1  CLOTHESWASHER  세탁기" in result.output
    assert "GetDeviceState GetRemainingTime HealthCheck TurnOff TurnOn" in result.output
    assert '"name": "DiscoverAppliancesResponse"' in result.output
    assert "bulb-2" not in result.output


@pytest.mark.parametrize(
    ("arguments", "name", "payload"),
    [
        (("TurnOn", "washer-1"), "TurnOnConfirmation", {}),
        (
            ("SetBrightness", "bulb-1", "brightness=50"),
            "SetBrightnessConfirmation",
            {"brightness": {"value": 50}},
        ),
        (
            ("SetColor", "bulb-1", 'color={"hue": 120, "saturation": 0.5}'),
            "SetColorConfirmation",
            {"color": {"hue": 120, "saturation": 0.5}},
        ),
    ],
)
def test_control_asks_an_appliance(run, arguments, name, payload):
    result = run("home", "control", *arguments, "--token", "token")
    assert result.exit_code == 0
    answer = json.loads(result.output[result.output.index("{") :])
    assert (answer["header"]["name"], answer["payload"]) == (name, payload)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("TurnOn", "offline"), "TargetOfflineError"),
        (("TurnOn", "nothing"), "NoSuchTargetError"),
        (("SetBrightness", "bulb-1", "brightness=101"), "ValueOutOfRangeError"),
        (("SetBrightness", "bulb-1", "brightness=밝게"), "ValueNotSupportedError"),
        (("Dance", "bulb-1"), "UnsupportedOperationError"),
    ],
)
def test_control_shows_an_error_message_and_exits_1(run, arguments, name):
    result = run("home", "control", *arguments, "--token", "token")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (1, name)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("SetBrightnes", "bulb-1", "--token", "token"), "Did you mean 'SetBrightness'?"),
        (("Dance", "bulb-1", "--token", "token"), "There is no request of this name."),
        (("SetBrightness", "bulb-1", "bright=50", "--token", "token"), "Did you mean 'brightness'?"),
        (("SetBrightness", "bulb-1", "--token", "token"), "brightness is missing"),
        (("TurnOn", "nothing", "--token", "token"), "returned no appliance with the id 'nothing'."),
        (("TurnOn", "washer-1", "--token", "wrong"), "The user_loader found no user for the access token."),
        (("TurnOn", "washer-1"), "Pass the user's with --token."),
    ],
    ids=["nearest-action", "action", "field", "no-field", "appliance", "token", "no-token"],
)
def test_control_tells_why_on_stderr(run, monkeypatch, arguments, why):
    monkeypatch.setattr(logging.root, "handlers", [])  # as in an app that does not configure logging
    result = run("home", "control", *arguments)
    assert (result.exit_code, why in result.stderr, why in result.stdout) == (1, True, False)
    assert logging.getLogger("clova_flask").handlers == []


def test_a_log_of_the_apps_own_is_left_alone(run, caplog):
    caplog.set_level(logging.WARNING, "clova_flask")
    assert run("home", "control", "TurnOn", "nothing", "--token", "token").stderr == ""


@pytest.mark.parametrize("arguments", [("discover",), ("control", "TurnOn", "washer-1")])
@pytest.mark.parametrize(
    ("answer", "message"),
    [(None, "HTTP 500: ZeroDivisionError: division by zero"), ("<h1>안녕</h1>", "HTTP 200: <h1>안녕</h1>")],
    ids=["exception", "page"],
)
def test_an_answer_that_is_not_json_is_told_without_a_traceback(app, run, arguments, answer, message):
    app.before_request(lambda: answer or 1 / 0)
    result = run("home", *arguments, "--token", "token")
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (1, True)
    assert f"Error: {message}" in result.output


@pytest.mark.parametrize("arguments", [("discover",), ("control", "TurnOn", "washer-1")])
def test_json_is_the_answer_and_nothing_else(run, arguments):
    result = run("home", *arguments, "--token", "token", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["header"]["namespace"] == "ClovaHome"


def test_json_of_an_error(run):
    result = run("home", "control", "TurnOn", "offline", "--token", "token", "--json")
    assert (result.exit_code, json.loads(result.stdout)["header"]["name"]) == (1, "TargetOfflineError")


def test_a_home_behind_a_url(app, run, tmp_path):
    app.instance_path = str(tmp_path)
    write_key(tmp_path)
    app.debug = True
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/clova"
        listed = run("home", "discover", "--token", "token", "--url", url)
        done = run(
            "home", "control", "SetBrightness", "bulb-1", "brightness=5", "--token", "token", "--url", url
        )
    finally:
        server.shutdown()
        server.server_close()
    assert (listed.exit_code, "거실 등" in listed.output) == (0, True)
    assert (done.exit_code, "SetBrightnessConfirmation" in done.output) == (0, True)


def test_a_token_that_is_not_known_is_an_error(run):
    for arguments in (("--token", "wrong"), ()):
        result = run("home", "discover", *arguments)
        assert (result.exit_code, "InvalidAccessTokenError" in result.output) == (1, True)


def test_the_token_may_come_from_the_environment(run):
    assert run("home", "discover", env={"CLOVA_ACCESS_TOKEN": "token"}).exit_code == 0


def test_a_field_without_a_value_is_said_so(run):
    result = run("home", "control", "SetBrightness", "bulb-1", "brightness", "--token", "token")
    assert result.exit_code == 2
    assert "'brightness' must have the form FIELD=VALUE. Write brightness=…" in result.output


def test_an_unknown_extension_names_those_there_are(run):
    result = run("home", "discover", "--name", "taxi")
    assert result.exit_code == 1
    assert "It has clova" in result.output


def cell(output, action, type_):
    """Read a cell of the matrix, which is several tables where there are many types.

    Types of other tests' classes are in it too, as long as those classes live.
    """
    lines = output.splitlines()
    top = next(index for index, line in enumerate(lines) if line.startswith("   ") and type_ in line.split())
    row = next(line for line in lines[top:] if line.split()[:1] == [action])
    start = lines[top].index(f" {type_}") + 1
    return row.ljust(200)[start : start + len(type_)].strip()


def test_handlers_shows_the_matrix(run):
    output = run("handlers").output
    for action_, type_, mark in (
        ("TurnOn", "CLOTHESWASHER", "●"),
        ("GetRemainingTime", "CLOTHESWASHER", "●"),
        ("GetPhase", "CLOTHESWASHER", "·"),
        ("HealthCheck", "CLOTHESWASHER", "○"),
        ("SetBrightness", "LIGHT", "●"),
        ("SetColorTemperature", "LIGHT", "·"),
        ("Charge", "ROBOTVACUUM", "●"),
    ):
        assert cell(output, action_, type_) == mark, (action_, type_)
    assert "home.discover" in output
    assert "(brightness) Bulb.dim (" in output


def test_check_lists_what_discovery_leaves_out(run):
    result = run("check", "--token", "token")
    assert result.exit_code == 1
    assert "<Bulb 'bulb-2' LIGHT>: tags must be a list of str" in result.output
    assert run("check").exit_code == 0


def test_check_with_a_token_that_is_not_known_says_so(run):
    result = run("check", "--token", "wrong")
    assert result.exit_code == 1
    assert "InvalidAccessTokenError" in result.output
    assert "Traceback" not in result.output


def test_check_wants_what_a_home_cannot_do_without():
    app = Flask(__name__, instance_path="/nowhere")
    clova = Clova(app, platform="line", extension_id="x")
    clova.home.on("TurnOn")(lambda appliance: None)
    clova.home.scenes(lambda user: [])
    result = app.test_cli_runner().invoke(commands, ["check"])
    assert result.exit_code == 1
    for fault in ("home.no-discover", "home.no-user-loader", "home.incomplete-scenes"):
        assert fault in result.output
    assert "No handler for launch" not in result.output


def test_check_runs_the_hooks_of_the_app_before_discovery(app, run):
    @app.before_request
    def tenant():
        g.tenant = request.headers.get("X-Tenant", "서울")

    clova = Clova(app, name="second", url_prefix="/<city>/second", platform="naver", home_any_token=True)
    clova.home.discover(lambda user: [Bulb(f"{g.tenant}-{request.view_args['city']}")])
    clova.home.after_request(lambda reply: seen.append(reply["payload"]["discoveredAppliances"]))
    seen = []
    result = run("check", "--name", "second", "--token", "token", "--view-arg", "city=부산")
    assert "home.discovery-failed" not in result.output
    assert seen[0][0]["applianceId"] == "서울-부산"
    failed = run("check", "--name", "second", "--token", "token")
    assert (failed.exit_code, "[app.not-tried]" in failed.output) == (1, True)
    assert "[home.discovery-failed]" in failed.output
