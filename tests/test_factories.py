"""An extension in factories: one for several apps, groups that are registered again, code that runs twice."""

import functools
import importlib
import logging
import os
import re
import subprocess
import sys
import threading

import pytest
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from clova_flask import Clova, HandlerGroup, RegistrationError, tell
from clova_flask.devtools.diagnostics.extension import check_extension
from clova_flask.home import Appliance
from clova_flask.runtime import runtime_of
from clova_flask.testing import CekClient

TOKEN = "보라의 토큰"
SOME_GROUP = HandlerGroup()

# Each declares a handler of one kind, which sends a custom message "안녕" or serves the lamp "등".
KINDS = {
    "launch": lambda of, f: of.launch(f),
    "session_ended": lambda of, f: of.session_ended(f),
    "intent": lambda of, f: of.intent("Order")(f),
    "intent in a state": lambda of, f: of.intent("Order", state="confirm")(f),
    "event": lambda of, f: of.event("AudioPlayer.*")(f),
    "fallback": lambda of, f: of.fallback(f),
    "errorhandler": lambda of, f: of.errorhandler(ValueError)(f),
    "before_request": lambda of, f: of.before_request(f),
    "after_request": lambda of, f: of.after_request(f),
    "user_loader": lambda of, f: of.user_loader(f),
    "home.discover": lambda of, f: of.home.discover(f),
    "home.load": lambda of, f: of.home.load(f),
    "home.scenes": lambda of, f: of.home.scenes(f),
    "home.scene_action": lambda of, f: of.home.scene_action(f),
    "home.custom_commands": lambda of, f: of.home.custom_commands(f),
    "home.errorhandler": lambda of, f: of.home.errorhandler(ValueError)(f),
    "home.before_request": lambda of, f: of.home.before_request(f),
    "home.after_request": lambda of, f: of.home.after_request(f),
    "home.on": lambda of, f: of.home.on("TurnOn")(f),
    "home.on a type": lambda of, f: of.home.on("TurnOn", type="LIGHT")(f),
}
HOOKS = {"before_request", "after_request", "home.before_request", "home.after_request"}
ALL_KINDS = pytest.mark.parametrize("kind", KINDS)


def make_app(clova, name="shop"):
    app = Flask(name)
    app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="com.example.pizzabot", TESTING=True)
    clova.init_app(app)
    return app


def declare(of, kind):
    """Declare a handler in a function, as a factory does."""
    if kind == "user_loader":

        def handler(access_token): ...
    else:

        def handler(): ...

    KINDS[kind](of, handler)


def speech(app):
    return CekClient(app, access_token=TOKEN).launch().speech


def whole(of):
    """Declare an extension of both kinds."""
    of.launch(lambda: tell("안녕"))
    of.before_request(lambda: None)
    of.user_loader(lambda access_token: access_token)
    of.home.discover(lambda: [Appliance(id="등", type="LIGHT", friendly_name="등")])
    of.home.on("TurnOn")(lambda: None)


def assert_serves(app):
    cek = CekClient(app, access_token=TOKEN)
    assert cek.launch().speech == "안녕"
    assert cek.discover().payload["discoveredAppliances"][0]["applianceId"] == "등"
    assert cek.control("TurnOn", "등").name == "TurnOnConfirmation"


# What works.


def test_a_factory_makes_any_number_of_apps_of_one_extension():
    clova = Clova()
    whole(clova)
    for number in range(5):
        assert_serves(make_app(clova, f"shop {number}"))


@pytest.mark.parametrize("first", [True, False], ids=["register, init_app", "init_app, register"])
@pytest.mark.parametrize("shares", ["Clova", "group"])
def test_a_factory_may_register_the_same_groups_for_each_app(first, shares):
    clova, group, another = Clova(), HandlerGroup(), HandlerGroup()
    whole(group)
    another.intent("Order")(lambda: tell("주문"))

    def create_app():
        of = clova if shares == "Clova" else Clova()
        if first:
            of.register(group)
            of.register(another)
        app = make_app(of)
        if not first:
            of.register(group)
            of.register(another)
        return app

    apps = [create_app(), create_app()]  # two that have answered nothing
    for app in (*apps, create_app(), create_app()):  # and others when those have
        assert_serves(app)
        assert CekClient(app, access_token=TOKEN).intent("Order").speech == "주문"


@ALL_KINDS
def test_a_group_is_registered_again_without_an_error_whatever_is_in_it(kind):
    group, clova = HandlerGroup(), Clova()
    declare(group, kind)
    for _ in range(2):
        app = make_app(clova)
        clova.register(group)
        runtime = runtime_of(app, "clova")
        assert len([*runtime.registry.handlers(), *runtime.registry.home.handlers()]) == 1
        CekClient(app).post(b"", {})
        clova.register(group)
        assert len([*runtime.registry.handlers(), *runtime.registry.home.handlers()]) == 1


