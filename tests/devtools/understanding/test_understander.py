"""From utterances to intents and slots: what always wins, what is never broken, and how long it takes."""

import dataclasses
import time
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("rapidfuzz")
pytest.importorskip("numpy")

from clova_flask.devtools.model.objects import (
    CustomIntent,
    CustomSlotType,
    Expression,
    IntentSlot,
    InteractionModel,
    Part,
    SlotEntry,
)
from clova_flask.devtools.understanding import FilledSlot, Understander, Understanding, fuzzy
from clova_flask.devtools.understanding.text import fold, jamo, read
from clova_flask.errors import ConfigurationError

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=9)))


def expression(*parts):
    pieces = tuple(Part(part) if isinstance(part, str) else Part(part[1], part[0]) for part in parts)
    return Expression("".join(f"<{p.slot}>{p.text}</{p.slot}>" if p.slot else p.text for p in pieces), pieces)


ORDER = CustomIntent(
    "OrderPizza",
    (
        IntentSlot("pizzaType", "PIZZA_TYPE"),
        IntentSlot("pizzaAmount", "CLOVA.NUMBER"),
        IntentSlot("when", "CLOVA.DATETIME"),
    ),
    (
        expression(("pizzaType", "페퍼로니"), " 피자 ", ("pizzaAmount", "한"), " 판 주문해 줘"),
        expression(
            ("when", "오늘 저녁"), "에 ", ("pizzaType", "불고기"), " ", ("pizzaAmount", "두"), " 판 배달해 줘"
        ),
        expression(("pizzaType", "민트초코"), " 피자 시켜 줘"),  # in no entry
        expression("피자 주문할래"),
    ),
)
STATUS = CustomIntent("OrderStatus", (), (expression("배달 언제 와"), expression("내 피자 어디야")))
TRIP = CustomIntent(
    "BookTrip",
    (IntentSlot("origin", "CLOVA.WORLD_CITY"), IntentSlot("destination", "CLOVA.WORLD_CITY")),
    (
        expression(("origin", "서울"), "에서 ", ("destination", "부산"), "까지 가는 표 예매해 줘"),
        expression(("destination", "도쿄"), "로 가는 비행기 표 찾아 줘"),
        expression(("origin", "제주"), "에서 출발하는 표 있어"),
    ),
)
PIZZAS = CustomSlotType(
    "PIZZA_TYPE",
    (
        SlotEntry("페퍼로니", ("페페로니",)),
        SlotEntry("불고기", ("소불고기",)),
        SlotEntry("고구마", ("스위트 포테이토",)),
        SlotEntry("하와이안", ("파인애플",)),
    ),
)
TALK = ("Clova.YesIntent", "Clova.NoIntent", "Clova.CancelIntent", "Clova.GuideIntent")


def model(*intents, built_in=TALK, language="ko", types=(PIZZAS,)):
    return InteractionModel(
        language=language,
        built_in_intents=built_in,
        intents={intent.name: intent for intent in intents},
        slot_types={slot_type.name: slot_type for slot_type in types},
    )


PIZZA = Understander(model(ORDER, STATUS, TRIP))
PIZZA_AGAIN = Understander(PIZZA.model)


def understand(utterance, understander=PIZZA):
    return understander.understand(utterance, now=NOW)


def values(result):
    return {name: slot.value for name, slot in result.slots.items()}


def test_the_whole_of_a_result():
    result = understand("고구마 피자 두 판 내일 저녁 일곱 시까지 갖다 줘")
    assert result.intent == "OrderPizza"
    assert result.slots["pizzaType"] == FilledSlot("pizzaType", "고구마", "고구마")
    assert result.slots["pizzaAmount"] == FilledSlot("pizzaAmount", "2", "두")
    assert result.slots["when"] == FilledSlot(
        "when", "2026-11-21T19:00:00+09:00", "내일 저녁 일곱 시", value_type="DATETIME"
    )
    assert 0.5 < result.confidence < 1
    assert "pizzaType=고구마" in result.why
    assert result.candidates[0][0] != "OrderPizza"


def test_results_are_immutable():
    result = understand("피자 주문할래")
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.intent = "Other"
    assert not hasattr(result, "__dict__")


@pytest.mark.parametrize(
    ("utterance", "wanted"),
    [
        ("스위트 포테이토 시켜 주세요", "고구마"),
        ("파인애플 피자 한 판", "하와이안"),
        ("패퍼로니 피자 시켜 줘", "페퍼로니"),
        ("하와이언 피자 먹고 싶어", "하와이안"),
        ("고 구마 피자 시켜줘", "고구마"),
        ("고구마피자시켜줘", "고구마"),
        ("음, 저기… 불고기!! 피자 좀 부탁해요.", "불고기"),
        ("시켜 줘 불고기로", "불고기"),
    ],
)
def test_entries_are_found_however_they_are_said(utterance, wanted):
    result = understand(utterance)
    assert (result.intent, values(result).get("pizzaType")) == ("OrderPizza", wanted)


