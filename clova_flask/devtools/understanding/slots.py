"""What finds the values of a slot type in an utterance.

From the guides' built-in slot types, and the entries of custom ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from ..model.catalogue import slot_kind
from ..model.objects import InteractionModel
from . import durations_ja, durations_ko, times_en
from .durations import find_durations
from .entries import EntryFinder
from .found import Finder, Found
from .text import Text, read
from .times import find_times
from .times_en import ENGLISH
from .times_ja import JAPANESE
from .times_ko import KOREAN
from .units import money_finder, number_finder, quantity_finder
from .words import order_finder, word_finder

PHRASES = {"ko": KOREAN, "ja": JAPANESE, "en": ENGLISH}
"""How each language speaks of dates and times."""

_DURATIONS = {
    "ko": (durations_ko.PATTERN, durations_ko.read_duration),
    "ja": (durations_ja.PATTERN, durations_ja.read_duration),
    "en": (times_en.DURATION, times_en.read_duration),
}


def time_finder(language: str) -> Finder:
    """Make the finder of ``CLOVA.DATETIME``."""
    phrases = PHRASES.get(language, ENGLISH)
    return lambda text, now: find_times(text, now, phrases)


def duration_finder(language: str) -> Finder:
    """Make the finder of ``CLOVA.DURATION``."""
    pattern, read = _DURATIONS.get(language, _DURATIONS["en"])
    return lambda text, now: find_durations(text, pattern, read)


def built_in_finder(name: str, language: str) -> Finder:
    """Make the finder of a built-in slot type.

    :param name: its name, ``CLOVA.NUMBER``.
    """
    kind = slot_kind(name)
    if kind == "datetime":
        return time_finder(language)
    if kind == "duration":
        return duration_finder(language)
    if kind == "number":
        return number_finder(language)
    if kind == "money":
        return money_finder(language)
    if kind == "quantity":
        return quantity_finder(name.removeprefix("CLOVA."), language)
    return order_finder(language) if name == "CLOVA.ORDER" else word_finder(name)


class SlotFinders:
    """The finders of every slot type a model's intents use.

    :param model: the model.
    """

    def __init__(self, model: InteractionModel) -> None:
        names = {slot.type for intent in model.intents.values() for slot in intent.slots}
        self._finders = {name: _finder(name, model) for name in sorted(names)}

    def find(self, text: Text, now: datetime) -> dict[str, tuple[Found, ...]]:
        """Find all that could be values, by type."""
        found = {name: tuple(finder(text, now)) for name, finder in self._finders.items()}
        for name, items in found.items():
            if any(item.value_type == "DATETIME" for item in items):
                parts = [part for item in items for part in self._parts(name, item, text, now)]
                found[name] = (*items, *parts)
        return found

    def _parts(self, name: str, whole: Found, text: Text, now: datetime) -> Iterator[Found]:
        """Take a day with a time apart, for intents that have a slot for each."""
        if whole.value_type != "DATETIME":
            return
        for place in sorted(text.joints()):
            if whole.start < place < whole.end:
                day = self._part(name, text, whole.start, place, now)
                time = self._part(name, text, place, whole.end, now)
                if day and time and (day.value_type, time.value_type) == ("DATE", "TIME"):
                    yield from (day, time)

    def _part(self, name: str, text: Text, start: int, end: int, now: datetime) -> Found | None:
        """Read a stretch as a value of a type, but for a particle at one of its ends."""
        said = read(text.original(start, end))
        skipped = 1 if said.chars[:1] == "の" else 0
        for item in self._finders[name](said, now):
            if item.start == skipped and item.end >= len(said.chars) - 1:
                place = start + item.start
                return replace(item, start=place, end=place + item.end - item.start, is_part=True)
        return None

    def kind_of(self, name: str, phrase: str) -> str | None:
        """Read what kind of date or time a phrase is, ``DATE`` or ``TIME``; None for anything else."""
        found = self.value_in(name, read(phrase), datetime.now().astimezone())
        return found.kind if found else None

    def value_in(self, name: str, text: Text, now: datetime) -> Found | None:
        """Read the text that stands for a slot as a value of its type; None when it is none."""
        finder = self._finders.get(name)
        found = [item for item in finder(text, now) if item.start == 0] if finder else []
        return max(found, key=lambda item: (item.end, item.sure), default=None)


def _finder(name: str, model: InteractionModel) -> Finder:
    custom = model.slot_types.get(name)
    if custom is not None:
        return EntryFinder(custom)
    if slot_kind(name) is not None:
        return built_in_finder(name, model.language)
    return _nothing  # a type that is not defined: the checks of the model report it


def _nothing(text: Text, now: datetime) -> Iterable[Found]:
    return ()
