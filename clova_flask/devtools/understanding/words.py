"""Built-in slot types whose values are words: ordinals, official dates, countries, cities, units, addresses.

From the guides' built-in slot types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from ...settings import LANGUAGES
from .found import Finder, Found
from .languages.base import Language, folded, language
from .languages.units import CURRENCIES, UNITS
from .text import Text

_UNITS = {f"CLOVA.UNIT_{name}": frozenset(table) for name, table in UNITS.items()}
_UNIT_WORDS: dict[str, frozenset[str]] = {
    **_UNITS,
    "CLOVA.UNIT": frozenset().union(*_UNITS.values()),
    "CLOVA.CURRENCY": frozenset(CURRENCIES),
}


def order_finder(spoken: Language) -> Finder:
    """Make the finder of ``CLOVA.ORDER``."""

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for match in spoken.ordinals.finditer(text.chars):
            if text.whole(*match.span()):
                yield Found(match.start(), match.end(), text.original(*match.span()), sure=0.95)

    return find


def word_finder(name: str, spoken: Language) -> Finder:
    """Make the finder of a type whose values are words of a list, or words with an ending of their own.

    A name of the world may be said in any language: New York in Korean.
    """
    languages = [language(code) for code in LANGUAGES]
    lists = (folded(words) for each in languages for words in _of_type(each.words, name))
    known = _UNIT_WORDS.get(name, frozenset()).union(*lists)
    lengths = sorted({len(word) for word in known}, reverse=True)
    behind = "|".join(("$", *spoken.particles_of_places))
    endings = [ending for each in languages for ending in _of_type(each.word_endings, name)]
    patterns = [re.compile(rf"(?:{ending})(?={behind})") for ending in endings]

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for start in range(len(text.chars)):
            for length in lengths:
                end = start + length
                if end <= len(text.chars) and text.chars[start:end] in known and text.whole(start, end):
                    sure = 1.0 if start in text.gaps or length > 1 else 0.5
                    yield Found(start, end, text.original(start, end), sure=sure)
                    break
        for pattern in patterns:
            yield from _ended(text, pattern)

    return find


def _of_type(table: Mapping[str, str], name: str) -> Iterator[str]:
    """Look up a type, and its family."""
    return (row for key, row in table.items() if key == name or (key[-1] == "_" and name.startswith(key)))


def _ended(text: Text, pattern: re.Pattern[str]) -> Iterator[Found]:
    for place in sorted(text.joints()):
        match = pattern.match(text.chars, place)
        if match and text.whole(*match.span("name")):
            start, end = match.span("name")
            yield Found(start, end, text.original(start, end), sure=0.6)
