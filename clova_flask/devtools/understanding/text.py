"""What was said, made comparable: one width and letter case, no spaces, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

LONGEST = 300
"""Characters of an utterance that are looked at; nobody says more in one breath."""

_BETWEEN_DIGITS = ".,:/-"
_KEPT_SIGNS = "%$€¥£₩°~"
_KATAKANA = range(0x30A1, 0x30F7)
HANGUL = "hangul"
_SCRIPTS = (
    ("kana", "ぁ", "ゖ"),
    ("katakana", "ァ", "ヿ"),
    ("han", "々", "〇"),
    ("han", "㐀", "鿿"),
    (HANGUL, "가", "힣"),
)
_BLANK = "\0"
_TO_HIRAGANA = 0x60
_HANGUL = range(0xAC00, 0xD7A4)
_MAX_KEPT = 1 << 14
"""Phrases and characters whose folded form is kept: in a model of 200 intents × 200 expressions most come
again and again. To make it ready took 7.2 s of CPU without that, and 5.2 s with it (2026-11)."""
_VOWELS, _FINALS = 21, 28


@dataclass(frozen=True, slots=True)
class Text:
    """An utterance or a piece of an expression.

    :ivar said: as it was said, in one width.
    :ivar chars: what is compared: folded letters without spaces and punctuation.
    :ivar where: for each of ``chars`` its place in ``said``.
    :ivar gaps: the places in ``chars`` where a word begins or ends, both ends of the text included.
    """

    said: str
    chars: str
    where: tuple[int, ...]
    gaps: frozenset[int]

    def original(self, start: int, end: int) -> str:
        """Return what was said from one place in ``chars`` to another."""
        return self.said[self.where[start] : self.where[end - 1] + 1] if start < end else ""

    def whole(self, start: int, end: int) -> bool:
        """Whether a stretch cuts no Latin word, and is no tail of one word run into the next."""
        if _latin_joint(self, start) or _latin_joint(self, end):
            return False
        starts_inside = start not in self.gaps
        return not (starts_inside and any(start < gap < end for gap in self.gaps) and end not in self.gaps)

    def joints(self) -> frozenset[int]:
        """Return the places where words may begin or end: the gaps, and where the script changes."""
        scripts = [script(self.said[place]) for place in self.where]
        changes = (n for n in range(1, len(scripts)) if scripts[n] != scripts[n - 1])
        return self.gaps | frozenset(changes)


@lru_cache(_MAX_KEPT)
def script(char: str) -> str:
    """Return the script of a character, as far as it separates words."""
    for script, first, last in _SCRIPTS:
        if first <= char <= last:
            return script
    return "digit" if char.isdecimal() else "latin"


def _latin_joint(text: Text, place: int) -> bool:
    if place in text.gaps or not 0 < place < len(text.chars):
        return False
    before, after = text.chars[place - 1], text.chars[place]
    return before.isascii() and after.isascii() and before.isalpha() and after.isalpha()


@lru_cache(_MAX_KEPT)
def fold(text: str) -> str:
    """Fold words as utterances are folded: one width, small letters, hiragana, no spaces nor punctuation."""
    return read(text, longest=None).chars


def read(utterance: str, *, longest: int | None = LONGEST) -> Text:
    """Make an utterance comparable.

    :param longest: how much of it to look at.
    """
    said = unicodedata.normalize("NFKC", utterance[: 2 * longest] if longest else utterance)
    chars: list[str] = []
    where: list[int] = []
    gaps = {0}
    for place, char in enumerate(said):
        folded = _folded(char) or _sign(said, place, char)
        if folded:
            if folded.isdigit() and chars and chars[-1].isdigit() and len(chars) in gaps:
                chars.append(" ")  # two numbers, not one
                where.append(place)
                gaps.add(len(chars))
            chars.append(folded)
            where.append(place)
        else:
            gaps.add(len(chars))
        if longest and len(chars) >= longest:
            break
    gaps.add(len(chars))
    return Text(said, "".join(chars), tuple(where), frozenset(gaps))


@lru_cache(_MAX_KEPT)
def _folded(char: str) -> str:
    """Fold a letter, a digit or a sign that is said; empty for every other sign."""
    if unicodedata.category(char)[0] not in "LNM" and char not in _KEPT_SIGNS:
        return ""
    code = ord(char)
    if code in _KATAKANA:
        return chr(code - _TO_HIRAGANA)
    lower = char.lower()
    return lower if len(lower) == 1 else char


def _sign(said: str, place: int, char: str) -> str:
    """Return a sign that belongs to a number; empty for every other."""
    if char in _BETWEEN_DIGITS and said[place + 1 : place + 2].isdigit():
        before = said[place - 1 : place] if place else ""
        if before.isdigit() or (char == "-" and not before.strip()):
            return char
    return ""


def without(text: Text, words: re.Pattern[str]) -> Text:
    """Return a text in which nothing stands for some words, and all else where it stood.

    :param words: what stands in a word of its own; the group ``vague`` may be of several.
    """

    def blanked(match: re.Match[str]) -> str:
        start, end = match.span()
        begins = start in text.gaps or script(text.chars[start]) in ("kana", "han")
        is_divided = any(start < gap < end for gap in text.gaps)
        may_be_divided = match.lastgroup == "vague" and (end in text.gaps or match[0][-1].isdecimal())
        is_one = may_be_divided or not is_divided
        return _BLANK * (end - start) if begins and is_one else match[0]

    return replace(text, chars=words.sub(blanked, text.chars))


def jamo(chars: str) -> tuple[str, tuple[int, ...]]:
    """Decompose Hangul syllables, so that one wrong letter is one difference.

    :return: the letters, and for each the place of its syllable.
    """
    parts = [_letters(char) for char in chars]
    places = [place for place, part in enumerate(parts) for _ in part]
    return "".join(parts), tuple(places)


def letters_of(chars: str) -> str:
    """Decompose Hangul syllables, where it does not matter what came from where."""
    return "".join(map(_letters, chars))


@lru_cache(_MAX_KEPT)
def _letters(char: str) -> str:
    code = ord(char)
    if code not in _HANGUL:
        return char
    code -= _HANGUL.start
    lead, vowel, final = code // (_VOWELS * _FINALS), code // _FINALS % _VOWELS, code % _FINALS
    parts = chr(0x1100 + lead) + chr(0x1161 + vowel)
    return parts + chr(0x11A7 + final) if final else parts
