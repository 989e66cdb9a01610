"""Whether what a handler's parameter asks for can be made of what a slot gives.

The converters themselves are asked, with values as the platforms send them for each built-in slot type and
with the representative words of a custom one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...injection.annotations import in_words, list_choices, members
from ...injection.converters import REFUSALS, converter
from ...injection.values import Quantity, Slot, parse_any_point, parse_duration, parse_number
from ..model.catalogue import slot_kind
from ..model.objects import CustomSlotType

_EXAMPLES: dict[str, tuple[Slot, ...]] = {
    "datetime": tuple(
        Slot(value=value)
        for value in (
            "03:00:00",
            "2018-08-10",
            "2018-08-10T03:00:00+09:00",
            "06:00:00/09:00:00",
            "2018-08-10/2018-08-12",
            "2018-08-10T03:00:00+09:00/2018-08-10T05:00:00+09:00",
        )
    ),
    "duration": (Slot(value="P5D"), Slot(value="PT2H5M25S")),
    "number": (Slot(value="3"), Slot(value="2.5")),
    "quantity": (Slot(value="3", unit="kg"),),
    "money": (Slot(value="3000", unit="JPY"),),
    "words": (Slot(value="서울"),),
}
_GIVES: dict[str, Callable[[str], Any]] = {
    "datetime": parse_any_point,
    "duration": parse_duration,
    "number": parse_number,
    "quantity": parse_number,
    "money": parse_number,
    "words": str,
}
_SHOWN = 3


def built_in_misfit(annotation: Any, type_name: str) -> str | None:
    """Say why a parameter can take nothing of a built-in slot type; None when it can.

    :param annotation: the parameter's, one that has a converter.
    """
    kind = slot_kind(type_name)
    if kind is None:
        return None
    choices = list_choices(annotation)
    if choices is not None:
        taken = any(_accepts(_GIVES[kind], word) for words in choices for word in words)
    else:
        taken = any(_takes(annotation, slot, kind) for slot in _EXAMPLES[kind])
    return None if taken else f"{in_words(annotation)} is never made of a {type_name}"


def custom_misfits(annotation: Any, slot_type: CustomSlotType) -> Iterator[str]:
    """Say which words of a custom slot type a parameter refuses, and which of its choices never come."""
    words = [entry.value for entry in slot_type.entries]
    refused = [word for word in words if not _takes(annotation, Slot(value=word), "words")]
    if refused:
        shown = ", ".join(map(repr, refused[:_SHOWN])) + (" …" if len(refused) > _SHOWN else "")
        yield f"{in_words(annotation)} refuses {shown} of {slot_type.name}"
    meant = {synonym: entry.value for entry in slot_type.entries for synonym in entry.synonyms}
    for choice in list_choices(annotation) or ():
        if not choice & set(words):
            word = next((word for word in choice if word in meant), None)
            why = f"is a synonym: {meant[word]!r} is what comes" if word else "is none of its words"
            yield f"{word or min(choice)!r} never comes from {slot_type.name}; it {why}"


def _takes(annotation: Any, slot: Slot, kind: str) -> bool:
    return any(_makes(member, slot, kind) for member in members(annotation))


def _makes(member: Any, slot: Slot, kind: str) -> bool:
    try:
        value = converter(member)(slot)
    except REFUSALS:
        return False
    # A quantity is read from whatever begins with digits, and a date does.
    return not (isinstance(value, Quantity) and kind == "datetime")


def _accepts(parse: Callable[[str], Any], word: str) -> bool:
    try:
        parse(word)
    except REFUSALS:
        return False
    return True
