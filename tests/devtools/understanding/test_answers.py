"""A bare answer goes to the slot whose expressions it is like, and to the slot that was asked for."""

from datetime import datetime, timedelta, timezone

import pytest

from clova_flask.devtools.model.files import read_intent, read_slot_type
from clova_flask.devtools.model.objects import InteractionModel

pytest.importorskip("rapidfuzz")

from clova_flask.devtools.understanding import Understander

NOW = datetime(2026, 11, 26, 10, tzinfo=timezone(timedelta(hours=9)))


def understander(language, intents, types=None):
    read = {}
    for name, (slots, say) in intents.items():
        rows = "".join(f"{slot}\t{type_}\n" for slot, type_ in slots.items())
        text = f"[INTENT SLOT]\n{rows}\n[INTENT EXPRESSION]\n" + "\n".join(say)
        read[name] = read_intent(text.encode(), name)
    entries = {name: read_slot_type(text.encode(), name) for name, text in (types or {}).items()}
    built_in = ("Clova.YesIntent", "Clova.NoIntent")
    return Understander(
        InteractionModel(language=language, built_in_intents=built_in, intents=read, slot_types=entries)
    )


DATED = {"day": "CLOVA.DATETIME", "at": "CLOVA.DATETIME", "people": "CLOVA.NUMBER"}
KOREAN = understander(
    "ko",
    {
        "Book": (
            DATED,
            [
                "<day>내일</day> <at>저녁 일곱 시</at>에 <people>네 명</people> 예약해 줘",
                "<day>모레</day> 예약",
                "<day>금요일</day>로 해 줘",
                "<day>내일</day>",
                "<at>여섯 시</at>",
                "<at>일곱 시 반</at>",
                "<at>저녁 여덟 시</at>로요",
                "<people>두 명</people>",
                "예약하고 싶어",
            ],
        )
    },
)
JAPANESE = understander(
    "ja",
    {
        "Book": (
            DATED,
            [
                "<day>明日</day>の<at>七時</at>に<people>四人</people>予約して",
                "<day>明後日</day>予約",
                "<day>明日</day>",
                "<at>六時</at>",
                "<at>七時半</at>です",
                "<day>金曜日</day>",
                "<people>二人</people>です",
            ],
        )
    },
)


def slots(model, utterance, asked=None):
    understood = model.understand(utterance, now=NOW, asked=asked)
    assert understood.intent == "Book"
    return {name: slot.value for name, slot in understood.slots.items()}


@pytest.mark.parametrize(
    ("utterance", "wanted"),
    [
        ("6시 반", {"at": "06:30:00"}),
        ("여섯 시 반이요", {"at": "06:30:00"}),
        ("저녁 6시 반으로 해 줘", {"at": "18:30:00"}),
        ("토요일이요", {"day": "2026-11-28"}),
        ("12월 3일", {"day": "2026-12-03"}),
        ("세 명", {"people": "3"}),
        ("내일 여섯 시", {"day": "2026-11-27", "at": "06:00:00"}),
        (
            "모레 저녁 여덟 시에 세 명 예약해 줘",
            {"day": "2026-11-28", "at": "20:00:00", "people": "3"},
        ),
    ],
)
def test_korean_answers_go_where_the_expressions_have_such_values(utterance, wanted):
    assert slots(KOREAN, utterance) == wanted


@pytest.mark.parametrize(
    ("utterance", "wanted"),
    [
        ("6時半", {"at": "06:30:00"}),
        ("六時半です", {"at": "06:30:00"}),
        ("土曜日", {"day": "2026-11-28"}),
        ("12月3日です", {"day": "2026-12-03"}),
        ("明後日の八時に予約して", {"day": "2026-11-28", "at": "08:00:00"}),
    ],
)
def test_japanese_answers_go_where_the_expressions_have_such_values(utterance, wanted):
    assert slots(JAPANESE, utterance) == wanted


def test_a_time_is_no_day_though_a_day_was_asked_for():
    assert slots(KOREAN, "6시 반", asked="day") == {"at": "06:30:00"}
    assert slots(KOREAN, "내일", asked="at") == {"day": "2026-11-27"}


TRIP = understander(
    "ko",
    {
        "Book": (
            {"fromCity": "CITY", "toCity": "CITY"},
            [
                "<fromCity>서울</fromCity>에서 <toCity>부산</toCity> 가는 표",
                "<toCity>부산</toCity> 가고 싶어",
                "<fromCity>서울</fromCity>에서 출발",
                "<toCity>대구</toCity>",
                "<fromCity>서울</fromCity>에서요",
            ],
        )
    },
    {"CITY": "서울\n부산\n대구\n"},
)


@pytest.mark.parametrize(
    ("utterance", "asked", "wanted"),
    [
        ("부산", None, {"toCity": "부산"}),
        ("부산이요", None, {"toCity": "부산"}),
        ("부산", "to_city", {"toCity": "부산"}),
        ("부산", "fromCity", {"fromCity": "부산"}),
        ("부산", "from_city", {"fromCity": "부산"}),
        ("대구", "from_city", {"fromCity": "대구"}),  # though an expression has it as the other
        ("부산이요", "from_city", {"fromCity": "부산"}),
        ("서울에서 대구 가는 표", "to_city", {"fromCity": "서울", "toCity": "대구"}),
    ],
)
def test_the_slot_that_was_asked_for_wins_where_both_fit(utterance, asked, wanted):
    assert slots(TRIP, utterance, asked) == wanted


ALARM = understander(
    "ko",
    {
        "Book": (
            {"day": "CLOVA.DATETIME", "what": "DISH"},
            ["<day>내일</day> <what>파스타</what> 예약해 줘", "<day>모레</day> <what>피자</what> 예약"],
        ),
        "Alarm": ({"at": "CLOVA.DATETIME"}, ["<at>일곱 시</at>에 깨워 줘", "<at>6시</at>"]),
    },
    {"DISH": "파스타\n피자\n"},
)


def test_an_intent_that_has_what_was_asked_for_wins_over_one_that_is_nearer():
    assert ALARM.understand("내일", now=NOW).intent == "Alarm"
    assert slots(ALARM, "내일", asked="day") == {"day": "2026-11-27"}
    assert slots(ALARM, "내일이요", asked="day") == {"day": "2026-11-27"}


@pytest.mark.parametrize("utterance", ["7시에 깨워 줘", "6시"])
def test_another_intent_is_still_understood(utterance):
    assert ALARM.understand(utterance, now=NOW, asked="day").intent == "Alarm"


@pytest.mark.parametrize("utterance", ["네", "아니요"])
def test_a_yes_is_a_yes_whatever_was_asked_for(utterance):
    assert ALARM.understand(utterance, now=NOW, asked="day").intent.startswith("Clova.")
