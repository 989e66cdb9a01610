"""How Korean speaks of dates and times.

From the guides' ``CLOVA.DATETIME``. The guides fix the hours of the parts of the day for Japanese only; here
the Korean ones are as they are commonly understood.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from .. import holidays
from ..days import add_months
from ..periods import Parts
from ..point import Point
from ..time_readers import (
    DIGITAL_CLOCK,
    DIGITAL_DAYS,
    Halves,
    TimeWords,
    any_of,
    duration_group,
    end_of_month,
    lasting,
    later,
    right_now,
    whole_weekend,
)
from ..times import Phrases, rule
from .durations import DAYS, DURATION, DURATIONS
from .holidays import HOLIDAYS
from .numbers import SHORT, read_ko

DAY_WORDS: dict[str, int] = {
    "그끄저께": -3, "그저께": -2, "그제": -2, "엊그제": -2, "어제": -1, "어저께": -1, "오늘": 0, "금일": 0,
    "내일": 1, "낼": 1, "명일": 1, "모레": 2, "내일모레": 2, "낼모레": 2, "글피": 3, "그글피": 4,
}  # fmt: skip

WEEKS: dict[str, int] = {
    "지지난주": -2, "저저번주": -2, "지난주": -1, "저번주": -1, "전주": -1, "이번주": 0, "금주": 0,
    "요번주": 0, "다음주": 1, "담주": 1, "차주": 1, "내주": 1, "다다음주": 2,
}  # fmt: skip

MONTHS: dict[str, int] = {
    "지난달": -1, "저번달": -1, "이번달": 0, "이달": 0, "다음달": 1, "담달": 1, "다다음달": 2,
}  # fmt: skip
YEARS: dict[str, int] = {
    "재작년": -2, "작년": -1, "지난해": -1, "올해": 0, "금년": 0, "내년": 1, "다음해": 1, "내후년": 2,
}  # fmt: skip

PARTS: dict[str, tuple[int, int]] = {
    "새벽": (0, 6), "아침": (6, 9), "오전": (0, 12), "점심": (12, 14), "낮": (12, 18), "대낮": (12, 15),
    "오후": (12, 24), "저녁": (18, 21), "밤": (21, 24), "한밤": (0, 3), "한밤중": (0, 3),
}  # fmt: skip
"""Hours of the parts of the day."""

_WEEKDAYS = "월화수목금토일"
_LATER = r"(?P<way>뒤|후|있다가|이따가|이후|전)"

_HALVES = Halves(
    midday=frozenset({"점심", "낮", "대낮"}),  # 낮 열한 시 is before noon
    afternoon=frozenset({"오후", "저녁"}),
    night=frozenset({"밤", "한밤", "한밤중"}),
    morning=frozenset({"오전", "새벽", "아침"}),
)

_WORDS = TimeWords(
    read=read_ko,
    day_words=DAY_WORDS,
    weekdays=_WEEKDAYS,
    weeks=WEEKS | {"다음": 1, "담": 1},  # 다음 수요일 is that of the next week
    months=MONTHS,
    years=YEARS,
    year_mark="년",
    month_names={"유": 6, "시": 10},  # 유월 and 시월 have lost their final letter
    parts=PARTS,
    halves=_HALVES,
    noons=frozenset({"정오", "한낮"}),
)


_WEEKDAY = rf"(?P<weekday>[{_WEEKDAYS}])요일"
_NTH = {
    "첫째": 1, "첫번째": 1, "첫": 1, "둘째": 2, "두번째": 2, "셋째": 3, "세번째": 3, "넷째": 4, "네번째": 4,
    "다섯째": 5, "다섯번째": 5, "마지막": -1, "맨마지막": -1,
}  # fmt: skip
_UNITS = {"날": "day", "주말": "weekend", "주": "week", "달": "month"}
_SHARES = {
    "말일": "last day", "말": "last day", "초순": "first third", "상순": "first third",
    "중순": "middle third", "하순": "last third", "상반기": "first half", "하반기": "second half",
    "전날": "eve", "다음날": "morrow", "이튿날": "morrow",
}  # fmt: skip
_BLURRED = "초반|중반|후반|봄(?!동)|여름|가을|겨울|[1-4일이삼사]분기|방학"
"""Parts of a month or a year that are not definite."""

_ENDS = "(?=[에로의은는도인엔]|부터|까지|쯤|경|이?나|만|이[고요]|요|$)"
"""What stands behind such a word of a letter or two, which may begin another word: 초 in 초콜릿."""

_PARTS_OF_PERIODS = Parts(
    behind=re.compile(
        rf"의?(?:(?P<nth>{any_of(_NTH)})(?:(?:주의?)?{_WEEKDAY}|(?P<unit>{any_of(_UNITS)})(?![문짜씨력러]))"
        rf"|(?P<share>(?:{any_of(_SHARES)}|초){_ENDS}|{_BLURRED}))"
    ),
    places=_NTH,
    units=_UNITS,
    weekdays=_WEEKDAYS,
    shares=_SHARES,
)


def _this_weekend(match: re.Match[str], now: datetime) -> Point:
    return whole_weekend(now, WEEKS[match["which"] + "주"])


def _days_later(match: re.Match[str], now: datetime) -> Point:
    ahead = -1 if match["way"] == "전" else 1
    if match["days"]:
        return Point(day=now.date() + ahead * timedelta(days=DAYS[match["days"]]))
    number = 1 if match["one"] else _WORDS.number(match["number"])
    if match["unit"] in ("달", "개월"):
        return Point(day=add_months(now.date(), ahead * number))
    if match["unit"] == "년":
        return Point(day=add_months(now.date(), ahead * number * 12))
    return Point(day=now.date() + ahead * timedelta(days=number * (1 if match["unit"] == "일" else 7)))


_DURATION = duration_group(DURATION)
_WEEK = rf"(?P<week>{any_of(WEEKS)})"
_YEAR = rf"(?:(?P<year>{any_of(YEARS)}|(?:\d{{4}}|[일이삼사오육칠팔구십천백]+)년)의?)?"
_PART = rf"(?:(?P<part>{any_of(PARTS)})에?)?"

_PAST_SYLLABLES = "".join(map(chr, range(ord("갔"), ord("힣") + 1, 28))).translate(
    {ord("있"): "", ord("겠"): ""}
)
_ARRANGED = "예약|예매|신청|취소|등록|추가|결정|확정|계획|마감|변경|배정"
_NO_VERBS = "필요|가능|중요|비슷|특별|급|편|좋|작|많|같|남|높|낮|적|짧|싫|잡"
_PAST = re.compile(
    # What is arranged is still to come, though its verb be past: 토요일에 예약했어, 잡혔어, 하기로 했어.
    rf"^(?!.*(?:(?:{_ARRANGED}) ?[했됐한된]|되었|하였|[잡남][았혔]|정했|비었|기로 ?했|게 ?됐|알았|(?<!\S)됐))"
    rf".*(?:[{_PAST_SYLLABLES}](?:(?:어요?|지요?|죠|습니다|거든요?|네요?)(?!\S)|던(?!데)"
    r"|(?:습니까|나요?|니|냐|다|더라고?요?|는지|는데요?|을까요?|음|군요?)\W*$)"
    rf"|(?<!{_NO_VERBS.replace('|', ')(?<!')})[한은간본쓴산] ?(?:거|것|게|걸|기록|내역))"
)

PHRASES = Phrases(
    days=(
        rule(rf"(?P<word>{any_of(DAY_WORDS)})", _WORDS.day_word),
        rule(rf"(?:(?P<week>{any_of(WEEKS, ('다음', '담'))})의?)?(?P<day>[{_WEEKDAYS}])요일", _WORDS.weekday),
        rule(rf"(?:{_WEEK}의?)?주말", _WORDS.weekend),
        rule("(?P<which>이번|다음|지난|저번|다다음|담)주말", _this_weekend),
        rule(_WEEK, _WORDS.week),
        rule(rf"(?P<month>{any_of(MONTHS)})", _WORDS.month),
        rule(rf"(?P<year>{any_of(YEARS)})", _WORDS.year),
        rule(rf"{_YEAR}(?P<month>{SHORT}|유|시)월달?", _WORDS.named_month),
        rule(rf"{_YEAR}(?P<month>{SHORT}|유|시)월(?P<day>{SHORT})일", _WORDS.day_of_year),
        rule(rf"{_YEAR}(?P<holiday>{any_of(HOLIDAYS)})", holidays.reader(HOLIDAYS, _WORDS.year_number)),
        rule(rf"(?:월말|말일){_ENDS}", end_of_month),
        rule(rf"(?P<way>지난|최근|앞으로|향후){_DURATION}(?:간|동안)?",
              lasting(DURATIONS.read, back=("지난", "최근"))),
        *DIGITAL_DAYS,
        rule(rf"(?P<months>{any_of(MONTHS)})?(?P<day>{SHORT})일(?!동안|간|뒤|후|전|이)", _WORDS.day_of_month),
        rule(rf"(?:(?P<days>{any_of(DAYS)})|(?P<one>일)주일|(?P<number>{SHORT})(?P<unit>일|주일|주|달|개월|년)){_LATER}",
              _days_later),
    ),
    clocks=(
        rule(rf"{_PART}(?P<hour>{SHORT})시(?!간)(?:(?P<half>반)(?!드|응)|(?P<minute>{SHORT})분(?:(?P<second>{SHORT})초)?)?"
              r"(?:정각)?", _WORDS.clock),
        rule(rf"{_PART}{DIGITAL_CLOCK}", _WORDS.clock),
        rule(r"(?:낮|밤)?(?P<word>정오|자정|한낮)", _WORDS.noon),
        rule(rf"(?P<part>{any_of(PARTS)})(?:때|시간)?", _WORDS.part),
    ),
    moments=(
        rule(rf"{_DURATION}{_LATER}", later(DURATIONS.read, ago="전")),
        rule(r"지금(?:당장|바로)?|현재|방금", right_now),
    ),
    joint=re.compile("에는?|의|날|,"),
    between=re.compile("부터|에서|~|-"),
    closing=re.compile("까지|사이"),
    parts=_PARTS_OF_PERIODS,
    past=_PAST,
    which=re.compile("(?P<last>지난번?|저번)|이번|오는|다가오는|돌아오는"),
    next_day=re.compile("(?:그?다음날|이튿날|익일)의?"),
    other_calendar=re.compile("음력(?:으로|의)?"),
    half_read_behind=re.compile("의?(?:마지막|첫)"),
    half_read=re.compile("(?:매주|매달|매월|매년|격주|그?다음날|이튿날|익일|마지막|첫)$"),
    unbroken=frozenset(word for word in DAY_WORDS if len(word) == 2),
)  # fmt: skip
