"""What is wrong with a model, by itself and against the handlers."""

import enum
import types
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from marshmallow import fields, validate

from clova_flask import HandlerGroup, Interval, Quantity, Slot, tell
from clova_flask.custom.registry import CustomRegistry
from clova_flask.devtools.diagnostics.model_handlers import check_handlers
from clova_flask.devtools.model.catalogue import BUILT_IN_SLOT_TYPES
from clova_flask.devtools.model.checks import check_model
from clova_flask.devtools.model.diff import diff_models
from clova_flask.devtools.model.files import load_model, read_config, read_intent, read_slot_type
from clova_flask.devtools.model.objects import InteractionModel
from clova_flask.devtools.scaffold.model import start_model
from clova_flask.devtools.scaffold.stubs import handler_stubs

FOLDER = Path("m")
PIZZAS = "페퍼로니\t페페로니\n불고기\n"
ORDER = {"slots": {"pizzaType": "PIZZA_TYPE"}, "say": ["<pizzaType>페퍼로니</pizzaType> 줘"]}


def intent(name, slots=(), say=("피자 줘",)):
    rows = "".join(f"{slot}\t{type_}\n" for slot, type_ in dict(slots).items())
    text = f"[INTENT SLOT]\n{rows}\n[INTENT EXPRESSION]\n" + "\n".join(say)
    return read_intent(text.encode(), name, FOLDER / f"{name}.tsv")


def model(intents=None, types=None, **config):
    values = {"invocation_names": ["피자봇"], **config}
    data = "".join(f"{key} = {value!r}\n" for key, value in values.items()).encode()
    intents = {"OrderPizza": ORDER} if intents is None else intents
    types = {"PIZZA_TYPE": PIZZAS} if types is None else types
    config = read_config(data)
    return InteractionModel(
        config.extension_id,
        config.language,
        config.invocation_names,
        config.built_in_intents,
        config.built_in_slot_types,
        {name: intent(name, **parts) for name, parts in intents.items()},
        {name: read_slot_type(text.encode(), name, FOLDER / f"{name}.tsv") for name, text in types.items()},
        FOLDER,
        data,
    )


def findings(*arguments, regions=("KR", "JP"), **options):
    return check_model(model(*arguments, **options), regions=regions)


def the_finding(*arguments, **options):
    (finding,) = findings(*arguments, **options)
    return finding


def test_a_good_model():
    assert findings() == []


# a model by itself


def test_a_tag_that_is_not_declared():
    finding = the_finding(
        {"OrderPizza": {**ORDER, "say": [*ORDER["say"], "<pizzatype>불고기</pizzatype> 줘"]}}
    )
    assert (finding.fault, finding.line) == (True, 6)
    assert "<pizzatype>" in finding.text
    assert "Did you mean 'pizzaType'?" in finding.text
    assert str(finding).startswith("m/OrderPizza.tsv:6: ")


def test_a_slot_that_no_expression_fills():
    finding = the_finding({"OrderPizza": {**ORDER, "say": ["피자 줘"]}})
    assert (finding.fault, finding.line) == (False, 2)
    assert "No expression fills the slot 'pizzaType'" in finding.text


def test_an_intent_that_nobody_can_say():
    finding = the_finding({"OrderPizza": {**ORDER, "say": []}})
    assert (finding.fault, "no expressions" in finding.text) == (True, True)


def test_a_type_that_is_nowhere_defined():
    undefined, unused = findings(types={"PIZZA_TYPES": PIZZAS})
    assert (undefined.fault, undefined.line) == (True, 2)
    assert "'PIZZA_TYPE' is nowhere defined; write slot_types/PIZZA_TYPE.tsv" in undefined.text
    assert "Did you mean 'PIZZA_TYPES'?" in undefined.text
    assert (unused.fault, unused.text) == (False, "No slot of any intent has this type.")


NUMBERS = {"slots": {"n": "CLOVA.NUMBER"}, "say": ["<n>두</n> 판"]}


def test_a_built_in_type_that_is_not_listed():
    finding = the_finding({"A": NUMBERS}, {})
    assert (finding.fault, finding.line) == (True, 2)
    assert "not among the built_in_slot_types of model.toml" in finding.text
    assert findings({"A": NUMBERS}, {}, built_in_slot_types=["CLOVA.NUMBER"]) == []


