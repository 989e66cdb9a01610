"""How Japanese speaks of dates and times.

From the guides' ``CLOVA.DATETIME`` and their table of the parts of the day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from ...text import fold
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
)
from ..times import HALF_DAY, Phrases, rule
from .durations import DURATION, DURATIONS
from .holidays import HOLIDAYS
from .numbers import SHORT, read_ja

DAY_WORDS: dict[str, int] = {
    "一昨日": -2, "おととい": -2, "昨日": -1, "きのう": -1, "本日": 0, "今日": 0, "きょう": 0, "明日": 1,
    "あした": 1, "あす": 1, "明後日": 2, "あさって": 2, "明々後日": 3, "明明後日": 3, "しあさって": 3,
}  # fmt: skip

EVENINGS: dict[str, tuple[int, str]] = {
    "今朝": (0, "朝"), "けさ": (0, "朝"), "今晩": (0, "夜"), "今夜": (0, "夜"), "昨夜": (-1, "夜"),
    "昨晩": (-1, "夜"), "ゆうべ": (-1, "夜"), "明朝": (1, "朝"), "明晩": (1, "夜"),
}  # fmt: skip

WEEKS: dict[str, int] = {"先々週": -2, "先週": -1, "今週": 0, "来週": 1, "再来週": 2}
MONTHS: dict[str, int] = {"先々月": -2, "先月": -1, "今月": 0, "来月": 1, "再来月": 2}
YEARS: dict[str, int] = {
    "一昨年": -2, "おととし": -2, "去年": -1, "昨年": -1, "今年": 0, "来年": 1, "再来年": 2,
}  # fmt: skip

PARTS: dict[str, tuple[int, int]] = {
    "未明": (0, 3), "明け方": (3, 6), "朝": (6, 9), "昼前": (9, 12), "昼": (11, 13), "昼過ぎ": (12, 15),
    "夕方": (15, 18), "午前": (0, 12), "午後": (12, 24), "日中": (9, 18), "夜": (18, 24),
}  # fmt: skip
"""Hours of the parts of the day, as the guides list them."""

_ALIKE = {
    "お昼": "昼", "お昼過ぎ": "昼過ぎ", "昼すぎ": "昼過ぎ", "晩": "夜", "午前中": "午前", "深夜": "未明",
    "早朝": "明け方", "夕": "夕方", "朝方": "朝", "夜中": "未明", "真夜中": "未明",
}  # fmt: skip
_WEEKDAYS = "月火水木金土日"

_HALVES = Halves(
    midday=frozenset({"昼"}),
    afternoon=frozenset({"昼過ぎ", "夕方", "午後"}),
    night=frozenset({"夜"}),
    small_hours=frozenset({"未明"}),  # 深夜11時
    morning=frozenset({"午前", "明け方", "朝"}),
)

_WORDS = TimeWords(
    read=read_ja,
    day_words=DAY_WORDS,
    weekdays=_WEEKDAYS,
    weeks=WEEKS,
    months=MONTHS,
    years=YEARS,
    year_mark="年",
    parts=PARTS,
    alike=_ALIKE,
    halves=_HALVES,
    noons=frozenset({"正午"}),
)


_NTH: dict[str, int] = {"最初": 1, "最後": -1, "最終": -1, fold("ラスト"): -1} | {
    word: nth
    for nth, kanji in enumerate("一二三四五", 1)
    for word in (f"第{nth}", f"第{kanji}", f"{nth}番目", f"{kanji}番目")
}
_UNITS = {"日": "day", "週末": "weekend", "週": "week", "月": "month"}
_SHARES = {
    "末日": "last day", "末": "last day", "初日": "first day", "上旬": "first third", "初旬": "first third",
    "中旬": "middle third", "下旬": "last third", "前日": "eve", "翌日": "morrow",
}  # fmt: skip
_BLURRED = "初め|始め|はじめ|頭|前半|後半|半ば|なかば|中頃|中盤|終わり|おわり|明け|度|春|夏|秋|冬|[上下]半?期"
"""Parts of a month or a year that are not definite."""

_PARTS_OF_PERIODS = Parts(
    behind=re.compile(
        rf"の?(?:(?P<nth>{any_of(_NTH)})の?(?:(?:週の?)?(?P<weekday>[{_WEEKDAYS}])曜日?"
        rf"|(?P<unit>{any_of(_UNITS)}))|(?P<share>{any_of(_SHARES)}|{_BLURRED}))"
    ),
    places=_NTH,
    units=_UNITS,
    weekdays=_WEEKDAYS,
    shares=_SHARES,
)


def _evening(match: re.Match[str], now: datetime) -> Point | None:
    days, part = EVENINGS[match["word"]]
    day = now.date() + timedelta(days=days)
    if not match["hour"]:
        return _WORDS.whole_part(part, day)
    minutes = 30 if match["half"] else _WORDS.number(match["minute"] or "0")
    clock = timedelta(hours=_WORDS.number(match["hour"]), minutes=minutes)
    return replace(_WORDS.in_part(part, clock), day=day) if clock < 2.5 * HALF_DAY else None


def _days_later(match: re.Match[str], now: datetime) -> Point | None:
    duration = DURATIONS.read(match["duration"])
    if duration is None or duration.seconds:
        return None
    ahead = -1 if match["way"] == "前" else 1
    return Point(day=add_months(now.date(), ahead * duration.months) + ahead * timedelta(days=duration.days))


def _clock(match: re.Match[str], now: datetime) -> Point | None:
    clock = _WORDS.clock_time(match, last_hour=29)  # 25時 is one o'clock of the next day
    if clock is None:
        return None
    if match["before"]:
        clock -= 2 * timedelta(minutes=_WORDS.number(match["minute"]))
    return _WORDS.in_part(match["part"], clock)


_DURATION = duration_group(DURATION)
_WEEK = rf"(?P<week>{any_of(WEEKS)})"
_YEAR = rf"(?:(?P<year>{any_of(YEARS)}|(?:\d{{4}}|[〇一二三四五六七八九十百千]+)年)の?)?"
_BACK = ("ここ", "最近", "直近", "過去", "この")
_PART = rf"(?:(?P<part>{any_of(PARTS, _ALIKE)})の?)?"
_LATER = r"(?P<way>後|あと|のち|前)"
_MINUTES = rf"(?:(?P<half>半)|(?P<minute>{SHORT})分(?P<before>前(?!に))?(?:(?P<second>{SHORT})秒)?)?"

_ARRANGED = "予約|予定|申込|申し込|キャンセル|変更|手配|登録|決ま|決め|取れ|取っ|押さえ|埋ま|空い|頼ん|注文"
_PAST = re.compile(
    # What is arranged is still to come, though its verb be past: 土曜に予約しました, 行けなくなった.
    rf"^(?!.*(?:(?:{_ARRANGED})(?:し|でき|り|って|んで)*(?:まし)?た|たかった|[良よ]かった|なっ(?:ちゃっ)?た|なりました))"
    r".*(?:ました|でした|だった|かった|[一-鿿][いん]だ|(?<!あ)した|[っいきちみびりえけせてねべめれげぜ一-鿿]た)"
    r"(?:か|っけ|よ|ね|な|の|んだ|んです|のです|けど|が|わ|かな)*(?:[\s、。]|\W*$)"
)

PHRASES = Phrases(
    days=(
        rule(rf"(?P<word>{any_of(DAY_WORDS)})", _WORDS.day_word),
        rule(rf"(?P<word>{any_of(EVENINGS)})(?:の?(?P<hour>{SHORT})時(?!間)(?:(?P<half>半)|(?P<minute>{SHORT})分)?)?",
              _evening),
        rule(rf"(?:{_WEEK}の?)?(?P<day>[{_WEEKDAYS}])曜日?", _WORDS.weekday),
        rule(rf"(?:{_WEEK}の?)?(?:週末|土日)", _WORDS.weekend),
        rule(rf"{_WEEK}末", _WORDS.weekend),
        rule(_WEEK, _WORDS.week),
        rule(rf"(?P<month>{any_of(MONTHS)})", _WORDS.month),
        rule(rf"(?P<year>{any_of(YEARS)})", _WORDS.year),
        rule(rf"{_YEAR}(?P<month>{SHORT})月", _WORDS.named_month),
        rule(rf"{_YEAR}(?P<month>{SHORT})月の?(?P<day>{SHORT})日(?!間)", _WORDS.day_of_year),
        rule(rf"{_YEAR}(?P<holiday>{any_of(HOLIDAYS)})", holidays.reader(HOLIDAYS, _WORDS.year_number)),
        rule("(?:この)?月末", end_of_month),
        rule(rf"(?P<way>{any_of(_BACK)}|今後|これから|向こう|この先)の?{_DURATION}間?",
              lasting(DURATIONS.read, back=_BACK)),
        *DIGITAL_DAYS,
        rule(rf"(?:(?P<months>{any_of(MONTHS)})の?)?(?P<day>{SHORT})日(?!間|後|前)", _WORDS.day_of_month),
        rule(rf"{_DURATION}{_LATER}", _days_later),
    ),
    clocks=(
        rule(rf"{_PART}(?P<hour>{SHORT})時(?!間){_MINUTES}(?:ちょうど|丁度)?", _clock),
        rule(rf"{_PART}{DIGITAL_CLOCK}", _WORDS.clock),
        rule(r"(?P<word>正午|零時)", _WORDS.noon),
        rule(rf"(?P<part>{any_of(PARTS, _ALIKE)})", _WORDS.part),
    ),
    moments=(
        rule(rf"{_DURATION}{_LATER}", later(DURATIONS.read, ago="前")),
        rule("今すぐ|現在|いますぐ|ただ今|ただいま", right_now),
    ),
    joint=re.compile("の|に|、"),
    between=re.compile("から|~|-"),
    closing=re.compile("まで|の間"),
    parts=_PARTS_OF_PERIODS,
    past=_PAST,
    which=re.compile("(?P<last>この前の?|こないだの?|この間の|前の|先日の)|今度の?|次の|こんどの?"),
    next_day=re.compile("翌日?の?|次の日の?"),
    other_calendar=re.compile("(?:旧暦|陰暦)の?"),
    half_read_behind=re.compile("の?(?:最後|最初|最終)"),
    half_read=re.compile("(?:毎週|毎月|毎年|隔週|翌日?|次の日|最後|最終|最初)の?$"),
)  # fmt: skip
