"""What speakers take back: 두 판 아니 세 판, 콜라 말고 사이다, 東京じゃなくて大阪."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .found import Found
from .frames import SlotFrame, counter_at
from .languages.base import Language
from .text import Text

_FARTHEST = 16  # characters between what was said first and what is meant
_NOUN = 5  # characters of a noun between what is refused and what refuses it: 슬픈 노래 말고
_HEAD = 3


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A stretch that was said not to be meant.

    :ivar start: where it begins.
    :ivar end: where it ends; what took it back is in it.
    :ivar word: what took it back: 말고, いや.
    """

    start: int
    end: int
    word: str

    def concerns(self, slot: SlotFrame, found: Found) -> bool:
        """Whether a value is in it, and the expressions of the slot do not have the same word behind it."""
        overlaps = found.start < self.end and self.start < found.end
        return overlaps and self.word[:_HEAD] not in slot.after


def taken_back(text: Text, found: Mapping[str, Sequence[Found]], language: Language) -> tuple[TakenBack, ...]:
    """List what was taken back, none overlapping another.

    :param found: what was found, by slot type.
    """
    all_ = {one for items in found.values() for one in _of_one_type(text, items, language)}
    apart: list[TakenBack] = []
    for one in sorted(all_, key=lambda one: (one.start, -one.end, one.word)):
        if not apart or apart[-1].end <= one.start:
            apart.append(one)
    return tuple(apart)


def _of_one_type(text: Text, items: Sequence[Found], language: Language) -> Iterator[TakenBack]:
    for item in items:
        for word in language.not_this:
            if text.chars.startswith(word, item.end):
                yield TakenBack(item.start, item.end, word)
        for end in _ends(text, item, language):
            for other in items:
                word = _between(text, end, other.start, language)
                if word:
                    yield TakenBack(item.start, other.start, word)


def _ends(text: Text, item: Found, language: Language) -> set[int]:
    """Return where a value may end: with its counter, and with its unit."""
    head = item.head or item.end
    return {item.end, head + counter_at(text, head, language.counters)}


def _between(text: Text, start: int, end: int, language: Language) -> str:
    """Return what takes back what stands before, where nothing else stands between two values."""
    if not start < end <= start + _FARTHEST:
        return ""
    words = text.chars[start:end]
    match = language.corrections.fullmatch(words)
    if match:
        return match["word"]
    refusals = (word for word in language.not_this if words.endswith(word))
    return next((word for word in refusals if len(words) <= len(word) + _NOUN), "")
