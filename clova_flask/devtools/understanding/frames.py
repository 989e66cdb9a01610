"""Intents made ready for comparison: what expressions are made of, and what stands around slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..model.catalogue import slot_kind
from ..model.objects import CustomIntent, Expression
from .languages.base import Language
from .order import Order, order_of
from .text import Text, fold, read
from .tokens import Lexicon, Span

_AROUND = 3  # characters beside a slot that tell which slot it is
_MAX_READ = 60  # phrases of a slot that are read for the kinds of its values

ReadKind = Callable[[str, str], str | None]
"""Reads what a phrase of a slot type is: ``DATE``, ``TIME``…; None for what has no kinds."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An expression made ready: its text, and where its slots are."""

    expression: Expression
    text: Text
    spans: tuple[tuple[str, int, int], ...]

    @property
    def filled(self) -> tuple[Span, ...]:
        """The stretches that its slots fill."""
        return tuple((start, end) for _, start, end in self.spans)


@dataclass(frozen=True, slots=True)
class SlotFrame:
    """What is known of a slot from the expressions.

    :ivar before: what stands before it, up to three characters, and how often, 0 to 1.
    :ivar after: what stands behind it.
    :ivar units: counters and units in it or right behind it.
    :ivar unit_inside: whether the tags enclose the unit.
    :ivar kinds: the kinds of dates and times that its tags enclose, and how often, 0 to 1.
    :ivar alone: how often it is all that an expression has, 0 to 1.
    """

    name: str
    type: str
    before: dict[str, float]
    after: dict[str, float]
    units: frozenset[str]
    unit_inside: bool
    kinds: dict[str, float]
    alone: float

    @property
    def counts(self) -> bool:
        """Whether it holds a number, behind which a counter may stand."""
        return slot_kind(self.type) == "number"


@dataclass(frozen=True, slots=True)
class Frame:
    """An intent made ready.

    :ivar language: the language of its expressions.
    :ivar shapes: its expressions.
    :ivar slots: what is known of its slots.
    :ivar signatures: its expressions with names in place of what fills the slots.
    :ivar always: the slots that every expression has.
    :ivar parts: slots that hold the day, or the time, where an expression has a slot for each.
    :ivar order: how its slots stand to each other.
    """

    name: str
    language: Language
    shapes: Sequence[Shape]
    slots: dict[str, SlotFrame]
    signatures: Mapping[str, Shape]
    always: frozenset[str]
    parts: frozenset[tuple[str, str]]
    order: Order


def shape(expression: Expression, counting: frozenset[str], counters: frozenset[str]) -> Shape:
    """Make an expression ready.

    :param counting: names of the slots that hold numbers.
    :param counters: what may stand behind a number and belongs to it.
    """
    text = read(expression.plain, longest=None)
    spans: list[tuple[str, int, int]] = []
    place = 0
    for part in expression.parts:
        length = len(fold(part.text))
        end = min(place + length, len(text.chars))
        if part.slot is not None and end > place:
            counts = part.slot in counting and not own_counter(fold(part.text), counters)
            last = end + counter_at(text, end, counters) if counts else end
            spans.append((part.slot, place, last))
        place = end
    return Shape(expression, text, tuple(_apart(spans)))


def counting_slots(intent: CustomIntent) -> frozenset[str]:
    """Return the names of an intent's slots that hold numbers."""
    return frozenset(slot.name for slot in intent.slots if slot_kind(slot.type) == "number")


