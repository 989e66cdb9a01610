"""What finds the values of a slot type in an utterance.

From the guides' built-in slot types, and the entries of custom ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from ..model.catalogue import slot_kind
from ..model.objects import InteractionModel
from .entries import EntryFinder
from .found import Finder, Found
from .languages.base import Language
from .languages.durations import find_durations
from .languages.times import find_times
from .pieces import Pieces
from .standing import standing, unbroken
from .text import Text, fold, read, without
from .units import money_finder, number_finder, quantity_finder
from .words import order_finder, word_finder

_AFFIX = 3  # characters that an affix has at the most


def built_in_finder(name: str, spoken: Language) -> Finder:
    """Make the finder of a built-in slot type.

    :param name: its name, ``CLOVA.NUMBER``.
    """
    if slot_kind(name) == "words" and name != "CLOVA.ORDER":
        return word_finder(name, spoken)
    finder = _reader(name, spoken)
    return lambda text, now: finder(without(text, spoken.other_words), now)


def _reader(name: str, spoken: Language) -> Finder:
    kind = slot_kind(name)
    if kind == "datetime":
        return lambda text, now: find_times(text, now, spoken.phrases)
    if kind == "duration":
        return lambda text, now: find_durations(text, spoken.durations)
    if kind == "number":
        return number_finder(spoken)
    if kind == "money":
        return money_finder(spoken)
    if kind == "quantity":
        return quantity_finder(name.removeprefix("CLOVA."), spoken)
    return order_finder(spoken)


class SlotFinders:
    """The finders of every slot type a model's intents use.

    :param model: the model.
    """

    def __init__(self, model: InteractionModel, spoken: Language) -> None:
        names = {slot.type for intent in model.intents.values() for slot in intent.slots}
        self._spoken = spoken
        self._custom = _affixes(model, spoken)
        self._finders = {name: _finder(name, model, self._spoken) for name in sorted(names)}

    def find(self, text: Text, now: datetime, pieces: Pieces) -> Mapping[str, Sequence[Found]]:
        """Find all that could be values, by type.

        :param pieces: the morphemes of the utterance.
        """
        found = {
            name: tuple(self._standing(name, text, finder(text, now), pieces))
            for name, finder in self._finders.items()
        }
        for name, items in found.items():
            if any(item.value_type == "DATETIME" for item in items):
                parts = [part for item in items for part in self._parts(name, item, text, now)]
                found[name] = (*items, *parts)
        return found

    def _standing(self, name: str, text: Text, found: Iterable[Found], pieces: Pieces) -> Iterable[Found]:
        if name in self._custom:
            return standing(text, found, pieces, self._custom[name])
        return unbroken(text, found, pieces)

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
        linking = self._spoken.linking
        skipped = len(linking) if said.chars.startswith(linking) else 0
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


def _finder(name: str, model: InteractionModel, spoken: Language) -> Finder:
    custom = model.slot_types.get(name)
    if custom is not None:
        return EntryFinder(custom, spoken.particles)
    if slot_kind(name) is not None:
        return built_in_finder(name, spoken)
    return _nothing  # a type that is not defined: the checks of the model report it


def _affixes(model: InteractionModel, spoken: Language) -> dict[str, frozenset[str]]:
    """List what may stand behind the entries of each custom type, and so does in the expressions."""
    affixes = {name: {*spoken.affixes, *spoken.particles} for name in model.slot_types}
    for intent in model.intents.values():
        types = {slot.name: slot.type for slot in intent.slots}
        for expression in intent.expressions:
            for part, following in pairwise(expression.parts):
                type_ = types.get(part.slot or "")
                if type_ in affixes and following.slot is None:
                    beside = fold(following.text[:_AFFIX])
                    affixes[type_].update(beside[:length] for length in range(1, len(beside) + 1))
    used = {slot.type for intent in model.intents.values() for slot in intent.slots}
    return {name: frozenset(words) for name, words in affixes.items() if name in used}


def _nothing(text: Text, now: datetime) -> Iterable[Found]:
    return ()
