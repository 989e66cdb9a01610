"""Numbers, quantities and money in an utterance.

From the guides' ``CLOVA.NUMBER``, ``CLOVA.MONEY`` and the slot types of quantities: ``value`` and ``unit``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from ..model.catalogue import slot_kind
from ..model.objects import InteractionModel
from .found import Found
from .languages.base import Language, language
from .languages.numbers import Numbers, Said, written
from .languages.units import BEFORE, BELOW_ZERO, CURRENCIES, SPEEDS, UNITS
from .text import Text, read

_OF_CALENDAR = 0.6  # how sure a number is that may belong to a date: 4 in 3泊4日
_LONGEST_UNIT = 4  # characters of a unit that is known from an expression alone
_BEFORE_MONEY = re.compile(r"[$€£¥₩]")


def spoken_numbers(text: Text, numbers: Numbers) -> Iterator[Said]:
    """Find everything that can be read as a number, each stretch as long as it goes."""
    place = 0
    while match := numbers.pattern.search(text.chars, place):
        said = _longest(text, match, numbers)
        if said:
            yield said
        place = said.end if said else match.start() + 1


def _longest(text: Text, match: re.Match[str], numbers: Numbers) -> Said | None:
    for end in range(match.end(), match.start(), -1):
        words = text.chars[match.start() : end]
        number = numbers.read(words)
        if number is not None and text.whole(match.start(), end):
            return Said(match.start(), end, number, words)
    return None


def counting_with(spoken: Language, counters: Iterable[str]) -> Language:
    """Return a language that counts with other words besides."""
    return replace(spoken, counters=spoken.counters | {*counters})


def tagged_units(model: InteractionModel, numbers: Numbers) -> Iterator[str]:
    """Return whatever the expressions of a model count with."""
    for intent in model.intents.values():
        counting = {slot.name for slot in intent.slots if slot_kind(slot.type) == "number"}
        parts = (part for expression in intent.expressions for part in expression.parts)
        for text in (read(part.text) for part in parts if part.slot in counting):
            said = next(spoken_numbers(text, numbers), None)
            unit = text.chars[said.end :] if said and said.start == 0 else ""
            if 0 < len(unit) <= _LONGEST_UNIT:
                yield unit


def number_finder(spoken: Language) -> Callable[[Text, datetime], Iterator[Found]]:
    """Make the finder of ``CLOVA.NUMBER`` and its like, which include counters and units."""
    units = {word: word for table in UNITS.values() for word in table} | dict.fromkeys(CURRENCIES, "")
    # English counters are said in other languages too.
    units |= {word: word for word in language("en").counters | spoken.counters}
    lengths = _lengths(units)

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for said in spoken_numbers(text, spoken.numbers):
            fused = spoken.numbers.fused.get(said.words)
            unit = "" if fused else _unit_after(text, said.end, units, lengths)
            end = said.end + len(unit)
            sure = _sure(text, said, fused or unit, spoken.numbers)
            if sure and text.whole(said.start, end):
                head = said.end - 1 if fused and said.words.endswith(fused) else said.end
                shown = fused or text.original(said.end, end) or None
                yield Found(said.start, end, written(said.number), None, shown, sure, head)

    return find


def quantity_finder(name: str, spoken: Language) -> Callable[[Text, datetime], Iterator[Found]]:
    """Make the finder of one kind of quantities: ``LENGTH``, ``WEIGHT`` and so on."""
    units = UNITS[name] if name != "SPEED" else UNITS["SPEED"] | UNITS["LENGTH"]
    lengths = _lengths(units)

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for said in spoken_numbers(text, spoken.numbers):
            word = _unit_after(text, said.end, units, lengths)
            start, before = _before(text, said.start, name)
            if not word or (name == "SPEED" and units[word] not in UNITS["SPEED"].values() and not before):
                continue
            number = -said.number if before in BELOW_ZERO else said.number
            unit = SPEEDS.get(units[word], units[word]) if before and name == "SPEED" else units[word]
            yield Found(start, said.end + len(word), written(number), None, unit, head=said.end)

    return find


def money_finder(spoken: Language) -> Callable[[Text, datetime], Iterator[Found]]:
    """Make the finder of ``CLOVA.MONEY``, whose unit is an ISO 4217 code."""
    lengths = _lengths(CURRENCIES)

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for said in spoken_numbers(text, spoken.numbers):
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
    for word in BEFORE:
        if name in ("SPEED", "TEMPERATURE") and text.chars.endswith(word, 0, place):
            return place - len(word), word
    return place, ""


def _sure(text: Text, said: Said, unit: str, numbers: Numbers) -> float:
    """Judge whether a number was meant."""
    if unit in numbers.of_calendar:
        return _OF_CALENDAR
    if said.in_digits:
        return 1.0
    return 0.3 if said.words + unit in numbers.seldom_meant else numbers.sure(text, said, unit)