@pytest.mark.parametrize("intent", [ORDER, STATUS, TRIP], ids=lambda intent: intent.name)
def test_expressions_win(intent):
    for item in intent.expressions:
        result = understand(item.plain)
        assert (result.intent, result.confidence) == (intent.name, 1.0)
        assert set(result.slots) == set(item.slots)


def test_a_word_in_no_entry_is_its_own_value():
    assert values(understand("민트초코 피자 시켜 줘")) == {"pizzaType": "민트초코"}
    assert values(understand("트러플 피자 시켜 줘")) == {"pizzaType": "트러플"}


def test_two_slots_of_a_type_are_told_apart_by_what_stands_beside_them():
    assert values(understand("런던에서 파리까지 표 예매해 줘")) == {"origin": "런던", "destination": "파리"}
    assert values(understand("파리까지 가는 표 런던에서 예매할래")) == {
        "origin": "런던",
        "destination": "파리",
    }
    assert values(understand("뉴욕으로 가는 표 찾아 줄래")) == {"destination": "뉴욕"}


def test_a_unit_inside_the_slot_is_given():
    inside = CustomIntent(
        "Order",
        (IntentSlot("amount", "CLOVA.NUMBER"),),
        (expression("피자 ", ("amount", "두 판"), " 주문해 줘"),),
    )
    result = understand("피자 세 판 주문할게", Understander(model(inside)))
    assert result.slots["amount"] == FilledSlot("amount", "3", "세 판", unit="판")


@pytest.mark.parametrize(
    ("utterance", "intent"),
    [("네", "Yes"), ("응 좋아", "Yes"), ("아니요", "No"), ("취소할게요", "Cancel"), ("도움말", "Guide")],
)
def test_built_in_intents(utterance, intent):
    assert understand(utterance).intent == f"Clova.{intent}Intent"


@pytest.mark.parametrize(
    ("language", "utterance", "intent"),
    [
        ("ja", "はい", "Yes"),
        ("ja", "キャンセルしてください", "Cancel"),
        ("en", "yes please", "Yes"),
        ("en", "no thanks", "No"),
    ],
)
def test_built_in_intents_of_other_languages(language, utterance, intent):
    assert understand(utterance, Understander(model(language=language))).intent == f"Clova.{intent}Intent"


def test_english():
    order = CustomIntent(
        "Order",
        (IntentSlot("kind", "KIND"), IntentSlot("count", "CLOVA.NUMBER")),
        (
            expression("order ", ("count", "two"), " ", ("kind", "pepperoni"), " pizzas"),
            expression("I want a pizza"),
        ),
    )
    kinds = CustomSlotType("KIND", (SlotEntry("pepperoni"), SlotEntry("hawaiian", ("pineapple",))))
    result = understand(
        "Could I get three pineapple pizzas, please?",
        Understander(model(order, language="en", types=[kinds])),
    )
    assert (result.intent, values(result)) == ("Order", {"kind": "hawaiian", "count": "3"})


def test_what_is_not_understood():
    assert understand("로켓 발사 준비 완료").intent == "Clova.GuideIntent"
    fallback = Understander(model(ORDER, built_in=("Clova.FallbackIntent",)))
    assert understand("로켓 발사 준비 완료", fallback).intent == "Clova.FallbackIntent"
    assert understand("", fallback).intent == "Clova.FallbackIntent"


def test_the_threshold_can_be_chosen():
    assert understand("피자", Understander(model(ORDER), threshold=0.999)).intent == "Clova.GuideIntent"


def test_an_empty_model():
    result = understand("피자", Understander(InteractionModel()))
    assert result == Understanding("Clova.GuideIntent", why="nothing is known", is_near=False)


def test_of_equal_expressions_the_first_custom_intent_counts():
    first, second = (CustomIntent(name, (), (expression("취소"),)) for name in ("First", "Second"))
    assert understand("취소", Understander(model(first, second))).intent == "First"


@pytest.mark.parametrize(
    "utterance",
    [
        "",
        "   ",
        "?!…",
        "🍕🍕",
        "🍕 피자 두 판 🎉 plz ください",
        "\0",
        "﷽",
        "ﾋﾟｻﾞ",
        "각",
        "0" * 400,
        "일" * 10000,
        "内日" * 5000,
    ],
)
def test_odd_utterances(utterance):
    result = understand(utterance)
    assert isinstance(result, Understanding)
    assert 0 <= result.confidence <= 1


@settings(derandomize=True, deadline=None, max_examples=150)
@given(
    st.one_of(
        st.text(),
        st.text("일이두세시분월화뒤전부터까지내반 0123:/.-년", max_size=40),
        st.text("三時半から明日の夜月日後0123 ", max_size=30),
    )
)
def test_nothing_is_raised_and_all_is_deterministic(utterance):
    result = understand(utterance)
    assert result == PIZZA_AGAIN.understand(utterance, now=NOW)
    assert set(result.slots) <= {"pizzaType", "pizzaAmount", "when", "origin", "destination"}


