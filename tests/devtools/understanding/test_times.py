"""Dates, times, spans and lengths of time, as they are said on Friday, 20 November 2026, at ten."""

# ruff: noqa: E501 - a line is a row of a table

from datetime import datetime, timedelta, timezone

import pytest

pytest.importorskip("rapidfuzz")
pytest.importorskip("numpy")

from clova_flask.devtools.understanding.languages.base import language as spoken
from clova_flask.devtools.understanding.slots import built_in_finder
from clova_flask.devtools.understanding.text import read

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=timezone(timedelta(hours=9)))

PERIODS_KO = """
저번 달 마지막 날 | DATE | 2026-10-31
지난달 첫째 날 | DATE | 2026-10-01
이번 달 말일 | DATE | 2026-11-30
월말 | DATE | 2026-11-30
12월 둘째 주 토요일 | DATE | 2026-12-12
추석 전날 | DATE | 2027-09-14
추석 연휴 첫날 | DATE | 2027-09-14
새해 첫날 | DATE | 2027-01-01
이번 달 마지막 주 | DATE.INTERVAL | 2026-11-23/2026-11-29
다음 달 첫 주말 | DATE.INTERVAL | 2026-12-05/2026-12-06
12월 초순 | DATE.INTERVAL | 2026-12-01/2026-12-10
다음 달 중순 | DATE.INTERVAL | 2026-12-11/2026-12-20
내년 2월 하순 | DATE.INTERVAL | 2027-02-21/2027-02-28
내년 상반기 | DATE.INTERVAL | 2027-01-01/2027-06-30
내년 3월 | DATE.INTERVAL | 2027-03-01/2027-03-31
다음 달 마지막 금요일 오후 3시 | DATETIME | 2026-12-25T15:00:00+09:00
이번 달 초콜릿 | DATE.INTERVAL | 2026-11-01/2026-11-30
11월 10일부터 15일까지 | DATE.INTERVAL | 2027-11-10/2027-11-15
다다음 주 월요일부터 수요일까지 | DATE.INTERVAL | 2026-11-30/2026-12-02
밤 10시부터 다음 날 새벽 2시까지 | TIME.INTERVAL | 22:00:00/02:00:00
오늘 밤 10시부터 다음 날 2시까지 | DATETIME.INTERVAL | 2026-11-20T22:00:00+09:00/2026-11-21T02:00:00+09:00
앞으로 3일간 | DATE.INTERVAL | 2026-11-20/2026-11-22
지난 일주일 | DATE.INTERVAL | 2026-11-14/2026-11-20
지난 3개월 | DATE.INTERVAL | 2026-08-21/2026-11-20
지난 3시간 동안 | DATETIME.INTERVAL | 2026-11-20T07:00:00+09:00/2026-11-20T10:00:00+09:00
이번 주말 | DATE.INTERVAL | 2026-11-21/2026-11-22
지난 주말 | DATE.INTERVAL | 2026-11-14/2026-11-15
"""

PERIODS_JA = """
先月の最終日 | DATE | 2026-10-31
先月の最後の日 | DATE | 2026-10-31
来月の第2土曜日 | DATE | 2026-12-12
来月の最初の月曜 | DATE | 2026-12-07
月末 | DATE | 2026-11-30
8月末 | DATE | 2027-08-31
12月上旬 | DATE.INTERVAL | 2026-12-01/2026-12-10
勤労感謝の日の前日 | DATE | 2026-11-22
今週末 | DATE.INTERVAL | 2026-11-21/2026-11-22
来週末 | DATE.INTERVAL | 2026-11-28/2026-11-29
12月24日から26日まで | DATE.INTERVAL | 2026-12-24/2026-12-26
22時から翌日2時まで | TIME.INTERVAL | 22:00:00/02:00:00
今夜22時から翌朝6時まで | DATETIME.INTERVAL | 2026-11-20T22:00:00+09:00/2026-11-21T06:00:00+09:00
最近1週間 | DATE.INTERVAL | 2026-11-14/2026-11-20
ここ3日 | DATE.INTERVAL | 2026-11-18/2026-11-20
過去3ヶ月 | DATE.INTERVAL | 2026-08-21/2026-11-20
"""

PERIODS_EN = """
the last day of last month | DATE | 2026-10-31
the last Friday of next month at 3 pm | DATETIME | 2026-12-25T15:00:00+09:00
first weekend of December | DATE.INTERVAL | 2026-12-05/2026-12-06
10 pm to 2 am the next day | TIME.INTERVAL | 22:00:00/02:00:00
the last 3 days | DATE.INTERVAL | 2026-11-18/2026-11-20
the day after Christmas | DATE | 2026-12-26
the end of the month | DATE | 2026-11-30
"""

