"""A message that the app refuses before the extension has it: the cause, and what to do."""

import pytest
from flask import Flask, abort, redirect, request

from clova_flask import Clova, ask
from clova_flask.devtools.simulator.refusals import Target, cause_of
from clova_flask.testing import CekClient, CekError
from clova_flask.wire.http import HttpResponse

VOICE = "https://voice.example.com"


@pytest.fixture
def make():
    def make(**config):
        app = Flask(__name__)
        app.secret_key = "비밀"
        app.config.update(config)
        clova = Clova(app, name="voice", platform="naver", extension_id="com.example.pizzabot")
        clova.launch(lambda: ask("안녕하세요"))
        return app

    return make


def client(app, **options):
    return CekClient(app, name="voice", **options)


def refused(app, **options):
    """Return how a launch is refused, as it is shown in a report."""
    reply = client(app, **options).launch()
    with pytest.raises(CekError) as error:
        assert reply.speech
    assert reply.cause
    assert reply.error == reply.cause
    assert str(reply) == f"{reply.status_code} {reply.cause}"
    assert str(error.value) == f"There is no answer: {reply}"
    return str(reply)


@pytest.mark.parametrize("trusted", [["voice.example.com", "x.example.com"], [".example.com"]], ids=len)
def test_a_host_that_is_not_trusted(make, trusted):
    app = make(TRUSTED_HOSTS=trusted)
    shown = refused(app)
    assert f"400 localhost is not one of the app's TRUSTED_HOSTS ({', '.join(trusted)})." in shown
    assert f'Call it at one of them: base_url="{VOICE}" (on the command line --base-url).' in shown
    assert client(app, base_url=VOICE).launch().speech == "안녕하세요"


def test_an_app_that_demands_https(make):
    app = make()

    @app.before_request
    def https_only():
        return None if request.is_secure else redirect(request.url.replace("http:", "https:"), 308)

    shown = refused(app)
    assert "308 http://localhost/clova redirects to https://localhost/clova (308), and CEK does not" in shown
    assert 'The app demands https. Call it there: base_url="https://localhost"' in shown
    assert client(app, base_url="https://localhost").launch().speech == "안녕하세요"


def test_an_app_that_demands_another_host(make):
    app = make()

    @app.before_request
    def one_host_only():
        return None if request.host == "voice.example.com" else redirect(f"{VOICE}{request.path}", 301)

    shown = refused(app, base_url="https://example.com")
    assert f"301 https://example.com/clova redirects to {VOICE}/clova (301)" in shown
    assert f'The app demands that host. Call it there: base_url="{VOICE}"' in shown
    assert client(app, base_url=VOICE).launch().speech == "안녕하세요"


def test_a_hook_that_redirects_to_a_login(make):
    app = make()

    @app.before_request
    def login():
        return None if request.blueprint in app.exempt else redirect("/login?next=/clova")

    app.exempt = ()
    shown = refused(app)
    assert "302 http://localhost/clova redirects to http://localhost/login?next=/clova (302)" in shown
    assert "Let the hook that redirects pass where request.blueprint is 'voice'." in shown
    app.exempt = ("voice",)
    assert client(app).launch().speech == "안녕하세요"


