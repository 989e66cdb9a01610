"""Numbers in digits, and those written by place values: 3만 5천, 二百三十五, 1億2000万."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..text import Text

DIGITS = r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,10})?"
"""A number in digits, with or without thousands separators and decimals."""

MOST_PARTS = 24
"""Digits and words of a number that are looked at; reading takes the square of it."""

_DIGITS = re.compile(DIGITS)


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
class Numbers:
    """How a language says numbers.

    :ivar pattern: what may be a number.
    :ivar read: reads it; None when it is none.
    :ivar sure: how sure it is, 0 to 1, that a number in words was meant: from the utterance, the number, and
        the unit behind it.
    :ivar seldom_meant: numbers in words, with their counters, that are mostly other words.
    :ivar fused: units of the numbers that are one word with them: つ of ふたつ, 人 of ふたり.
    :ivar of_calendar: units that a date or a time of day has, and what is counted seldom.
    """

    pattern: re.Pattern[str]
    read: Callable[[str], Decimal | None]
    sure: Callable[[Text, Said, str], float]
    seldom_meant: frozenset[str] = frozenset()
    fused: Mapping[str, str] = field(default_factory=dict)
    of_calendar: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Places:
    """How a language writes numbers by place values.

    :ivar digits: its digits, 0 to 9, and other words for them.
    :ivar small: 10, 100 and 1000.
    :ivar big: 10,000 and its powers.
    :ivar point: the decimal point.
    """

    digits: Mapping[str, int]
    small: Mapping[str, int]
    big: Mapping[str, int]
    point: str

    @property
    def letters(self) -> str:
        """Every letter such numbers are made of."""
        return "".join((*self.digits, *self.small, *self.big))


def read_digits(text: str) -> Decimal | None:
    """Read a number in digits; None when it is none."""
    return Decimal(text.replace(",", "")) if _DIGITS.fullmatch(text) else None


def read_places(text: str, places: Places) -> Decimal | None:
    """Read a number written by place values, its digits in words or not; None when it is none."""
    whole, point, decimals = text.partition(places.point)
    if point:
        return _with_decimals(whole, decimals, places)
    if len(text) > 2 and all(char in places.digits for char in text):
        return Decimal("".join(str(places.digits[char]) for char in text))  # said digit by digit
    return _by_places(text, places)


def _with_decimals(whole: str, decimals: str, places: Places) -> Decimal | None:
    head = read_places(whole, places)
    tail = "".join(str(places.digits.get(char, char)) for char in decimals)
    return Decimal(f"{head}.{tail}") if head is not None and tail.isdecimal() else None


def _by_places(text: str, places: Places) -> Decimal | None:
    total = section = Decimal(0)
    digit: Decimal | None = None
    last_small, last_big = 10_000, 10**16
    for token in re.findall(rf"{DIGITS}|.", text):
        if token in places.small:
            unit = places.small[token]
            if unit >= last_small:
                return None
            section += unit if digit is None else digit * unit
            digit, last_small = None, unit
        elif token in places.big:
            unit = places.big[token]
            if unit >= last_big:
                return None
            total += ((section + (digit or 0)) or 1) * unit
            section, digit, last_small, last_big = Decimal(0), None, 10_000, unit
        else:
            number = read_digits(token) if token[-1:].isdecimal() else None
            value = Decimal(places.digits[token]) if token in places.digits else number
            if value is None or digit is not None:
                return None
            digit = value
    return total + section + (digit or 0) if text else None


def whole(number: Decimal | None) -> int:
    """Return a number that was read as a whole one.

    :raises ValueError: it is none.
    """
    if number is None or number != int(number):
        raise ValueError("not a whole number")
    return int(number)


def written(number: Decimal) -> str:
    """Write a number as slots carry it: ``3``, ``2.5``, ``15000``."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