HOLIDAYS_KO = """
설날 | DATE | 2027-02-07
추석 | DATE | 2027-09-15
부처님 오신 날 | DATE | 2027-05-13
작년 추석 | DATE | 2025-10-06
2036년 추석 | DATE | 2036-10-04
작년 크리스마스 | DATE | 2025-12-25
크리스마스이브 | DATE | 2026-12-24
어린이날 | DATE | 2027-05-05
"""

HOLIDAYS_JA = """
元日 | DATE | 2027-01-01
来年の元日 | DATE | 2027-01-01
大晦日 | DATE | 2026-12-31
成人の日 | DATE | 2027-01-11
春分の日 | DATE | 2027-03-21
2036年の秋分の日 | DATE | 2036-09-22
こどもの日 | DATE | 2027-05-05
海の日 | DATE | 2027-07-19
敬老の日 | DATE | 2027-09-20
母の日 | DATE | 2027-05-09
"""

PAST = """
지난 수요일에 갔어 | DATE | 2026-11-18
수요일에 운동했어 | DATE | 2026-11-18
15일에 먹었어요 | DATE | 2026-11-15
25일에 먹었어요 | DATE | 2026-10-25
11월 18일에 쟀어 기록해 줘 | DATE | 2026-11-18
9월에 운동했지 | DATE.INTERVAL | 2026-09-01/2026-09-30
주말에 뭐 했더라 | DATE.INTERVAL | 2026-11-14/2026-11-15
11월 10일부터 15일까지 운동했어 | DATE.INTERVAL | 2026-11-10/2026-11-15
수요일에 운동할래 | DATE | 2026-11-25
수요일에 시간 있어 | DATE | 2026-11-25
토요일에 예약했어 | DATE | 2026-11-21
토요일에 운동하기로 했더라 | DATE | 2026-11-21
크리스마스까지인 버터를 넣어 놨어 | DATE | 2026-12-25
9월에 운동한 기록 보여 줘 | DATE.INTERVAL | 2026-09-01/2026-09-30
토요일에 필요한 거 알려 줘 | DATE | 2026-11-21
토요일 약속 취소됐으니까 지워 줘 | DATE | 2026-11-21
"""

PAST_JA = """
この前の水曜日に行きました | DATE | 2026-11-18
水曜日に飲みました | DATE | 2026-11-18
水曜日に飲みます | DATE | 2026-11-25
15日に食べたよ | DATE | 2026-11-15
土曜に行けなくなった | DATE | 2026-11-21
土曜に予約しました | DATE | 2026-11-21
"""

PAST_EN = """
I ran on Wednesday | DATE | 2026-11-18
I will run on Wednesday | DATE | 2026-11-25
"""

KOREAN = """
오늘 | DATE | 2026-11-20
내일 | DATE | 2026-11-21
모레 | DATE | 2026-11-22
내일모레 | DATE | 2026-11-22
글피 | DATE | 2026-11-23
어제 | DATE | 2026-11-19
그저께 | DATE | 2026-11-18
이번 주 금요일 | DATE | 2026-11-20
다음 주 월요일 | DATE | 2026-11-23
다다음 주 수요일 | DATE | 2026-12-02
지난주 목요일 | DATE | 2026-11-12
월요일 | DATE | 2026-11-23
12월 10일 | DATE | 2026-12-10
8월 10일 | DATE | 2027-08-10
2018년 8월 10일 | DATE | 2018-08-10
내년 삼월 일일 | DATE | 2027-03-01
시월 삼일 | DATE | 2027-10-03
유월 육일 | DATE | 2027-06-06
다음 달 3일 | DATE | 2026-12-03
25일 | DATE | 2026-11-25
2026-12-24 | DATE | 2026-12-24
12/24 | DATE | 2026-12-24
사흘 뒤 | DATE | 2026-11-23
일주일 후 | DATE | 2026-11-27
2주 전 | DATE | 2026-11-06
두 달 뒤 | DATE | 2027-01-20
이번 주 | DATE.INTERVAL | 2026-11-16/2026-11-22
다음 달 | DATE.INTERVAL | 2026-12-01/2026-12-31
주말 | DATE.INTERVAL | 2026-11-21/2026-11-22
다음 주말 | DATE.INTERVAL | 2026-11-28/2026-11-29
올해 | DATE.INTERVAL | 2026-01-01/2026-12-31
내일부터 모레까지 | DATE.INTERVAL | 2026-11-21/2026-11-22
12월 1일부터 3일까지 | DATE.INTERVAL | 2026-12-01/2026-12-03
세 시 | TIME | 03:00:00
15시 | TIME | 15:00:00
오후 3시 반 | TIME | 15:30:00
오전 열 시 이십오 분 | TIME | 10:25:00
오전 12시 | TIME | 00:00:00
저녁 일곱 시 | TIME | 19:00:00
밤 열두 시 | TIME | 00:00:00
새벽 두시 | TIME | 02:00:00
낮 열두 시 | TIME | 12:00:00
정오 | TIME | 12:00:00
자정 | TIME | 00:00:00
오후 3:20 | TIME | 15:20:00
아침 여섯 시부터 아홉 시까지 | TIME.INTERVAL | 06:00:00/09:00:00
오후 3시부터 5시까지 | TIME.INTERVAL | 15:00:00/17:00:00
아침 | TIME.INTERVAL | 06:00:00/09:00:00
내일 저녁 일곱 시 | DATETIME | 2026-11-21T19:00:00+09:00
다음 주 화요일 오전 9시 | DATETIME | 2026-11-24T09:00:00+09:00
내일 밤 12시 | DATETIME | 2026-11-22T00:00:00+09:00
3시간 뒤 | DATETIME | 2026-11-20T13:00:00+09:00
한 시간 반 뒤 | DATETIME | 2026-11-20T11:30:00+09:00
십 분 전 | DATETIME | 2026-11-20T09:50:00+09:00
지금 | DATETIME | 2026-11-20T10:00:00+09:00
내일 오후 두 시부터 네 시까지 | DATETIME.INTERVAL | 2026-11-21T14:00:00+09:00/2026-11-21T16:00:00+09:00
내일 아침 | DATETIME.INTERVAL | 2026-11-21T06:00:00+09:00/2026-11-21T09:00:00+09:00
"""

