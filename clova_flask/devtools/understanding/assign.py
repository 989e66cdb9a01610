"""Which of the values found in an utterance fill which slots of an intent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
_USUAL = 0.5  # share of a kind from which a slot is one for days, or one for times
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
    types = [slot.type for slot in frame.slots.values()]
    options = [
        option
        for slot in frame.slots.values()
        for item in heard.found.get(slot.type, ())
        if not any(one.concerns(slot, item) for one in heard.unmeant)
        and (option := _option(slot, item, text, frame.language, types.count(slot.type) > 1)).gain
        >= _MIN_GAIN
    ]
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
    """Whether the unit of a number is strange to its slot, and another slot is for it: 60킬로 열 번 세 세트."""
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


def _option(slot: SlotFrame, found: Found, text: Text, language: Language, has_rival: bool) -> Filling:
    end = found.head or found.end
    if slot.counts:
        end += counter_at(text, end, language.counters)
        if found.head and not slot.unit_inside and found.end > end and found.unit:
            end = found.end
    else:
        end = found.end
    rest = text.chars[end:]
    kind = slot.kinds.get(found.kind or "", 0.0)
    is_strange = found.is_part and (not has_rival or kind < _USUAL)
    if is_strange:
        return Filling(slot, found, end, 0.0)
    context = _beside(slot.before, text.chars[: found.start][::-1])
    context += _beside(slot.after, language.one_form(rest))
    unit = 0.0
    if slot.counts and found.unit and slot.units:
        unit = 0.4 if text.chars[found.head : found.end] in slot.units else -0.25
    length = min(found.end - found.start, 12)
    fitting = _OF_ITS_KIND * kind if has_rival else 0.0
    if slot.alone and found.start == 0 and not rest:
        fitting += _ALONE
    return Filling(
        slot,
        found,
        end,
        found.sure * (0.5 + 0.25 * length) + (_TOLD_APART if has_rival else 1) * context + unit + fitting,
    )


def _wanted(option: Filling) -> Filling:
    return replace(option, gain=option.gain + _ASKED)


def _beside(known: Mapping[str, float], beside: str) -> float:
    """Judge how well what stands beside a value fits what stands beside the slot in the expressions."""
    if not beside:
        return 0.1 * known.get("", 0.0)
    return max((0.12 * n * (0.5 + known[beside[:n]]) for n in (1, 2, 3) if beside[:n] in known), default=0.0)
