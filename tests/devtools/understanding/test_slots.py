"""Which value fills which slot: order, corrections, parts of other words, and words that no entry has."""

from datetime import datetime, timedelta, timezone
from itertools import permutations

import pytest

pytest.importorskip("rapidfuzz")
pytest.importorskip("numpy")

from clova_flask.devtools.model.expressions import parse_expression
from clova_flask.devtools.model.objects import (
    CustomIntent,
    CustomSlotType,
    IntentSlot,
    InteractionModel,
    SlotEntry,
)
from clova_flask.devtools.understanding import Understander
from clova_flask.devtools.understanding.languages import base

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=9)))
NUMBER, TIME = "CLOVA.NUMBER", "CLOVA.DATETIME"


def understander(code, slots, *expressions, **types):
    """Make an understander of one intent; a type's entries are divided by spaces, synonyms by ``=``."""
    intent = CustomIntent(
        "Intent",
        tuple(IntentSlot(name, type_) for name, type_ in slots.items()),
        tuple(map(parse_expression, expressions)),
    )
    slot_types = {
        name: CustomSlotType(
            name,
            tuple(SlotEntry(value, tuple(more)) for value, *more in (e.split("=") for e in words.split())),
        )
        for name, words in types.items()
    }
    return Understander(
        InteractionModel(
            language=code,
            built_in_intents=("Clova.FallbackIntent",),
            intents={"Intent": intent},
            slot_types=slot_types,
        )
    )


def values(made, utterance):
    return {name: slot.value for name, slot in made.understand(utterance, now=NOW).slots.items()}


@pytest.fixture
def without_analysers(monkeypatch):
    monkeypatch.setattr(base, "analyser", lambda language: None)
    monkeypatch.setattr("clova_flask.devtools.understanding.features.analyser", lambda language: None)


def analysed(code):
    """Skip what needs the morphemes of a language where its analyser is not installed."""
    if base.analyser(base.language(code)) is None:
        pytest.skip(f"no analyser of {code}")


def declared(*names):
    return pytest.mark.parametrize("names", list(permutations(names)), ids=" ".join)


@declared("via", "from", "to")
@pytest.mark.parametrize(
    ("utterance", "wanted"),
    [
        ("京都から福岡", {"from": "京都", "to": "福岡"}),
        ("京都から福岡まで", {"from": "京都", "to": "福岡"}),
        ("京都から名古屋経由で福岡", {"from": "京都", "via": "名古屋", "to": "福岡"}),
        ("大阪から京都経由福岡まで", {"from": "大阪", "via": "京都", "to": "福岡"}),
        ("京都福岡", {"from": "京都", "to": "福岡"}),
    ],
)
def test_japanese_slots_of_a_type_are_filled_as_in_the_expressions(names, utterance, wanted):
    route = understander(
        "ja",
        dict.fromkeys(names, "CITY"),
        "<from>東京</from>から<to>大阪</to>",
        "<from>東京</from>から<via>京都</via>経由で<to>大阪</to>",
        CITY="東京 大阪 京都 福岡 名古屋",
    )
    assert values(route, utterance) == wanted


@declared("via", "from", "to")
@pytest.mark.parametrize(
    ("utterance", "wanted"),
    [
        ("대전에서 광주", {"from": "대전", "to": "광주"}),
        ("광주에서 대전 거쳐서 목포", {"from": "광주", "via": "대전", "to": "목포"}),
        ("광주에서 대전 거쳐 목포까지", {"from": "광주", "via": "대전", "to": "목포"}),
        ("대전 광주", {"from": "대전", "to": "광주"}),
    ],
)
def test_korean_slots_of_a_type_are_filled_as_in_the_expressions(names, utterance, wanted):
    route = understander(
        "ko",
        dict.fromkeys(names, "CITY"),
        "<from>서울</from>에서 <to>부산</to>",
        "<from>서울</from>에서 <via>대전</via> 거쳐서 <to>부산</to>",
        CITY="서울 부산 대전 광주 목포",
    )
    assert values(route, utterance) == wanted


@declared("a", "b", "c")
@pytest.mark.parametrize("code", ["ja", "ko"])
def test_numbers_in_a_row_fill_the_slots_in_their_order(names, code):
    between, utterance = {"ja": ("の", "5の3の0"), "ko": (" 다시 ", "5 다시 3 다시 0")}[code]
    score = understander(
        code, dict.fromkeys(names, NUMBER), between.join(("<a>1</a>", "<b>2</b>", "<c>4</c>"))
    )
    assert values(score, utterance) == {"a": "5", "b": "3", "c": "0"}


