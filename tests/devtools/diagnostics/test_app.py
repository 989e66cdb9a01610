"""`flask clova check` and the app around the extension: what keeps CEK's messages from it."""

import logging

import pytest
from flask import Flask, abort, jsonify, redirect, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from clova_flask import Clova, tell
from clova_flask.devtools.diagnostics.app import check_app
from clova_flask.devtools.simulator.address import Where
from clova_flask.runtime import runtime_of
from clova_flask.testing import CekClient

CALLED = []


@pytest.fixture
def app():
    CALLED.clear()
    app = Flask(__name__)
    app.secret_key = "비밀"
    return app


def voice(app, **settings):
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot", **settings)
    clova.launch(lambda: tell("안녕"))
    clova.before_request(lambda: CALLED.append("hook"))
    return clova


def found(app, where=None):
    findings = check_app(app, runtime_of(app), where or Where())
    assert not CALLED, "a function of the extension's ran"
    return findings


def only(app, **where):
    (finding,) = found(app, Where(**where))
    return finding


@pytest.mark.parametrize(
    "config", [{}, {"TESTING": True}, {"DEBUG": True}, {"CLOVA_VERIFY_SIGNATURE": False}], ids=str
)
def test_an_app_that_lets_messages_through(app, config, caplog):
    app.config.update(config)
    clova = voice(app)
    assert found(app) == []
    assert not [
        record for record in caplog.records if record.name == "clova_flask" and "Refused" in record.message
    ]
    clova.intent("Order")(lambda: tell("네"))  # nothing was opened: handlers are still accepted
    assert CekClient(app).intent("Order").speech == "네"


def test_csrf_protection(app):
    csrf = pytest.importorskip("flask_wtf").CSRFProtect(app)
    voice(app)
    finding = only(app)
    assert finding.code == "app.csrf"
    assert 'csrf.exempt(app.blueprints["clova"])' in finding.message
    csrf.exempt(app.blueprints["clova"])
    assert found(app) == []


def login_by_redirect():
    return redirect("/login")


def login_by_status():
    abort(401)


def login_by_json():
    # It looks as the endpoint's own 401 does.
    return jsonify(error="로그인이 필요합니다"), 401


@pytest.mark.parametrize("hook", [login_by_redirect, login_by_status, login_by_json])
def test_a_login(app, hook):
    app.before_request(hook)
    voice(app)
    finding = only(app)
    assert (finding.code, finding.is_error) == ("app.login", True)
    assert "request.blueprint is 'clova'" in finding.message
    assert f"Hooks of the app: {hook.__name__} (" in finding.message


def test_a_redirect_to_https(app):
    app.before_request(
        lambda: None if request.is_secure else redirect(request.url.replace("http:", "https:"), 308)
    )
    voice(app)
    assert only(app, base_url="http://voice.example.com").code == "app.redirect"
    assert found(app, Where(base_url="https://voice.example.com")) == []
    assert found(app) == [], "without an address the one that the app demands is taken"


def test_a_redirect_that_has_no_end(app):
    app.before_request(lambda: redirect(request.url, 301))
    voice(app)
    assert only(app).code == "app.redirect"


@pytest.mark.parametrize("trusted", [["voice.example.com"], [".example.com"]], ids=len)
def test_hosts_that_are_trusted(app, trusted):
    app.config["TRUSTED_HOSTS"] = trusted
    voice(app)
    assert found(app) == []
    finding = only(app, base_url="https://evil.example.org")
    assert (finding.code, "TRUSTED_HOSTS" in finding.message) == ("app.refuses", True)


def test_a_trusted_host_of_an_app_that_asks_for_csrf_tokens(app):
    app.config["TRUSTED_HOSTS"] = ["voice.example.com"]
    pytest.importorskip("flask_wtf").CSRFProtect(app)
    voice(app)
    assert only(app).code == "app.csrf"


def order():
    CALLED.append("view")
    return "주문"


@pytest.mark.parametrize("rule", ["/clova", "/clova/"])
def test_a_view_that_shadows_the_endpoint_is_told_and_not_called(app, rule):
    app.add_url_rule(rule, view_func=order, methods=["POST"])
    voice(app)
    finding = only(app)
    assert finding.code == "app.shadowed"
    assert finding.where.name == "order"
    assert "the view 'order' is called" in finding.message


def test_a_middleware_that_mounts_the_app_elsewhere(app):
    voice(app)
    app.wsgi_app = DispatcherMiddleware(Flask("front").wsgi_app, {"/api": app.wsgi_app})
    assert only(app).code == "app.not-found"


def maintained():
    return "점검 중입니다.", 503


@pytest.mark.parametrize(
    "hook", [maintained, lambda: abort(403), lambda: abort(429), lambda: "네"], ids=range(4)
)
def test_other_refusals(app, hook):
    app.before_request(hook)
    voice(app)
    finding = only(app)
    assert finding.code == "app.refuses"
    assert "request.blueprint" in finding.message or "app.blueprints" in finding.message


def test_the_cause_of_a_maintenance_hook_is_in_the_reply_as_well(app):
    app.before_request(maintained)
    voice(app)
    cause = CekClient(app).launch().cause
    assert "answers 503: 점검 중입니다." in cause
    assert "pass where request.blueprint is 'clova'" in cause


@pytest.mark.parametrize("testing", [True, False])
def test_a_hook_that_raises(app, testing, caplog):
    app.testing = testing

    @app.before_request
    def tenant():
        request.headers["X-Tenant"]

    voice(app)
    caplog.clear()
    finding = only(app)
    assert finding.code == "app.fails"
    assert finding.where.name.endswith("tenant")
    assert not caplog.records


def test_a_hook_that_reads_the_body(app):
    app.before_request(lambda: request.stream.read() and None)
    voice(app)
    assert only(app).code == "app.body-read"


def test_a_hook_that_changes_the_answer(app):
    @app.after_request
    def wrapped(response):
        return jsonify(data=response.get_json(), status=response.status_code)

    voice(app)
    finding = only(app)
    assert finding.code == "app.changes-answer"
    assert "answered 401 with JSON, and the app made 200" in finding.message


def test_an_address_with_variables(app):
    voice(app, url_prefix="/<tenant>/clova")
    finding = only(app)
    assert (finding.code, finding.is_error) == ("app.not-tried", False)
    assert "--view-arg tenant=…" in finding.message
    assert found(app, Where(view_args={"tenant": "서울", "of_another_extension": "1"})) == []


def test_the_command(app):
    app.before_request(login_by_status)
    Clova(app, name="ラジオ", url_prefix="/radio", platform="line").launch(lambda: tell("こんにちは"))
    voice(app)
    run = app.test_cli_runner().invoke
    whole = run(args=["clova", "check"])
    assert (whole.exit_code, whole.output.count("[app.login]")) == (1, 2)
    alone = run(args=["clova", "check", "--name", "ラジオ"])
    assert "clova: " not in alone.output
    assert alone.output.count("[app.login]") == 1
    assert "several" not in alone.output
    assert logging.getLogger("clova_flask").filters == []


def test_a_rule_where_the_health_is(app):
    voice(app, health=True)

    @app.get("/clova/health")
    def own_health():
        return "well"

    finding = only(app)
    assert finding.code == "app.health-shadows"
    assert "/clova/health, 'own_health', is never reached by GET" in finding.message
    assert "test_app.py" in str(finding)
