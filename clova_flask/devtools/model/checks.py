"""Checks of a model by itself: what the console would refuse, and what users would trip over.

From the guides' sections on interaction models: the limits, what has to be declared, and good practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...errors import nearest
from .catalogue import BUILT_IN_SLOT_TYPES
from .config import CONFIG_NAME, line_of
from .config_checks import check_config, config_path, slot_type_regions
from .duplicates import check_expressions, check_words
from .findings import ModelFinding
from .objects import CustomIntent, InteractionModel

MAX_EXPRESSIONS = 2000


def check_model(model: InteractionModel, *, regions: Iterable[str] = ("KR", "JP")) -> list[ModelFinding]:
    """Check a model.

    :param regions: the platforms it is for, ``KR`` and ``JP``.
    :return: the findings, faults and notes, file by file.
    """
    return [
        *check_config(model, frozenset(regions)),
        *(finding for intent in model.intents.values() for finding in _check_intent(model, intent)),
        *check_expressions(model),
        *_check_slot_names(model),
        *_check_slot_types(model),
        *(finding for slot_type in model.slot_types.values() for finding in check_words(slot_type)),
    ]


def _check_intent(model: InteractionModel, intent: CustomIntent) -> Iterator[ModelFinding]:
    path = intent.path
    if intent.name.startswith("Clova."):
        text = f"{intent.name} is the name of a built-in intent; those stand in {CONFIG_NAME}."
        yield ModelFinding(True, text, path)
    if not intent.expressions:
        yield ModelFinding(True, "The intent has no expressions, so nobody can say it.", path)
    if len(intent.expressions) > MAX_EXPRESSIONS:
        line = intent.expressions[MAX_EXPRESSIONS].line
        text = f"There are {len(intent.expressions)} expressions; an intent takes {MAX_EXPRESSIONS}."
        yield ModelFinding(True, text, path, line)
    for slot in intent.slots:
        fault = _type_fault(model, slot.type)
        if fault:
            yield ModelFinding(True, f"The type of {slot.name!r}: {fault}", path, slot.line)
    yield from _check_tags(intent)


def _type_fault(model: InteractionModel, name: str) -> str | None:
    if name in model.slot_types or name in model.built_in_slot_types:
        return None  # a wrong name in model.toml is told there
    if slot_type_regions(name):
        return f"{name} is in use, but not among the built_in_slot_types of {CONFIG_NAME}."
    if name.startswith("CLOVA."):
        return f"{name!r} is no built-in slot type.{nearest(name, BUILT_IN_SLOT_TYPES)}"
    hint = nearest(name, [*model.slot_types, *BUILT_IN_SLOT_TYPES])
    return f"{name!r} is nowhere defined; write slot_types/{name}.tsv.{hint}"


def _check_tags(intent: CustomIntent) -> Iterator[ModelFinding]:
    declared = [slot.name for slot in intent.slots]
    for expression in intent.expressions:
        for name in dict.fromkeys(expression.slots):
            if name not in declared:
                text = f"The tag <{name}> is of no slot that the intent declares.{nearest(name, declared)}"
                yield ModelFinding(True, text, intent.path, expression.line)
    used = {name for expression in intent.expressions for name in expression.slots}
    for slot in intent.slots if intent.expressions else ():
        if slot.name not in used:
            text = f"No expression fills the slot {slot.name!r}: tag it in one, or take it out."
            yield ModelFinding(False, text, intent.path, slot.line)


def _check_slot_names(model: InteractionModel) -> Iterator[ModelFinding]:
    """Want one name for a type across intents, unless two of that type stand in one utterance."""
    names: dict[str, str] = {}
    excused = {type_ for intent in model.intents.values() for type_ in _types_in_one_utterance(intent)}
    for intent in model.intents.values():
        for slot in intent.slots:
            first = names.setdefault(slot.type, slot.name)
            if slot.name != first and slot.type not in excused:
                text = f"{slot.type} is called {slot.name!r} here and {first!r} elsewhere; give it one name."
                yield ModelFinding(False, text, intent.path, slot.line)


def _types_in_one_utterance(intent: CustomIntent) -> Iterator[str]:
    for expression in intent.expressions:
        types = [intent.slot_type(name) for name in dict.fromkeys(expression.slots)]
        yield from (type_ for type_ in types if type_ and types.count(type_) > 1)


def _check_slot_types(model: InteractionModel) -> Iterator[ModelFinding]:
    used = {slot.type for intent in model.intents.values() for slot in intent.slots}
    for slot_type in model.slot_types.values():
        if slot_type.name.startswith("CLOVA."):
            text = f"{slot_type.name} is the name of a built-in slot type; those stand in {CONFIG_NAME}."
            yield ModelFinding(True, text, slot_type.path)
        elif slot_type.name not in used:
            yield ModelFinding(False, "No slot of any intent has this type.", slot_type.path)
    for name in model.built_in_slot_types:
        if name not in used and slot_type_regions(name):
            text = f"No slot of any intent has the type {name}."
            yield ModelFinding(False, text, config_path(model), line_of(model, name))