def _apart(spans: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Cut back what was extended into the next slot."""
    following = [start for _, start, _ in spans[1:]]
    limits = [*following, spans[-1][2]] if spans else []
    return [(name, start, min(end, limit)) for (name, start, end), limit in zip(spans, limits, strict=True)]


def own_counter(words: str, counters: frozenset[str]) -> str:
    """Return the counter that a number ends with; an empty string when it has none."""
    lengths = (length for length in (3, 2, 1) if len(words) > length)
    return next((words[-length:] for length in lengths if words[-length:] in counters), "")


def counter_at(text: Text, place: int, counters: frozenset[str]) -> int:
    """Return the length of the counter that follows a number; 0 when none does."""
    for length in (4, 3, 2, 1):
        word = text.chars[place : place + length]
        if len(word) == length and word in counters and text.whole(place, place + length):
            return length
    return 0


def signature(text: Text, spans: Sequence[tuple[str, int, int]]) -> str:
    """Write a text with the names of its slots in place of what fills them."""
    pieces, place = [], 0
    for name, start, end in spans:
        pieces += [text.chars[place:start], f"\0{name}\0"]
        place = end
    return "".join((*pieces, text.chars[place:]))


def frame(intent: CustomIntent, language: Language, read_kind: ReadKind) -> Frame:
    """Make an intent ready.

    :param read_kind: reads the kinds of values that the expressions have.
    """
    counting = counting_slots(intent)
    shapes = tuple(shape(expression, counting, language.counters) for expression in intent.expressions)
    slots = {
        slot.name: _slot_frame(slot.name, slot.type, shapes, language, read_kind) for slot in intent.slots
    }
    signatures: dict[str, Shape] = {}
    for item in shapes:
        signatures.setdefault(signature(item.text, item.spans), item)
    filled = [frozenset(name for name, _, _ in item.spans) for item in shapes]
    always = frozenset.intersection(*filled) if filled else frozenset()
    order = order_of(
        {name: slot.type for name, slot in slots.items()},
        [(item.text.chars, [span for span in item.spans if span[0] in slots]) for item in shapes],
    )
    return Frame(
        intent.name, language, shapes, slots, signatures, always, _parts(slots, shapes, read_kind), order
    )


def _slot_frame(
    name: str, type_: str, shapes: Sequence[Shape], language: Language, read_kind: ReadKind
) -> SlotFrame:
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    units: set[str] = set()
    inside = outside = 0
    for item in shapes:
        tagged = (part.text for part in item.expression.parts if part.slot == name)
        for (_, start, end), said in zip((s for s in item.spans if s[0] == name), tagged, strict=False):
            before.update(_heads(item.text.chars[:start][::-1]))
            after.update(_heads(language.one_form(item.text.chars[end:])))
            words = fold(said)
            unit = item.text.chars[start + len(words) : end]
            own = own_counter(words, language.counters)
            units |= {unit or own} - {""}
            inside, outside = inside + bool(own and not unit), outside + bool(unit)
    total = max(1, sum(before[head] for head in before if len(head) <= 1))
    return SlotFrame(
        name,
        type_,
        _shares(before, total),
        _shares(after, total),
        frozenset(units),
        inside > outside,
        _kinds(name, type_, shapes, read_kind),
        sum(item.spans == ((name, 0, len(item.text.chars)),) for item in shapes) / max(1, len(shapes)),
    )


def _kinds(name: str, type_: str, shapes: Sequence[Shape], read_kind: ReadKind) -> dict[str, float]:
    """Read which kinds of dates and times a slot has in the expressions."""
    if slot_kind(type_) != "datetime":
        return {}
    said = [part.text for item in shapes for part in item.expression.parts if part.slot == name]
    read = [read_kind(type_, text) for text in list(dict.fromkeys(said))[:_MAX_READ]]
    counted = Counter(one for one in read if one)
    return {one: count / counted.total() for one, count in sorted(counted.items())}


def _parts(
    slots: dict[str, SlotFrame], shapes: Sequence[Shape], read_kind: ReadKind
) -> frozenset[tuple[str, str]]:
    """Return the slots of days and of times that stand in one expression."""
    parts: set[tuple[str, str]] = set()
    several = [
        item
        for item in shapes
        if sum(bool(slots[name].kinds) for name, *_ in item.spans if name in slots) > 1
    ]
    for item in several[:_MAX_READ]:
        kinds = {
            part.slot: read_kind(slots[part.slot].type, part.text)
            for part in item.expression.parts
            if part.slot in slots and slots[part.slot].kinds
        }
        if {"DATE", "TIME"} <= {*kinds.values()}:
            parts.update((name, kind) for name, kind in kinds.items() if kind in ("DATE", "TIME"))
    return frozenset(parts)


def _heads(beside: str) -> list[str]:
    """Return the first characters beside a slot, one, two and three of them; an empty word at the edge."""
    return [beside[:n] for n in range(1, _AROUND + 1) if len(beside) >= n] or [""]


def _shares(counted: Counter[str], total: int) -> dict[str, float]:
    return {head: min(1.0, count / total) for head, count in sorted(counted.items())}


def words_of(frames: Sequence[Frame], lexicon: Lexicon) -> list[str]:
    """Collect the words of the expressions that the language's lexicon does not know."""
    words: set[str] = set()
    for item in frames:
        for one in item.shapes:
            for start, end in lexicon.take_apart(one.text, one.filled).unexplained:
                if end - start > 1 or (start in one.text.gaps and end in one.text.gaps):
                    words.add(one.text.chars[start:end])
    return sorted(words)