@declared("a", "b", "c")
@pytest.mark.parametrize(
    ("code", "colors", "utterance"),
    [
        ("ja", "赤 青 緑", "赤、赤、赤"),
        ("ja", "赤 青 緑", "赤赤赤"),
        ("ko", "빨강 파랑 초록", "빨강 빨강 빨강"),
        ("ko", "빨강 파랑 초록", "빨강빨강빨강"),
    ],
)
def test_equal_words_in_a_row_fill_a_slot_each(names, code, colors, utterance):
    first, second, third = colors.split()
    guess = understander(
        code, dict.fromkeys(names, "COLOR"), f"<a>{first}</a> <b>{second}</b> <c>{third}</c>", COLOR=colors
    )
    assert values(guess, utterance) == dict.fromkeys("abc", first)


@declared("weight", "reps", "sets")
@pytest.mark.parametrize(
    ("code", "utterance", "wanted"),
    [
        ("ko", "50킬로 다섯 번 네 세트 했어", {"weight": "50", "reps": "5", "sets": "4"}),
        ("ko", "네 세트 50킬로로 다섯 번", {"weight": "50", "reps": "5", "sets": "4"}),
        ("ko", "70킬로로 했어", {"weight": "70"}),
        ("ko", "여덟 번 했어", {"reps": "8"}),
        ("ja", "50キロで5回を4セットやった", {"weight": "50", "reps": "5", "sets": "4"}),
        ("ja", "4セット、50キロで五回", {"weight": "50", "reps": "5", "sets": "4"}),
        ("ja", "8回やった", {"reps": "8"}),
    ],
)
def test_numbers_are_told_apart_by_their_units(names, code, utterance, wanted):
    said = {
        "ko": "<weight>60킬로</weight>로 <reps>열 번</reps> <sets>세 세트</sets> 했어",
        "ja": "<weight>60キロ</weight>で<reps>10回</reps>を<sets>3セット</sets>やった",
    }
    assert values(understander(code, dict.fromkeys(names, NUMBER), said[code]), utterance) == wanted


@pytest.mark.parametrize(
    ("utterance", "count"),
    [
        ("콜라 두 잔 아니 세 잔 주문해 줘", "3"),
        ("콜라 두 잔 아, 아니다 세 잔 주문해 줘", "3"),
        ("콜라 두 잔 말고 세 잔 주문해 줘", "3"),
        ("콜라 두 잔이 아니라 세 잔 주문해 줘", "3"),
        ("사이다 아니 콜라 세 잔 주문해 줘", "3"),
        ("사이다 말고 콜라 세 잔 주문해 줘", "3"),
    ],
)
def test_korean_corrections_take_the_last(utterance, count):
    order = understander(
        "ko",
        {"drink": "DRINK", "other": "DRINK", "count": NUMBER, "children": NUMBER},
        "<drink>콜라</drink> <count>두 잔</count> 주문해 줘",
        "<drink>콜라</drink>랑 <other>사이다</other> 주문해 줘",
        DRINK="콜라 사이다",
    )
    assert values(order, utterance) == {"drink": "콜라", "count": count}


@pytest.mark.parametrize(
    "utterance",
    [
        "コーラを2杯、いや3杯ください",
        "コーラを2杯じゃなくて3杯ください",
        "コーラを2杯、違った、3杯ください",
        "コーラを2杯、あ、やっぱり3杯ください",
        "お茶じゃなくてコーラを3杯ください",
        "お茶、いやコーラを3杯ください",
        "お茶違ったコーラを3杯ください",
    ],
)
def test_japanese_corrections_take_the_last(utterance):
    order = understander(
        "ja",
        {"drink": "DRINK", "other": "DRINK", "count": NUMBER, "children": NUMBER},
        "<drink>コーラ</drink>を<count>2杯</count>ください",
        "<drink>コーラ</drink>と<other>お茶</other>をください",
        DRINK="コーラ お茶",
    )
    assert values(order, utterance) == {"drink": "コーラ", "count": "3"}


