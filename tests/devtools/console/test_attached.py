"""The app beside the console, in a process of its own."""

import re
import socket
import time

import pytest

pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from clova_flask.devtools.console.attached.process import AttachedApp
from clova_flask.errors import ClovaError
from clova_flask.security.devkey import sign
from clova_flask.security.signature import HEADER
from clova_flask.wire.json import encode
from tests.devtools.console.browser import Browser

SHOP = """
import logging
from flask import Flask
from clova_flask import Clova, tell

clova = Clova(extension_id="com.example.pizzabot", platform="naver")

@clova.launch
def welcome():
    logging.getLogger("shop").info("누가 왔습니다")
    return tell("어서 오세요.")

@clova.intent("OrderPizza")
def order():
    raise LookupError("치즈가 없습니다")

@clova.home.discover
def discover():
    return []

def create_app():
    app = Flask("shop", instance_path={instance!r})
    clova.init_app(app)
    return app
"""

MODEL = 'language = "ko"\ninvocation_names = ["보라 피자", "피자봇"]\n'


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "shop.py").write_text(SHOP.format(instance=str(tmp_path / "instance")), encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def attach(project):
    started = []

    def attach(import_path="shop:create_app()"):
        attached = AttachedApp(import_path, free_port())
        attached.start()
        started.append(attached)
        attached.wait(30)
        return attached

    yield attach
    for attached in started:
        attached.stop()


def post(attached, message):
    """Post a message as the console does; return its signature and the answer."""
    from clova_flask.devtools.simulator.transport import deliver_over_http

    body = encode(message)
    signature = sign(attached.key(), body)
    url = attached.endpoint_url(attached.described()[0])
    return signature, deliver_over_http(url, body, {HEADER: signature})


def turn(request):
    from clova_flask.devtools.simulator.caller import Caller

    return Caller("com.example.pizzabot", version="0.1.0").message(request)


def test_the_app_is_served_and_described(attach, project):
    attached = attach()
    assert attached.is_served
    described = attached.described()
    assert [(one.kind, one.platform, one.extension_id) for one in described] == [
        ("custom", "naver", "com.example.pizzabot"),
        ("home", "naver", "com.example.pizzabot.home"),
    ]
    assert attached.endpoint_url(described[0]) == f"{attached.url}/clova"


def test_log_lines_and_frames_of_a_turn(attach):
    attached = attach()
    launch, answered = post(attached, turn({"type": "LaunchRequest"}))
    assert answered.status_code == 200
    intent = {
        "type": "IntentRequest",
        "intent": {"intent": "OrderPizza", "name": "OrderPizza", "slots": None},
    }
    order, answered = post(attached, turn(intent))
    assert until(lambda: attached.lines(launch) and attached.lines(order))
    assert [(line.logger, line.text) for line in attached.lines(launch)] == [("shop", "누가 왔습니다")]
    told = "\n".join(line.text for line in attached.lines(order))
    assert "치즈가 없습니다" in told
    assert "shop.py" in told
    assert "site-packages" not in told
    assert b"site-packages" not in answered.body


def test_a_change_is_taken_over(attach, project):
    attached = attach()
    shop = project / "shop.py"
    time.sleep(1.1)
    shop.write_text(shop.read_text(encoding="utf-8").replace("pizzabot", "pastabot"), encoding="utf-8")
    assert until(lambda: attached.described()[0].extension_id == "com.example.pastabot")


def test_an_app_that_cannot_be_loaded_is_tried_again(attach, project):
    shop = project / "shop.py"
    whole = shop.read_text(encoding="utf-8")
    shop.write_text(whole.replace("import logging", "import loggin"), encoding="utf-8")
    attached = attach()
    assert not attached.is_served
    assert "loggin" in attached.failure
    time.sleep(1.1)
    shop.write_text(whole, encoding="utf-8")
    assert until(lambda: attached.is_served)
    assert attached.failure == ""


def test_the_app_ends_with_the_console(attach):
    attached = attach()
    attached.stop()

    def is_gone():
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", attached.port)) != 0

    assert until(is_gone)


def test_an_extension_is_taken_over(make_console, attach, project):
    (project / "interaction_model" / "intents").mkdir(parents=True)
    (project / "interaction_model" / "model.toml").write_text(MODEL, encoding="utf-8")
    intent = project / "interaction_model" / "intents" / "OrderPizza.tsv"
    intent.write_text("[INTENT EXPRESSION]\n피자 주문해 줘\n", encoding="utf-8")
    attached = attach()
    browser = Browser(make_console(attached=attached))
    page = browser.get("/")
    assert "com.example.pizzabot" in page.text
    form = next(form for form in page.forms if form.action.startswith("/take-over/"))
    page = form.submit()
    assert "보라 피자 is registered, with what the app tells." in page.text
    assert page.form("seen").values["invocation_names"] == ["보라 피자", "피자봇", ""]
    assert "OrderPizza" in browser.get("/extensions/1/model").text
    page = browser.get("/extensions/1/server")
    assert page.form("seen").values["endpoint_url"] == [f"{attached.url}/clova"]
    page = browser.get("/extensions/1/connection").form().submit()
    assert "어서 오세요." in page.text
    assert "What flask clova check finds" in page.text


def test_what_is_wrong_with_the_app_is_shown(make_console, attach, project):
    (project / "shop.py").write_text("import loggin", encoding="utf-8")
    page = Browser(make_console(attached=attach())).get("/")
    assert "cannot be loaded" in page.text
    assert "No module named 'loggin'" in page.text


def test_the_lines_of_the_app_stand_beside_the_turn(make_console, attach):
    attached = attach()
    browser = Browser(make_console(attached=attached))
    next(form for form in browser.get("/").forms if form.action.startswith("/take-over/")).submit()
    page = browser.get("/extensions/1/test/").form("line").submit(line="/launch")
    assert "어서 오세요." in page.text
    assert "INFO shop: 누가 왔습니다" in page.text
    page = browser.get("/extensions/1/test/").form("line").submit(line="/end")
    assert page.status == 200


def take_over(make_console, attached):
    browser = Browser(make_console(attached=attached))
    next(form for form in browser.get("/").forms if form.action.startswith("/take-over/")).submit()
    return browser


def say(browser, line):
    return browser.get("/extensions/1/test/").form("line").submit(line=line)


def test_a_change_is_seen_at_the_next_turn(make_console, attach, project):
    browser = take_over(make_console, attach())
    assert "어서 오세요." in say(browser, "/launch").text
    shop = project / "shop.py"
    whole = shop.read_text(encoding="utf-8")
    for greeting in ("반갑습니다.", "또 오셨네요."):
        shop.write_text(whole.replace("어서 오세요.", greeting), encoding="utf-8")
        page = say(browser, "/launch")
        assert f"Spoken answer {greeting}" in page.text
        assert "loaded at" in page.text


def test_a_change_that_breaks_the_app_is_told_at_the_next_turn(make_console, attach, project):
    attached = attach()
    browser = take_over(make_console, attached)
    shop = project / "shop.py"
    whole = shop.read_text(encoding="utf-8")
    for broken, error in (("def create_app(:\n", "SyntaxError"), ("import loggin\n", "No module named")):
        shop.write_text(whole + broken, encoding="utf-8")
        page = say(browser, "/launch")
        assert "The app shop:create_app() cannot be loaded." in page.text
        assert error in page.text
        assert "HTTP 500" in page.text
    shop.write_text(whole, encoding="utf-8")
    page = say(browser, "/launch")
    assert "Spoken answer 어서 오세요." in page.text
    assert "shop:create_app(): running" in page.text


def test_a_change_of_what_is_not_watched_costs_no_more_than_one_turn(attach, project, monkeypatch):
    attached = attach()
    attached._files = [*attached._files, str(project / "notes.txt")]
    (project / "notes.txt").write_text("피자")
    started = time.monotonic()
    attached.settle(0.2)
    assert time.monotonic() - started >= 0.2
    started = time.monotonic()
    attached.settle(5)
    assert time.monotonic() - started < 1


CHATTY = """
print("[INFO] 시작합니다")
print('{"level": "info"}')
"""


def test_what_an_app_prints_as_it_is_imported_is_not_taken_for_the_answer(project):
    app = project / "shop.py"
    app.write_text(CHATTY + app.read_text(encoding="utf-8"), encoding="utf-8")
    assert "clova" in AttachedApp("shop:create_app()", free_port()).check()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("print('안녕')\nraise SystemExit", "flask clova check printed what is not JSON: 안녕"),
        ("print('{안녕')\nraise SystemExit", "flask clova check printed what is not JSON: {안녕"),
        ("raise SystemExit", "flask clova check printed what is not JSON: nothing"),
        ("raise SystemExit('치즈가 없습니다')", "치즈가 없습니다"),
    ],
)
def test_a_command_that_prints_no_json_is_told(project, code, told):
    (project / "shop.py").write_text(code, encoding="utf-8")
    with pytest.raises(ClovaError, match=re.escape(told)):
        AttachedApp("shop:create_app()", free_port()).check()