def test_a_built_in_type_that_does_not_exist():
    wrong = {"slots": {"n": "CLOVA.NUMBERS"}, "say": ["<n>두</n> 판"]}
    assert "no built-in slot type. Did you mean 'CLOVA.NUMBER'?" in the_finding({"A": wrong}, {}).text
    finding = the_finding({"A": wrong}, {}, built_in_slot_types=["CLOVA.NUMBERS"])
    assert (finding.path, finding.line) == (FOLDER / "model.toml", 2)
    assert "'CLOVA.NUMBERS' is no built-in slot type. Did you mean" in finding.text


@pytest.mark.parametrize(
    ("key", "name", "region", "other"),
    [
        ("built_in_intents", "Clova.StopIntent", "KR", "JP"),
        ("built_in_intents", "Clova.FallbackIntent", "JP", "KR"),
        ("built_in_slot_types", "CLOVA.MONEY", "JP", "KR"),
        ("built_in_slot_types", "CLOVA.KO_ADDRESS_SI", "KR", "JP"),
        ("built_in_slot_types", "CLOVA.UNIT_PRESSURE", "JP", "KR"),
    ],
)
def test_what_the_platform_does_not_have(key, name, region, other):
    words = {"slots": {"n": name}, "say": ["<n>하나</n> 줘"]} if "slot" in key else {"say": ["하나 줘"]}
    assert findings({"A": words}, {}, **{key: [name]}, regions=[region]) == []
    assert findings({"A": words}, {}, **{key: [name]}) == []
    finding = the_finding({"A": words}, {}, **{key: [name]}, regions=[other])
    assert (finding.fault, finding.line) == (True, 2)
    assert f"{name} is known in {region} only" in finding.text


def test_a_built_in_intent_that_does_not_exist():
    finding = the_finding(built_in_intents=["Clova.YesIntnet"])
    assert (finding.fault, finding.line) == (True, 2)
    assert "'Clova.YesIntnet' is no built-in intent. Did you mean 'Clova.YesIntent'?" in finding.text


def test_what_is_listed_twice_and_what_is_not_used():
    found = findings(
        built_in_intents=["Clova.YesIntent"] * 2,
        built_in_slot_types=["CLOVA.DATETIME"],
        invocation_names=["피자봇", "피자봇"],
    )
    assert [finding.fault for finding in found] == [False] * 3
    assert [finding.line for finding in found] == [1, 2, 3]


def test_a_file_with_the_name_of_something_built_in():
    found = findings({"Clova.YesIntent": {"say": ["네"]}}, {"CLOVA.NUMBER": "1\n"})
    assert [finding.fault for finding in found] == [True, True]
    assert all("stand in model.toml" in finding.text for finding in found)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "There is no invocation name"),
        (["가", "나", "다", "라"], "There are 4 invocation names; the platforms take 3"),
        (["가", " "], "An invocation name is empty"),
    ],
)
def test_invocation_names(names, words):
    finding = the_finding(invocation_names=names)
    assert (finding.fault, finding.path) == (True, FOLDER / "model.toml")
    assert words in finding.text
    assert finding.line == (1 if names else 0)


def test_three_invocation_names_are_taken():
    assert findings(invocation_names=["가", "나", "다"]) == []


def test_too_many_expressions():
    say = [f"피자 {number}번 줘" for number in range(2001)]
    finding = the_finding({"A": {"say": say}}, {})
    assert (finding.fault, finding.line) == (True, 4 + 2000)
    assert findings({"A": {"say": say[:2000]}}, {}) == []


@pytest.mark.parametrize("again", ["피자  줘", "피자 줘", "피자 <pizzaType>줘</pizzaType>"])
def test_an_expression_of_two_intents(again):
    found = findings({"A": {"say": ["피자 줘"]}, "OrderPizza": {**ORDER, "say": [*ORDER["say"], again]}})
    assert [(finding.fault, finding.line) for finding in found] == [(True, 6)]
    assert "is an expression of A (m/A.tsv:4) as well" in found[0].text


def test_an_expression_that_is_there_twice():
    finding = the_finding({"A": {"say": ["ピザを一枚", "コーラ", "ﾋﾟｻﾞを一枚"]}}, {})
    assert (finding.fault, finding.line) == (False, 6)
    assert "is there already, in line 4" in finding.text


