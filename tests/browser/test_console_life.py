"""The life of an extension in the developer console, in a real browser: from an empty store to its end."""

import threading

import pytest

from tests.browser.programs import require_browser

require_browser()
pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from flask import Flask
from werkzeug.serving import make_server

from benchmarks import peers
from clova_flask import Clova, ask, tell
from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.security.devkey import public_pem
from tests.browser.test_console import ADDRESS, console  # noqa: F401

REVIEW_TEXT = """피자를 주문합니다. 처음 쓰는 사람도 바로 주문할 수 있습니다.
OrderPizza: '페퍼로니 주문해 줘', '고구마 피자 주문해 줘'"""


@pytest.fixture
def trusted_key(console):  # noqa: F811
    with console.app_context():
        return public_pem(signing_key())


@pytest.fixture
def serve_plainly():
    """Serve an app on the loopback address over http, as a developer's own."""
    servers = []

    def serve_plainly(app):
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/clova"

    yield serve_plainly
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def pizza_bot(trusted_key, serve_plainly):
    app = Flask("shop")
    clova = Clova(extension_id="com.example.pizzabot", platform="naver", public_key=trusted_key)

    @clova.launch
    def welcome():
        return ask("어서 오세요. 어떤 피자를 드릴까요?", reprompt="주문하시겠어요?")

    @clova.intent("OrderPizza")
    def order(pizza_type: str):
        return tell(f"{pizza_type} 피자를 주문했어요.")

    for name in ("Guide", "Cancel", "Yes", "No"):
        clova.intent(f"Clova.{name}Intent")(lambda name=name: tell(f"{name}에 대한 대답입니다."))
    clova.init_app(app)
    return serve_plainly(app)


def save(page):
    """Press the button of the form that is shown, and wait until it is stored."""
    page.click("main form .btn-primary:visible >> nth=0")
    page.wait_for_selector(".alert-success")


def register(page, platform, endpoint, **fields):
    page.goto(f"{ADDRESS}/")
    page.click("a[href='/register'] >> nth=0")
    page.click(f"a[href='/register/{platform}/custom']")
    for name, value in fields.items():
        page.fill(f"#{name}", value)
    page.click("main button.btn-primary")
    page.wait_for_selector("#endpoint_url")
    page.fill("#endpoint_url", endpoint)
    save(page)


def act(page, action, **filled):
    """Do something of a version's life on the page where it is offered."""
    button = page.locator(f"form[action$='/acts/{action}'] button, button[formaction$='/acts/{action}']")
    form = page.locator(f"form[action$='/acts/{action}'], form:has(button[formaction$='/acts/{action}'])")
    for name, value in filled.items():
        form.locator(f"[name={name}]").fill(value)
    asked = page.locator(f"details#{action} > summary")
    if asked.count():
        asked.click()
    for box in form.locator("[type=checkbox]:not([name=rule])").all():
        box.check()
    button.click()
    page.wait_for_selector(".alert-success")


def release(page, key, message):
    """Request a review, approve it on the reviewer's side, and deploy."""
    page.goto(f"{ADDRESS}/extensions/{key}/release")
    act(page, "request_review", message=message)
    page.goto(f"{ADDRESS}/review")
    page.click(f"a[href='/extensions/{key}/reviewing']")
    assert message in page.inner_text("main")
    act(page, "approve")
    act(page, "deploy")


def say(page, utterance, answer):
    page.fill("#say", utterance)
    page.press("#say", "Enter")
    page.wait_for_selector(f".said-by-clova:has-text('{answer}')")


def add_model(page, words, lines):
    """Make a slot type of words, and an intent that is asked with one of them."""
    page.goto(f"{ADDRESS}/extensions/1/model")
    page.fill("#type", "PIZZA_TYPE")
    page.fill("#words", words)
    page.click("form[action$='/add-type'] button")
    page.goto(f"{ADDRESS}/extensions/1/model")
    page.fill("#intent", "OrderPizza")
    page.press("#intent", "Enter")
    page.wait_for_selector("#new-slot")
    page.fill("#new-slot", "pizzaType")
    page.select_option("#new-type", "PIZZA_TYPE")
    page.click("button[value=new-slot]")
    page.wait_for_selector("[data-slot=pizzaType]")
    add_lines(page, lines)


def add_lines(page, lines):
    """Add expressions to the intent whose page is open; [페퍼로니] stands for a slot."""
    marked = "\n".join(lines).replace("[", "<pizzaType>").replace("]", "</pizzaType>")
    page.fill("#lines", marked)
    page.click("button[value=add]")
    page.wait_for_selector(".alert-success")


def build(page):
    page.goto(f"{ADDRESS}/extensions/1/model")
    page.click("form[action$='/build'] button")
    page.wait_for_selector(".alert-success")


