"""Numbers, quantities and money in an utterance.

From the guides' ``CLOVA.NUMBER``, ``CLOVA.MONEY`` and the slot types of quantities: ``value`` and ``unit``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from . import numbers_en, numbers_ja, numbers_ko
from .found import Found
from .numbers import written
from .text import Text
from .unit_tables import COUNTERS, CURRENCIES, UNITS

_JOSA = "을를이가은는로만도에의와과"
_BEFORE_MONEY = re.compile(r"[$€£¥₩]")
_BEFORE = {
    "SPEED": re.compile("시속|時速|毎時"),
    "TEMPERATURE": re.compile("섭씨|영하|摂氏|氷点下|マイナス|마이너스"),
}
_BELOW_ZERO = ("영하", "氷点下", "まいなす", "마이너스")
_PARTICLES = {"", "로", "으로", "을", "를", "만", "까지", "요", "이요"}
_PRONOUNS = {"이", "네", "한", "세", "석", "조"}  # also: this, yes, about
_JA_PARTICLES = {"", "で", "に", "を", "と"}
_SELDOM_MEANT = {
    "이번",
    "한번",
    "일단",
    "일정",
    "이상",
    "사이",
    "이사",
    "만일",
    "一番",
    "一緒",
    "一度",
    "一回",
}
_SPEEDS = {"km": "km/h", "m": "m/s", "mi": "mph"}


@dataclass(frozen=True, slots=True)
class Said:
    """A number as it was said: where, how much, and what part of it is in words."""

    start: int
    end: int
    number: Decimal
    words: str

    @property
    def in_digits(self) -> bool:
        """Whether it begins with a digit."""
        return self.words[:1].isdecimal() or self.words[:1] == "-"


@dataclass(frozen=True, slots=True)
class _Language:
    pattern: re.Pattern[str]
    read: Callable[[str], Decimal | None]


def _language(pattern: str, read: Callable[[str], Decimal | None]) -> _Language:
    return _Language(re.compile(pattern), read)


_NATIVE_JA = "|".join(sorted(numbers_ja.NATIVE, key=len, reverse=True))
_LANGUAGES: dict[str, _Language] = {
    "ko": _language(numbers_ko.NUMBER, numbers_ko.read_ko),
    "ja": _language(f"{_NATIVE_JA}|{numbers_ja.NUMBER}", numbers_ja.read_ja),
    "en": _language(numbers_en.NUMBER, numbers_en.read_en),
}


def spoken_numbers(text: Text, language: str) -> Iterator[Said]:
    """Find everything that can be read as a number, each stretch as long as it goes."""
    rules = _LANGUAGES.get(language, _LANGUAGES["en"])
    place = 0
    while match := rules.pattern.search(text.chars, place):
        said = _longest(text, match, rules)
        if said:
            yield said
        place = said.end if said else match.start() + 1


def _longest(text: Text, match: re.Match[str], rules: _Language) -> Said | None:
    for end in range(match.end(), match.start(), -1):
        words = text.chars[match.start() : end]
        number = rules.read(words)
        if number is not None and text.whole(match.start(), end):
            return Said(match.start(), end, number, words)
    return None


def number_finder(language: str) -> Callable[[Text, datetime], Iterator[Found]]:
    """Make the finder of ``CLOVA.NUMBER`` and its like, which include counters and units."""
    units = {word: word for table in UNITS.values() for word in table} | dict.fromkeys(CURRENCIES, "")
    units |= {word: word for word in COUNTERS["en"] | COUNTERS.get(language, frozenset())}
    lengths = _lengths(units)

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for said in spoken_numbers(text, language):
            unit = _unit_after(text, said.end, units, lengths)
            end = said.end + len(unit)
            sure = _sure(text, said, unit, language)
            if sure and text.whole(said.start, end):
                shown = text.original(said.end, end) or None
                yield Found(said.start, end, written(said.number), None, shown, sure, said.end)

    return find


def quantity_finder(name: str, language: str) -> Callable[[Text, datetime], Iterator[Found]]:
    """Make the finder of one kind of quantities: ``LENGTH``, ``WEIGHT`` and so on."""
    units = UNITS[name] if name != "SPEED" else UNITS["SPEED"] | UNITS["LENGTH"]
    lengths = _lengths(units)

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for said in spoken_numbers(text, language):
            word = _unit_after(text, said.end, units, lengths)
            start, before = _before(text, said.start, name)
            if not word or (name == "SPEED" and units[word] not in UNITS["SPEED"].values() and not before):
                continue
            number = -said.number if before in _BELOW_ZERO else said.number
            unit = _SPEEDS.get(units[word], units[word]) if before and name == "SPEED" else units[word]
            yield Found(start, said.end + len(word), written(number), None, unit, head=said.end)

    return find


def money_finder(language: str) -> Callable[[Text, datetime], Iterator[Found]]:
    """Make the finder of ``CLOVA.MONEY``, whose unit is an ISO 4217 code."""
    lengths = _lengths(CURRENCIES)

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for said in spoken_numbers(text, language):
            word = _unit_after(text, said.end, CURRENCIES, lengths)
            sign = text.chars[said.start - 1 : said.start] if said.start else ""
            if word:
                value = written(said.number)
                yield Found(said.start, said.end + len(word), value, None, CURRENCIES[word], head=said.end)
            elif sign and _BEFORE_MONEY.fullmatch(sign):
                yield Found(
                    said.start - 1, said.end, written(said.number), None, CURRENCIES[sign], head=said.end
                )

    return find


def _lengths(words: Mapping[str, str]) -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in words}, reverse=True))


def _unit_after(text: Text, place: int, units: Mapping[str, str], lengths: tuple[int, ...]) -> str:
    """Return the longest unit that stands there; an empty string when none does."""
    for length in lengths:
        word = text.chars[place : place + length]
        if len(word) == length and word in units and text.whole(place, place + length):
            return word
    return ""


def _before(text: Text, place: int, name: str) -> tuple[int, str]:
    """Return what belongs to a quantity though it stands before the number: 시속, 氷点下."""
    for word in ("시속", "時速", "毎時", "섭씨", "摂氏", "영하", "氷点下", "まいなす", "마이너스"):
        if name in _BEFORE and text.chars.endswith(word, 0, place):
            return place - len(word), word
    return place, ""


def _sure(text: Text, said: Said, unit: str, language: str) -> float:
    """Judge whether a number was meant: 이, 세 and 一 are also parts of other words."""
    if said.in_digits:
        return 1.0
    begins = said.start in text.gaps
    if said.words + unit in _SELDOM_MEANT:
        return 0.3
    if unit:
        # In a word of its own, or run together with the name before it: 고구마피자두판.
        short = len(said.words) == 1 and said.end not in text.gaps and not begins and language == "ko"
        if short:
            return 0.55
        return 0.95 if begins or language == "ja" else 0.8
    ends = said.end in text.gaps
    if language == "ko":
        return _sure_in_korean(said, text, begins=begins, ends=ends)
    if language == "ja":
        return _sure_in_japanese(said, text)
    return 0.75 if begins and ends else 0.0


def _sure_in_korean(said: Said, text: Text, *, begins: bool, ends: bool) -> float:
    rest = next((gap for gap in sorted(text.gaps) if gap >= said.end), said.end)
    ends = ends or (rest - said.end <= 2 and text.chars[said.end] in _JOSA and len(said.words) > 1)
    single = text.chars[said.end : rest] in _PARTICLES and said.words not in _PRONOUNS
    if begins and ends and len(said.words) > 1:
        return 0.75
    return 0.5 if begins and single else 0.0


def _sure_in_japanese(said: Said, text: Text) -> float:
    if len(said.words) > 1:
        return 0.75
    return 0.7 if text.chars[said.end : said.end + 1] in _JA_PARTICLES else 0.0
