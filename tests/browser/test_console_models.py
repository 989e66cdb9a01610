"""The editor of interaction models in a real browser."""

from dataclasses import replace

import pytest

from tests.browser.programs import require_browser

require_browser()
pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("rapidfuzz")

from clova_flask.devtools.console import create_app
from clova_flask.devtools.console.extensions import add_extension
from clova_flask.devtools.console.models.store import model_of, store_model
from clova_flask.devtools.console.records import Version, db
from clova_flask.devtools.model.files import save_model
from clova_flask.devtools.model.intents import read_intent
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.model.slot_types import read_slot_type
from tests.browser.test_console import ADDRESS, HOST, LOCALES, WIDTHS
from tests.devtools.console.test_registering import Beside, described

EXTENSION_ID = "com.example.pizzabot"
MODEL = f"{ADDRESS}/extensions/1/model"
ORDER = """[INTENT SLOT]
pizzaType\tPIZZA_TYPE
count\tCLOVA.NUMBER

[INTENT EXPRESSION]
<pizzaType>페퍼로니</pizzaType> 피자 <count>두</count> 판 주문해 줘
<pizzaType>불고기</pizzaType> 시켜 줘
<size>라지</size> 피자로 줘
"""
OTHER = ORDER.replace("시켜 줘", "하나 시켜 줘")


@pytest.fixture
def console(serve, tmp_path):
    """A console with a model in which its checks find something, and another one in the project's folder."""
    folder = tmp_path / "interaction_model"
    beside = Beside(described(platform="naver", extension_id=EXTENSION_ID, model_folder=str(folder)))
    console = create_app(instance_path=tmp_path / "console", attached=beside, config={"TESTING": True})
    serve(HOST, console)
    with console.app_context():
        values = {"extension_id": EXTENSION_ID, "name": "피자봇 가게", "invocation_names": ["피자봇 가게"]}
        extension = add_extension("custom", "naver", values)
        stored = InteractionModel(
            built_in_intents=("Clova.GuideIntent", "Clova.YesIntent"),
            built_in_slot_types=("CLOVA.NUMBER",),
            intents={"OrderPizza": read_intent(ORDER.encode(), "OrderPizza")},
            slot_types={"PIZZA_TYPE": read_slot_type("페퍼로니\t페페로니\n불고기\n".encode(), "PIZZA_TYPE")},
        )
        store_model(extension.test_version, stored)
        db.session.commit()
    save_model(replace(stored, intents={"OrderPizza": read_intent(OTHER.encode(), "OrderPizza")}), folder)
    yield console
    with console.app_context():
        db.session.remove()
        db.engine.dispose()


PAGES = (
    "", "/intents/OrderPizza", "/slot-types/PIZZA_TYPE", "/files/all", "/files/intents/OrderPizza",
    "/folder", "/profile?by=edited&utterance=페페로니 피자 세 판 주문해 주세요",
)  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_is_well_made(console, new_page, assert_accessible, shot, locale):
    page = new_page(locale=locale, reduced_motion="reduce")
    page.goto(MODEL)
    page.click("form[action$=build] button")  # builds, and finds what the slot <size> lacks
    page.wait_for_selector("#found")
    for path in PAGES:
        page.goto(f"{MODEL}{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways"
            shot(page, f"model-{locale}-{width}-{path.partition('?')[0].replace('/', '_')}")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_selector(f"html[data-bs-theme={scheme}]")
            assert_accessible(page)


def new_line(page, text):
    """Type an expression into the field for new ones."""
    page.goto(f"{MODEL}/intents/OrderPizza")
    page.fill("#lines", text)


def stored(console):
    with console.app_context():
        return model_of(db.session.get(Version, 1)).intents["OrderPizza"]


def drag_over(page, selector, first, last):
    """Select characters of an input by dragging the mouse over them."""
    page.locator(selector).scroll_into_view_if_needed()
    left, right, middle = page.evaluate(
        """([selector, first, last]) => {
            const input = document.querySelector(selector), box = input.getBoundingClientRect();
            const style = getComputedStyle(input), canvas = document.createElement("canvas").getContext("2d");
            canvas.font = style.font;
            const start = box.left + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth);
            const width = (end) => start + canvas.measureText(input.value.slice(0, end)).width;
            const line = parseFloat(style.lineHeight) || 24;
            return [width(first), width(last), box.top + parseFloat(style.paddingTop) + line / 2];
        }""",
        [selector, first, last],
    )
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(right, middle, steps=5)
    page.mouse.up()


def test_a_phrase_is_marked_by_the_mouse(console, page):
    new_line(page, "고구마 피자 하나 줘")
    drag_over(page, "#lines", 0, 3)
    page.click("[data-marks=lines] [data-slot=pizzaType]")
    assert page.input_value("#lines") == "<pizzaType>고구마</pizzaType> 피자 하나 줘"
    page.click("button[name=do][value=add]")
    page.wait_for_selector("mark:has-text('고구마')")
    assert stored(console).expressions[-1].text == "<pizzaType>고구마</pizzaType> 피자 하나 줘"


def test_a_phrase_is_marked_by_the_keyboard(console, page):
    new_line(page, "치즈 피자 세 판 줘")
    page.focus("#lines")
    page.keyboard.press("Control+Home")
    for _letter in "치즈":
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "pizzaType"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "lines"
    page.keyboard.press("End")
    for _letter in "세 판 줘":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.input_value("#lines") == "<pizzaType>치즈</pizzaType> 피자 <count>세</count> 판 줘"
    page.focus("button[name=do][value=add]")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark:has-text('치즈')")
    assert stored(console).expressions[-1].text == "<pizzaType>치즈</pizzaType> 피자 <count>세</count> 판 줘"


def test_a_phrase_becomes_a_new_slot(console, page):
    new_line(page, "콜라 하나 줘")
    page.click("[data-new-slot=with-slot]")  # which opens what names the slot
    page.wait_for_function("document.activeElement.id == 'with-slot'")
    page.keyboard.type("drink")
    page.select_option("#with-type", "PIZZA_TYPE")
    drag_over(page, "#lines", 0, 2)
    page.click("[data-new-slot=with-slot]")
    page.click("button[name=do][value=add]")
    page.wait_for_selector("mark:has-text('콜라')")
    intent = stored(console)
    assert intent.expressions[-1].text == "<drink>콜라</drink> 하나 줘"
    assert intent.slot_type("drink") == "PIZZA_TYPE"


def test_an_expression_is_marked_anew(console, page):
    page.goto(f"{MODEL}/intents/OrderPizza")
    item = page.locator("li:has(summary:has-text('불고기'))")
    item.locator("summary").click()
    item.locator("input[name=text]").fill("라지 불고기 시켜 줘")
    item.locator("input[name=text]").evaluate("input => input.setSelectionRange(3, 7)")  # with a space
    item.locator("[data-slot=pizzaType]").click()
    item.locator("input[name=text]").evaluate("input => input.setSelectionRange(0, 2)")
    item.locator("[placeholder]").fill("size")
    item.locator("[data-new-slot]").click()
    item.locator("button[value=edit]").click()
    page.wait_for_selector("mark.slot-none:has-text('라지')")
    assert stored(console).expressions[1].text == "<size>라지</size> <pizzaType>불고기</pizzaType> 시켜 줘"