JAPANESE = """
今日 | DATE | 2026-11-20
明日 | DATE | 2026-11-21
明後日 | DATE | 2026-11-22
昨日 | DATE | 2026-11-19
来週の月曜日 | DATE | 2026-11-23
今週の金曜 | DATE | 2026-11-20
日曜日 | DATE | 2026-11-22
8月10日 | DATE | 2027-08-10
十二月二十四日 | DATE | 2026-12-24
2018年8月10日 | DATE | 2018-08-10
来年の一月一日 | DATE | 2027-01-01
来月3日 | DATE | 2026-12-03
25日 | DATE | 2026-11-25
三日後 | DATE | 2026-11-23
二週間前 | DATE | 2026-11-06
来週 | DATE.INTERVAL | 2026-11-23/2026-11-29
今月 | DATE.INTERVAL | 2026-11-01/2026-11-30
週末 | DATE.INTERVAL | 2026-11-21/2026-11-22
明日から明後日まで | DATE.INTERVAL | 2026-11-21/2026-11-22
午後3時半 | TIME | 15:30:00
三時 | TIME | 03:00:00
１５時２０分 | TIME | 15:20:00
正午 | TIME | 12:00:00
午前0時 | TIME | 00:00:00
夜の八時 | TIME | 20:00:00
夜12時 | TIME | 00:00:00
朝七時 | TIME | 07:00:00
3時から5時まで | TIME.INTERVAL | 03:00:00/05:00:00
午後三時から五時まで | TIME.INTERVAL | 15:00:00/17:00:00
未明 | TIME.INTERVAL | 00:00:00/03:00:00
明け方 | TIME.INTERVAL | 03:00:00/06:00:00
朝 | TIME.INTERVAL | 06:00:00/09:00:00
昼前 | TIME.INTERVAL | 09:00:00/12:00:00
昼 | TIME.INTERVAL | 11:00:00/13:00:00
昼過ぎ | TIME.INTERVAL | 12:00:00/15:00:00
夕方 | TIME.INTERVAL | 15:00:00/18:00:00
午前 | TIME.INTERVAL | 00:00:00/12:00:00
午後 | TIME.INTERVAL | 12:00:00/00:00:00
日中 | TIME.INTERVAL | 09:00:00/18:00:00
夜 | TIME.INTERVAL | 18:00:00/00:00:00
明日の午後3時半 | DATETIME | 2026-11-21T15:30:00+09:00
今夜8時 | DATETIME | 2026-11-20T20:00:00+09:00
3時間後 | DATETIME | 2026-11-20T13:00:00+09:00
30分前 | DATETIME | 2026-11-20T09:30:00+09:00
明日の夜 | DATETIME.INTERVAL | 2026-11-21T18:00:00+09:00/2026-11-22T00:00:00+09:00
明日の三時から五時まで | DATETIME.INTERVAL | 2026-11-21T03:00:00+09:00/2026-11-21T05:00:00+09:00
"""

