"""Checks of a model by itself: what the console would refuse, and what would confuse users.

From the guides' sections on interaction models: the limits, what has to be declared, and good practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...errors import nearest
from ...findings import Finding, Place
from .catalogue import BUILT_IN_SLOT_TYPES, slot_type_regions
from .config import CONFIG_NAME, config_place
from .config_checks import check_config
from .duplicates import check_expressions, check_words
from .objects import CustomIntent, IntentSlot, InteractionModel

MAX_EXPRESSIONS = 2000


def check_model(model: InteractionModel, *, regions: Iterable[str] = ("KR", "JP")) -> list[Finding]:
    """Check a model.

    :param regions: the platforms it is for, ``KR`` and ``JP``.
    :return: the findings, file by file.
    """
    return [
        *check_config(model, frozenset(regions)),
        *(finding for intent in model.intents.values() for finding in _check_intent(model, intent)),
        *check_expressions(model),
        *_check_slot_names(model),
        *_check_slot_types(model),
        *(finding for slot_type in model.slot_types.values() for finding in check_words(slot_type)),
    ]


def _check_intent(model: InteractionModel, intent: CustomIntent) -> Iterator[Finding]:
    place = Place(path=intent.path)
    if intent.name.startswith("Clova."):
        message = f"{intent.name} is a built-in intent. List it in {CONFIG_NAME} instead."
        yield Finding("model.reserved-name", message, place)
    if not intent.expressions:
        message = "The intent has no expressions, so nothing that a user says leads to it."
        yield Finding("model.no-expressions", message, place)
    if len(intent.expressions) > MAX_EXPRESSIONS:
        place = Place(path=intent.path, line=intent.expressions[MAX_EXPRESSIONS].line)
        message = f"There are {len(intent.expressions)} expressions; at most {MAX_EXPRESSIONS} are allowed."
        yield Finding("model.too-many-expressions", message, place)
    for slot in intent.slots:
        yield from _check_type(model, slot, Place(path=intent.path, line=slot.line))
    yield from _check_tags(intent)


def _check_type(model: InteractionModel, slot: IntentSlot, place: Place) -> Iterator[Finding]:
    name = slot.type
    if name in model.slot_types or name in model.built_in_slot_types:
        return  # a wrong name in model.toml is a finding of its own
    code, message = "model.unknown-slot-type", f"The slot {slot.name!r} has the type {name!r}, which is not "
    if slot_type_regions(name):
        code = "model.unlisted-slot-type"
        message += f"listed in built_in_slot_types of {CONFIG_NAME}."
    elif name.startswith("CLOVA."):
        message += f"a built-in slot type.{nearest(name, BUILT_IN_SLOT_TYPES)}"
    else:
        hint = nearest(name, [*model.slot_types, *BUILT_IN_SLOT_TYPES])
        message += f"defined. Write slot_types/{name}.tsv.{hint}"
    yield Finding(code, message, place)


def _check_tags(intent: CustomIntent) -> Iterator[Finding]:
    declared = [slot.name for slot in intent.slots]
    for expression in intent.expressions:
        for name in dict.fromkeys(expression.slots):
            if name not in declared:
                message = f"The tag <{name}> is not a slot that the intent declares.{nearest(name, declared)}"
                place = Place(path=intent.path, line=expression.line)
                yield Finding("model.undeclared-slot", message, place)
    used = {name for expression in intent.expressions for name in expression.slots}
    for slot in intent.slots if intent.expressions else ():
        if slot.name not in used:
            message = f"No expression fills the slot {slot.name!r}. Tag it in one, or remove the slot."
            yield Finding("model.untagged-slot", message, Place(path=intent.path, line=slot.line))


def _check_slot_names(model: InteractionModel) -> Iterator[Finding]:
    """Check that slots of one type have one name across intents, unless one utterance needs two of them."""
    names: dict[str, str] = {}
    excused = {type_ for intent in model.intents.values() for type_ in _types_in_one_utterance(intent)}
    for intent in model.intents.values():
        for slot in intent.slots:
            first = names.setdefault(slot.type, slot.name)
            if slot.name != first and slot.type not in excused:
                message = f"A {slot.type} is named {slot.name!r} here and {first!r} elsewhere. Use one name."
                place = Place(path=intent.path, line=slot.line)
                yield Finding("model.inconsistent-slot-name", message, place)


def _types_in_one_utterance(intent: CustomIntent) -> Iterator[str]:
    for expression in intent.expressions:
        types = [intent.slot_type(name) for name in dict.fromkeys(expression.slots)]
        yield from (type_ for type_ in types if type_ and types.count(type_) > 1)


def _check_slot_types(model: InteractionModel) -> Iterator[Finding]:
    used = {slot.type for intent in model.intents.values() for slot in intent.slots}
    for slot_type in model.slot_types.values():
        name, place = slot_type.name, Place(path=slot_type.path)
        if name.startswith("CLOVA."):
            message = f"{name} is a built-in slot type. List it in {CONFIG_NAME} instead."
            yield Finding("model.reserved-name", message, place)
        elif name not in used:
            yield Finding("model.unused-slot-type", "No slot of any intent has this type.", place)
    for name in model.built_in_slot_types:
        if name not in used and slot_type_regions(name):
            message = f"No slot of any intent has the type {name}."
            yield Finding("model.unused-slot-type", message, config_place(model, name))
