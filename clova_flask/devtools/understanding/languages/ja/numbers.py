"""Japanese numbers: digits, kanji numerals, and the native ones up to ten."""

from __future__ import annotations

import re
from decimal import Decimal

from ...text import Text
from ..numbers import DIGITS, MOST_PARTS, Numbers, Places, Said, read_digits, read_places

KANJI = Places(
    digits={**{char: n for n, char in enumerate("〇一二三四五六七八九")}, "零": 0, "両": 2, "壱": 1, "弐": 2},
    small={"十": 10, "百": 100, "千": 1000},
    big={"万": 10**4, "億": 10**8, "兆": 10**12},
    point="点",
)

NATIVE: dict[str, int] = {
    "ひとつ": 1, "ふたつ": 2, "みっつ": 3, "よっつ": 4, "いつつ": 5, "むっつ": 6, "ななつ": 7, "やっつ": 8,
    "ここのつ": 9, "とお": 10, "ひとり": 1, "ふたり": 2, "さんにん": 3, "よにん": 4, "ごにん": 5,
    "いちまい": 1, "にまい": 2, "さんまい": 3, "よんまい": 4, "ごまい": 5,
}  # fmt: skip
_STEMS = {"ひと": 1, "ふた": 2}
_OF_STEMS = "皿|箱|袋|切れ|房|玉|粒|束|口|組|部屋|晩|山|匙|さじ|つまみ|ぱっく|瓶|缶|鍋|串|株|包み|かご|籠|片"
"""What is counted by the native one and two alone: ひと皿."""
_FUSED = {"つ": "つ", "り": "人", "にん": "人", "まい": "枚"}
FUSED = {word: unit for word in NATIVE for end, unit in _FUSED.items() if word.endswith(end)}
"""Units of the numbers that are one word with them."""

NUMBER = rf"(?:(?:{DIGITS}|[{KANJI.letters}]){{1,{MOST_PARTS}}}(?:点[{''.join(KANJI.digits)}]{{1,9}})?)"
"""A pattern of what may be a Japanese number; :func:`read_ja` decides whether it is."""

SHORT = rf"(?:\d{{1,4}}|[{KANJI.letters}]{{1,7}})"
"""A pattern of the small numbers that stand in dates and times."""


def read_ja(text: str) -> Decimal | None:
    """Read a Japanese number: ``235``, ``二百三十五``, ``1億2000万``, ``ひとつ``; None when it is none."""
    native = NATIVE.get(text) or _STEMS.get(text)
    if native:
        return Decimal(native)
    digits = read_digits(text)
    return digits if digits is not None else read_places(text, KANJI)


def _sure(text: Text, said: Said, unit: str) -> float:
    """Judge whether a number was meant: 一 is also a part of other words."""
    if unit:
        return 0.95
    if len(said.words) > 1:
        return 0.75
    return 0.7 if text.chars[said.end : said.end + 1] in {"", "で", "に", "を", "と"} else 0.0


_LONGEST_FIRST = "|".join(sorted(NATIVE.keys() - {"とお"}, key=len, reverse=True))

NUMBERS = Numbers(
    re.compile(rf"{_LONGEST_FIRST}|(?:ひと|ふた)(?={_OF_STEMS})|とお$|{NUMBER}"),
    read_ja,
    _sure,
    seldom_meant=frozenset({"一番", "一度", "一回"}),
    fused=FUSED,
    of_calendar=frozenset("年月日時"),
)