ENGLISH = """
tomorrow | DATE | 2026-11-21
next Monday | DATE | 2026-11-23
August 10, 2018 | DATE | 2018-08-10
3 pm | TIME | 15:00:00
noon | TIME | 12:00:00
from 3 pm to 5 pm | TIME.INTERVAL | 15:00:00/17:00:00
tomorrow at 3:30 pm | DATETIME | 2026-11-21T15:30:00+09:00
in two hours | DATETIME | 2026-11-20T12:00:00+09:00
"""


def rows(*tables):
    return [
        (language, *line.split(" | ")) for language, table in tables for line in table.strip().split("\n")
    ]


@pytest.mark.parametrize(
    ("language", "utterance", "value_type", "value"),
    rows(
        ("ko", KOREAN), ("ko", PERIODS_KO), ("ko", HOLIDAYS_KO), ("ko", PAST),
        ("ja", JAPANESE), ("ja", PERIODS_JA), ("ja", HOLIDAYS_JA), ("ja", PAST_JA),
        ("en", ENGLISH), ("en", PERIODS_EN), ("en", PAST_EN),
    ),
)  # fmt: skip
def test_when(language, utterance, value_type, value):
    found = list(built_in_finder("CLOVA.DATETIME", spoken(language))(read(utterance), NOW))
    assert [(item.value_type, item.value) for item in found] == [(value_type, value)]


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "2월 30일"),
        ("ko", "이십오 시"),
        ("ko", "9999년 뒤"),
        ("ja", "13月40日"),
        ("en", "25 pm"),
        ("ko", "피자"),
    ],
)
def test_no_such_time(language, utterance):
    values = [
        item.value for item in built_in_finder("CLOVA.DATETIME", spoken(language))(read(utterance), NOW)
    ]
    assert all("-02-30" not in value for value in values)


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "이번 달 초에"), ("ko", "올해 말까지"), ("ko", "연말에"), ("ko", "내년 봄에"), ("ko", "연휴에"), ("ko", "음력 8월 15일"),
        ("ko", "내 일정 전부"), ("ko", "다음 달 다섯째 일요일"),
        ("ja", "今年末"), ("ja", "今年度"), ("ja", "来年の夏に"), ("ja", "連休に"), ("ja", "旧暦の8月15日"), ("ja", "来月の初めに"),
        ("en", "the beginning of next month"),
    ],
)  # fmt: skip
def test_what_is_not_definite_is_no_time(language, utterance):
    assert list(built_in_finder("CLOVA.DATETIME", spoken(language))(read(utterance), NOW)) == []


@pytest.mark.parametrize(
    ("language", "utterance"),
    [("ko", "매주 월요일"), ("ko", "저번 달 마지막 경기"), ("ja", "毎週月曜日"), ("ja", "先月の最後の試合")],
)
def test_a_time_with_words_that_are_not_read_is_less_sure(language, utterance):
    finder = built_in_finder("CLOVA.DATETIME", spoken(language))
    assert [item.sure < 1 for item in finder(read(utterance), NOW)] == [True]


DURATIONS = """
닷새 | P5D
열흘 동안 | P10D
하루 | P1D
보름 | P15D
두 시간 반 | PT2H30M
2시간 5분 25초 | PT2H5M25S
삼십 분 | PT30M
반 시간 | PT30M
일주일 | P1W
삼 주 | P3W
석 달 | P3M
일 년 | P1Y
10분 30초 | PT10M30S
1.5시간 | PT1H30M
반년 | P6M
하루 반 | P1DT12H
일주일 반 | P10DT12H
한 달 반 | P1M15D
1년 반 | P1Y6M
두 시간 반복 | PT2H
"""

DURATIONS_JA = """
五日間 | P5D
2時間5分 | PT2H5M
2時間5分25秒 | PT2H5M25S
三週間 | P3W
半年 | P6M
2時間半 | PT2H30M
10ヶ月 | P10M
３０分 | PT30M
10分30秒 | PT10M30S
1.5時間 | PT1H30M
1時間半 | PT1H30M
1ヶ月半 | P1M15D
半月 | P15D
"""

DURATIONS_EN = """
two hours | PT2H
5 days | P5D
1.5 hours | PT1H30M
half an hour | PT30M
an hour and a half | PT1H30M
two and a half hours | PT2H30M
"""


