"""Clova Home without a user_loader: nothing tells whose home a message is for."""

import pytest
from flask import Flask

from clova_flask import Clova, NoUserLoader, message_refused, tell
from clova_flask.devtools.diagnostics.extension import check_extension
from clova_flask.home import Appliance
from clova_flask.runtime import runtime_of
from clova_flask.testing import CekClient

REFUSED = "The extension answers no messages of Clova Home: it has no user_loader."


@pytest.fixture
def make():
    """Make an extension of both kinds on an app, and a CEK that talks to it."""

    def make(*, loader=False, home=True, debug=False, **config):
        app = Flask(__name__)
        app.debug = debug
        app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.lamps", **config)
        clova = Clova(app)
        clova.launch(lambda: tell("안녕"))
        if home:
            clova.home.discover(lambda: [Appliance("등", type="LIGHT")])
            clova.home.on("TurnOn")(lambda: None)
        if loader:
            clova.user_loader(lambda access_token: "보라")
        return CekClient(app, access_token="누구의-토큰"), app

    return make


def codes(app):
    return [finding.code for finding in check_extension(runtime_of(app, "clova"))]


def test_in_production_home_messages_are_refused_and_custom_ones_answered(make, caplog):
    cek, app = make()
    seen = []
    with message_refused.connected_to(lambda sender, error, **_: seen.append(error)):
        assert cek.launch().speech == "안녕"
        for send in (cek.discover, lambda: cek.control("TurnOn", "등"), lambda: cek.home("HealthCheck")):
            reply = send()
            assert (reply.status_code, reply.json) == (403, {"error": REFUSED})
    assert [type(error) for error in seen] == [NoUserLoader] * 3
    errors = [record.message for record in caplog.records if record.levelname == "ERROR"]
    assert len(errors) == 1, "told once, with the first message of any kind"
    assert "@clova.user_loader" in errors[0]
    assert "CLOVA_HOME_ANY_TOKEN" in errors[0]
    assert "home.no-user-loader" in codes(app)


@pytest.mark.parametrize(
    "options",
    [
        {"loader": True},
        {"CLOVA_HOME_ANY_TOKEN": True},
        {"CLOVA_HOME_ANY_TOKEN": "true"},
        {"TESTING": True},
        {"debug": True},
    ],
    ids=str,
)
def test_home_messages_are_answered(make, caplog, options):
    cek, app = make(**options)
    assert cek.control("TurnOn", "등").name == "TurnOnConfirmation"
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    assert ("home.no-user-loader" in codes(app)) is (options.keys() <= {"TESTING", "debug"})


def test_an_extension_without_home_needs_no_loader(make, caplog):
    cek, app = make(home=False)
    assert cek.home("TurnOn").name == "NoSuchTargetError"
    assert "user_loader" not in caplog.text
    assert codes(app) == []


def test_a_hook_of_both_kinds_makes_no_home(make, caplog):
    app = Flask(__name__)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.lamps")
    clova = Clova(app)
    clova.launch(lambda: tell("안녕"))
    clova.before_request(lambda: None)
    clova.errorhandler(ValueError)(lambda: tell("다시"))
    assert CekClient(app).launch().speech == "안녕"
    assert "user_loader" not in caplog.text
