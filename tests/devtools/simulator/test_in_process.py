"""Each turn is a request of its own, whatever context surrounds whoever sends it."""

import asyncio
import contextlib
import contextvars
import json
import threading
from importlib.util import find_spec
from types import SimpleNamespace

import pytest
from flask import Flask, current_app, g, has_app_context, has_request_context, request, session

from clova_flask import Clova, ask, testing
from clova_flask.devtools.cli import clova as commands
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.simulator import start
from clova_flask.devtools.simulator.listener import Listener
from clova_flask.home import Appliance, action
from clova_flask.security.devkey import write_key
from clova_flask.testing import CekClient

pytest_plugins = ["pytester"]

SPOKEN = contextvars.ContextVar("spoken", default="아무도")


class Words:
    """Takes every utterance for the intent `Who`."""

    def understand(self, utterance, *, now=None):
        return SimpleNamespace(intent="Who", slots={}, why="")


def answer(user):
    current_app.log.append(f"{user} answered")
    return ask(f"{user}님")


async def answer_async(user):
    await asyncio.sleep(0)
    return answer(user)


def fail(user):
    g.broken = True
    raise ZeroDivisionError(user)


def load_user(access_token):
    if "user" not in g:
        g.user = access_token
    return g.user


class Lamp(Appliance, type="LIGHT"):
    @action("TurnOn")
    def on(self, user):
        answer(user)

    if find_spec("asgiref"):

        @action("TurnOff")
        async def off(self, user):
            await answer_async(user)


@pytest.fixture
def pizzabot(tmp_path, monkeypatch):  # not `app`, for which pytest-flask pushes a context in every test
    """Make an app that keeps its user on `g`, and tells in `log` what is answered and torn down."""
    app = Flask(__name__, instance_path=str(tmp_path / "instance"))
    app.log = []
    clova = Clova(app, platform="naver", extension_id="com.example.pizzabot")
    clova.user_loader(load_user)
    clova.launch(answer)
    clova.intent("Who")(answer)
    clova.intent("Later")(answer_async if find_spec("asgiref") else answer)
    clova.intent("Fail")(fail)
    clova.event("AudioPlayer.*")(answer)
    clova.session_ended(answer)
    clova.home.discover(lambda user: answer(user) and [Lamp("lamp-1")])
    app.teardown_request(lambda error: app.log.append("request torn down"))
    app.teardown_appcontext(lambda error: app.log.append(f"app torn down after {type(error).__name__}"))
    for module in (start, testing):
        monkeypatch.setattr(module, "read_model", lambda runtime: InteractionModel())
        listener = Listener(InteractionModel(), Words())
        monkeypatch.setattr(module, "make_listener", lambda model, zone, progress=None, heard=listener: heard)
    return app


@contextlib.contextmanager
def preserved(app):
    with app.test_client() as client:
        client.get("/")
        yield


SURROUNDINGS = {
    "nothing": lambda app: contextlib.nullcontext(),
    "an app context": lambda app: app.app_context(),
    "a request context": lambda app: app.test_request_context("/elsewhere"),
    "another app's context": lambda app: Flask("another").app_context(),
    "a client that preserves its context": preserved,
}


@pytest.fixture(params=SURROUNDINGS.values(), ids=SURROUNDINGS)
def surrounded(request, pizzabot):
    """Run a test within a context, and check that it is as it was afterwards."""
    with request.param(pizzabot):
        pizzabot.log.clear()
        before = (has_app_context(), has_request_context())
        if has_app_context():
            g.mine = "시험의 것"
            mine = g._get_current_object(), current_app._get_current_object()
        yield
        assert (has_app_context(), has_request_context()) == before
        if has_app_context():
            assert (g._get_current_object(), current_app._get_current_object()) == mine
            assert list(g) == ["mine"]


TURNS = {
    "launch": lambda cek: cek.launch(),
    "intent": lambda cek: cek.intent("Who"),
    "say": lambda cek: cek.say("누구"),
    "event": lambda cek: cek.event("AudioPlayer.PlayFinished", token="노래"),
    "end": lambda cek: cek.end(),
    "discover": lambda cek: cek.discover(),
    "control": lambda cek: cek.control("TurnOn", "lamp-1"),
}


if find_spec("asgiref"):
    TURNS["asynchronous intent"] = lambda cek: cek.intent("Later")
    TURNS["asynchronous control"] = lambda cek: cek.control("TurnOff", "lamp-1")