@pytest.mark.parametrize(
    ("code", "expression", "types", "utterance", "wanted"),
    [
        (
            "ko",
            "<old>우유</old> 대신 <new>두유</new> 넣어 줘",
            "우유 두유 물",
            "물 대신 우유 넣어 줘",
            ["물", "우유"],
        ),
        (
            "ja",
            "<old>牛乳</old>じゃなくて<new>豆乳</new>にして",
            "牛乳 豆乳 水",
            "水じゃなくて牛乳にして",
            ["水", "牛乳"],
        ),
    ],
)
def test_what_the_expressions_say_is_no_correction(code, expression, types, utterance, wanted):
    change = understander(code, {"old": "FOOD", "new": "FOOD"}, expression, FOOD=types)
    assert values(change, utterance) == dict(zip(("old", "new"), wanted, strict=True))


DRINKS = understander(
    "ko",
    {"drink": "DRINK", "count": NUMBER},
    "<drink>콜라</drink> <count>두 잔</count> 주문해 줘",
    "<drink>사이다</drink> 시켜 줘",
    DRINK="물 콜라 차 사이다",
)
INNS = understander(
    "ja",
    {"place": "PLACE", "meal": "MEAL", "count": NUMBER},
    "<place>有馬</place>の宿を探して",
    "<place>横浜</place>から<count>2人</count>で行きたい",
    "部屋はありますか",
    "<place>草津</place>の<meal>朝</meal>の空き",
    PLACE="有馬=ありま 草津=くさつ 横浜",
    MEAL="朝=あさ 夜=よる",
)


@pytest.mark.parametrize(
    ("made", "utterance", "wanted"),
    [
        (DRINKS, "물건 주문해 줘", {}),
        (DRINKS, "자동차 주문해 줘", {}),
        (DRINKS, "콜라 열차로 주문해 줘", {"drink": "콜라"}),
        (DRINKS, "물두잔주문해줘", {"drink": "물", "count": "2"}),
        (DRINKS, "콜라두잔시켜줘", {"drink": "콜라", "count": "2"}),
        (INNS, "宿はありますか", {}),
        (INNS, "あさっての空き", {}),
        (INNS, "もうすぐの空き", {}),
        (INNS, "横浜線で行きたい", {}),
        (INNS, "探すとおいくらですか", {}),
        (INNS, "ありまの宿はある", {"place": "有馬"}),
        (INNS, "横浜行きの宿を探して", {"place": "横浜"}),
    ],
)
def test_a_part_of_another_word_is_no_value(made, utterance, wanted):
    analysed(made.model.language)
    assert values(made, utterance) == wanted


def test_an_affix_that_the_expressions_have_makes_no_other_word():
    analysed("ja")
    line = understander("ja", {"place": "PLACE"}, "<place>中央</place>線の時刻表", PLACE="中央 横浜")
    assert values(line, "横浜線の時刻表は") == {"place": "横浜"}


def test_compounds_without_spaces_are_divided():
    pizza = understander(
        "ko",
        {"kind": "KIND", "count": NUMBER},
        "<kind>불고기</kind> 피자 <count>한 판</count> 시켜 줘",
        KIND="고구마 불고기 치즈",
    )
    for utterance in ("고구마피자두판", "고구마피자두판시켜줘"):
        assert values(pizza, utterance) == {"kind": "고구마", "count": "2"}


@pytest.mark.usefixtures("without_analysers")
def test_without_an_analyser():
    drinks = understander(
        "ko",
        {"drink": "DRINK", "count": NUMBER},
        "<drink>콜라</drink> <count>두 잔</count> 주문해 줘",
        DRINK="물 콜라",
    )
    assert values(drinks, "물두잔주문해줘") == {"drink": "물", "count": "2"}
    assert values(drinks, "물건 주문해 줘") == {}
    inns = understander(
        "ja", {"place": "PLACE"}, "<place>草津</place>の宿を探して", "部屋がある", PLACE="有馬=ありま 草津"
    )
    assert values(inns, "宿はありますか") == {}
    assert values(inns, "ありまの宿を探して") == {"place": "有馬"}
    larder = understander("ja", {"food": "FOOD"}, "<food>卵</food>はまだある", "分量を教えて", FOOD="卵 牛乳")
    assert values(larder, "キムチはまだある") == {"food": "キムチ"}
    assert values(larder, "今度はまだある") == values(larder, "分量はまだある") == {}