def test_a_hook_of_a_group_that_is_registered_again_runs_once():
    clova, group, calls = Clova(), HandlerGroup(), []
    group.before_request(lambda: calls.append("before"))
    group.after_request(lambda message: calls.append("after"))
    group.launch(lambda: tell("안녕"))
    for _ in range(3):
        clova.register(group)
        app = make_app(clova)
    speech(app)
    assert calls == ["before", "after"]


def test_hooks_that_a_function_makes_are_not_one_hook_that_is_repeated():
    clova, calls = Clova(), []

    def noting(name):
        return lambda: calls.append(name)

    clova.launch(lambda: tell("안녕"))
    clova.before_request(noting("가"))
    app = make_app(clova)
    clova.before_request(noting("나"))
    assert speech(app) == "안녕"
    assert calls == ["가", "나"]


def test_a_clova_of_its_own_for_each_app_may_have_handlers_of_its_own():
    def create_app(sentence):
        clova = Clova()
        app = make_app(clova)

        @clova.launch
        def launch():
            return tell(sentence)

        return app

    assert [speech(create_app(sentence)) for sentence in ("안녕", "こんにちは")] == ["안녕", "こんにちは"]


def test_an_app_answers_with_what_it_was_opened_with():
    clova = Clova()
    whole(clova)
    one, two = make_app(clova, "one"), make_app(clova, "two")
    assert_serves(one)
    registries = [runtime_of(app, "clova").registry for app in (one, two)]
    assert registries[0] is not registries[1]
    # Whatever is done to what is shared, an app that has answered is as it was.
    registries[1].custom.single.clear()
    registries[1].home.single.clear()
    assert_serves(one)
    assert speech(two) == "아직은 할 수 없는 일이에요. 다른 것을 말씀해 주세요."


def test_two_apps_behind_a_dispatcher():
    clova = Clova()
    clova.launch(lambda: tell("안녕"))
    korean, japanese = make_app(clova, "korean"), make_app(clova, "japanese")
    server = Client(DispatcherMiddleware(korean, {"/ja": japanese}))
    for path in ("/clova", "/ja/clova", "/clova"):
        assert server.post(path, data=b"{}").status_code == 401
    for app in (korean, japanese):
        assert speech(app) == "안녕"
    assert server.post("/ko/clova", data=b"{}").status_code == 404


def test_a_factory_in_an_app_context_of_another_app():
    clova = Clova()
    whole(clova)
    with make_app(clova, "outer").app_context():
        inner = make_app(clova, "inner")
        with inner.app_context():
            assert_serves(inner)


def test_apps_may_be_made_and_opened_in_several_threads():
    clova, group, failures = Clova(), HandlerGroup(), []
    whole(group)
    clova.register(group)
    barrier = threading.Barrier(4)

    def run(number):
        try:
            barrier.wait(10)
            clova.register(group)
            assert_serves(make_app(clova, f"shop {number}"))
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


# What does not.

REMEDY = "make the Clova in declare too, clova = Clova(), so that each app has its own"


@ALL_KINDS
@pytest.mark.parametrize("opened", [True, False], ids=["opened", "not opened"])
def test_a_handler_that_a_factory_registers_on_a_shared_extension(kind, opened):
    clova = Clova()
    app = make_app(clova, "shop")
    declare(clova, kind)
    if opened:
        CekClient(app).post(b"", {})
    make_app(clova, "another")
    with pytest.raises(RegistrationError) as error:
        declare(clova, kind)
    message = str(error.value)
    assert REMEDY in message
    assert ("the app 'shop' has answered its first message" in message) is opened
    assert ("declare has run twice" in message) is not opened
    assert re.search(r"test_factories\.py:\d+|Otherwise register it earlier", message)


@pytest.mark.parametrize("kind", sorted(HOOKS))
def test_a_hook_of_a_factory_does_not_run_twice_for_a_message(kind):
    clova = Clova()
    declare(clova, kind)  # before init_app, in each factory
    make_app(clova, "shop")
    with pytest.raises(RegistrationError, match=f"{kind} has .* already, which would run twice. declare has"):
        declare(clova, kind)


@pytest.mark.parametrize("kind", sorted(HOOKS))
def test_a_hook_that_closes_over_its_app_does_not_run_twice(kind):
    clova = Clova()

    def create_app():
        app = make_app(clova)
        KINDS[kind](clova, lambda: app.logger.debug("요청"))

    create_app()
    with pytest.raises(RegistrationError, match=r"would run twice\. create_app has run twice\."):
        create_app()


