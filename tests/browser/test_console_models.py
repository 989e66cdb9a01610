"""The editor of interaction models in a real browser."""

import pytest

from tests.browser.programs import require_browser

require_browser()
pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("rapidfuzz")

from clova_flask.devtools.console.extensions import add_extension
from clova_flask.devtools.console.models.store import store_model
from clova_flask.devtools.console.records import db
from clova_flask.devtools.model.intents import read_intent
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.model.slot_types import read_slot_type
from tests.browser.test_console import ADDRESS, LOCALES, WIDTHS, console  # noqa: F401

MODEL = f"{ADDRESS}/extensions/1/model"
ORDER = """[INTENT SLOT]
pizzaType\tPIZZA_TYPE
count\tCLOVA.NUMBER

[INTENT EXPRESSION]
<pizzaType>페퍼로니</pizzaType> 피자 <count>두</count> 판 주문해 줘
<pizzaType>불고기</pizzaType> 시켜 줘
<size>라지</size> 피자로 줘
"""


@pytest.fixture
def model(console):  # noqa: F811
    """A model with an intent, a slot type, and something that its checks find."""
    with console.app_context():
        values = {"extension_id": "com.example.pizzabot", "name": "피자봇 가게"}
        extension = add_extension("custom", "naver", {**values, "invocation_names": ["피자봇 가게"]})
        stored = InteractionModel(
            built_in_intents=("Clova.GuideIntent", "Clova.YesIntent"),
            built_in_slot_types=("CLOVA.NUMBER",),
            intents={"OrderPizza": read_intent(ORDER.encode(), "OrderPizza")},
            slot_types={"PIZZA_TYPE": read_slot_type("페퍼로니\t페페로니\n불고기\n".encode(), "PIZZA_TYPE")},
        )
        store_model(extension.test_version, stored)
        db.session.commit()


PAGES = (
    "", "/intents/OrderPizza", "/slot-types/PIZZA_TYPE", "/files/all", "/files/intents/OrderPizza",
    "/profile?by=edited&utterance=페페로니 피자 세 판 주문해 주세요",
)  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_is_well_made(model, new_page, assert_accessible, shot, locale):
    page = new_page(locale=locale, reduced_motion="reduce")
    page.goto(MODEL)
    page.click("form[data-busy] button")  # builds, and finds what the slot <size> lacks
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
