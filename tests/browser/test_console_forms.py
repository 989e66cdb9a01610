"""Forms of the console in a real browser: back and reload, what is not saved, and what is pressed twice."""

import io
import threading
import time

import pytest

from tests.browser.programs import require_browser

require_browser()
pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")

from PIL import Image

from clova_flask.devtools.console.records import db
from clova_flask.devtools.console.testing.turn_records import Turn
from tests.browser.test_console import ADDRESS, console, endpoint, register  # noqa: F401 - fixtures

INFO = f"{ADDRESS}/extensions/1/info"
STORE = f"{ADDRESS}/extensions/1/store"
SAVE = "main form .btn-primary:visible"


@pytest.fixture
def shop(console, endpoint, new_page):  # noqa: F811
    page = new_page(locale="en-GB")
    register(page, endpoint)
    return page


def refuse(page, problems):
    """Send a form that is refused; the browser notes the status of its page."""
    problems.expect("422")
    page.goto(INFO)
    page.fill("#provider", "보라 상회")
    page.fill("#contact", "보라")
    page.click(SAVE)
    page.wait_for_selector("#contact-error")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_back_to_a_form_that_was_refused(console, endpoint, new_page, problems, script):  # noqa: F811
    page = new_page(locale="en-GB", java_script_enabled=script)
    register(page, endpoint)
    refuse(page, problems)
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{ADDRESS}/extensions/1/history")
    page.go_back()
    page.wait_for_selector("#contact-error")
    assert page.input_value("#contact") == "보라"
    assert page.input_value("#provider") == "보라 상회"
    page.fill("#contact", "bora@example.com")
    page.click(SAVE)
    page.wait_for_selector(".alert-success")
    page.go_back()
    page.wait_for_selector("#contact-error")
    page.go_forward()
    assert page.input_value("#contact") == "bora@example.com"


def test_reading_a_refused_form_again_asks_nothing_and_sends_nothing(shop, problems):
    refuse(shop, problems)
    posts = []
    shop.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    shop.reload()
    assert shop.input_value("#contact") == "보라"
    assert posts == []


def dialogs_of(page, *, answer):
    """Note the dialogs of a page, and answer them."""
    seen = []

    def handle(dialog):
        seen.append(dialog.type)
        (dialog.accept if answer else dialog.dismiss)()

    page.on("dialog", handle)
    return seen


def test_what_is_not_saved_is_asked_about(shop):
    seen = dialogs_of(shop, answer=False)
    shop.goto(INFO)
    shop.click("text=History")
    shop.wait_for_url("**/history")
    assert seen == []
    shop.goto(INFO)
    shop.fill("#provider", "보라 상회")
    shop.click("text=History", no_wait_after=True)
    shop.wait_for_timeout(300)
    assert seen == ["beforeunload"]
    assert shop.url == INFO
    assert shop.input_value("#provider") == "보라 상회"
    shop.click(SAVE)
    shop.wait_for_selector(".alert-success")
    assert seen == ["beforeunload"]
    shop.click("text=History")
    shop.wait_for_url("**/history")


def test_a_refused_form_is_not_saved_and_is_asked_about(shop, problems):
    refuse(shop, problems)
    seen = dialogs_of(shop, answer=True)
    shop.click("h1")
    shop.click("text=History")
    shop.wait_for_url("**/history")
    assert seen == ["beforeunload"]


def test_another_form_of_the_page_is_asked_about_before_one_is_sent(console, shop):  # noqa: F811
    shop.goto(f"{ADDRESS}/extensions/1/model")
    shop.fill("#intent", "OrderPizza")
    shop.press("#intent", "Enter")
    shop.wait_for_url("**/intents/OrderPizza")
    shop.fill("#lines", "피자 줘\n피자 하나")
    shop.fill("#new-slot", "pizzaType")
    seen = dialogs_of(shop, answer=False)
    shop.click("button[value=add]")
    assert seen == ["confirm"]
    assert shop.input_value("#lines") == "피자 줘\n피자 하나"
    shop.fill("#new-slot", "")
    shop.click("button[value=add]")
    shop.wait_for_selector("h3:has-text('Expressions (2)')")
    assert seen == ["confirm"]


PRESS_TWICE = """async () => {
  const button = document.querySelector("form[data-says] button");
  button.form.requestSubmit(button);
  button.form.requestSubmit(button);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return [button.ariaBusy, button.disabled];
}"""


def test_another_language_is_not_chosen_over_what_is_not_saved(shop):
    shop.goto(INFO)
    shop.fill("#provider", "보라 상회")
    seen = dialogs_of(shop, answer=False)
    shop.select_option("#page-language", "ja", no_wait_after=True)
    shop.wait_for_timeout(300)
    assert seen == ["confirm"]
    assert shop.input_value("#page-language") == "en"
    assert shop.input_value("#provider") == "보라 상회"


def turns(console):  # noqa: F811
    with console.app_context():
        return db.session.query(Turn).count()


def test_a_button_is_busy_and_pressed_once(console, shop, monkeypatch):  # noqa: F811
    go_on = threading.Event()
    from clova_flask.devtools.console.testing import conversations

    deliver = conversations.deliver_over_http

    def slowly(*arguments):
        go_on.wait(5)
        return deliver(*arguments)

    monkeypatch.setattr(conversations, "deliver_over_http", slowly)
    shop.goto(f"{ADDRESS}/extensions/1/test/")
    shop.fill("#say", "/launch")
    assert shop.evaluate(PRESS_TWICE) == ["true", True]
    go_on.set()
    shop.wait_for_selector("text=어서 오세요.")
    time.sleep(0.3)
    assert turns(console) == 1
    assert not shop.locator("form[data-says] button").first.is_disabled()


def test_an_image_need_not_be_chosen_again(shop, problems, shot):
    problems.expect("422")
    content = io.BytesIO()
    Image.new("RGB", (108, 108), "green").save(content, "PNG")
    shop.goto(STORE)
    shop.set_input_files(
        "#small_icon", {"name": "아이콘.png", "mimeType": "image/png", "buffer": content.getvalue()}
    )
    shop.fill("#summary", "가" * 201)
    shop.click(SAVE)
    shop.wait_for_selector("text=Chosen, and not saved yet.")
    shot(shop, "image-waits")
    shop.fill("#summary", "피자를 주문합니다")
    shop.click(SAVE)
    shop.wait_for_selector(".alert-success")
    assert shop.locator("[data-field=small_icon] img").count() == 1


def test_two_tabs_with_one_form(shop, new_page, problems, assert_accessible, shot):
    problems.expect("409")
    other = new_page(beside=shop)
    for page, provider in ((shop, "보라 상회"), (other, "さくら商店")):
        page.goto(INFO)
        page.fill("#provider", provider)
    other.click(SAVE)
    other.wait_for_selector(".alert-success")
    shop.click(SAVE)
    shop.wait_for_selector("#provider-stored:has-text('さくら商店')")
    assert shop.input_value("#provider") == "보라 상회"
    shop.set_viewport_size({"width": 390, "height": 800})
    assert shop.evaluate("document.documentElement.scrollWidth") <= 390
    for scheme in ("light", "dark"):
        shop.emulate_media(color_scheme=scheme)
        assert_accessible(shop)
        shot(shop, f"two-tabs-{scheme}")
    shop.check("#take-provider-stored")
    shop.click(SAVE)
    shop.wait_for_selector(".alert-success")
    assert shop.input_value("#provider") == "さくら商店"
