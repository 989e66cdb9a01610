"""Numbers, quantities and money, as they are said."""

# ruff: noqa: E501 - a line is a row of a table

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

pytest.importorskip("rapidfuzz")
pytest.importorskip("numpy")

from clova_flask.devtools.understanding.languages.base import language as spoken
from clova_flask.devtools.understanding.slots import built_in_finder
from clova_flask.devtools.understanding.text import fold, read
from clova_flask.devtools.understanding.units import money_finder, number_finder, quantity_finder

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=9)))

KOREAN = {
    "0": 0, "7": 7, "1,234,567": 1234567, "3.5": "3.5", "영": 0, "공일공": 10, "일": 1, "십": 10, "이십오": 25, "백": 100,
    "이백삼십오": 235, "천이백": 1200, "만": 10000, "만오천": 15000, "이십만": 200000, "삼만오천": 35000, "3만": 30000,
    "3만5천": 35000, "1억2000만": 120000000, "일억": 100000000, "삼점일사": "3.14", "하나": 1, "둘": 2, "세": 3, "네": 4,
    "다섯": 5, "열": 10, "열두": 12, "스무": 20, "스물다섯": 25, "서른세": 33, "아흔아홉": 99, "백스물한": 121,
}  # fmt: skip

JAPANESE = {
    "0": 0, "12": 12, "1,200": 1200, "2.5": "2.5", "一": 1, "十": 10, "十二": 12, "二十": 20, "百二十": 120, "二百三十五": 235,
    "千": 1000, "三千五百": 3500, "一万": 10000, "3万5千": 35000, "一億二千万": 120000000, "三点一四": "3.14", "二〇二六": 2026,
    "ひとつ": 1, "ふたつ": 2, "とお": 10, "零": 0,
}  # fmt: skip

ENGLISH = {"7": 7, "seven": 7, "twentyfive": 25, "twohundredandfive": 205, "onethousandtwohundred": 1200}


@pytest.mark.parametrize(("words", "number"), list(KOREAN.items()))
def test_korean_numbers(words, number):
    assert spoken("ko").numbers.read(words) == Decimal(number)


@pytest.mark.parametrize(
    "words", ["", "피자", "천만천만", "십백", "하나둘", "만억만", "점", "일점", "스물열"]
)
def test_what_is_no_korean_number(words):
    assert spoken("ko").numbers.read(words) is None


@pytest.mark.parametrize(("words", "number"), list(JAPANESE.items()))
def test_japanese_numbers(words, number):
    assert spoken("ja").numbers.read(fold(words) if not words[0].isdecimal() else words) == Decimal(number)


@pytest.mark.parametrize("words", ["", "寿司", "十百", "万億万", "点"])
def test_what_is_no_japanese_number(words):
    assert spoken("ja").numbers.read(words) is None


@pytest.mark.parametrize(("words", "number"), list(ENGLISH.items()))
def test_english_numbers(words, number):
    assert spoken("en").numbers.read(words) == number


@pytest.mark.parametrize(
    ("language", "utterance", "value", "unit"),
    [
        ("ko", "피자 두 판", "2", "판"), ("ko", "스무 살", "20", "살"), ("ko", "서른세 개 주세요", "33", "개"), ("ko", "하나만", "1", None),
        ("ko", "１２개", "12", "개"), ("ko", "1,500명", "1500", "명"), ("ko", "이백삼십오", "235", None), ("ko", "3인분", "3", "인분"),
        ("ko", "고구마피자두판", "2", "판"), ("ko", "볼륨 칠로", "7", None), ("ko", "2.5", "2.5", None), ("ko", "3킬로", "3", "킬로"),
        ("ja", "ピザを二枚", "2", "枚"), ("ja", "三つください", "3", "つ"), ("ja", "１２個", "12", "個"), ("ja", "十人前", "10", "人前"),
        ("ja", "音量を五に", "5", None), ("ja", "ふたつ", "2", "つ"), ("ja", "二十", "20", None),
        ("en", "two large pizzas", "2", None), ("en", "3 boxes", "3", "boxes"),
    ],
)  # fmt: skip
def test_numbers_in_utterances(language, utterance, value, unit):
    found = list(number_finder(spoken(language))(read(utterance), NOW))
    assert [(item.value, item.unit) for item in found] == [(value, unit)]


