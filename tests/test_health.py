"""``GET /clova/health``: alive, and ready to answer the platform."""

import logging
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, abort, g, redirect, request

from clova_flask import Clova, ConfigurationError, tell
from clova_flask.errors import StorageUnavailable
from clova_flask.health import readiness
from clova_flask.runtime import runtime_of
from clova_flask.testing import CekClient


def make_app(*, health=True, name="clova", app=None, matches=None, **settings):
    options = {"host_matching": True, "static_host": "www.example.com"} if matches == "hosts" else {}
    if matches == "subdomains":
        options = {"subdomain_matching": True}
    app = app or Flask("shop", **options)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot", TESTING=True)
    if matches == "subdomains":
        app.config["SERVER_NAME"] = "example.com"
    clova = Clova(name, health=health, **settings)
    clova.launch(lambda: tell("안녕"))
    clova.init_app(app)
    return app


def needs(app, name, check, extension="clova"):
    runtime_of(app, extension).checks.append((name, check))


def get(app, url="/clova/health?ready", **options):
    return app.test_client().get(url, **options)


def statuses(app, count, url="/clova/health?ready"):
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda _: get(app, url).status_code, range(count)))


class Thing:
    """What an extension needs, and how often it was asked."""

    def __init__(self, error=None):
        self.error = error
        self.asked = 0

    def __call__(self):
        self.asked += 1
        if self.error is not None:
            raise self.error


@pytest.fixture
def no_keeping(monkeypatch):
    monkeypatch.setattr(readiness, "KEPT", 0.0)


def test_it_is_off_by_default():
    app = make_app(health=None)
    assert get(app, "/clova/health").status_code == 404
    app.debug = True
    assert get(app, "/clova/health").status_code == 404


