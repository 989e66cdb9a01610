"""Checks of the annotation of a handler's parameter against the type of its slot.

The converters themselves are called, with values as the platforms send them for each built-in slot type and
with the representative words of a custom one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...injection.annotations import in_words, list_choices, members
from ...injection.converters import REFUSALS, converter
from ...injection.durations import parse_duration
from ...injection.values import Quantity, Slot, parse_any_point, parse_number
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
_PARSERS: dict[str, Callable[[str], Any]] = {
    "datetime": parse_any_point,
    "duration": parse_duration,
    "number": parse_number,
    "quantity": parse_number,
    "money": parse_number,
    "words": str,
}
_MAX_SHOWN = 3


def check_built_in(annotation: Any, type_name: str) -> Iterator[str]:
    """Check that an annotation accepts something of a built-in slot type.

    :param annotation: the parameter's, one that has a converter.
    :return: a sentence when it accepts nothing; nothing when the type is not built-in.
    """
    kind = slot_kind(type_name)
    if kind is None:
        return
    choices = list_choices(annotation)
    if choices is not None:
        accepted = any(_parses(_PARSERS[kind], word) for words in choices for word in words)
    else:
        accepted = any(_accepts(annotation, slot, kind) for slot in _EXAMPLES[kind])
    if not accepted:
        yield f"{in_words(annotation)} accepts no value of {type_name}."


def check_words(annotation: Any, slot_type: CustomSlotType) -> Iterator[str]:
    """Check that an annotation accepts the representative words of a custom slot type.

    :return: a sentence with the words that it refuses.
    """
    words = [entry.value for entry in slot_type.entries]
    refused = [word for word in words if not _accepts(annotation, Slot(value=word), "words")]
    if refused:
        shown = ", ".join(map(repr, refused[:_MAX_SHOWN])) + (" …" if len(refused) > _MAX_SHOWN else "")
        yield f"{in_words(annotation)} refuses {shown} of {slot_type.name}."


def check_choices(annotation: Any, slot_type: CustomSlotType) -> Iterator[str]:
    """Check that each choice of an Enum or a Literal is a representative word of a custom slot type.

    :return: a sentence for each choice that never arrives.
    """
    words = {entry.value for entry in slot_type.entries}
    meant = {synonym: entry.value for entry in slot_type.entries for synonym in entry.synonyms}
    for choice in list_choices(annotation) or ():
        if choice & words:
            continue
        word = next((word for word in choice if word in meant), None)
        if word is None:
            yield f"{min(choice)!r} is not a word of {slot_type.name}, so it never arrives."
        else:
            yield f"{word!r} never arrives: it is a synonym in {slot_type.name}, and {meant[word]!r} is sent."


def _accepts(annotation: Any, slot: Slot, kind: str) -> bool:
    return any(_makes(member, slot, kind) for member in members(annotation))


def _makes(member: Any, slot: Slot, kind: str) -> bool:
    try:
        value = converter(member)(slot)
    except REFUSALS:
        return False
    # A quantity is read from whatever begins with digits, and a date does.
    return not (isinstance(value, Quantity) and kind == "datetime")


def _parses(parse: Callable[[str], Any], word: str) -> bool:
    try:
        parse(word)
    except REFUSALS:
        return False
    return True