@pytest.mark.parametrize(
    ("status", "parts"),
    [
        (400, ["The app answers 400 before the message is read: 안 돼요."]),
        (401, ["The app demands a login", "안 돼요.", "pass where request.blueprint is 'voice'."]),
        (403, ["The app forbids this", "안 돼요.", "pass where request.blueprint is 'voice'."]),
        (404, ["No rule of the app matches http://localhost/clova, or a hook answers so.", "handlers shows"]),
        (405, ["What is at http://localhost/clova does not accept POST"]),
        (429, ["A rate limit", "안 돼요.", 'limiter.exempt(app.blueprints["voice"])']),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "",
)
def test_a_hook_that_refuses(make, status, parts):
    app = make()

    @app.before_request
    def refuse():
        abort(status, description="안 돼요")

    shown = refused(app)
    assert shown.startswith(str(status))
    for part in parts:
        assert part in shown


def test_a_long_reason_is_cut(make):
    app = make()

    @app.before_request
    def refuse():
        abort(403, description="가" * 1000)

    shown = refused(app)
    assert "가…" in shown
    assert len(shown) < 500


def test_an_app_whose_errors_are_json(make):
    app = make()

    @app.errorhandler(429)
    def limited(error):
        return {"error": "too many"}, 429

    @app.before_request
    def refuse():
        abort(429)

    assert "limiter.exempt" in refused(app)


def test_what_the_extension_refuses_itself_is_told_in_its_own_words(make):
    reply = client(make()).post(b"{}", {})
    assert (reply.status_code, reply.cause) == (401, "")
    assert reply.error == "The request has no SignatureCEK header."


def test_another_base_url_without_a_rule_names_the_extensions_own():
    target = Target("https://www.example.com/clova", "voice", f"{VOICE}/clova")
    cause = cause_of(HttpResponse(404, b""), target)
    assert "No rule of the app matches https://www.example.com/clova, or a hook answers so." in cause
    assert f"The extension 'voice' is at {VOICE}/clova: base_url=\"{VOICE}\"" in cause


@pytest.mark.parametrize(
    ("response", "cause"),
    [
        (HttpResponse(301, b"", "/voice/"), "Let the hook that redirects pass"),
        (
            HttpResponse(301, b"", f"{VOICE}/clova"),
            f"The app demands that host. Call it there: --url {VOICE}/clova.",
        ),
        (HttpResponse(307, b"", "/clova/"), "The URL of the extension must be the one that it redirects to."),
        (HttpResponse(302, b""), "answers 302, a redirect that does not tell where to."),
        (HttpResponse(404, b"<h1>?</h1>"), "flask clova handlers shows them."),
        (
            HttpResponse(502, b""),
            "The proxy at https://x.example.com/clova has no answer from the app behind it.",
        ),
        (HttpResponse(504, b""), "did not wait for the app behind it any longer."),
    ],
    ids=lambda value: "" if isinstance(value, str) else str(value.status_code),
)
def test_of_a_running_endpoint_it_is_told_what_url_to_use(response, cause):
    assert cause in cause_of(response, Target("https://x.example.com/clova", "voice"))


@pytest.mark.parametrize(
    "response", [HttpResponse(200, b"<p>"), HttpResponse(500, b"<p>"), HttpResponse(418, b"")]
)
def test_other_answers_have_no_such_cause(response):
    assert cause_of(response, Target("https://x.example.com/clova", "voice")) == ""


def test_flask_talisman(make):
    talisman = pytest.importorskip("flask_talisman")
    app = make()
    talisman.Talisman(app)
    assert 'The app demands https. Call it there: base_url="https://localhost"' in refused(app)
    assert client(app, base_url="https://localhost").launch().speech == "안녕하세요"


def test_flask_wtf(make):
    flask_wtf = pytest.importorskip("flask_wtf")
    app = make()
    csrf = flask_wtf.CSRFProtect(app)
    shown = refused(app)
    assert "The app asks for a CSRF token, which CEK does not send: The CSRF token is missing." in shown
    assert 'csrf.exempt(app.blueprints["voice"])' in shown
    csrf.exempt(app.blueprints["voice"])
    assert client(app).launch().speech == "안녕하세요"


def test_flask_limiter(make):
    flask_limiter = pytest.importorskip("flask_limiter")
    app = make()
    limiter = flask_limiter.Limiter(
        lambda: request.remote_addr, app=app, storage_uri="memory://", default_limits=["1 per hour"]
    )
    assert client(app).launch().speech == "안녕하세요"
    assert 'limiter.exempt(app.blueprints["voice"])' in refused(app)
    limiter.exempt(app.blueprints["voice"])
    assert client(app).launch().speech == "안녕하세요"
