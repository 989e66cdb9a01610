"""English numbers: digits and words."""

from __future__ import annotations

import re
from decimal import Decimal

from ...text import Text
from ..numbers import DIGITS, Numbers, Said, read_digits

_TEENS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

SMALL: dict[str, int] = {word: n for n, word in enumerate(_TEENS)} | {
    word: 20 + 10 * n for n, word in enumerate(_TENS)
}
BIG: dict[str, int] = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}

_LONGEST_FIRST = sorted((*SMALL, *BIG), key=len, reverse=True)
_WORD = re.compile("|".join((*_LONGEST_FIRST, "and")))

NUMBER = rf"(?:{DIGITS}|(?:{'|'.join(_LONGEST_FIRST)})(?:(?:and)?(?:{'|'.join(_LONGEST_FIRST)}))*)"
"""A pattern of what may be an English number, spaces left out."""

SHORT = rf"(?:\d{{1,4}}|{NUMBER})"


def read_en(text: str) -> Decimal | None:
    """Read an English number: ``235``, ``twohundredandfive``; None when it is none."""
    digits = read_digits(text)
    if digits is not None:
        return digits
    if not text or "".join(_WORD.findall(text)) != text:
        return None
    total = section = 0
    for word in _WORD.findall(text):
        if word == "hundred":
            section = (section or 1) * 100
        elif word in BIG:
            total, section = total + (section or 1) * BIG[word], 0
        elif word != "and":
            section += SMALL[word]
    return Decimal(total + section)


def _sure(text: Text, said: Said, unit: str) -> float:
    """Judge whether a number was meant."""
    begins = said.start in text.gaps
    if unit:
        return 0.95 if begins else 0.8
    return 0.75 if begins and said.end in text.gaps else 0.0


NUMBERS = Numbers(re.compile(NUMBER), read_en, _sure)