@pytest.mark.parametrize("kind", ["before_request", "after_request"])
def test_a_hook_of_a_module_that_has_run_twice_is_not_repeated(kind, folder):
    (folder / "shared.py").write_text(SHARED)
    (folder / "hooks.py").write_text(f"from shared import clova\n@clova.{kind}\ndef hook(): ...\n")
    module = importlib.import_module("hooks")
    make_app(module.clova)
    with pytest.raises(RegistrationError, match=r"would run twice\. The module 'hooks' has"):
        importlib.reload(module)


def test_a_group_whose_module_has_run_twice_is_another_group(folder):
    (folder / "orders.py").write_text(
        "from clova_flask import HandlerGroup\ngroup = HandlerGroup()\n"
        "@group.before_request\ndef hook(): ...\n"
    )
    clova, module = Clova(), importlib.import_module("orders")
    clova.register(module.group)
    make_app(clova)
    with pytest.raises(RegistrationError, match="The module 'orders' has run twice"):
        clova.register(importlib.reload(module).group)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (sys.modules[__name__], r"not module. Write clova.register\(.*test_factories.SOME_GROUP\)\."),
        (re, "not module.$"),
        (None, "not None.$"),
        ("orders", "not str.$"),
        (len, "not builtin_function_or_method.$"),
    ],
    ids=["module with a group", "module", "None", "str", "function"],
)
def test_what_is_no_group_is_refused(given, message):
    with pytest.raises(RegistrationError, match=f"register must be called with a HandlerGroup, {message}"):
        Clova().register(given)


@ALL_KINDS
def test_another_group_for_an_extension_that_has_answered(kind):
    clova, group = Clova(), HandlerGroup()
    declare(group, kind)
    CekClient(make_app(clova, "shop")).post(b"", {})
    make_app(clova, "another")
    with pytest.raises(RegistrationError) as error:
        clova.register(group)
    assert str(error.value).startswith(
        "No more handlers can be registered: the app 'shop' has answered its first message. The group that "
        "begins with declare.<locals>.handler ("
    )
    assert str(error.value).endswith("must make the Clova too, clova = Clova(): each app needs its own.")


@ALL_KINDS
def test_a_group_that_has_joined_accepts_no_more(kind):
    """As a blueprint of Flask's: what is added would be missing where it was registered before."""
    group, clova = HandlerGroup(), Clova()
    group.intent("First")(lambda: None)
    clova.register(group)
    with pytest.raises(RegistrationError) as error:
        declare(group, kind)
    assert "its group has joined the extension 'clova'" in str(error.value)
    assert "make the HandlerGroup in declare too, group = HandlerGroup()" in str(error.value)
    clova.register(group)
    Clova("another").register(group)


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - HOOKS))
def test_a_group_that_does_not_fit_leaves_nothing_behind(kind):
    clova, group = Clova(), HandlerGroup()
    declare(clova, kind)
    for another in KINDS:
        declare(group, another)
    for _ in range(2):
        with pytest.raises(RegistrationError, match=r" has a handler already: declare\..*handler"):
            clova.register(group)
    registry = runtime_of(make_app(clova), "clova").registry
    assert len([*registry.handlers(), *registry.home.handlers()]) == 1


def test_one_function_registered_twice_is_said_so():
    def hello(): ...

    clova = Clova()
    clova.launch(hello)
    with pytest.raises(RegistrationError, match=r"Register it once\. A factory that does it must make"):
        clova.launch(hello)


class Kitchen:
    def hello(self): ...

    def __call__(self): ...


def limited(name): ...


AGAIN = {
    "method": lambda: Kitchen().hello,
    "object": Kitchen,
    "partial": lambda: functools.partial(limited, object()),
    "partial of a method": lambda: functools.partial(Kitchen().hello),
}


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN)
def test_what_is_made_of_one_function_again_is_said_so(again):
    """The module has not run twice then."""
    clova = Clova()
    clova.session_ended(again())
    with pytest.raises(RegistrationError, match=r"Register it once\. A factory that does it must make"):
        clova.session_ended(again())
    # Before there is an app, two objects may be two hooks.
    clova.before_request(again())
    clova.before_request(again())
    make_app(clova)
    clova.before_request(again())
    make_app(clova)
    with pytest.raises(RegistrationError, match=r"would run twice\. Register it once"):
        clova.before_request(again())


def test_two_functions_are_named_both():
    clova = Clova()
    clova.launch(lambda: 1)
    with pytest.raises(RegistrationError, match=r"Remove it, or remove .*<lambda> \(.*test_factories.py:"):
        clova.launch(lambda: 2)


# Modules that run twice.

