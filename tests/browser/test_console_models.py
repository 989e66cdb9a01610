"""The editor of interaction models in a real browser."""

from dataclasses import replace

import pytest

from tests.browser.programs import require_browser

require_browser()
pytest.importorskip("flask_bootstrap", reason="the console needs the extra `console`")
pytest.importorskip("rapidfuzz")

from clova_flask.devtools.console import create_app
from clova_flask.devtools.console.extensions import add_extension
from clova_flask.devtools.console.models.store import store_model
from clova_flask.devtools.console.records import db
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
