"""Sets of utterances run against a model: outcomes, figures, matrix, and what two models differ in."""

import json

import pytest

from tests.devtools.models import model

pytest.importorskip("rapidfuzz")

from clova_flask.devtools.evaluation import compare, evaluate, read_cases
from clova_flask.devtools.evaluation.names import check_names
from clova_flask.devtools.evaluation.report import as_json, scores_from_json
from clova_flask.devtools.evaluation.rows import Row, row_of
from clova_flask.devtools.evaluation.tagging import tag
from clova_flask.devtools.evaluation.wording import change_in_words, in_words
from clova_flask.devtools.understanding import FilledSlot, Understander

KOREAN = {
    "intents": {
        "OrderPizza": {
            "slots": {"pizzaType": "PIZZA_TYPE", "amount": "CLOVA.NUMBER"},
            "say": [
                "<pizzaType>페퍼로니</pizzaType> <amount>두 판</amount> 주문해 줘",
                "<pizzaType>불고기</pizzaType> 시켜 줘",
                "피자 시킬게",
            ],
        },
        "ShowMenu": {"say": ["메뉴 알려 줘", "메뉴판 보여 줘"]},
    },
    "types": {"PIZZA_TYPE": "페퍼로니\t페페로니\n불고기\n"},
    "built_in_intents": ["Clova.YesIntent", "Clova.GuideIntent"],
}
JAPANESE = {
    "language": "ja",
    "intents": {
        "OrderPizza": {
            "slots": {"pizzaType": "PIZZA_TYPE"},
            "say": ["<pizzaType>マルゲリータ</pizzaType>をください", "<pizzaType>照り焼き</pizzaType>がいい"],
        }
    },
    "types": {"PIZZA_TYPE": "マルゲリータ\n照り焼き\tテリヤキ\n"},
    "built_in_intents": ["Clova.YesIntent", "Clova.FallbackIntent"],
}


def cases(*lines):
    return read_cases("\n".join(lines).encode())


def run(parts, *lines):
    return evaluate(cases(*lines), model(**parts))


def verdicts(evaluation):
    return [str(outcome.verdict) for outcome in evaluation.outcomes]


def test_each_verdict():
    evaluation = run(
        KOREAN,
        "<pizzaType>페페로니</pizzaType> <amount>두 판</amount> 주문해 줘\tOrderPizza",
        "<pizzaType>불고기</pizzaType> <amount>두 판</amount> 주문해 줘 음\tShowMenu",
        "<pizzaType>불고기</pizzaType> 두 판 주문해 줘\tOrderPizza",
        "우주 정거장 도킹\tShowMenu",
        "오늘 주식 시세\t-",
        "메뉴판 좀 보여 줘\t-",
    )
    assert verdicts(evaluation) == [
        "right", "wrong intent", "wrong slots", "not understood", "right", "wrong intent",
    ]  # fmt: skip
    assert evaluation.accuracy == pytest.approx(2 / 6)
    assert evaluation.intent_accuracy == pytest.approx(3 / 6)
    unknown = evaluation.outcomes[3]
    assert [in_words(outcome) for outcome in evaluation.errors()][1:3] == [
        "'불고기 두 판 주문해 줘': OrderPizza, amount is '두 판' and is not to be filled",
        f"'우주 정거장 도킹': ShowMenu expected, nothing near enough ({unknown.confidence:.2f})",
    ]


def test_japanese():
    evaluation = run(
        JAPANESE,
        "<pizzaType>テリヤキ</pizzaType>をください\tOrderPizza",
        "<pizzaType>マルゲリータ</pizzaType>がいい\tOrderPizza",
        "はい\tClova.YesIntent",
        "電車の時刻表\tClova.FallbackIntent",
    )
    assert verdicts(evaluation) == ["right"] * 4