@pytest.mark.parametrize(
    ("language", "utterance", "value", "unit"),
    [
        ("ko", "딸기 두 팩", "2", "팩"), ("ko", "사과 세 상자", "3", "상자"), ("ko", "김치 한 포기", "1", "포기"), ("ko", "파 두 묶음", "2", "묶음"),
        ("ko", "서른 개씩", "30", "개"), ("ko", "첫 번째", "1", "번째"), ("ko", "네 번째 단계", "4", "번째"), ("ko", "둘째 줄", "2", "째"),
        ("ja", "豆腐三丁", "3", "丁"), ("ja", "お米三合炊きました", "3", "合"), ("ja", "バナナを一房", "1", "房"), ("ja", "薬を2錠", "2", "錠"),
        ("ja", "粉薬二包", "2", "包"), ("ja", "箸を五膳", "5", "膳"), ("ja", "ほうれん草二束", "2", "束"), ("ja", "キャベツ一玉", "1", "玉"),
        ("ja", "目薬を三滴", "3", "滴"), ("ja", "四人前", "4", "人前"), ("ja", "5人分", "5", "人分"), ("ja", "四番目", "4", "番目"),
        ("ja", "二つ目", "2", "つ目"), ("ja", "ひとりで", "1", "人"), ("ja", "ふたりで", "2", "人"), ("ja", "ふた皿", "2", "皿"),
    ],
)  # fmt: skip
def test_whatever_is_counted_with_is_the_unit(language, utterance, value, unit):
    found = list(number_finder(spoken(language))(read(utterance), NOW))
    assert [(item.value, item.unit) for item in found] == [(value, unit)]


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "이사 준비해 줘"), ("ko", "일정 조회해 줘"), ("ko", "우유 사주세요"), ("ko", "만두 먹고 싶어"), ("ko", "열차 표"), ("ko", "이 곡 틀어 줘"),
        ("ko", "네 장바구니에 담아"), ("ko", "사장님께 회의"), ("ko", "두세 개"), ("ko", "몇십 명"),
        ("ja", "一緒に行く"), ("ja", "三日月を見る"), ("ja", "千葉に行く"), ("ja", "泊まるとおいくら"), ("ja", "数十人"), ("ja", "二三人"), ("ja", "2、3人"),
    ],
)  # fmt: skip
def test_other_words_are_no_numbers(language, utterance):
    assert not list(built_in_finder("CLOVA.NUMBER", spoken(language))(read(utterance), NOW))


@pytest.mark.parametrize(
    ("language", "utterance", "count"), [("ko", "두 세트 추가", 2), ("ko", "5세트", 5), ("ja", "一番線", 1)]
)
def test_what_looks_like_another_word_is_a_number(language, utterance, count):
    found = built_in_finder("CLOVA.NUMBER", spoken(language))(read(utterance), NOW)
    assert [item.value for item in found] == [str(count)]


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "모두 시작해 줘"),
        ("ko", "이 노래 틀어 줘"),
        ("ko", "오늘은"),
        ("ja", "統一して"),
        ("en", "someone phoned"),
    ],
)
def test_parts_of_words_are_no_numbers(language, utterance):
    assert not list(number_finder(spoken(language))(read(utterance), NOW))


@pytest.mark.parametrize(
    ("name", "language", "utterance", "value", "unit"),
    [
        ("WEIGHT", "ko", "3킬로", "3", "kg"), ("LENGTH", "ko", "5km", "5", "km"), ("LENGTH", "ja", "五キロ", "5", "km"),
        ("VOLUME", "ja", "二リットル", "2", "L"), ("VOLUME", "ko", "1.5리터", "1.5", "L"), ("VOLUME", "ja", "500ml", "500", "mL"),
        ("TEMPERATURE", "ja", "20度", "20", "°C"), ("TEMPERATURE", "ko", "영하 5도", "-5", "°C"), ("TEMPERATURE", "ja", "25℃", "25", "°C"),
        ("RATIO", "ja", "30パーセント", "30", "%"), ("RATIO", "ko", "오십 퍼센트", "50", "%"), ("RATIO", "ja", "三割", "3", "割"),
        ("SPEED", "ja", "時速60キロ", "60", "km/h"), ("SPEED", "ko", "시속 백 킬로", "100", "km/h"), ("SPEED", "en", "60 km/h", "60", "km/h"),
        ("AREA", "ja", "三十平方メートル", "30", "m²"), ("AREA", "ja", "20坪", "20", "坪"), ("WEIGHT", "ja", "二百グラム", "200", "g"),
        ("INFORMATION", "ja", "16ギガバイト", "16", "GB"), ("LENGTH", "en", "12 inches", "12", "in"), ("LENGTH", "ja", "１８０㎝", "180", "cm"),
    ],
)  # fmt: skip
def test_quantities(name, language, utterance, value, unit):
    found = list(quantity_finder(name, spoken(language))(read(utterance), NOW))
    assert [(item.value, item.unit) for item in found] == [(value, unit)]


@pytest.mark.parametrize(
    ("language", "utterance", "value", "unit"),
    [
        ("ko", "만 오천 원", "15000", "KRW"), ("ko", "3만원", "30000", "KRW"), ("ko", "5달러", "5", "USD"),
        ("ko", "이십 유로", "20", "EUR"), ("ja", "千二百円", "1200", "JPY"), ("ja", "１，２００円", "1200", "JPY"),
        ("ja", "三ドル", "3", "USD"), ("en", "$5.50", "5.5", "USD"), ("en", "ten dollars", "10", "USD"), ("ja", "¥300", "300", "JPY"),
    ],
)  # fmt: skip
def test_money(language, utterance, value, unit):
    found = list(money_finder(spoken(language))(read(utterance), NOW))
    assert [(item.value, item.unit) for item in found] == [(value, unit)]
