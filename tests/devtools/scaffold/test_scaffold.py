"""Handlers that are started from a model, and a model that is started from handlers."""

import enum
import types
from datetime import date, time, timedelta
from typing import Annotated, Literal

import pytest
from marshmallow import validate

from clova_flask import HandlerGroup, Interval, tell
from clova_flask.custom.registry import CustomRegistry
from clova_flask.devtools.diagnostics.model_handlers import check_against_handlers
from clova_flask.devtools.model.catalogue import BUILT_IN_SLOT_TYPES
from clova_flask.devtools.model.files import load_model
from clova_flask.devtools.scaffold.model import start_model
from clova_flask.devtools.scaffold.stubs import handler_stubs
from tests.devtools.models import model


class Menu(enum.Enum):
    PEPPERONI = "페퍼로니"
    BULGOGI = "불고기"


def stubs_of(*arguments, **options):
    group = HandlerGroup()
    made = model(*arguments, **options)
    text = handler_stubs(made, group.registry.custom)
    scope = types.ModuleType("stubs")
    scope.clova = group
    exec(compile(text, "stubs.py", "exec"), vars(scope))
    return text, made, group


def test_stubs_are_handlers_that_fit_the_model():
    slots = {
        "pizzaType": "PIZZA_TYPE", "pizzaAmount": "CLOVA.NUMBER", "deliveryTime": "CLOVA.DATETIME",
        "wait": "CLOVA.DURATION", "weight": "CLOVA.WEIGHT", "user": "CLOVA.WORLD_CITY", "class": "PIZZA_TYPE",
        "pizza-type": "PIZZA_TYPE", "피자": "PIZZA_TYPE",
    }  # fmt: skip
    intents = {"OrderPizza": {"slots": slots}, "Tell": {"say": ["말해"]}, "피자주문": {"say": ["주문"]}}
    text, made, group = stubs_of(
        intents, built_in_intents=["Clova.YesIntent"], built_in_slot_types=sorted(BUILT_IN_SLOT_TYPES)
    )
    assert check_against_handlers(made, group.registry.custom) == []
    assert set(group.registry.custom.single) == {"launch"}
    assert set(group.registry.custom.intents) == {
        (name, None) for name in ("OrderPizza", "Tell", "피자주문", "Clova.YesIntent")
    }
    assert text.startswith(
        "from datetime import date, datetime, time\n\n"
        "from clova_flask import Duration, Quantity, ask, tell\n\n\n@clova.launch\n"
    )
    assert "pizza_amount: int | None" in text
    assert "wait: Duration | None" in text  # a timedelta has no months
    assert "def yes_intent():" in text
    assert "def tell_2():" in text  # `tell` itself is used by the others
    assert handler_stubs(made, group.registry.custom) == ""


def test_stubs_import_what_they_use_alone():
    text, _, _ = stubs_of()
    assert text == (
        'from clova_flask import ask, tell\n\n\n@clova.launch\ndef launch():\n    return ask("…")\n\n\n'
        '@clova.intent("OrderPizza")\ndef order_pizza(pizza_type: str | None):\n    return tell("…")\n'
    )


def test_a_model_starts_from_the_handlers():
    group = HandlerGroup()

    def order(
        session,
        pizza_type: Literal["페퍼로니", "불고기"] | None,
        menu: Menu,
        amount: Annotated[int, validate.Range(min=1)] = 1,
        delivery_time: time | None = None,
        days: Interval[date] | None = None,
        oven: timedelta | None = None,
        memo=None,
        who: str = "",
    ):
        return "네"

    group.intent("OrderPizza", "Reorder", slots={"who": "customerName"})(order)
    group.intent("OrderPizza", state="confirm")(lambda pizza_type, sauce_kind: "네")
    group.intent("Clova.NoIntent", "Clova.YesIntent")(lambda: "네")
    made = start_model(group.registry.custom, extension_id="com.example.pizzabot", language="ja")
    assert (made.extension_id, made.language) == ("com.example.pizzabot", "ja")
    assert made.built_in_intents == ("Clova.YesIntent", "Clova.NoIntent")
    assert made.built_in_slot_types == ("CLOVA.DATETIME", "CLOVA.DURATION", "CLOVA.NUMBER")
    assert list(made.intents) == ["OrderPizza", "Reorder"]
    assert {slot.name: slot.type for slot in made.intents["OrderPizza"].slots} == {
        "pizzaType": "PIZZA_TYPE",
        "menu": "MENU",
        "amount": "CLOVA.NUMBER",
        "deliveryTime": "CLOVA.DATETIME",
        "days": "CLOVA.DATETIME",
        "oven": "CLOVA.DURATION",
        "memo": "MEMO",
        "customerName": "CUSTOMER_NAME",
        "sauceKind": "SAUCE_KIND",
    }
    words = {name: [entry.value for entry in made.slot_types[name].entries] for name in made.slot_types}
    assert words == {"MENU": ["페퍼로니", "불고기"], "PIZZA_TYPE": ["페퍼로니", "불고기"]}
    assert not any(finding.is_error for finding in check_against_handlers(made, group.registry.custom))


def test_a_model_of_no_handlers_is_empty():
    assert start_model(CustomRegistry()).intents == {}


@pytest.mark.parametrize(
    ("platform", "listed"),
    [
        ("naver", ("Clova.YesIntent", "Clova.StopIntent")),
        ("line", ("Clova.YesIntent", "Clova.FallbackIntent")),
    ],
)
def test_a_model_has_only_the_built_in_intents_of_its_platform(tmp_path, clova, connect, platform, listed):
    for name in ("Clova.YesIntent", "Clova.StopIntent", "Clova.FallbackIntent"):
        clova.intent(name)(lambda: tell("네"))
    cek = connect(CLOVA_PLATFORM=platform, CLOVA_INTERACTION_MODEL=str(tmp_path / "m"))
    result = cek.app.test_cli_runner().invoke(args=["clova", "model", "new"])
    assert result.exit_code == 0
    assert load_model(tmp_path / "m").built_in_intents == listed