def test_a_slot_is_right_by_its_value():
    evaluation = run(
        KOREAN,
        "<pizzaType>불고기</pizzaType> <amount>두</amount> 판 주문해 줘\tOrderPizza",
        "<pizzaType>불고기</pizzaType> <amount>세 판</amount> 주문해 줘\tOrderPizza",
        "<amount>불고기</amount> <pizzaType>세 판</pizzaType> 주문해 줘\tOrderPizza",
        "<pizzaType>불고기</pizzaType> <topping>세 판</topping> 주문해 줘\tOrderPizza",
    )
    assert verdicts(evaluation) == ["right", "right", "wrong slots", "wrong slots"]
    assert "amount is '세 판' (3), '불고기' expected" in in_words(evaluation.outcomes[2])
    assert "topping is not filled, '세 판' expected" in in_words(evaluation.outcomes[3])


def test_the_guide_is_right_also_where_it_is_what_remains():
    guide = run(KOREAN, "도와줘\tClova.GuideIntent", "우주 정거장 도킹\tClova.GuideIntent")
    assert verdicts(guide) == ["right", "right"]
    with_fallback = run(JAPANESE, "電車の時刻表\tClova.GuideIntent")
    assert verdicts(with_fallback) == ["not understood"]
    assert verdicts(run(KOREAN, "도와줘\t-")) == ["wrong intent"]


def test_a_set_without_tags_is_of_intents_alone():
    plain = run(KOREAN, "불고기 두 판 주문해 줘\tOrderPizza", "메뉴 알려 줘\tShowMenu")
    assert not plain.judges_slots
    assert verdicts(plain) == ["right", "right"]
    assert plain.slots == ()


def test_the_figures_by_intent_and_slot():
    evaluation = run(
        KOREAN,
        "<pizzaType>불고기</pizzaType> 시켜 줘\tOrderPizza",
        "<pizzaType>불고기</pizzaType> <amount>하나</amount> 시켜 줘\tOrderPizza",
        "피자 시킬게\tShowMenu",
        "메뉴 알려 줘\tShowMenu",
        "불고기 두 판 주문해 줘\tOrderPizza",
        "우주 정거장 도킹\tShowMenu",
    )
    by_name = {score.name: score for score in (*evaluation.intents, *evaluation.slots)}
    order, menu, nothing = (by_name[name] for name in ("OrderPizza", "ShowMenu", "-"))
    assert (order.precision, order.recall, order.f1) == (3 / 4, 1, pytest.approx(6 / 7))
    assert (menu.precision, menu.recall, menu.f1) == (1, 1 / 3, 1 / 2)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0, None, 0)
    assert (by_name["pizzaType"].precision, by_name["pizzaType"].recall) == (2 / 3, 1)
    assert (by_name["amount"].precision, by_name["amount"].recall) == (1 / 2, 1)


def test_the_matrix():
    matrix = run(
        KOREAN,
        "메뉴 알려 줘\tShowMenu",
        "피자 시킬게\tShowMenu",
        "네\tClova.YesIntent",
        "우주 정거장 도킹\t-",
    ).confusion
    assert matrix.labels == ("OrderPizza", "ShowMenu", "Clova.YesIntent", "-")
    assert [matrix.row(label) for label in matrix.labels] == [
        [0, 0, 0, 0],
        [1, 1, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 0, 1],
    ]
    assert matrix.confused().labels == ("OrderPizza", "ShowMenu")
    assert matrix.confused().row("ShowMenu") == [1, 1]


def test_two_models_compared():
    lines = (
        "메뉴 알려 줘\tShowMenu",
        "피자 몇 시까지 해요\tShowHours",
        "<pizzaType>불고기</pizzaType> 시켜 줘\tOrderPizza",
        "<pizzaType>치즈</pizzaType> 시켜 줘\tOrderPizza",
        "언제 닫아\tShowHours",
    )
    other = {
        **KOREAN,
        "intents": {
            "ShowHours": {"say": ["피자 몇 시까지 해요", "언제 열어"]},
            "OrderPizza": {
                "slots": {"pizzaType": "PIZZA_TYPE"},
                "say": ["<pizzaType>치즈</pizzaType> 시켜 줘", "피자 시킬게"],
            },
        },
        "types": {"PIZZA_TYPE": "치즈\n"},
    }
    before, after = run(KOREAN, *lines), run(other, *lines)
    found = compare(before, after)
    changed = {
        name: [pair.after.case.utterance for pair in getattr(found, name)] for name in ("better", "worse")
    }
    assert changed["worse"] == ["메뉴 알려 줘"]
    assert "피자 몇 시까지 해요" in changed["better"]
    assert found.compared == 5
    assert change_in_words(found.worse[0]).startswith("'메뉴 알려 줘': ShowMenu before, ")
    back = compare(after, before)
    assert (len(back.better), len(back.worse)) == (len(found.worse), len(found.better))
    assert compare(before, before) == compare(after, after)


