"""What is wrong between a model and the handlers."""

import enum
import types
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from marshmallow import fields, validate

from clova_flask import Interval, Quantity, Slot, tell
from clova_flask.devtools.model.catalogue import BUILT_IN_SLOT_TYPES
from tests.devtools.models import FOLDER, ORDER, against, handled

HERE = Path(__file__)


def test_handlers_that_fit():
    def order(session, pizza_type: str | None):
        return tell(pizza_type)

    assert against(handled(order)) == []
    assert against(handled(order, state="confirm")) == []


def test_an_intent_without_handler():
    (finding,) = against(lambda group: group.fallback(lambda: "네"))
    assert (finding.code, finding.where.path) == ("handlers.no-handler", FOLDER / "OrderPizza.tsv")
    assert finding.message == "No handler for the intent OrderPizza. flask clova model stubs writes one."


def test_a_built_in_intent_without_handler():
    (finding,) = against(lambda group: None, {}, {}, built_in_intents=["Clova.YesIntent"])
    assert finding.code == "handlers.no-handler"
    assert (finding.where.path, finding.where.line) == (FOLDER / "model.toml", 2)


def test_a_built_in_intent_that_does_not_exist_needs_no_handler():
    assert against(lambda group: None, {}, {}, built_in_intents=["Clova.YesIntnet"]) == []


def test_what_was_not_understood_may_be_left_to_a_fallback():
    names = ["Clova.GuideIntent", "Clova.FallbackIntent"]
    assert against(lambda group: group.fallback(lambda: "네"), {}, {}, built_in_intents=names) == []
    assert len(against(lambda group: None, {}, {}, built_in_intents=names)) == 2


def test_a_handler_without_intent():
    def ordr():
        return "네"

    def declare(group):
        group.intent("OrderPizza")(lambda pizza_type: "네")
        group.intent("OrdrPizza")(ordr)
        group.intent("Clova.YesIntent")(ordr)
        group.intent("CancelOrder")(ordr)

    found = against(declare)
    assert [finding.code for finding in found] == ["handlers.unknown-intent"] * 3
    assert {finding.where for finding in found} == {found[0].where}
    where = found[0].where
    assert (where.path, where.line) == (HERE, ordr.__code__.co_firstlineno)
    assert where.name.endswith("ordr")
    assert [finding.message.split(", which the model does not have.") for finding in found] == [
        ["Handles the intent OrdrPizza", " Did you mean 'OrderPizza'?"],
        ["Handles the intent Clova.YesIntent", " Add it to built_in_intents of model.toml."],
        ["Handles the intent CancelOrder", " Write intents/CancelOrder.tsv."],
    ]


def test_a_handler_for_what_only_the_other_platform_has_needs_no_intent():
    declare = handled(lambda: "네", "Clova.StopIntent")
    assert against(declare, {}, {}, regions=["JP"]) == []
    assert len(against(declare, {}, {}, regions=["KR"])) == 1


def test_a_parameter_that_no_slot_fills():
    def order(pizza_type, pizza_tpe: str, sauce: str | None, size="L"):
        return "네"

    required, *optional = against(handled(order))
    assert required.code == "handlers.no-slot"
    assert required.message == (
        "No slot of OrderPizza fills the parameter 'pizza_tpe'. Did you mean 'pizzaType'?"
    )
    assert (required.where.path, required.where.line) == (HERE, order.__code__.co_firstlineno)
    assert [finding.code for finding in optional] == ["handlers.no-slot-for-optional"] * 2
    assert optional[0].message.endswith("fills the parameter 'sauce'. Declare the slot 'sauce'.")


def test_a_parameter_of_a_built_in_intent():
    (finding,) = against(
        handled(lambda pizza: "네", "Clova.YesIntent"), {}, {}, built_in_intents=["Clova.YesIntent"]
    )
    assert (finding.code, finding.where.path) == ("handlers.no-slot", HERE)


def test_a_parameter_that_another_intents_slot_fills_once_it_was_asked_for():
    intents = {"OrderPizza": {"say": ["피자 줘"]}, "Choose": ORDER}

    def declare(group):
        group.intent("OrderPizza")(lambda pizza_type: "네")
        group.intent("Choose")(lambda: "네")

    (finding,) = against(declare, intents)
    assert finding.code == "handlers.slot-of-another-intent"
    assert "OrderPizza has no slot for 'pizza_type'; only ask_for fills it" in finding.message


def test_a_slot_that_no_handler_takes():
    (finding,) = against(handled(lambda session: "네"))
    assert finding.code == "handlers.unused-slot"
    assert (finding.where.path, finding.where.line) == (FOLDER / "OrderPizza.tsv", 2)
    assert finding.message == "No handler takes the slot 'pizzaType'."


def test_a_handler_of_the_request_may_take_the_slots_itself():
    assert against(handled(lambda request: "네")) == []


def test_slots_that_are_mapped_by_hand():
    def order(what):
        return "네"

    assert against(handled(order, slots={"what": "pizzaType"})) == []
    finding, _ = against(handled(order, slots={"what": "pizza"}))
    assert "'pizza'" not in finding.message  # it names the nearest
    assert "Did you mean 'pizzaType'?" in finding.message


class Menu(enum.Enum):
    PEPPERONI = "페퍼로니"
    BULGOGI = "불고기"


BuiltIn = types.SimpleNamespace(**{name.removeprefix("CLOVA."): name for name in BUILT_IN_SLOT_TYPES})