def test_another_intent_does_not_break_expressions():
    other = CustomIntent("Weather", (), (expression("오늘 날씨 어때"), expression("비 와")))
    bigger = Understander(model(other, ORDER, STATUS, TRIP))
    for intent in (ORDER, STATUS, TRIP):
        for item in intent.expressions:
            assert understand(item.plain, bigger).intent == intent.name


def test_without_a_zone_now_is_local():
    result = PIZZA.understand("내일 오후 세 시에 불고기 한 판 배달해 줘", now=datetime(2026, 11, 20, 10, 0))
    assert result.slots["when"].value.startswith("2026-11-21T15:00:00")
    assert PIZZA.understand("내일 불고기 한 판 배달해 줘").slots["when"].value_type == "DATE"


def test_the_extra_is_named_when_it_is_missing(monkeypatch):
    monkeypatch.setattr(fuzzy, "fuzz", None)
    with pytest.raises(ConfigurationError, match=r"clova-flask\[local\]"):
        Understander(model(ORDER))


def test_time_taken():
    intents = [
        CustomIntent(
            f"Intent{n}",
            (IntentSlot("amount", "CLOVA.NUMBER"), IntentSlot("pizzaType", "PIZZA_TYPE")),
            tuple(
                expression(("pizzaType", "불고기"), f" 주제{n} 말{m} ", ("amount", str(m)), " 개 해 줘")
                for m in range(100)
            ),
        )
        for n in range(50)
    ]
    started = time.process_time()
    understander = Understander(model(*intents))
    built = time.process_time()
    for _ in range(10):
        understand("고구마 주제7 말 세 개 부탁해", understander)
    assert built - started < 20
    assert (time.process_time() - built) / 10 < 1


@pytest.mark.parametrize(
    "piece", ["3일 ", "일", "12:", "두시간", "三十日", "1 ", "부터", "가나다", "이백 시 "]
)
def test_long_utterances_take_no_longer(piece):
    started = time.process_time()
    understand(piece * 3000)
    assert time.process_time() - started < 2


def test_words_are_compared_folded():
    assert fold("ＰＩＺＺＡ ピザ！") == "pizzaぴざ"
    assert jamo("각a") == ("\u1100\u1161\u11a8a", (0, 0, 0, 1))
    assert read("1 2").chars == "1 2"
    text = read("피자, 두 판")
    assert text.original(0, 3) == "피자, 두"


REMIND = CustomIntent(
    "SetReminder",
    (IntentSlot("before", "CLOVA.DURATION"), IntentSlot("when", "CLOVA.DATETIME")),
    (
        expression("회의 ", ("before", "십 분"), " 전에 알려 줘"),
        expression(("when", "내일 아침"), "에 알려 줘"),
    ),
)
LOOK_BACK = CustomIntent(
    "LookBack",
    (IntentSlot("when", "CLOVA.DATETIME"),),
    (expression(("when", "한 시간 전"), "에 뭐 들었지"), expression(("when", "어제"), " 뭐 들었지")),
)


def test_how_long_before_is_a_length_where_the_expressions_tag_it_so():
    reminders = Understander(model(REMIND, LOOK_BACK))
    reminder = understand("회의 삼십 분 전에 알려 줄래", reminders)
    assert (reminder.intent, values(reminder)) == ("SetReminder", {"before": "PT30M"})
    heard = understand("두 시간 전에 뭐 들었지", reminders)
    assert heard.intent == "LookBack"
    assert heard.slots["when"].value.startswith("2026-11-20T08:00:00")


def test_what_else_is_considered():
    model = InteractionModel(
        built_in_intents=("Clova.YesIntent", "Clova.GuideIntent"),
        intents={one.name: one for one in (ORDER, STATUS)},
        slot_types={"PIZZA_TYPE": PIZZAS},
    )
    understander = Understander(model)
    first, *others = understander.consider("페퍼로니 피자 세 판 시켜 줘", now=NOW)
    assert first == understander.understand("페퍼로니 피자 세 판 시켜 줘", now=NOW)
    assert first.is_near
    assert "OrderPizza" not in [other.intent for other in others]
    assert [other.confidence for other in others] == sorted(
        (other.confidence for other in others), reverse=True
    )
    assert others[0].intent == "OrderStatus"
    assert others[0].nearest == "내 피자 어디야"

    first, *others = understander.consider("배달 언제 와", now=NOW)
    assert (first.intent, first.confidence, first.nearest) == ("OrderStatus", 1.0, "배달 언제 와")
    assert "OrderStatus" not in [other.intent for other in others]

    first, *others = understander.consider("우주에는 별이 많다", now=NOW)
    assert (first.intent, first.is_near) == ("Clova.GuideIntent", False)
    assert understander.consider("", now=NOW) == [understander.understand("", now=NOW)]