def test_from_an_empty_store_to_the_end(pizza_bot, page):
    register(page, "naver", pizza_bot, extension_id="com.example.pizzabot", name="보라 피자봇")
    page.goto(f"{ADDRESS}/extensions/1/info")
    page.fill("#invocation_names-1", "보라 피자")
    save(page)
    add_model(page, "페퍼로니, 페페로니\n고구마", ["[페퍼로니] 주문해 줘", "[고구마] 피자 주문해 줘"])
    build(page)

    page.goto(f"{ADDRESS}/extensions/1/test/")
    say(page, "보라 피자 시작해줘", "어서 오세요.")
    say(page, "페페로니 주문해 줘", "페퍼로니 피자를 주문했어요.")

    page.goto(f"{ADDRESS}/extensions/1/store")
    page.fill("#review_description", REVIEW_TEXT)
    page.fill("#description", "피자를 주문합니다. 문의: help@example.com")
    save(page)
    page.goto(f"{ADDRESS}/extensions/1/release")
    page.click("form[action$='/tries'] button")
    page.wait_for_selector(".alert-success")
    found = page.inner_text("section[aria-labelledby=found]")
    assert "review.endpoint-address" in found  # a review does not take an address of this machine
    assert "review.not-answered" not in found
    assert "review.not-refused" not in found
    assert "review.not-built" not in found
    release(page, 1, "첫 심사입니다. 피자를 주문합니다.")

    page.goto(f"{ADDRESS}/extensions/1/info")
    page.fill("#name", "보라 피자봇 2")
    save(page)
    page.goto(f"{ADDRESS}/extensions/1/model/intents/OrderPizza")
    add_lines(page, ["[고구마] 시켜 줘"])
    build(page)
    page.goto(f"{ADDRESS}/extensions/1/versions")
    assert "보라 피자봇 2" in page.inner_text("main table >> nth=1")
    assert "고구마" in page.inner_text("main ul.list-unstyled")
    release(page, 1, "이름과 예시 발화를 고쳤습니다.")

    page.goto(f"{ADDRESS}/")
    assert "보라 피자봇 2" in page.inner_text("main")
    page.goto(f"{ADDRESS}/extensions/1/release")
    act(page, "stop")
    page.goto(f"{ADDRESS}/extensions/1/delete")
    page.click("main button.btn-danger")
    page.wait_for_selector(".alert-success")
    page.wait_for_selector("main a[href='/register']")


@pytest.fixture
def line_skill(trusted_key, serve_plainly):
    """A skill that is written with LINE's SDK, put on Flask as its documentation does."""
    reason = peers.install()
    if reason is not None:
        pytest.skip(f"LINE's clova-cek-sdk cannot be installed: {reason}")
    peers.use()
    import cek
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from flask import jsonify, request

    clova = cek.Clova(application_id="com.example.line.pizza", default_language="ja")
    clova.handle._public_key = load_pem_public_key(trusted_key.encode())
    clova.handle.launch(lambda _request: clova.response("いらっしゃいませ。何にしますか？"))
    clova.handle.intent("OrderPizza")(
        lambda order: clova.response(f"{order.slot_value('pizzaType')}を注文しました。", end_session=True)
    )
    clova.handle.intent("Clova.GuideIntent")(lambda _request: clova.response("ピザの名前を言ってください。"))
    clova.handle.end(lambda _request: clova.response("ありがとうございました。"))
    clova.handle.default(lambda _request: clova.response("もう一度お願いします。"))
    app = Flask("line")

    @app.post("/clova")
    def endpoint():
        response = jsonify(clova.route(request.data, request.headers))
        response.headers["Content-Type"] = "application/json;charset-UTF-8"
        return response

    # The SDK raises where it refuses a message; what the platform is then told is left to the app.
    for refusal in (KeyError, InvalidSignature, cek.core.ApplicationIdMismatch):
        app.register_error_handler(refusal, lambda _error: ("", 400))
    return serve_plainly(app)


def test_a_skill_that_is_written_with_lines_sdk(line_skill, new_page):
    page = new_page(locale="ja-JP")
    register(page, "line", line_skill, extension_id="com.example.line.pizza", name="ボラピザ")
    page.goto(f"{ADDRESS}/extensions/1/info")
    page.fill("#invocation_name", "ボラピザ")
    save(page)
    page.goto(f"{ADDRESS}/extensions/1/connection")
    page.click("main form button.btn-primary")
    page.wait_for_selector("main .card .badge")
    assert page.locator("main .card .badge.text-bg-success").count() == 3, page.inner_text("main")

    add_model(page, "マルゲリータ\nペパロニ", ["[マルゲリータ]をください", "[ペパロニ]を注文して"])
    build(page)

    page.goto(f"{ADDRESS}/extensions/1/test/")
    say(page, "ボラピザを起動して", "いらっしゃいませ。何にしますか？")
    say(page, "ペパロニをください", "ペパロニを注文しました。")

    page.goto(f"{ADDRESS}/extensions/1/release")
    page.click("form[action$='/tries'] button")
    page.wait_for_selector(".alert-success")
    assert "review.not-refused" not in page.inner_text("main")
    release(page, 1, "最初の審査です。ピザを注文します。")
    page.goto(f"{ADDRESS}/extensions/1/versions")
    assert "サービス中" in page.inner_text("main table >> nth=0")