@pytest.mark.parametrize(
    "url", ["/clova/health", "/clova/health/", "/clova/health?ready", "/clova/health?ready=1"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_it_answers_with_nothing_but_a_status(url, method):
    response = make_app().test_client().open(url, method=method)
    assert response.status_code == 200
    assert response.data == b""
    assert response.headers["Cache-Control"] == "no-store"
    assert "Content-Type" not in response.headers
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_a_405(method):
    response = make_app().test_client().open("/clova/health", method=method)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_it_runs_nothing_of_the_extension():
    app = make_app()
    get(app)
    assert runtime_of(app).endpoint is None, "handlers can still be registered"


def test_messages_are_answered_beside_it():
    app = make_app()
    assert CekClient(app).launch().speech == "안녕"


@pytest.mark.parametrize(
    "error", [StorageUnavailable("away"), OSError("보안"), ValueError("a\nb"), KeyError()], ids=repr
)
def test_what_cannot_be_used_is_a_503_and_told_once(caplog, error, no_keeping):
    app = make_app()
    needs(app, "The oven", Thing(error))
    for _ in range(3):
        response = get(app)
        assert (response.status_code, response.data) == (503, b"")
        assert get(app, "/clova/health").status_code == 200, "it is alive"
    [told] = [record.getMessage() for record in caplog.records]
    assert told.startswith(f"The extension 'clova' is not ready. The oven: {type(error).__name__}: ")
    assert "\n" not in told


def test_what_changes_is_told(caplog, no_keeping):
    caplog.set_level(logging.INFO)
    app, oven, fridge = make_app(), Thing(), Thing()
    needs(app, "The oven", oven)
    needs(app, "The fridge", fridge)
    seen = []
    for oven.error, fridge.error in [
        (None, None), (OSError("hot"), None), (OSError("hotter"), None), (OSError("hot"), OSError("warm")),
        (None, None), (None, None),
    ]:  # fmt: skip
        seen.append(get(app).status_code)
    assert seen == [200, 503, 503, 503, 200, 200]
    assert [record.getMessage() for record in caplog.records] == [
        "The extension 'clova' is not ready. The oven: OSError: hot",
        "The extension 'clova' is not ready. The fridge: OSError: warm",
        "The extension 'clova' is ready again.",
    ]


def test_a_judgement_is_kept_for_a_second(monkeypatch):
    app, thing = make_app(), Thing()
    needs(app, "The oven", thing)
    assert {get(app).status_code for _ in range(20)} == {200}
    assert statuses(app, 8) == [200] * 8
    thing.error = OSError()
    assert get(app).status_code == 200
    assert thing.asked == 1
    later = time.monotonic() + readiness.KEPT
    monkeypatch.setattr(readiness.time, "monotonic", lambda: later)
    assert get(app).status_code == 503
    assert thing.asked == 2


def test_a_storm_of_first_probes_costs_one_check(monkeypatch):
    app = make_app()
    asked = []

    def slow():
        asked.append(threading.current_thread())
        time.sleep(0.2)

    needs(app, "The oven", slow)
    assert statuses(app, 10) == [200] * 10
    assert len(asked) == 1
    assert asked[0] is not threading.current_thread()


def test_what_hangs_is_not_ready_and_holds_nobody(monkeypatch, caplog):
    monkeypatch.setattr(readiness, "LIMIT", 0.3)
    monkeypatch.setattr(readiness, "PATIENCE", 0.1)
    monkeypatch.setattr(readiness, "KEPT", 0.0)
    app, over = make_app(), threading.Event()
    asked = []

    def hang():
        asked.append(1)
        over.wait(20)

    needs(app, "The database", hang)
    began = time.monotonic()
    assert get(app).status_code == 503
    assert 0.3 <= time.monotonic() - began < 2
    began = time.monotonic()
    assert statuses(app, 10) == [503] * 10
    assert time.monotonic() - began < 1, "they wait for nothing"
    assert get(app, "/clova/health").status_code == 200
    assert len(asked) == 1, "no thread more for each"
    [told] = [record.getMessage() for record in caplog.records]
    assert "The database: It did not answer within 0.3 seconds." in told
    over.set()
    time.sleep(0.05)
    assert get(app).status_code == 200


def test_what_never_ends_is_tried_again(monkeypatch):
    monkeypatch.setattr(readiness, "LIMIT", 0.05)
    monkeypatch.setattr(readiness, "KEPT", 0.0)
    monkeypatch.setattr(readiness, "GIVEN_UP", 0.2)
    app, over = make_app(), threading.Event()
    hangs = iter([True])
    needs(app, "The database", lambda: over.wait(20) if next(hangs, False) else None)
    assert get(app).status_code == 503
    time.sleep(0.2)
    assert get(app).status_code == 200
    over.set()


def test_no_more_threads(monkeypatch, caplog, no_keeping):
    app = make_app()

    class NoThread(threading.Thread):
        def start(self):
            raise RuntimeError("can't start new thread")

    monkeypatch.setattr(readiness.threading, "Thread", NoThread)
    assert get(app).status_code == 503
    assert "can't start new thread" in caplog.text


def test_a_teardown_of_the_app_that_fails_is_not_ready(caplog):
    app = make_app()

    def teardown(error):
        if threading.current_thread().name == "clova-health":
            raise OSError("teardown")

    app.teardown_appcontext(teardown)
    assert get(app).status_code == 503
    assert "OSError: teardown" in caplog.text


def test_each_process_judges_for_itself():
    import os

    if not hasattr(os, "fork"):
        pytest.skip("the system cannot fork")
    app, held = make_app(), threading.Event()
    needs(app, "The oven", lambda: held.wait(5) if os.getpid() == parent else None)
    parent = os.getpid()
    probe = threading.Thread(target=get, args=(app,))
    probe.start()
    time.sleep(0.1)  # its round is under way, and the child has a copy of what it holds
    child = os.fork()
    if child == 0:
        os._exit(get(app).status_code % 250)
    _, status = os.waitpid(child, 0)
    held.set()
    probe.join()
    assert os.waitstatus_to_exitcode(status) == 200


# The key.


@pytest.mark.parametrize("others", [{}, {"gevent": sys}], ids=["alone", "beside gevent"])
def test_a_key_that_must_be_fetched(key_server, no_keeping, monkeypatch, others):
    """A process that has imported gevent, and serves without it, is ready as any other."""
    for name, module in others.items():
        monkeypatch.setitem(sys.modules, name, module)
    url, may_answer, asked = key_server
    app = Flask("shop")
    app.config.update(CLOVA_EXTENSION_ID="x", CLOVA_PUBLIC_KEY_URL=url, CLOVA_HEALTH=True, TESTING=True)
    Clova(app)
    assert asked == []
    began = time.monotonic()
    assert get(app).status_code == 503
    assert time.monotonic() - began < 1, "it waits for no key"
    may_answer.set()
    stop = time.monotonic() + 30
    while get(app).status_code != 200 and time.monotonic() < stop:
        time.sleep(0.02)
    assert time.monotonic() < stop
    assert len(asked) == 1, "readiness has started the fetch, once"


@pytest.fixture
def key_server():
    import http.server

    from clova_flask.security.devkey import public_pem
    from clova_flask.security.devkey import testing_key as make_key

    may_answer, asked = threading.Event(), []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            may_answer.wait(10)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(public_pem(make_key()).encode())

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/key.pem", may_answer, asked
        may_answer.set()
        server.shutdown()
        thread.join()


def test_without_verification_no_key_is_needed():
    app = Flask("shop")
    app.config.update(CLOVA_HEALTH="1", CLOVA_VERIFY_SIGNATURE=False)
    Clova(app)
    assert get(app).status_code == 200


# Databases.


@pytest.fixture
def linked(database_url):
    pytest.importorskip("alembic")
    pytest.importorskip("authlib")
    from clova_flask.linking import AccountLinking

    def linked(url=database_url):
        app = Flask("shop")
        app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="x", CLOVA_HEALTH=True, SECRET_KEY="s")
        clova = Clova(app)
        AccountLinking(clova, database_url=url).init_app(app)
        return app, app.extensions["clova_storage"]["clova"][0]

    return linked


def test_a_database_must_be_at_the_newest_revision(linked, caplog, no_keeping):
    sqlalchemy = pytest.importorskip("sqlalchemy")
    app, database = linked()
    assert get(app).status_code == 503
    assert "flask clova db upgrade" in caplog.text
    database.upgrade()
    assert get(app).status_code == 200
    version = sqlalchemy.text("UPDATE clova_alembic_version SET version_num = :reached")
    for reached, status in [("r0001", 503), ("r9999", 200)]:  # an older one, and one of a newer version
        older = database._older[0] if status == 503 else reached
        with database.begin() as connection:
            connection.execute(version, {"reached": older})
        assert get(app).status_code == status, reached


def test_a_database_that_does_not_exist_is_not_made(tmp_path, linked, caplog):
    app, _ = linked(f"sqlite:///{tmp_path}/linking.db")
    assert get(app).status_code == 503
    assert f"There is no database for account linking yet: {tmp_path}/linking.db is missing" in caplog.text
    assert list(tmp_path.glob("linking.db")) == []


def test_a_database_that_is_away(linked, caplog):
    pytest.importorskip("psycopg2")
    app, _ = linked("postgresql+psycopg2://bora:secret-word@127.0.0.1:1/shop")
    assert get(app).status_code == 503
    assert "The database for account linking: StorageUnavailable" in caplog.text
    assert "secret-word" not in caplog.text


# Where it is.


@pytest.mark.parametrize(
    ("options", "url"),
    [
        ({"url_prefix": "/"}, "/health"),
        ({"url_prefix": "/<tenant>/clova"}, "/보라네/clova/health"),
        ({"url_prefix": "/<path:tenant>/clova"}, "/a/b/clova/health"),
        ({"matches": "hosts", "host": "voice.example.com"}, "http://voice.example.com/clova/health"),
        ({"matches": "hosts", "host": "<t>.example.com"}, "http://a.example.com/clova/health"),
        ({"matches": "subdomains", "subdomain": "voice"}, "http://voice.example.com/clova/health"),
    ],
)
def test_it_is_where_the_extension_is(options, url):
    app = make_app(**options)
    assert get(app, url).status_code == get(app, f"{url}?ready").status_code == 200
    if options.get("host") == "voice.example.com" or "subdomain" in options:
        assert get(app, "http://www.example.com/clova/health").status_code == 404


def test_each_extension_has_its_own(no_keeping):
    app = make_app()
    make_app(app=app, name="radio", url_prefix="/radio")
    make_app(app=app, name="quiet", url_prefix="/quiet", health=False)
    needs(app, "The oven", Thing(OSError()))
    assert get(app).status_code == 503
    assert get(app, "/radio/health?ready").status_code == 200
    assert get(app, "/quiet/health").status_code == 404


def test_a_rule_of_the_app_at_its_place_is_an_error():
    app = Flask("shop")
    app.add_url_rule("/clova/health", "own_health", lambda: "well")
    with pytest.raises(ConfigurationError, match=r"has the rule /clova/health of its own, 'own_health'"):
        make_app(app=app)
    assert get(make_app(app=app, health=False), "/clova/health").text == "well"


def test_a_rule_of_the_app_that_comes_later_is_told(caplog):
    app = make_app()
    app.add_url_rule("/clova/health/", "own_health", lambda: "well")
    for _ in range(3):
        assert get(app, "/clova/health").status_code == 200
    [told] = [record.getMessage() for record in caplog.records]
    assert "'own_health', is never reached" in told


def test_other_rules_of_the_app_stay_as_they_are():
    app = Flask("shop")
    app.add_url_rule("/clova/<page>", "page", lambda page: page, methods=["GET", "POST"])
    app.add_url_rule("/clova/health", "sent", lambda: "sent", methods=["POST"])
    app = make_app(app=app)
    assert get(app, "/clova/health").data == b""
    assert get(app, "/clova/menu").text == "menu"
    assert app.test_client().post("/clova/health").text == "sent"


def test_the_apps_own_health():
    app = Flask("shop")
    app.add_url_rule("/health", "own_health", lambda: "well")
    app = make_app(app=app)
    assert get(app, "/health").text == "well"


# Guests.


def test_beside_talisman():
    talisman = pytest.importorskip("flask_talisman").Talisman
    app = make_app()
    talisman(app)
    app.add_url_rule("/", "index", lambda: "index")
    assert get(app, "/").status_code == 302
    response = get(app)
    assert response.status_code == 200
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("first", [True, False])
def test_beside_csrf_protection(first):
    csrf = pytest.importorskip("flask_wtf").CSRFProtect()
    app = Flask("shop")
    app.config["SECRET_KEY"] = "s"
    if first:
        csrf.init_app(app)
    make_app(app=app)
    if not first:
        csrf.init_app(app)
    assert get(app).status_code == 200
    assert app.test_client().post("/clova/health").status_code == 405


@pytest.mark.parametrize("first", [True, False])
def test_beside_a_limiter(first):
    flask_limiter = pytest.importorskip("flask_limiter")
    limiter = flask_limiter.Limiter(lambda: "one", default_limits=["2/minute"], storage_uri="memory://")
    app = Flask("shop")
    if first:
        limiter.init_app(app)
    make_app(app=app)
    if not first:
        limiter.init_app(app)
    app.add_url_rule("/", "index", lambda: "index")
    assert [get(app).status_code for _ in range(5)] == [200] * 5
    assert [get(app, "/").status_code for _ in range(3)] == [200, 200, 429]


def test_a_hook_that_lets_the_extension_pass_lets_it_pass():
    app = make_app()

    @app.before_request
    def demand_a_login():
        g.seen = True
        return None if request.blueprint == "clova" else redirect("/login")

    assert get(app).status_code == 200
    assert get(app, "/other").status_code == 302


def test_an_app_that_refuses_it_is_not_bypassed():
    app = make_app()
    app.before_request(lambda: abort(403))
    assert get(app).status_code == 403