@pytest.mark.usefixtures("surrounded")
@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS)
def test_each_turn_of_the_client_has_a_g_of_its_own_and_is_torn_down(pizzabot, turn):
    minji, bora = CekClient(pizzabot, access_token="민지"), CekClient(pizzabot, access_token="보라")
    for cek in (minji, bora, minji):
        turn(cek)
    assert_apart(pizzabot.log, ["민지", "보라", "민지"])


def assert_apart(log, users):
    """Check that each turn saw its own user, and was torn down before the next."""
    torn_down = ["request torn down", "app torn down after NoneType"]
    turns = [[f"{user} answered", *torn_down] for user in users]
    # A control looks an appliance up by discovery, which answers as well.
    once = [line for index, line in enumerate(log) if index == 0 or line != log[index - 1]]
    assert once == [line for turn in turns for line in turn]


@pytest.mark.usefixtures("surrounded")
def test_a_turn_that_raises_is_torn_down_with_its_error_and_leaves_nothing(pizzabot):
    pizzabot.testing = True
    cek = CekClient(pizzabot, access_token="민지")
    with pytest.raises(ZeroDivisionError, match="민지"):
        cek.intent("Fail")
    torn_down = ["request torn down", "app torn down after ZeroDivisionError"]
    assert pizzabot.log == torn_down
    assert cek.launch().speech == "민지님"


def by_replay(app, path):
    path.write_text(
        "as: {access_token: 민지}\nturns:\n  - launch\n  - as: {access_token: 보라}\n"
        "  - launch\n  - as: {access_token: 민지}\n  - say: 누구\n",
        encoding="utf-8",
    )
    return app.test_cli_runner().invoke(commands, ["replay", str(path)])


def by_talk(app, path):
    lines = "/launch\n/as 보라\n/launch\n/as 민지\n누구\n"
    return app.test_cli_runner().invoke(commands, ["talk", "--token", "민지"], input=lines)


@pytest.mark.parametrize("surrounded", [False, True], ids=["alone", "in an app context"])
@pytest.mark.parametrize("command", [by_replay, by_talk])
def test_each_turn_of_a_command_has_a_g_of_its_own(pizzabot, command, surrounded, tmp_path):
    pytest.importorskip("yaml")
    with pizzabot.app_context() if surrounded else contextlib.nullcontext():
        result = command(pizzabot, tmp_path / "who.dialog.yaml")
        assert result.exit_code == 0, result.output
        if not surrounded:
            assert pizzabot.log.pop() == "app torn down after NoneType", "the command's own context"
        assert_apart(pizzabot.log, ["민지", "보라", "민지"])


def test_say_and_send_have_a_g_of_their_own(pizzabot, tmp_path):
    pizzabot.debug = True
    write_key(tmp_path / "instance")
    message = tmp_path / "who.json"
    message.write_text(json.dumps(CekClient(pizzabot).caller.message({"type": "LaunchRequest"})))
    with pizzabot.app_context():
        g.user = "시험"
        for command in (["say", "누구"], ["send", str(message)], ["home", "discover", "--token", "민지"]):
            pizzabot.log.clear()
            result = pizzabot.test_cli_runner().invoke(commands, command)
            assert "시험" not in " ".join([*pizzabot.log, result.output]), command
            assert pizzabot.log[-1] == "app torn down after NoneType"


PLUGIN = """
import pytest
from flask import Flask, g
from clova_flask import Clova, ask, testing
from clova_flask.testing import CekClient

@pytest.fixture
def app():
    app = Flask(__name__)
    app.log = []
    clova = Clova(app, platform="naver", extension_id="x")
    app.teardown_appcontext(lambda error: app.log.append("torn down"))

    @clova.launch
    def launch(session):
        return ask(g.setdefault("user", session.user.id))

    return app
"""


