"""The differences between two models, for people to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from ...texts.templated import Templated
from .objects import CustomIntent, CustomSlotType, InteractionModel, SlotEntry

T = TypeVar("T")

ADDED, REMOVED, CHANGED = "+", "-", "~"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    :ivar mark: ``+`` where only the second model has it, ``-`` only the first, ``~`` both, but not the same.
    :ivar depth: 1 for a part of the intent or slot type above it.
    """

    mark: str
    text: str
    depth: int = 0

    def __str__(self) -> str:
        """Return it as a line."""
        return f"{'  ' * self.depth}{self.mark} {self.text}"


class _Kind(NamedTuple):
    """What the parts of a model are called, one of them and several."""

    one: str
    many: str


_NAME = _Kind(Templated("invocation name"), Templated("invocation names"))
_BUILT_IN_INTENT = _Kind(Templated("built-in intent"), Templated("built-in intents"))
_BUILT_IN_SLOT_TYPE = _Kind(Templated("built-in slot type"), Templated("built-in slot types"))
_EXPRESSION = _Kind(Templated("expression"), Templated("expressions"))
_SLOT = _Kind(Templated("slot"), Templated("slots"))
_ENTRY = _Kind(Templated("entry"), Templated("entries"))


def diff_models(first: InteractionModel, second: InteractionModel) -> list[Change]:
    """List the differences; empty when both have the same content in the same order."""
    return [
        *_values(Templated("extension id"), first.extension_id, second.extension_id),
        *_values(Templated("language"), first.language, second.language),
        *_lists(_NAME, first.invocation_names, second.invocation_names),
        *_lists(_BUILT_IN_INTENT, first.built_in_intents, second.built_in_intents),
        *_lists(_BUILT_IN_SLOT_TYPE, first.built_in_slot_types, second.built_in_slot_types),
        *_pairs(Templated("intent"), first.intents, second.intents),
        *_pairs(Templated("slot type"), first.slot_types, second.slot_types),
    ]


def _named(what: str, name: str) -> str:
    return Templated("%(what)s %(name)s", what=what, name=name)


def _values(what: str, first: str, second: str) -> Iterator[Change]:
    if first != second:
        before, after = first or Templated("none"), second or Templated("none")
        yield Change(CHANGED, _replaced(what, before, after))


def _replaced(what: str, before: str, after: str) -> str:
    return Templated("%(what)s: %(before)s → %(after)s", what=what, before=before, after=after)


def _lists(what: _Kind, first: Iterable[str], second: Iterable[str], depth: int = 0) -> Iterator[Change]:
    """Compare lists of strings; one that is there more often is listed once for each time."""
    before, after = list(first), list(second)
    for mark, texts in (
        (REMOVED, Counter(before) - Counter(after)),
        (ADDED, Counter(after) - Counter(before)),
    ):
        yield from (Change(mark, _named(what.one, text), depth) for text in texts.elements())
    if before != after and Counter(before) == Counter(after):
        yield Change(CHANGED, Templated("%(what)s in another order", what=what.many), depth)


def _pairs(what: str, first: Mapping[str, T], second: Mapping[str, T]) -> Iterator[Change]:
    for name in sorted({*first, *second}):
        if name not in second:
            yield Change(REMOVED, _named(what, name))
        elif name not in first:
            size = _size(second[name])
            yield Change(ADDED, Templated("%(what)s %(name)s (%(size)s)", what=what, name=name, size=size))
        else:
            inner = list(_inside(first[name], second[name]))
            if inner:
                yield Change(CHANGED, _named(what, name))
            yield from inner


def _size(item: object) -> str:
    if isinstance(item, CustomIntent):
        slots, expressions = len(item.slots), len(item.expressions)
        return Templated("%(slots)s slots, %(expressions)s expressions", slots=slots, expressions=expressions)
    entries = len(item.entries) if isinstance(item, CustomSlotType) else 0
    return Templated("%(count)s entries", count=entries)


def _inside(first: object, second: object) -> Iterator[Change]:
    if isinstance(first, CustomIntent) and isinstance(second, CustomIntent):
        yield from _slots(first, second)
        before = [expression.text for expression in first.expressions]
        yield from _lists(_EXPRESSION, before, [item.text for item in second.expressions], 1)
    if isinstance(first, CustomSlotType) and isinstance(second, CustomSlotType):
        yield from _entries(first, second)


def _slots(first: CustomIntent, second: CustomIntent) -> Iterator[Change]:
    before, after = ({slot.name: slot.type for slot in intent.slots} for intent in (first, second))
    yield from _lists(_SLOT, before, after, 1)
    for name in before:
        if name in after and before[name] != after[name]:
            yield Change(CHANGED, _replaced(_named(_SLOT.one, name), before[name], after[name]), 1)


def _entries(first: CustomSlotType, second: CustomSlotType) -> Iterator[Change]:
    before, after = ([entry.value for entry in item.entries] for item in (first, second))
    yield from _lists(_ENTRY, before, after, 1)
    synonyms = _synonyms(first.entries)
    for value, words in _synonyms(second.entries).items():
        if value in synonyms and words != synonyms[value]:
            what, changed = _named(_ENTRY.one, value), _words(synonyms[value], words)
            yield Change(CHANGED, Templated("%(what)s: %(words)s", what=what, words=changed), 1)


def _synonyms(entries: Iterable[SlotEntry]) -> dict[str, list[str]]:
    synonyms: dict[str, list[str]] = {}
    for entry in entries:
        synonyms.setdefault(entry.value, []).extend(entry.synonyms)
    return synonyms


def _words(before: list[str], after: list[str]) -> str:
    marked = [f"-{word}" for word in before if word not in after]
    marked += [f"+{word}" for word in after if word not in before]
    return " ".join(marked) or Templated("synonyms in another order")