def test_the_same_words_with_other_tags():
    finding = the_finding({"OrderPizza": {**ORDER, "say": [*ORDER["say"], "페퍼로니 줘"]}})
    assert (finding.fault, finding.line) == (True, 6)
    assert "tagged in another way in line 5" in finding.text


def test_expressions_of_two_intents_that_only_their_words_tell_apart():
    other = {**ORDER, "say": ["<pizzaType>불고기</pizzaType> 줘"]}
    finding = the_finding({"A": ORDER, "B": other})
    assert (finding.fault, finding.path) == (False, FOLDER / "B.tsv")
    assert "only in its slots' words" in finding.text


def test_the_same_pattern_in_one_intent_is_how_models_learn():
    say = [*ORDER["say"], "<pizzaType>불고기</pizzaType> 줘"]
    assert findings({"OrderPizza": {**ORDER, "say": say}}) == []


@pytest.mark.parametrize(
    ("rows", "line", "fault", "words"),
    [
        (
            "페퍼로니\t살라미\n불고기\t살라미\n",
            2,
            True,
            "The synonym '살라미' is in another entry as well (line 1)",
        ),
        ("페퍼로니\n\n페퍼로니\t살라미\n", 3, True, "The representative word '페퍼로니' is in another"),
        ("페퍼로니\t불고기\n불고기\n", 2, True, "The representative word '불고기'"),
        ("불고기\n페퍼로니\t불고기\n", 2, True, "The synonym '불고기'"),
        ("불고기\t불고기\n", 1, False, "is twice in its entry"),
    ],
)
def test_words_that_are_there_twice(rows, line, fault, words):
    finding = the_finding(types={"PIZZA_TYPE": rows})
    assert (finding.line, finding.fault) == (line, fault)
    assert words in finding.text


def test_a_type_with_several_names():
    other = {"slots": {"pizza": "PIZZA_TYPE"}, "say": ["<pizza>불고기</pizza> 얼마야"]}
    finding = the_finding({"OrderPizza": ORDER, "Price": other})
    assert (finding.fault, finding.path, finding.line) == (False, FOLDER / "Price.tsv", 2)
    assert "PIZZA_TYPE is called 'pizza' here and 'pizzaType' elsewhere" in finding.text


def test_a_type_with_several_names_in_one_utterance_is_meant_so():
    trip = {
        "slots": {"from": "CITY", "to": "CITY"},
        "say": ["<from>서울</from>에서 <to>부산</to>까지", "<to>대구</to> 가자"],
    }
    assert findings({"Trip": trip}, {"CITY": "서울\n부산\n대구\n"}) == []
    apart = {**trip, "say": ["<from>서울</from>에서", "<to>대구</to> 가자"]}
    assert "CITY is called 'to' here" in the_finding({"Trip": apart}, {"CITY": "서울\n부산\n대구\n"}).text


# a model against its handlers


def against(declare, *arguments, regions=("KR", "JP"), **options):
    group = HandlerGroup()
    declare(group)
    return check_handlers(model(*arguments, **options), group.registry.custom, regions=regions)


def handled(function, name="OrderPizza", **options):
    return lambda group: group.intent(name, **options)(function)


def test_handlers_that_fit():
    def order(session, pizza_type: str | None):
        return tell(pizza_type)

    assert against(handled(order)) == []
    assert against(handled(order, state="confirm")) == []


def test_an_intent_without_handler():
    (finding,) = against(lambda group: group.fallback(lambda: "네"))
    assert (finding.fault, finding.path) == (True, FOLDER / "OrderPizza.tsv")
    assert "No handler for the intent OrderPizza" in finding.text
    assert "flask clova model stubs" in finding.text


def test_a_built_in_intent_without_handler():
    (finding,) = against(lambda group: None, {}, {}, built_in_intents=["Clova.YesIntent"])
    assert (finding.fault, finding.path, finding.line) == (True, FOLDER / "model.toml", 2)


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

    first, second = against(declare)
    assert first.fault
    assert second.fault
    assert "ordr (tests/devtools/model/test_checks.py:" in first.text.replace(
        "test_a_handler_without_intent.<locals>.", ""
    )
    assert "handles OrdrPizza, which the model has not. Did you mean 'OrderPizza'?" in first.text
    assert "Add it to the built_in_intents" in second.text


def test_a_handler_for_what_only_the_other_platform_has_needs_no_intent():
    declare = handled(lambda: "네", "Clova.StopIntent")
    assert against(declare, {}, {}, regions=["JP"]) == []
    assert len(against(declare, {}, {}, regions=["KR"])) == 1


