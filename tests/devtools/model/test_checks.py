"""What is wrong with a model by itself."""

from pathlib import Path

import pytest

from clova_flask.devtools.model.checks import check_model
from clova_flask.devtools.model.files import load_model
from clova_flask.findings import Severity
from tests.devtools.models import FOLDER, ORDER, PIZZAS, model


def findings(*arguments, regions=("KR", "JP"), **options):
    return check_model(model(*arguments, **options), regions=regions)


def the_finding(*arguments, **options):
    (finding,) = findings(*arguments, **options)
    return finding


def codes_and_lines(found):
    return [(finding.code, finding.where.line) for finding in found]


def test_a_good_model():
    assert findings() == []


def test_a_tag_that_is_not_declared():
    finding = the_finding(
        {"OrderPizza": {**ORDER, "say": [*ORDER["say"], "<pizzatype>불고기</pizzatype> 줘"]}}
    )
    assert finding.code == "model.undeclared-slot"
    assert finding.message == (
        "The tag <pizzatype> is not a slot that the intent declares. Did you mean 'pizzaType'?"
    )
    assert str(finding).startswith("m/OrderPizza.tsv:6: ")


def test_a_slot_that_no_expression_fills():
    finding = the_finding({"OrderPizza": {**ORDER, "say": ["피자 줘"]}})
    assert (finding.code, finding.where.line) == ("model.untagged-slot", 2)
    assert "No expression fills the slot 'pizzaType'" in finding.message


def test_an_intent_that_nobody_can_say():
    finding = the_finding({"OrderPizza": {**ORDER, "say": []}})
    assert (finding.code, finding.where.line) == ("model.no-expressions", 0)


def test_a_type_that_is_not_defined():
    undefined, unused = findings(types={"PIZZA_TYPES": PIZZAS})
    assert (undefined.code, undefined.where.line) == ("model.unknown-slot-type", 2)
    assert undefined.message == (
        "The slot 'pizzaType' has the type 'PIZZA_TYPE', which is not defined. Write "
        "slot_types/PIZZA_TYPE.tsv. Did you mean 'PIZZA_TYPES'?"
    )
    assert (unused.code, unused.where.path) == ("model.unused-slot-type", FOLDER / "PIZZA_TYPES.tsv")


NUMBERS = {"slots": {"n": "CLOVA.NUMBER"}, "say": ["<n>두</n> 판"]}


def test_a_built_in_type_that_is_not_listed():
    finding = the_finding({"A": NUMBERS}, {})
    assert (finding.code, finding.where.line) == ("model.unlisted-slot-type", 2)
    assert "not listed in built_in_slot_types of model.toml" in finding.message
    assert findings({"A": NUMBERS}, {}, built_in_slot_types=["CLOVA.NUMBER"]) == []


def test_a_built_in_type_that_does_not_exist():
    wrong = {"slots": {"n": "CLOVA.NUMBERS"}, "say": ["<n>두</n> 판"]}
    finding = the_finding({"A": wrong}, {})
    assert finding.code == "model.unknown-slot-type"
    assert "is not a built-in slot type. Did you mean 'CLOVA.NUMBER'?" in finding.message
    finding = the_finding({"A": wrong}, {}, built_in_slot_types=["CLOVA.NUMBERS"])
    assert finding.code == "model.unknown-built-in"
    assert (finding.where.path, finding.where.line) == (FOLDER / "model.toml", 2)
    assert "'CLOVA.NUMBERS' is not a built-in slot type. Did you mean" in finding.message


@pytest.mark.parametrize("name", ["CLOVA.KO_ADDRESS_", "CLOVA.UNIT_", "CLOVA.NOWHERE"])
def test_the_beginning_of_a_family_is_not_a_type(name):
    assert [finding.code for finding in findings(built_in_slot_types=[name])] == ["model.unknown-built-in"]


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
    found = findings({"A": words}, {}, **{key: [name]}, regions=[region])
    assert [one for one in found if one.code != "model.tag-span"] == []
    assert findings({"A": words}, {}, **{key: [name]}) == []
    finding = the_finding({"A": words}, {}, **{key: [name]}, regions=[other])
    assert (finding.code, finding.where.line) == ("model.not-on-platform", 2)
    assert f"{name} exists in {region} only" in finding.message


def test_a_built_in_intent_that_does_not_exist():
    finding = the_finding(built_in_intents=["Clova.YesIntnet"])
    assert (finding.code, finding.where.line) == ("model.unknown-built-in", 2)
    assert finding.message == "'Clova.YesIntnet' is not a built-in intent. Did you mean 'Clova.YesIntent'?"


def test_what_is_listed_twice_and_what_is_not_used():
    found = findings(
        built_in_intents=["Clova.YesIntent"] * 2,
        built_in_slot_types=["CLOVA.DATETIME"],
        invocation_names=["피자봇", "피자봇"],
    )
    assert codes_and_lines(found) == [
        ("model.repeated-name", 1),
        ("model.repeated-name", 2),
        ("model.unused-slot-type", 3),
    ]
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert found[0].message == "'피자봇' is listed 2 times."


def test_a_file_with_the_name_of_something_built_in():
    found = findings({"Clova.YesIntent": {"say": ["네"]}}, {"CLOVA.NUMBER": "1\n"})
    assert codes_and_lines(found) == [("model.reserved-name", 0)] * 2
    assert all("List it in model.toml instead" in finding.message for finding in found)


