"""The differences between two models, for people to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

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


def diff_models(first: InteractionModel, second: InteractionModel) -> list[Change]:
    """List the differences; empty when both have the same content in the same order."""
    return [
        *_values("extension id", first.extension_id, second.extension_id),
        *_values("language", first.language, second.language),
        *_lists("invocation name", first.invocation_names, second.invocation_names),
        *_lists("built-in intent", first.built_in_intents, second.built_in_intents),
        *_lists("built-in slot type", first.built_in_slot_types, second.built_in_slot_types),
        *_pairs("intent", first.intents, second.intents),
        *_pairs("slot type", first.slot_types, second.slot_types),
    ]


def _values(what: str, first: str, second: str) -> Iterator[Change]:
    if first != second:
        yield Change(CHANGED, f"{what}: {first or 'none'} → {second or 'none'}")


def _lists(what: str, first: Iterable[str], second: Iterable[str], depth: int = 0) -> Iterator[Change]:
    """Compare lists of strings; one that is there more often is listed once for each time."""
    before, after = list(first), list(second)
    for mark, texts in (
        (REMOVED, Counter(before) - Counter(after)),
        (ADDED, Counter(after) - Counter(before)),
    ):
        yield from (Change(mark, f"{what} {text}", depth) for text in texts.elements())
    if before != after and Counter(before) == Counter(after):
        yield Change(CHANGED, f"{what}s in another order", depth)


def _pairs(what: str, first: Mapping[str, T], second: Mapping[str, T]) -> Iterator[Change]:
    for name in sorted({*first, *second}):
        if name not in second:
            yield Change(REMOVED, f"{what} {name}")
        elif name not in first:
            yield Change(ADDED, f"{what} {name} ({_size(second[name])})")
        else:
            inner = list(_inside(first[name], second[name]))
            if inner:
                yield Change(CHANGED, f"{what} {name}")
            yield from inner


def _size(item: object) -> str:
    if isinstance(item, CustomIntent):
        return f"{len(item.slots)} slots, {len(item.expressions)} expressions"
    return f"{len(item.entries)} entries" if isinstance(item, CustomSlotType) else ""


def _inside(first: object, second: object) -> Iterator[Change]:
    if isinstance(first, CustomIntent) and isinstance(second, CustomIntent):
        yield from _slots(first, second)
        before = [expression.text for expression in first.expressions]
        yield from _lists("expression", before, [item.text for item in second.expressions], 1)
    if isinstance(first, CustomSlotType) and isinstance(second, CustomSlotType):
        yield from _entries(first, second)


def _slots(first: CustomIntent, second: CustomIntent) -> Iterator[Change]:
    before, after = ({slot.name: slot.type for slot in intent.slots} for intent in (first, second))
    yield from _lists("slot", before, after, 1)
    for name in before:
        if name in after and before[name] != after[name]:
            yield Change(CHANGED, f"slot {name}: {before[name]} → {after[name]}", 1)


def _entries(first: CustomSlotType, second: CustomSlotType) -> Iterator[Change]:
    before, after = ([entry.value for entry in item.entries] for item in (first, second))
    yield from _changed(before, after, "entry", "entries")
    synonyms = _synonyms(first.entries)
    for value, words in _synonyms(second.entries).items():
        if value in synonyms and words != synonyms[value]:
            yield Change(CHANGED, f"entry {value}: {_words(synonyms[value], words)}", 1)


def _changed(before: list[str], after: list[str], one: str, many: str) -> Iterator[Change]:
    for change in _lists(one, before, after, 1):
        yield Change(CHANGED, f"{many} in another order", 1) if change.mark == CHANGED else change


def _synonyms(entries: Iterable[SlotEntry]) -> dict[str, list[str]]:
    synonyms: dict[str, list[str]] = {}
    for entry in entries:
        synonyms.setdefault(entry.value, []).extend(entry.synonyms)
    return synonyms


def _words(before: list[str], after: list[str]) -> str:
    marked = [f"-{word}" for word in before if word not in after]
    marked += [f"+{word}" for word in after if word not in before]
    return " ".join(marked) or "synonyms in another order"
