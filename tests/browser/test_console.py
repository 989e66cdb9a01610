"""The developer console in a real browser: what a developer does, and each page in three languages."""

import threading

import pytest

from tests.browser.programs import require_browser

require_browser()
pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from flask import Flask
from werkzeug.serving import make_server

from clova_flask import AudioURL, Clova, Speech, ask, cards, tell
from clova_flask.devtools.console import create_app
from clova_flask.devtools.console.attached.keys import signing_key
from clova_flask.devtools.console.records import db
from clova_flask.home import Appliance
from clova_flask.security.devkey import public_pem

HOST = "console.localhost"
ADDRESS = f"https://{HOST}"
WIDTHS = (390, 1280)
LOCALES = ["ko-KR", "ja-JP", "en-GB"]


@pytest.fixture
def console(serve, tmp_path):
    console = create_app(instance_path=tmp_path / "console", config={"TESTING": True})
    serve(HOST, console)
    yield console
    with console.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def endpoint(console):
    """An extension of both kinds, on the loopback address, that trusts the console's key."""
    with console.app_context():
        key = public_pem(signing_key())
    app = Flask("shop")
    clova = Clova(extension_id=["com.example.pizzabot", "com.example.home"], platform="naver", public_key=key)

    @clova.launch
    def welcome():
        return ask(
            "어서 오세요. <무엇>을 드릴까요?",
            AudioURL("https://example.com/bell.mp3"),
            Speech("ピザですか？", lang="ja"),
            reprompt="주문하시겠어요?",
            card=cards.image_text("피자", sub_text_list=["페퍼로니"]),
        )

    @clova.session_ended
    def bye():
        return tell("안녕히 가세요.")

    @clova.home.discover
    def discover():
        return [
            Appliance("lamp-1", type="LIGHT", friendly_name="거실 등", limits={"SetBrightness": (10, 80)})
        ]

    @clova.home.on("SetBrightness")
    def set_brightness(appliance, brightness):
        return {}

    app.config["CLOVA_HOME_ANY_TOKEN"] = True
    clova.init_app(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/clova"
    server.shutdown()
    thread.join()
    server.server_close()


def register(page, endpoint, *, kind="custom", extension_id="com.example.pizzabot", name="피자봇 가게"):
    page.goto(f"{ADDRESS}/register/naver/{kind}")
    page.fill("#extension_id", extension_id)
    page.fill("#name", name)
    page.click("main button.btn-primary")
    page.fill("#endpoint_url", endpoint)
    page.click("main form .btn-primary:visible")
    page.wait_for_selector(".alert-success")


def test_a_custom_extension(console, endpoint, page):
    register(page, endpoint)
    page.click("text=연결")
    page.click("main form button.btn-primary")
    page.wait_for_selector(".badge.text-bg-success")
    assert page.locator("main .card .badge.text-bg-success").count() == 3
    page.click("text=테스트 >> nth=0")
    page.fill("#say", "/launch")
    page.press("#say", "Enter")
    page.wait_for_selector("text=어서 오세요. <무엇>을 드릴까요?")
    assert page.evaluate("document.activeElement.id") == "say"
    page.click("button:has-text('종료')")
    page.wait_for_selector("text=닫힘")
    page.goto(f"{ADDRESS}/extensions/1/delete")
    page.click("main button.btn-danger")
    page.wait_for_selector("text=삭제했습니다: 피자봇 가게")


def test_a_home(console, endpoint, page):
    register(page, endpoint, kind="home", extension_id="com.example.home", name="보라의 집")
    page.goto(f"{ADDRESS}/extensions/1/home/")
    page.fill("#access_token", "token-of-bora")
    page.click("main form button.btn-primary")
    page.wait_for_selector("text=거실 등")
    page.click("a:has-text('SetBrightness')")
    slider = page.locator("#brightness")
    assert slider.get_attribute("min") == "10"
    slider.fill("42")
    assert page.inner_text("output") == "42"
    page.click("main form button.btn-primary")
    page.wait_for_selector("h3:has-text('SetBrightnessConfirmation')")


STUBS = """
window.spoken = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  speak(one) { window.spoken.push(`${one.lang} ${one.text}`); setTimeout(() => one.onend()); },
  cancel() {},
}});
window.Audio = class {
  constructor(url) { this.url = url; }
  async play() { window.spoken.push(this.url); setTimeout(() => this.onended()); }
  pause() {}
};
window.SpeechRecognition = class {
  start() { window.recognition = this; }
  abort() { this.onend(); }
};
"""
HEAR = """words => { const recognition = window.recognition; words.forEach(([text, isFinal]) => {
  recognition.onresult({ results: [Object.assign([{ transcript: text }], { isFinal })] }); });
}"""


def test_answers_are_spoken_in_order_and_what_is_heard_is_sent(console, endpoint, new_page):
    page = new_page(locale="en-GB")
    page.add_init_script(STUBS)
    register(page, endpoint)
    page.goto(f"{ADDRESS}/extensions/1/test/")
    assert not page.is_checked("#voice-speaks")
    page.fill("#say", "/launch")
    page.press("#say", "Enter")
    page.wait_for_selector(".chosen")
    assert page.evaluate("window.spoken") == []  # it is off until it is turned on
    page.focus("#voice-speaks")
    page.keyboard.press("Space")
    page.focus("#voice-listens")
    page.keyboard.press("Space")
    page.fill("#say", "/launch")
    page.press("#say", "Enter")
    page.wait_for_selector("[data-voice-listen][aria-pressed=true]")
    assert page.evaluate("window.spoken") == [
        "ko-KR 어서 오세요. <무엇>을 드릴까요?",
        "https://example.com/bell.mp3",
        "ja-JP ピザですか？",
    ]
    assert page.evaluate("window.recognition.lang") == "ko-KR"
    page.evaluate(HEAR, [["/sil", False]])
    assert page.input_value("#say") == "/sil"
    with page.expect_navigation():
        page.evaluate(HEAR, [["/silence", True]])
    page.wait_for_selector(".said-by-user:has-text('/silence')")
    page.reload()  # what was spoken is not spoken again
    page.wait_for_selector("[data-voice]")
    assert page.evaluate("window.spoken") == []
    assert page.is_checked("#voice-speaks")
    page.click("[data-voice-listen]")
    assert page.get_attribute("[data-voice-listen]", "aria-pressed") == "true"
    page.evaluate("window.recognition.onerror({ error: 'no-speech' })")
    assert "no-speech" in page.inner_text("[data-voice-status]")


@pytest.mark.parametrize("gone", ["speechSynthesis", "SpeechRecognition"])
def test_what_the_browser_cannot_do_is_hidden(console, page, endpoint, gone):
    for name in (gone, f"webkit{gone}"):
        page.add_init_script(f"Object.defineProperty(window, '{name}', {{ value: undefined }});")
    register(page, endpoint)
    page.goto(f"{ADDRESS}/extensions/1/test/")
    assert page.is_visible("[data-voice-listen]") is (gone == "speechSynthesis")
    assert page.is_visible("[data-voice-speak]") is (gone != "speechSynthesis")


def test_fields_that_do_not_count_are_hidden(console, endpoint, page):
    register(page, endpoint)
    assert not page.is_visible("#client_id")
    page.check("#account_linking-yes")
    assert page.is_visible("#client_id")


def test_what_is_wrong_is_where_the_keyboard_is(console, page, problems):
    problems.expect("422")
    page.goto(f"{ADDRESS}/register/naver/custom")
    page.fill("#extension_id", "피자")
    page.fill("#name", "피자봇 가게")
    page.press("#name", "Enter")
    page.wait_for_selector("#extension_id-error")
    assert page.evaluate("document.activeElement.id") == "extension_id"
    assert "extension_id-error" in page.get_attribute("#extension_id", "aria-describedby")


def test_without_scripts(console, endpoint, new_page):
    page = new_page(java_script_enabled=False)
    register(page, endpoint)
    page.goto(f"{ADDRESS}/extensions/1/test/")
    page.fill("#say", "/launch")
    page.click("button:has-text('말하기')")
    page.wait_for_selector("text=어서 오세요. <무엇>을 드릴까요?")
    page.select_option("#page-language", "ja")
    page.click("button:has-text('변경')")
    page.wait_for_selector("html[lang=ja]")


def test_by_keyboard_alone(console, page):
    page.goto(ADDRESS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('익스텐션 등록')")


RECORDING = b'{"request": {"request": {"type": "LaunchRequest"}}, "answer": {}}'
PAGES = ["/", "/review", "/register", "/register/line/custom", *(f"/extensions/1/{step}" for step in (
    "info", "server", "store", "privacy", "test/", "test/history",
    "test/events/?name=AudioPlayer.StreamRequested", "connection", "history", "delete",
    "release", "reviewing", "versions", "store-page",
    "evaluate", "evaluate/1", "evaluate/runs/2", "evaluate/runs/2/against/1",
    "recordings/", "recordings/open?source=uploads:",
)), *(f"/extensions/2/{step}" for step in ("appliances", "push", "page", "home/", "account/"))]  # fmt: skip


def evaluate(page):
    """Keep a set of utterances, and run it against the model twice."""
    page.goto(f"{ADDRESS}/extensions/1/evaluate")
    page.fill("#name", "회귀")
    page.fill("#lines", "네\tClova.YesIntent\n<size>아니</size>\tClova.YesIntent\n우주 정거장\tOrderPizza")
    page.click("main button.btn-primary")
    for _ in range(2):
        page.goto(f"{ADDRESS}/extensions/1/evaluate/1")
        page.click("form[action$='/run'] button")
        page.wait_for_url("**/runs/*")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_is_well_made(console, endpoint, new_page, assert_accessible, shot, locale):
    page = new_page(locale=locale, reduced_motion="reduce")  # no colour between that of day and of night
    register(page, endpoint)
    register(page, endpoint, kind="home", extension_id="com.example.home", name="보라의 집")
    page.goto(f"{ADDRESS}/extensions/1/test/")
    page.fill("#say", "/launch")
    page.press("#say", "Enter")
    page.wait_for_selector(".chosen")
    dialog = page.locator("a[href*='/dialogs/']").get_attribute("href")
    evaluate(page)
    page.goto(f"{ADDRESS}/extensions/1/recordings/")
    recording = {"name": "0001-x.json", "mimeType": "application/json", "buffer": RECORDING}
    page.set_input_files("#files", recording)
    page.click("form[enctype] button")
    page.wait_for_selector(".chosen")
    for path in [*PAGES, dialog]:
        page.goto(f"{ADDRESS}{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways"
            shot(page, f"console-{locale}-{width}-{path.replace('/', '_')}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_selector(f"html[data-bs-theme={scheme}]")
            assert_accessible(page)