@pytest.mark.parametrize(
    ("names", "code", "words"),
    [
        ([], "model.no-invocation-name", "There is no invocation name"),
        (
            ["가", "나", "다", "라"],
            "model.too-many-invocation-names",
            "There are 4 invocation names; at most 3 are allowed",
        ),
        (["가", ""], "model.empty-invocation-name", "An invocation name is empty"),
        (["가", " "], "model.empty-invocation-name", "An invocation name is empty"),
    ],
)
def test_invocation_names(names, code, words):
    finding = the_finding(invocation_names=names)
    assert (finding.code, finding.where.path) == (code, FOLDER / "model.toml")
    assert words in finding.message
    assert finding.where.line == (1 if names else 0)


def test_three_invocation_names_are_accepted():
    assert findings(invocation_names=["가", "나", "다"]) == []


def test_too_many_expressions():
    say = [f"피자 {number}번 줘" for number in range(2001)]
    finding = the_finding({"A": {"say": say}}, {})
    assert (finding.code, finding.where.line) == ("model.too-many-expressions", 4 + 2000)
    assert findings({"A": {"say": say[:2000]}}, {}) == []


@pytest.mark.parametrize("again", ["피자  줘", "피자 줘", "피자 <pizzaType>줘</pizzaType>"])
def test_an_expression_of_two_intents(again):
    found = findings({"A": {"say": ["피자 줘"]}, "OrderPizza": {**ORDER, "say": [*ORDER["say"], again]}})
    assert codes_and_lines(found) == [("model.ambiguous-expression", 6)]
    assert "is also an expression of A (m/A.tsv:4)" in found[0].message


def test_an_expression_that_is_there_twice():
    finding = the_finding({"A": {"say": ["ピザを一枚", "コーラ", "ﾋﾟｻﾞを一枚"]}}, {})
    assert (finding.code, finding.where.line) == ("model.repeated-expression", 6)
    assert "is already there in line 4" in finding.message


def test_the_same_words_with_other_tags():
    untagged, finding = findings({"OrderPizza": {**ORDER, "say": [*ORDER["say"], "페퍼로니 줘"]}})
    assert untagged.code == "model.untagged-word"
    assert (finding.code, finding.where.line) == ("model.inconsistent-tags", 6)
    assert "tagged in another way in line 5" in finding.message


def test_expressions_of_two_intents_that_only_their_words_tell_apart():
    other = {**ORDER, "say": ["<pizzaType>불고기</pizzaType> 줘"]}
    finding = the_finding({"A": ORDER, "B": other})
    assert (finding.code, finding.where.path) == ("model.similar-expression", FOLDER / "B.tsv")
    assert "from an expression of A (m/A.tsv:5) only in the words of its slots" in finding.message


def test_the_same_pattern_in_one_intent_is_how_models_learn():
    say = [*ORDER["say"], "<pizzaType>불고기</pizzaType> 줘"]
    assert findings({"OrderPizza": {**ORDER, "say": say}}) == []


@pytest.mark.parametrize(
    ("rows", "line", "code", "words"),
    [
        (
            "페퍼로니\t살라미\n불고기\t살라미\n",
            2,
            "model.ambiguous-word",
            "The synonym '살라미' is also in the entry of line 1",
        ),
        (
            "페퍼로니\n\n페퍼로니\t살라미\n",
            3,
            "model.ambiguous-word",
            "The representative word '페퍼로니' is also in",
        ),
        ("페퍼로니\t불고기\n불고기\n", 2, "model.ambiguous-word", "The representative word '불고기'"),
        ("불고기\n페퍼로니\t불고기\n", 2, "model.ambiguous-word", "The synonym '불고기'"),
        ("불고기\t불고기\n", 1, "model.repeated-word", "is in its entry twice"),
        ("불고기\t소고기\t소고기\n", 1, "model.repeated-word", "'소고기' is in its entry twice"),
    ],
)
def test_words_that_are_there_twice(rows, line, code, words):
    finding = the_finding(types={"PIZZA_TYPE": rows})
    assert (finding.where.line, finding.code) == (line, code)
    assert words in finding.message


def test_a_type_with_several_names():
    other = {"slots": {"pizza": "PIZZA_TYPE"}, "say": ["<pizza>불고기</pizza> 얼마야"]}
    finding = the_finding({"OrderPizza": ORDER, "Price": other})
    assert finding.code == "model.inconsistent-slot-name"
    assert (finding.where.path, finding.where.line) == (FOLDER / "Price.tsv", 2)
    assert "PIZZA_TYPE is named 'pizza' here and 'pizzaType' elsewhere" in finding.message


def test_a_type_with_several_names_in_one_utterance_is_meant_so():
    trip = {
        "slots": {"from": "CITY", "to": "CITY"},
        "say": ["<from>서울</from>에서 <to>부산</to>까지", "<to>대구</to> 가자"],
    }
    assert findings({"Trip": trip}, {"CITY": "서울\n부산\n대구\n"}) == []
    apart = {**trip, "say": ["<from>서울</from>에서", "<to>대구</to> 가자"]}
    finding = the_finding({"Trip": apart}, {"CITY": "서울\n부산\n대구\n"})
    assert "CITY is named 'to' here" in finding.message


def test_the_samples_model_is_rich_and_right():
    sample = load_model(Path(__file__).parents[3] / "sample_app" / "interaction_model")
    assert check_model(sample, regions=["KR"]) == []
    assert len(sample.intents["OrderPizza"].expressions) >= 40