def test_the_fixtures_of_pytest_flask_hold_a_context_that_no_turn_shares(pytester):
    pytest.importorskip("pytest_flask")
    pytest.importorskip("yaml")
    pytester.makeconftest(PLUGIN)
    pytester.makepyfile(
        """
        from flask import g, request
        from clova_flask.testing import CekClient

        def test_two_users(app, client, cek):
            assert request.path == "/", "the context that pytest-flask pushes"
            other = CekClient(app, user_id="보라")
            assert [cek.launch().speech, other.launch().speech] == ["test-user", "보라"]
            assert app.log == ["torn down"] * 2
            assert "user" not in g
        """
    )
    (pytester.path / "two.dialog.yaml").write_text(
        "turns:\n  - as: {user_id: 민지}\n  - launch:\n    speech: 민지\n"
        "  - as: {user_id: 보라}\n  - launch:\n    speech: 보라\n",
        encoding="utf-8",
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider", "-p", "no:randomly")
    result.assert_outcomes(passed=2)


def test_context_variables_of_the_test_are_seen_and_those_of_a_turn_are_not_kept(clova, connect):
    clova.launch(lambda: ask(SPOKEN.get()))
    clova.intent("Set")(lambda: ask(str(SPOKEN.set("손님"))))
    cek = connect()
    token = SPOKEN.set("시험")
    cek.intent("Set")
    assert (cek.launch().speech, SPOKEN.get()) == ("시험", "시험")
    SPOKEN.reset(token)
    assert cek.launch().speech == "아무도"


def test_a_turn_has_a_session_of_flask_sqlalchemy_of_its_own(clova, connect, tmp_path):
    flask_sqlalchemy = pytest.importorskip("flask_sqlalchemy")
    sqlalchemy = pytest.importorskip("sqlalchemy")
    db = flask_sqlalchemy.SQLAlchemy()
    sessions = []

    class User(db.Model):
        id = sqlalchemy.Column(sqlalchemy.Integer, primary_key=True)
        name = sqlalchemy.Column(sqlalchemy.String)

    def names():
        return ", ".join(db.session.scalars(db.select(User.name)))

    def add(name):
        sessions.append(db.session())
        db.session.add(User(name=name))
        db.session.flush()
        return ask(names())

    clova.intent("Add")(add)
    clova.launch(lambda: ask(names()))
    cek = connect(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/users.db")
    db.init_app(cek.app)
    with cek.app.app_context():
        db.create_all()
        db.session.add(User(name="민지"))
        db.session.commit()
        mine = db.session.scalars(db.select(User)).one()
        assert cek.intent("Add", name="보라").speech == "민지, 보라"
        assert cek.launch().speech == "민지", "what was not committed is rolled back when the turn is over"
        assert cek.intent("Add", name="하나").speech == "민지, 하나"
        assert sessions[0] is not sessions[1]
        assert mine in db.session
        db.engine.dispose()


def test_a_turn_begins_outside_of_every_context(clova, connect):
    seen = []
    cek = connect()
    inner = cek.app.wsgi_app

    def middleware(environ, start_response):
        seen.append((has_app_context(), has_request_context()))
        return inner(environ, start_response)

    cek.app.wsgi_app = middleware
    with cek.app.test_request_context():
        cek.launch()
    assert seen == [(False, False)]


def test_what_is_to_be_done_when_the_response_is_closed_is_done_in_the_turn(clova, connect):
    closed = []
    clova.launch(lambda: ask("안녕"))
    cek = connect()

    @cek.app.after_request
    def later(response):
        response.call_on_close(lambda: closed.append(response.status_code))
        return response

    cek.launch()
    assert closed == [200]


def test_a_turn_has_no_cookies_and_no_login_of_the_apps_own_test_client(clova, connect):
    clova.launch(lambda: session.update(visits=session.get("visits", 0) + 1) or ask(str(session["visits"])))
    clova.intent("Who")(lambda: ask(request.headers.get("Authorization", "아무도")))
    cek = connect()
    cek.app.secret_key = "비밀"

    class LoggedIn(cek.app.test_client_class or type(cek.app.test_client())):
        def open(self, *args, **kwargs):
            return super().open(*args, headers={"Authorization": "민지"}, **kwargs)

    cek.app.test_client_class = LoggedIn
    assert [cek.launch().speech, cek.launch().speech] == ["1", "1"]
    assert cek.intent("Who").speech == "아무도"


@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS)
def test_a_turn_may_be_taken_in_a_coroutine(pizzabot, turn):
    async def test():
        with pizzabot.app_context():
            pizzabot.log.clear()
            for token in ("민지", "보라"):
                turn(CekClient(pizzabot, access_token=token))
            assert "user" not in g

    asyncio.run(test())
    assert pizzabot.log.pop() == "app torn down after NoneType", "the context of the test"
    assert_apart(pizzabot.log, ["민지", "보라"])


def test_in_a_coroutine_an_error_is_raised_in_the_test(pizzabot):
    pizzabot.testing = True

    async def test():
        threads = set(threading.enumerate())
        with pytest.raises(ZeroDivisionError, match="민지"):
            CekClient(pizzabot, access_token="민지").intent("Fail")
        assert set(threading.enumerate()) <= threads
        return SPOKEN.get()

    assert asyncio.run(test()) == "아무도"


def test_in_a_coroutine_context_variables_of_the_test_are_seen(clova, connect):
    clova.launch(lambda: ask(SPOKEN.get()))
    cek = connect()

    async def test():
        SPOKEN.set("시험")
        return cek.launch().speech

    assert asyncio.run(test()) == "시험"
