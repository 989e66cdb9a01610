"""Which of the values found in an utterance fill which slots of an intent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model.catalogue import slot_kind
from .found import Found
from .frames import Frame, SlotFrame, counter_at
from .heard import Heard
from .languages.base import Language
from .text import Text

_WIDTH = 24  # combinations that are followed at once
_MIN_GAIN = 0.5  # gain that a value must have
_OF_ITS_KIND = 0.6  # a time of day where the expressions have times of day
_OWN_UNIT, _STRANGE_UNIT = 0.4, -0.25
_LONGEST = 12  # characters that count
_TOLD_APART = 1.5  # what stands beside counts more where another slot is of the same type
_ALONE = 0.2  # the slot may be all that is said, and is
_ASKED = 0.4  # less than its kind: who is asked for a day and says a time means the time


@dataclass(frozen=True, slots=True)
class Filling:
    """A value in a slot.

    :ivar end: where the stretch ends that belongs to it, with a counter behind the number.
    """

    slot: SlotFrame
    found: Found
    end: int
    gain: float

    @property
    def span(self) -> tuple[str, int, int]:
        """The name of the slot and its stretch."""
        return self.slot.name, self.found.start, self.end


_State = tuple[float, tuple[Filling, ...]]


def assign(frame: Frame, heard: Heard, asked: str | None = None) -> tuple[Filling, ...]:
    """Fill an intent's slots as well as what was said allows.

    :param asked: the slot that the extension has asked for.
    """
    text = heard.text
    options = list(_options(frame, heard))
    options = [option for option in options if not _is_of_another(option, options, text)]
    options = [_wanted(option) if option.slot.name == asked else option for option in options]
    options = _without_points_counted_back(options, text, frame.language.ago)
    options.sort(key=lambda option: (option.found.start, option.end, option.slot.name))
    states: list[_State] = [(0.0, ())]
    for option in options:
        states += [
            (gain + option.gain + _link(frame, text, filled, option), (*filled, option))
            for gain, filled in states
            if not filled or _may_follow(filled, option)
        ]
        states = sorted(states, key=lambda state: -state[0])[:_WIDTH]
    return max(states, key=lambda state: state[0] + frame.order.fit([one.slot.name for one in state[1]]))[1]


def _is_of_another(option: Filling, options: Sequence[Filling], text: Text) -> bool:
    """Whether the unit of a number is strange to its slot, and another slot is for it: 60킬로 열 번."""
    if not option.slot.counts or not option.found.head:
        return False
    unit = text.chars[option.found.head : max(option.end, option.found.end)]
    if not unit or unit in option.slot.units:
        return False
    others = (other for other in options if other.found.start == option.found.start)
    return any(
        unit in other.slot.units if other.slot.counts else other.end >= option.end
        for other in others
        if other.slot is not option.slot and slot_kind(other.slot.type) != "datetime"
    )


def _may_follow(filled: tuple[Filling, ...], option: Filling) -> bool:
    return filled[-1].end <= option.found.start and all(one.slot is not option.slot for one in filled)


def _link(frame: Frame, text: Text, filled: tuple[Filling, ...], option: Filling) -> float:
    if not filled:
        return 0.0
    between = text.chars[filled[-1].end : option.found.start]
    return frame.order.link(filled[-1].slot.name, between, option.slot.name)


def _without_points_counted_back(
    options: Sequence[Filling], text: Text, ago: tuple[str, ...]
) -> list[Filling]:
    """Leave out points in the past where the expressions tag the length alone.

    As in <before>십 분</before> 전에.
    """
    lengths = {
        (option.found.start, option.end)
        for option in options
        for word in ago
        if text.chars[option.end :].startswith(word) and word in option.slot.after
    }
    return [
        option
        for option in options
        if not any(option.found.start == start and start < end < option.end for start, end in lengths)
    ]


def _options(frame: Frame, heard: Heard) -> Iterator[Filling]:
    types = Counter(slot.type for slot in frame.slots.values())
    for slot in frame.slots.values():
        for found in heard.found.get(slot.type, ()):
            if any(one.concerns(slot, found) for one in heard.unmeant):
                continue
            if found.is_part and (slot.name, found.kind) not in frame.parts:
                continue
            for end in _ends(frame, slot, found, heard.text):
                gain = _gain(slot, found, end, heard.text, frame.language, types[slot.type] > 1)
                if gain >= _MIN_GAIN:
                    yield Filling(slot, found, end, gain)


def _ends(frame: Frame, slot: SlotFrame, found: Found, text: Text) -> set[int]:
    """Return where a value may end: a number with its unit, or before it where a slot begins right there."""
    if not slot.counts:
        return {found.end}
    head = found.head or found.end
    end = max(found.end if found.unit else head, head + counter_at(text, head, frame.language.counters))
    return {end, head} if slot.name in frame.order.before_another else {end}


def _gain(slot: SlotFrame, found: Found, end: int, text: Text, language: Language, has_rival: bool) -> float:
    """Judge how well a value fits a slot."""
    rest = text.chars[end:]
    context = _beside(slot.before, text.chars[: found.start][::-1])
    context += _beside(slot.after, language.one_form(rest))
    fitting = found.sure * (0.5 + 0.25 * min(found.end - found.start, _LONGEST))
    if slot.counts and found.unit and slot.units:
        fitting += _OWN_UNIT if text.chars[found.head : found.end] in slot.units else _STRANGE_UNIT
    if has_rival:
        fitting += _OF_ITS_KIND * slot.kinds.get(found.kind or "", 0.0)
        context *= _TOLD_APART
    if slot.alone and found.start == 0 and not rest:
        fitting += _ALONE
    return fitting + context


def _wanted(option: Filling) -> Filling:
    return replace(option, gain=option.gain + _ASKED)


def _beside(known: Mapping[str, float], beside: str) -> float:
    """Judge how well what stands beside a value fits what stands beside the slot in the expressions."""
    if not beside:
        return 0.1 * known.get("", 0.0)
    return max((0.12 * n * (0.5 + known[beside[:n]]) for n in (1, 2, 3) if beside[:n] in known), default=0.0)