@pytest.mark.parametrize(
    ("language", "utterance", "value"),
    rows(("ko", DURATIONS), ("ja", DURATIONS_JA), ("en", DURATIONS_EN)),
)
def test_how_long(language, utterance, value):
    assert [
        item.value for item in built_in_finder("CLOVA.DURATION", spoken(language))(read(utterance), NOW)
    ] == [value]


@pytest.mark.parametrize(
    ("language", "utterance"),
    [
        ("ko", "두세 시간"),
        ("ko", "두 세 시간"),
        ("ko", "몇십 분"),
        ("ja", "二三日"),
        ("ja", "数十分"),
        ("ja", "2、3日"),
    ],
)
def test_how_long_is_not_definite(language, utterance):
    assert not list(built_in_finder("CLOVA.DURATION", spoken(language))(read(utterance), NOW))


@pytest.mark.parametrize(
    ("language", "utterance", "wanted"),
    [
        ("ko", "온도 낮춰 줘", []), ("ko", "밤고구마 사 줘", []), ("ja", "明日の朝食を7時に", ["2026-11-21", "07:00:00"]), ("ja", "京都の夜景", []),
        ("ja", "今夜8時に夜食を", ["2026-11-20T20:00:00+09:00"]), ("ja", "きょうとに行く", []),
    ],
)  # fmt: skip
def test_other_words_are_no_times(language, utterance, wanted):
    found = built_in_finder("CLOVA.DATETIME", spoken(language))(read(utterance), NOW)
    assert [item.value for item in found] == wanted


@pytest.mark.parametrize(
    ("name", "language", "utterance"),
    [
        ("CLOVA.ORDER", "ko", "이번 단계"), ("CLOVA.ORDER", "ko", "한 번만 다시"), ("CLOVA.ORDER", "ja", "一番多い"),
        ("CLOVA.JP_ADDRESS_KU", "ja", "渋谷区役所に"), ("CLOVA.JP_ADDRESS_SHI", "ja", "都市に住む"), ("CLOVA.JP_ADDRESS_SHI", "ja", "市役所に"),
    ],
)  # fmt: skip
def test_no_such_words(name, language, utterance):
    assert not list(built_in_finder(name, spoken(language))(read(utterance), NOW))


@pytest.mark.parametrize(
    ("name", "language", "utterance", "value"),
    [
        ("CLOVA.JP_ADDRESS_KU", "ja", "明日渋谷区に行きたい", "渋谷区"), ("CLOVA.JP_ADDRESS_KU", "ja", "今日の横浜市中区の天気", "中区"),
        ("CLOVA.JP_ADDRESS_SHI", "ja", "神奈川県横浜市は晴れ", "横浜市"), ("CLOVA.JP_ADDRESS_SHI", "ja", "天気はさいたま市でどう", "さいたま市"),
        ("CLOVA.ORDER", "ko", "세 번째 노래", "세 번째"), ("CLOVA.ORDER", "ko", "첫 번째로", "첫 번째"), ("CLOVA.ORDER", "ja", "二番目の曲", "二番目"),
        ("CLOVA.OFFICIALDATE", "ko", "추석에", "추석"), ("CLOVA.OFFICIALDATE", "ja", "こどもの日は", "こどもの日"),
        ("CLOVA.OFFICIALDATE", "ja", "元日", "元日"), ("CLOVA.RELATIVETIME", "ko", "나중에", "나중에"), ("CLOVA.RELATIVETIME", "ja", "さっき", "さっき"),
        ("CLOVA.WORLD_COUNTRY", "ko", "프랑스 시간", "프랑스"), ("CLOVA.WORLD_COUNTRY", "ja", "フランスの", "フランス"),
        ("CLOVA.WORLD_CITY", "ko", "런던 날씨", "런던"), ("CLOVA.WORLD_CITY", "ja", "ニューヨーク", "ニューヨーク"), ("CLOVA.WORLD_CITY", "en", "in New York", "New York"),
        ("CLOVA.CURRENCY", "ko", "달러 환율", "달러"), ("CLOVA.UNIT", "ko", "킬로미터로", "킬로미터"), ("CLOVA.UNIT_WEIGHT", "ja", "グラムで", "グラム"),
        ("CLOVA.JP_ADDRESS_KEN", "ja", "神奈川県", "神奈川県"), ("CLOVA.JP_ADDRESS_SHI", "ja", "横浜市", "横浜市"), ("CLOVA.JP_ADDRESS_KU", "ja", "渋谷区", "渋谷区"),
        ("CLOVA.KO_ADDRESS_GU", "ko", "강남구에서", "강남구"),
    ],
)  # fmt: skip
def test_words(name, language, utterance, value):
    assert value in [item.value for item in built_in_finder(name, spoken(language))(read(utterance), NOW)]