SHARED = "from clova_flask import Clova\nclova = Clova()\n"
HANDLERS = """
from shared import clova

@clova.launch
def hello():
    return "안녕"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if getattr(sys.modules[name], "__file__", None) and str(tmp_path) in sys.modules[name].__file__:
            del sys.modules[name]


def test_a_module_that_is_reloaded(folder):
    (folder / "shared.py").write_text(SHARED)
    (folder / "greetings.py").write_text(HANDLERS)
    module = importlib.import_module("greetings")
    with pytest.raises(RegistrationError) as error:
        importlib.reload(module)
    assert re.fullmatch(
        r"launch has a handler already: hello \(.*greetings\.py:4\)\. The module 'greetings' has run twice\. "
        r"Reload the module that makes the Clova before it, or start the program again\.",
        str(error.value),
    )
    importlib.reload(sys.modules["shared"])
    importlib.reload(module)


def test_a_module_of_two_names(folder):
    (folder / "shared.py").write_text(SHARED)
    (folder / "greetings").mkdir()
    (folder / "greetings" / "hello.py").write_text(HANDLERS)
    importlib.import_module("greetings.hello")
    sys.path.insert(0, str(folder / "greetings"))
    try:
        with pytest.raises(RegistrationError) as error:
            importlib.import_module("hello")
    finally:
        sys.path.remove(str(folder / "greetings"))
    assert str(error.value).endswith(
        "Its file has run twice, as 'greetings.hello' and as 'hello'. Import it by one name everywhere."
    )


APP = """
from flask import Flask
from shared import clova

app = Flask(__name__)
app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="x")
clova.init_app(app)

@clova.launch
def hello():
    return "안녕"

import orders
"""
ALONE = """
import logging
from flask import Flask
from clova_flask import Clova
from clova_flask.testing import CekClient

logging.basicConfig(format="%(levelname)s %(message)s")
app = Flask(__name__)
app.config.update(CLOVA_PLATFORM="naver", CLOVA_EXTENSION_ID="x")
clova = Clova(app)
import orders

if __name__ == "__main__":
    CekClient(app).launch()
    CekClient(app).launch()
"""
ORDERS = "from shop import {}\n@clova.intent('Order')\ndef order(): return '주문'\n"


def run(folder, *arguments):
    """Run Python in a folder; return its exit code, and what it wrote."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("way", [["shop.py"], ["-m", "shop"]], ids=["python shop.py", "python -m shop"])
def test_a_program_that_imports_itself_and_registers_twice(folder, way):
    (folder / "shared.py").write_text(SHARED)
    (folder / "shop.py").write_text(APP, encoding="utf-8")
    (folder / "orders.py").write_text(ORDERS.format("app, clova"), encoding="utf-8")
    code, output = run(folder, *way)
    assert code == 1
    assert "launch has a handler already: hello (shop.py:9). Its file has run twice, as '__main__'" in output
    assert "Start it with flask --app shop run, or move what others import from it" in output
    assert run(folder, "-m", "flask", "--app", "shop", "clova", "handlers")[0] == 0


@pytest.mark.parametrize("way", [["shop.py"], ["-m", "shop"]], ids=["python shop.py", "python -m shop"])
def test_a_program_that_imports_itself_and_has_no_handlers(folder, way):
    (folder / "shop.py").write_text(ALONE, encoding="utf-8")
    (folder / "orders.py").write_text(ORDERS.format("clova"), encoding="utf-8")
    code, output = run(folder, *way)
    assert code == 0, output
    assert output.count("WARNING There are no handlers in the extension 'clova' of the app 'shop'.") == 1
    assert "shop.py has run twice, as '__main__' and as 'shop', so there may be two Clova objects. " in output
    assert "Start it with flask --app shop run" in output


def test_no_handlers_at_all_is_one_warning_with_the_first_message(caplog):
    caplog.set_level(logging.WARNING)
    clova = Clova()
    app = make_app(clova, "shop")
    assert caplog.messages == []
    cek = CekClient(app)
    for _ in range(3):
        cek.launch()
    (warning,) = [message for message in caplog.messages if "handlers.none" in message]
    assert warning == (
        "There are no handlers in the extension 'clova' of the app 'shop'. Decorate a function with "
        "@clova.launch or @clova.home.discover, and import the modules that hold handlers in the factory. "
        "[handlers.none]"
    )


@ALL_KINDS
def test_handlers_that_come_after_init_app_are_no_reason_to_warn(kind, caplog):
    caplog.set_level(logging.WARNING)
    clova = Clova()
    app = make_app(clova, "shop")
    declare(clova, kind)
    CekClient(app).post(b"", {})
    assert "handlers.none" not in caplog.text
    assert "handlers.none" not in [found.code for found in check_extension(runtime_of(app, "clova"))]