def test_a_parameter_that_no_slot_fills():
    def order(pizza_type, pizza_tpe: str, sauce: str | None, size="L"):
        return "네"

    required, *optional = against(handled(order))
    assert required.fault
    assert "No slot of OrderPizza fills 'pizza_tpe' of" in required.text
    assert "Did you mean 'pizzaType'?" in required.text
    assert [finding.fault for finding in optional] == [False, False]
    assert "It wants the slot 'sauce'" in optional[0].text


def test_a_parameter_of_a_built_in_intent():
    (finding,) = against(
        handled(lambda pizza: "네", "Clova.YesIntent"), {}, {}, built_in_intents=["Clova.YesIntent"]
    )
    assert (finding.fault, finding.path) == (True, None)


def test_a_parameter_that_another_intents_slot_fills_once_it_was_asked_for():
    intents = {"OrderPizza": {"say": ["피자 줘"]}, "Choose": ORDER}

    def declare(group):
        group.intent("OrderPizza")(lambda pizza_type: "네")
        group.intent("Choose")(lambda: "네")

    (finding,) = against(declare, intents)
    assert not finding.fault
    assert "is filled only once it was asked for" in finding.text


def test_a_slot_that_no_handler_takes():
    (finding,) = against(handled(lambda session: "네"))
    assert (finding.fault, finding.line) == (False, 2)
    assert finding.text == "No handler takes the slot 'pizzaType'."


def test_a_handler_of_the_request_may_take_the_slots_itself():
    assert against(handled(lambda request: "네")) == []


def test_slots_that_are_mapped_by_hand():
    def order(what):
        return "네"

    assert against(handled(order, slots={"what": "pizzaType"})) == []
    finding, _ = against(handled(order, slots={"what": "pizza"}))
    assert "'pizza'" not in finding.text  # it names the nearest
    assert "Did you mean 'pizzaType'?" in finding.text


class Menu(enum.Enum):
    PEPPERONI = "페퍼로니"
    BULGOGI = "불고기"


BuiltIn = types.SimpleNamespace(**{name.removeprefix("CLOVA."): name for name in BUILT_IN_SLOT_TYPES})


def misfits(annotation, type_name):
    def order(what: annotation):
        return "네"

    intents = {"A": {"slots": {"what": type_name}, "say": ["<what>하나</what> 줘"]}}
    found = against(handled(order, "A"), intents)
    assert all(finding.fault and finding.line == 2 for finding in found)
    return [finding.text for finding in found]


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
    (text,) = misfits(annotation, type_name)
    assert f"is never made of a {type_name}" in text


@pytest.mark.parametrize("annotation", [int, date, bool, Quantity, Interval[date] | None])
def test_words_are_no(annotation):
    (text,) = misfits(annotation, "PIZZA_TYPE")
    assert "refuses '페퍼로니', '불고기' of PIZZA_TYPE" in text


def test_a_choice_that_lacks_a_word():
    (text,) = misfits(Literal["불고기"], "PIZZA_TYPE")
    assert "one of 불고기 refuses '페퍼로니' of PIZZA_TYPE" in text


def test_a_choice_that_never_comes():
    (text,) = misfits(Literal["불고기", "페퍼로니", "치즈"], "PIZZA_TYPE")
    assert "'치즈' never comes from PIZZA_TYPE; it is none of its words" in text
    (text,) = misfits(Literal["불고기", "페퍼로니", "페페로니"], "PIZZA_TYPE")
    assert "'페페로니' never comes from PIZZA_TYPE; it is a synonym: '페퍼로니' is what comes" in text


def test_custom_words_that_are_numbers_fit_numbers():
    def size(what: int):
        return "네"

    intents = {"A": {"slots": {"what": "SIZE"}, "say": ["<what>10</what> 인치"]}}
    assert against(handled(size, "A"), intents, {"SIZE": "10\n12\n"}) == []


def test_many_refused_words_are_not_all_listed():
    intents = {"A": {"slots": {"what": "W"}, "say": ["<what>가</what> 줘"]}}

    def order(what: int):
        return "네"

    (finding,) = against(handled(order, "A"), intents, {"W": "가\n나\n다\n라\n"})
    assert "refuses '가', '나', '다' … of W" in finding.text
    (finding,) = against(handled(order, "A"), intents, {"W": "가\n나\n다\n"})
    assert "refuses '가', '나', '다' of W" in finding.text


