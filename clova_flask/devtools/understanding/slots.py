"""What finds the values of a slot type in an utterance.

From the guides' built-in slot types, and the entries of custom ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ..model.catalogue import slot_kind
from ..model.objects import InteractionModel
from . import durations_ja, durations_ko, times_en
from .durations import find_durations
from .entries import EntryFinder
from .found import Finder, Found
from .text import Text
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
        return {name: tuple(finder(text, now)) for name, finder in self._finders.items()}

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