def misfits(annotation, type_name, types=None):
    def order(what: annotation):
        return "네"

    intents = {"A": {"slots": {"what": type_name}, "say": ["<what>하나</what> 줘"]}}
    found = against(handled(order, "A"), intents, types)
    assert all(finding.where.line == order.__code__.co_firstlineno for finding in found)
    return [(finding.code, finding.message) for finding in found]


@pytest.mark.parametrize(
    ("annotation", "type_name"),
    [
        (str, BuiltIn.DATETIME),
        (date, BuiltIn.DATETIME),
        (time | None, BuiltIn.DATETIME),
        (datetime, BuiltIn.DATETIME_RECENT),
        (Interval[date], BuiltIn.DATETIME),
        (Interval, BuiltIn.DATETIME),
        (int | time, BuiltIn.DATETIME),
        (timedelta, BuiltIn.DURATION),
        (int, BuiltIn.NUMBER),
        (Annotated[int, validate.Range(min=1000)] | None, BuiltIn.NUMBER),
        (Annotated[int, validate.OneOf([77])], BuiltIn.NUMBER),
        (Annotated[date, fields.Date("%s")], BuiltIn.NUMBER),  # what a field takes cannot be told
        (Annotated[date, fields.Date], BuiltIn.NUMBER),
        (Literal[1, 2, 3], BuiltIn.NUMBER),
        (Decimal, BuiltIn.MONEY),
        (Quantity, BuiltIn.MONEY),
        (Quantity, BuiltIn.WEIGHT),
        (float, BuiltIn.SPEED),
        (Literal["서울", "부산"], BuiltIn.WORLD_CITY),
        (Menu, BuiltIn.WORLD_CITY),
        (str | None, "CLOVA.KO_ADDRESS_SI"),
        (Slot, BuiltIn.DATETIME),
        (Any, BuiltIn.DATETIME),
        (int, "NOWHERE"),
        (str, "PIZZA_TYPE"),
        (Menu, "PIZZA_TYPE"),
        (Literal["페퍼로니", "불고기"] | None, "PIZZA_TYPE"),
        (Literal["페퍼로니"] | str, "PIZZA_TYPE"),  # noqa: PYI051 - people write it so
    ],
)
def test_annotations_that_fit_their_slots(annotation, type_name):
    assert misfits(annotation, type_name) == []


@pytest.mark.parametrize(
    ("annotation", "type_name"),
    [
        (int, BuiltIn.DATETIME),
        (Decimal | None, BuiltIn.DATETIME),
        (timedelta, BuiltIn.DATETIME),
        (Quantity, BuiltIn.DATETIME),
        (bool, BuiltIn.DATETIME_RECENT),
        (Annotated[int, validate.Range(min=1)] | None, BuiltIn.DATETIME),
        (Literal["내일"], BuiltIn.DATETIME),
        (date, BuiltIn.DURATION),
        (date, BuiltIn.NUMBER),
        (Menu, BuiltIn.NUMBER),
        (Literal["많이"], BuiltIn.WEIGHT),
        (int, BuiltIn.WORLD_CITY),
        (date, "CLOVA.KO_ADDRESS_SI"),
        (Interval[date], BuiltIn.MONEY),
    ],
)
def test_annotations_that_never_fit_their_slots(annotation, type_name):
    ((code, message),) = misfits(annotation, type_name)
    assert code == "handlers.type-mismatch"
    assert message.startswith("The parameter 'what' does not fit the slot 'what' of A: ")
    assert message.endswith(f"accepts no value of {type_name}.")


@pytest.mark.parametrize("annotation", [int, date, bool, Quantity, Interval[date] | None])
def test_words_that_an_annotation_refuses(annotation):
    ((code, message),) = misfits(annotation, "PIZZA_TYPE")
    assert code == "handlers.refused-word"
    assert "refuses '페퍼로니', '불고기' of PIZZA_TYPE." in message


def test_a_choice_that_lacks_a_word():
    ((code, message),) = misfits(Literal["불고기"], "PIZZA_TYPE")
    assert code == "handlers.refused-word"
    assert "one of 불고기 refuses '페퍼로니' of PIZZA_TYPE." in message


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        ("치즈", "'치즈' is not a word of PIZZA_TYPE, so it never arrives."),
        ("페페로니", "'페페로니' never arrives: it is a synonym in PIZZA_TYPE, and '페퍼로니' is sent."),
    ],
)
def test_a_choice_that_never_arrives(choice, problem):
    ((code, message),) = misfits(Literal["불고기", "페퍼로니", choice], "PIZZA_TYPE")
    assert code == "handlers.impossible-choice"
    assert message.endswith(problem)


def test_custom_words_that_are_numbers_fit_numbers():
    assert misfits(int, "SIZE", {"SIZE": "10\n12\n"}) == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [("가\n나\n다\n라\n", "'가', '나', '다' … of W."), ("가\n나\n다\n", "'가', '나', '다' of W.")],
)
def test_many_refused_words_are_not_all_listed(words, shown):
    ((_, message),) = misfits(int, "W", {"W": words})
    assert f"refuses {shown}" in message


def test_a_function_in_several_states_is_one_finding():
    def order(nothing):
        return "네"

    def declare(group):
        group.intent("A")(order)
        group.intent("A", state="confirm")(order)

    assert len(against(declare, {"A": {}}, {})) == 1