def test_a_function_in_several_states_is_told_once():
    def order(nothing):
        return "네"

    def declare(group):
        group.intent("A")(order)
        group.intent("A", state="confirm")(order)

    assert len(against(declare, {"A": {}}, {})) == 1


# stubs


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
    assert check_handlers(made, group.registry.custom) == []
    assert set(group.registry.custom.single) == {"launch"}
    assert set(group.registry.custom.intents) == {
        (name, None) for name in ("OrderPizza", "Tell", "피자주문", "Clova.YesIntent")
    }
    assert text.startswith(
        "from datetime import date, datetime, time, timedelta\n\n"
        "from clova_flask import Quantity, ask, tell\n\n\n@clova.launch\n"
    )
    assert "pizza_amount: int | None" in text
    assert "def yes_intent():" in text
    assert "def tell_2():" in text  # `tell` itself is used by the others
    assert handler_stubs(made, group.registry.custom) == ""


def test_stubs_import_what_they_use_alone():
    text, _, _ = stubs_of()
    assert text == (
        'from clova_flask import ask, tell\n\n\n@clova.launch\ndef launch():\n    return ask("…")\n\n\n'
        '@clova.intent("OrderPizza")\ndef order_pizza(pizza_type: str | None):\n    return tell("…")\n'
    )


# a model of the handlers


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
    faults = [finding for finding in check_handlers(made, group.registry.custom) if finding.fault]
    assert faults == []


def test_a_model_of_no_handlers_is_empty():
    assert start_model(CustomRegistry()).intents == {}


# differences


def test_models_that_say_the_same_do_not_differ():
    assert diff_models(model(), model()) == []


def test_what_changed():
    before = model(
        {
            "OrderPizza": {
                "slots": {"pizzaType": "PIZZA_TYPE", "old": "A"},
                "say": ["피자", "피자", "<pizzaType>x</pizzaType>"],
            },
            "Gone": {},
            "Turned": {"say": ["가", "나"]},
        },
        {
            "PIZZA_TYPE": "페퍼로니\t페페로니\n불고기\n치즈\n",
            "OLD": "x\n",
            "ORDER": "가\n나\n",
            "SYN": "가\t나\t다\n",
        },
    )
    after = model(
        {
            "OrderPizza": {
                "slots": {"pizzaType": "PIZZA", "sauce": "SAUCE"},
                "say": ["피자", "<pizzaType>x</pizzaType>", "ピザ"],
            },
            "New": {},
            "Turned": {"say": ["나", "가"]},
        },
        {
            "PIZZA_TYPE": "페퍼로니\t살라미\n불고기\n고구마\n",
            "NEW": "x\n",
            "ORDER": "나\n가\n",
            "SYN": "가\t다\t나\n",
        },
        language="ja",
        extension_id="com.example",
        invocation_names=["ピザ"],
        built_in_intents=["Clova.YesIntent"],
    )
    assert [str(change) for change in diff_models(before, after)] == [
        "~ extension id: none → com.example",
        "~ language: ko → ja",
        "- invocation name 피자봇",
        "+ invocation name ピザ",
        "+ built-in intent Clova.YesIntent",
        "- intent Gone",
        "+ intent New (0 slots, 1 expressions)",
        "~ intent OrderPizza",
        "  - slot old",
        "  + slot sauce",
        "  ~ slot pizzaType: PIZZA_TYPE → PIZZA",
        "  - expression 피자",
        "  + expression ピザ",
        "~ intent Turned",
        "  ~ expressions in another order",
        "+ slot type NEW (1 entries)",
        "- slot type OLD",
        "~ slot type ORDER",
        "  ~ entries in another order",
        "~ slot type PIZZA_TYPE",
        "  - entry 치즈",
        "  + entry 고구마",
        "  ~ entry 페퍼로니: -페페로니 +살라미",
        "~ slot type SYN",
        "  ~ entry 가: synonyms in another order",
    ]


# the sample


def test_the_samples_model_is_rich_and_right():
    sample = load_model(Path(__file__).parents[3] / "sample_app" / "interaction_model")
    assert check_model(sample, regions=["KR"]) == []
    assert len(sample.intents["OrderPizza"].expressions) >= 40
