"""The linter's rules on how expressions and dictionaries are written."""

import pytest

from clova_flask.devtools.model.checks import check_model
from clova_flask.devtools.model.expressions import parse_expression
from clova_flask.devtools.model.objects import (
    CustomIntent,
    CustomSlotType,
    IntentSlot,
    InteractionModel,
    SlotEntry,
)

HABITS = (
    "model.one-value", "model.alike-expressions", "model.repeated-pair", "model.untagged-word",
    "model.word-as-name", "model.tag-span",
)  # fmt: skip


def found(
    expressions, *, words=("치즈", "불고기", "고구마"), slot="pizza", type_="PIZZA", region="KR", built_in=()
):
    intent = CustomIntent(
        "Order",
        (IntentSlot(slot, type_, 1),),
        tuple(parse_expression(text, line) for line, text in enumerate(expressions, start=4)),
    )
    types = {type_: CustomSlotType(type_, tuple(SlotEntry(word, (), n) for n, word in enumerate(words, 1)))}
    model = InteractionModel(
        invocation_names=("보라 피자",),
        built_in_slot_types=built_in,
        intents={"Order": intent},
        slot_types={} if built_in else types,
    )
    findings = check_model(model, regions=[region])
    return {one.code: (one.where.line, one.message) for one in findings if one.code in HABITS}


def pizza(value, rest):
    return f"<pizza>{value}</pizza> {rest}"


GOOD = [
    pizza("치즈", "주문해 줘"), pizza("불고기", "주문해 줘"), pizza("고구마", "하나 시켜 줄래"),
    "음 " + pizza("치즈", "먹고 싶어"), "오늘은 " + pizza("불고기", "로 할게"), "주문할래",
]  # fmt: skip


def test_expressions_as_the_guides_want_them():
    assert found(GOOD) == {}


def test_all_expressions_with_one_value():
    only = [pizza("치즈", "주문해 줘"), pizza("치즈", "시켜 줄래"), "나 " + pizza("치즈", "먹을래")]
    line, message = found(only)["model.one-value"]
    assert line == 1
    assert "'치즈'" in message
    assert "model.one-value" not in found(only[:2])
    assert "model.one-value" not in found([*only, "주문할래"])
    assert "model.one-value" not in found(only, words=("치즈",))  # there is no other


@pytest.mark.parametrize("value", ["치즈", "치 즈"])
def test_expressions_that_differ_in_their_endings(value):
    endings = ["주문해 줘", "주문해 주세요", "주문할래", "주문하고 싶어", "주문합니다"]
    others = ["주문해 줘", "취소해 줘", "얼마야", "언제 와", "두 개 줘"]
    assert "model.alike-expressions" not in found([pizza(value, f"피자 {other}") for other in others])
    told = found([*GOOD[1:], *(pizza(value, ending) for ending in endings)])
    line, message = told["model.alike-expressions"]
    assert line == 4 + 5 + 4
    assert "'주문'" in message


def test_japanese_endings():
    endings = ["を注文して", "を注文したい", "を注文してください", "を注文お願い", "を注文する"]
    told = found(
        [f"<pizza>ピザ</pizza>{ending}" for ending in endings], words=("ピザ", "パスタ"), region="JP"
    )
    assert told["model.alike-expressions"][0] == 8


def test_a_value_with_one_verb_again_and_again():
    before = ["오늘", "지금", "나", "우리", "빨리", "음", "저기"]
    told = found([*GOOD[1:], *(f"{word} " + pizza("치즈", "먹을래") for word in before)])
    assert told["model.repeated-pair"][0] == 4 + 5 + 6
    assert "'먹을'" in told["model.repeated-pair"][1]
    assert "model.repeated-pair" not in found(
        [*GOOD, *(f"{w} " + pizza("치즈", "먹을래") for w in before[:6])]
    )


def test_a_word_without_its_tag():
    line, message = found([*GOOD, pizza("치즈", "말고 불고기, 줘"), "불고기 줘"])["model.untagged-word"]
    assert line == 10
    assert "'불고기' is a word of PIZZA" in message
    assert "model.untagged-word" not in found([*GOOD, "치즈피자 줘"])  # another word


@pytest.mark.parametrize(("slot", "type_"), [("치즈", "PIZZA"), ("pizza", "Cheese")])
def test_a_word_as_a_name(slot, type_):
    told = found(["주문할래"], words=("불고기", "치즈", "cheese"), slot=slot, type_=type_)
    assert told["model.word-as-name"][0] == (2 if slot == "치즈" else 3)


SPANS = [
    ("CLOVA.UNIT_GENERAL", "2枚", "is for the unit alone"),
    ("CLOVA.UNIT_LENGTH", "メートル", ""),
    ("CLOVA.UNIT", "三枚", "is for the unit alone"),
    ("CLOVA.LENGTH", "3メートル", ""),
    ("CLOVA.LENGTH", "3", "is for a number with its unit"),
    ("CLOVA.MONEY", "円", "is for a number with its unit"),
    ("CLOVA.MONEY", "千円", ""),
    ("CLOVA.NUMBER", "2", ""),
    ("CLOVA.NUMBER", "2枚", ""),
    ("CLOVA.RATIO", "半分", ""),
]


@pytest.mark.parametrize(("type_", "phrase", "told"), SPANS)
def test_what_a_tag_encloses(type_, phrase, told):
    text = f"<pizza>{phrase}</pizza>ください"
    message = found([text], type_=type_, region="JP", built_in=(type_,)).get("model.tag-span", (0, ""))[1]
    assert bool(message) is bool(told)
    assert told in message
    assert "model.tag-span" not in found([text], type_=type_, region="KR", built_in=(type_,))