def test_only_utterances_of_both_runs_are_compared():
    before = run(KOREAN, "메뉴 알려 줘\tShowMenu", "피자 시킬게\tOrderPizza")
    after = run(KOREAN, "피자 시킬게\tShowMenu", "메뉴 알려 줘\tShowMenu")
    assert compare(before, after).compared == 1


def test_what_is_wrong_in_another_way_is_neither():
    line = "불고기 파는 곳\tShowMenu"
    before = run(KOREAN, line)
    after = run({**KOREAN, "intents": {**KOREAN["intents"], "Shop": {"say": ["불고기 파는 곳"]}}}, line)
    found = compare(before, after)
    assert (found.better, found.worse) == ((), ())
    assert [pair.after.intent for pair in found.other] == ["Shop"]


def test_each_run_gives_the_same_and_is_kept_as_json():
    lines = ["<pizzaType>불고기</pizzaType> 시켜 줘\tOrderPizza", "메뉴 뭐\tShowMenu", "아무 말\t-"]
    first, second = run(KOREAN, *lines), run(KOREAN, *lines)
    assert first == second
    written = json.loads(json.dumps(as_json(first), ensure_ascii=False))
    assert written["total"] == 3
    assert scores_from_json(written) == (first.intents, first.slots, first.confusion)
    rows = json.loads(json.dumps([row_of(outcome) for outcome in first.outcomes]))
    kept = [Row(*row) for row in rows]
    assert tuple(row.outcome() for row in kept) == first.outcomes
    for row, outcome in zip(kept, first.outcomes, strict=True):
        assert (row.key, row.is_right, row.said) == (outcome.key, outcome.is_right, outcome.said)


def test_names_that_the_model_does_not_have_are_told_once():
    found = check_names(
        cases(
            "피자\tOrderPiza",
            "피자 둘\tOrderPiza",
            "<pizaType>불고기</pizaType> 줘\tOrderPizza",
            "<a>네</a>\tClova.YesIntent",
            "도움말\tClova.GuideIntent",
            "날씨\t-",
        ),
        model(**KOREAN),
    )
    assert [(finding.code, finding.where.line) for finding in found] == [
        ("evaluation.unknown-intent", 1),
        ("evaluation.unknown-slot", 3),
        ("evaluation.unknown-slot", 4),
    ]
    assert "Did you mean 'OrderPizza'?" in found[0].message
    assert "Did you mean 'pizzaType'?" in found[1].message


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_an_empty_model_understands_nothing(language):
    evaluation = run({"intents": {}, "types": {}, "language": language}, "네\tClova.YesIntent", "네 뭐\t-")
    assert verdicts(evaluation) == ["not understood", "right"]


def test_an_utterance_is_tagged_as_it_was_understood():
    understander = Understander(model(**KOREAN))
    for said, tagged in {
        "불고기 두 판 주문해 줘": "<pizzaType>불고기</pizzaType> <amount>두 판</amount> 주문해 줘",
        "페페로니　３판 주문해 줘": "<pizzaType>페페로니</pizzaType> <amount>3판</amount> 주문해 줘",
        "<b>메뉴</b> 알려 줘": "b 메뉴 /b  알려 줘",
    }.items():
        assert tag(said, understander.understand(said).slots.values()).strip() == tagged
    slots = [FilledSlot("a", "1", "한 판"), FilledSlot("b", "2", "없는 말"), FilledSlot("c", "3", "")]
    assert tag("한 판 줘", slots) == "<a>한 판</a> 줘"
