"""Built-in slot types whose values are words: ordinals, official dates, countries, cities, units, addresses.

From the guides' built-in slot types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from .found import Finder, Found
from .numbers_ja import SHORT as JA_NUMBER
from .numbers_ko import SHORT as KO_NUMBER
from .text import Text, fold
from .word_tables import ENDINGS, PROVINCES, WORDS

ORDER: dict[str, re.Pattern[str]] = {
    "ko": re.compile(
        rf"(?:맨)?(?:첫|두|세|네)번째|(?:{KO_NUMBER})번째|(?:첫|둘|셋|넷)째|제?{KO_NUMBER}번|첫번|마지막|맨처음|처음|맨끝|맨뒤|맨앞"
    ),
    "ja": re.compile(
        rf"第?{JA_NUMBER}(?:番目?|つ目|つめ|個目|回目|曲目|枚目|人目)|(?:ひと|ふた|みっ|よっ)つ目|最初|最後|初め"
    ),
    "en": re.compile(
        r"(?:the)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))"
    ),
}
"""Words that tell which one of several is meant."""

_WORD_END = "|".join(("에서", "으로", "에", "로", "를", "을", "의", "은", "는"))


def order_finder(language: str) -> Finder:
    """Make the finder of ``CLOVA.ORDER``."""
    pattern = ORDER.get(language, ORDER["en"])

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for match in pattern.finditer(text.chars):
            if text.whole(*match.span()):
                yield Found(match.start(), match.end(), text.original(*match.span()), sure=0.95)

    return find


def word_finder(name: str) -> Finder:
    """Make the finder of a type whose values are words of a list, or words with an ending of their own."""
    known = frozenset(fold(word) for word in _words(name))
    lengths = sorted({len(word) for word in known}, reverse=True)
    ending = next((pattern for prefix, pattern in ENDINGS.items() if name.startswith(prefix)), None)
    pattern = re.compile(rf"(?:{ending})(?=$|{_WORD_END})") if ending else None

    def find(text: Text, now: datetime) -> Iterator[Found]:
        for start in range(len(text.chars)):
            for length in lengths:
                end = start + length
                if end <= len(text.chars) and text.chars[start:end] in known and text.whole(start, end):
                    sure = 1.0 if start in text.gaps or length > 1 else 0.5
                    yield Found(start, end, text.original(start, end), sure=sure)
                    break
        if pattern:
            yield from _ended(text, pattern)

    return find


def _words(name: str) -> tuple[str, ...]:
    return tuple(PROVINCES.split()) if name.startswith("CLOVA.KO_ADDRESS_") else WORDS.get(name, ())


def _ended(text: Text, pattern: re.Pattern[str]) -> Iterator[Found]:
    for start in sorted(text.gaps):
        match = pattern.match(text.chars, start)
        if match and text.whole(*match.span()):
            yield Found(start, match.end(), text.original(start, match.end()), sure=0.6)