LARDER_JA = understander(
    "ja",
    {"food": "FOOD", "count": NUMBER, "when": TIME},
    "<food>トマト</food>はまだある",
    "冷蔵庫に<food>卵</food>は残ってる",
    "<food>牛乳</food>を<count>2本</count>入れた",
    "<when>明日</when>までの分量を教えて",
    FOOD="トマト 卵 牛乳",
)
LARDER_KO = understander(
    "ko",
    {"food": "FOOD", "count": NUMBER, "when": TIME},
    "<food>토마토</food>는 아직 있어",
    "냉장고에 <food>계란</food>이 남았어",
    "<food>우유</food> <count>두 개</count> 넣었어",
    "<when>내일</when>까지 분량을 알려 줘",
    FOOD="토마토 계란 우유",
)


@pytest.mark.parametrize(
    ("made", "utterance", "wanted"),
    [
        (LARDER_JA, "キムチはまだ残ってる", "キムチ"),
        (LARDER_JA, "冷蔵庫にキムチはある", "キムチ"),
        (LARDER_JA, "豚バラ肉はまだある", "豚バラ肉"),
        (LARDER_JA, "ピーマンを3本入れた", "ピーマン"),
        (LARDER_JA, "今度はまだある", None),
        (LARDER_JA, "都合はまだある", None),
        (LARDER_JA, "もうすぐはまだある", None),
        (LARDER_JA, "今晩はまだある", None),
        (LARDER_JA, "10分以内はまだある", None),
        (LARDER_JA, "分量はまだある", None),
        (LARDER_KO, "김치는 아직 있어", "김치"),
        (LARDER_KO, "냉장고에 두부가 남았어", "두부"),
        (LARDER_KO, "햄은 아직 있어", "햄"),
        (LARDER_KO, "애호박 세 개 넣었어", "애호박"),
        (LARDER_KO, "분량은 아직 있어", None),
        (LARDER_KO, "이번은 아직 있어", None),
        (LARDER_KO, "남아 있는 거 아직 있어", None),
    ],
)
def test_words_of_no_entry_are_nouns_where_the_slot_stands(made, utterance, wanted):
    analysed(made.model.language)
    assert values(made, utterance).get("food") == wanted


@pytest.mark.parametrize(
    ("code", "expression", "utterance", "wanted"),
    [
        (
            "ja",
            "<amount>100グラム</amount>を<unit>キロ</unit>で教えて",
            "200グラムを教えて",
            {"amount": "200"},
        ),
        (
            "ja",
            "<amount>100</amount><unit>グラム</unit>量って",
            "200グラム量って",
            {"amount": "200", "unit": "グラム"},
        ),
        (
            "ko",
            "<amount>100그램</amount>을 <unit>킬로그램</unit>으로 알려 줘",
            "200그램 알려 줘",
            {"amount": "200"},
        ),
        (
            "ko",
            "<amount>100</amount><unit>그램</unit> 재 줘",
            "200그램 재 줘",
            {"amount": "200", "unit": "그램"},
        ),
    ],
)
def test_a_unit_fills_a_slot_of_its_own_only_where_an_expression_has_both(
    code, expression, utterance, wanted
):
    weigh = understander(code, {"amount": NUMBER, "unit": "CLOVA.UNIT_WEIGHT"}, expression)
    assert values(weigh, utterance) == wanted


@pytest.mark.parametrize(
    ("code", "expressions", "utterance"),
    [
        (
            "ja",
            ("<old>明日</old>の予約を<new>あさって</new>に変えて", "予約を<new>15時</new>に変えて"),
            "土曜日の3時に変えて",
        ),
        (
            "ko",
            ("<old>내일</old> 예약을 <new>모레</new>로 바꿔 줘", "예약을 <new>세 시</new>로 바꿔 줘"),
            "토요일 세 시로 바꿔 줘",
        ),
    ],
)
def test_a_day_within_a_date_and_time_fills_no_second_slot(code, expressions, utterance):
    change = understander(code, {"old": TIME, "new": TIME}, *expressions)
    assert values(change, utterance) == {"new": "2026-11-21T03:00:00+09:00"}


@pytest.mark.parametrize(
    ("code", "expression", "utterance"),
    [
        ("ja", "<day>明日</day>の<time>3時</time>に予定を入れて", "土曜日の午後4時に予定を入れて"),
        ("ko", "<day>내일</day> <time>세 시</time>에 일정 넣어 줘", "토요일 오후 네 시에 일정 넣어 줘"),
    ],
)
def test_a_day_and_its_time_fill_a_slot_each_where_an_expression_has_both(code, expression, utterance):
    add = understander(code, {"day": TIME, "time": TIME}, expression)
    assert values(add, utterance) == {"day": "2026-11-21", "time": "16:00:00"}
