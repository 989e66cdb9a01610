"""Checks of a model by itself: what the console would refuse, and what would confuse users.

From the guides' sections on interaction models: the limits, what has to be declared, and good practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...errors import nearest
from ...findings import Finding, Place
from ...texts.spelling import misspelt
from ...texts.templated import Templated
from .catalogue import BUILT_IN_SLOT_TYPES, slot_type_regions
from .config import CONFIG_NAME, config_place
from .config_checks import check_config
from .dictionary_checks import check_names_of_sets, check_untagged, slots_of
from .duplicates import check_expressions, check_words
from .expression_counts import check_counts
from .foreign import foreign_mark, our_intent, our_type
from .habits import check_habits
from .objects import CustomIntent, CustomSlotType, IntentSlot, InteractionModel
from .tag_spans import check_tag_spans


def check_model(model: InteractionModel, *, regions: Iterable[str] = ("KR", "JP")) -> list[Finding]:
    """Check a model.

    :param regions: the platforms it is for, ``KR`` and ``JP``.
    :return: the findings, file by file.
    """
    wanted = frozenset(regions)
    return [
        *check_config(model, wanted),
        *(finding for intent in model.intents.values() for finding in _check_intent(model, intent, wanted)),
        *check_expressions(model),
        *check_counts(model),
        *_check_slot_names(model),
        *_check_date_types(model),
        *_check_case(model),
        *_check_slot_types(model),
        *(
            finding
            for slot_type in model.slot_types.values()
            for finding in _check_dictionary(model, slot_type)
        ),
    ]


def _check_dictionary(model: InteractionModel, slot_type: CustomSlotType) -> Iterator[Finding]:
    yield from check_words(slot_type)
    yield from check_names_of_sets(slot_type, slots_of(model, slot_type.name))


def _check_intent(
    model: InteractionModel, intent: CustomIntent, regions: frozenset[str]
) -> Iterator[Finding]:
    place = Place(path=intent.path)
    if intent.name.startswith("Clova."):
        message = Templated(
            "%(name)s is a built-in intent. List it in %(config_name)s instead.",
            name=intent.name,
            config_name=CONFIG_NAME,
        )
        yield Finding("model.reserved-name", message, place)
    word = our_intent(intent.name)
    if word:
        message = Templated(
            "%(name)s is a word of another platform, and Clova takes it for yours.%(word)s",
            name=intent.name,
            word=word,
        )
        yield Finding("model.foreign-intent", message, place)
    if not intent.expressions:
        message = Templated("The intent has no expressions, so nothing that a user says leads to it.")
        yield Finding("model.no-expressions", message, place)
    for slot in intent.slots:
        yield from _check_type(model, slot, Place(path=intent.path, line=slot.line), regions)
    yield from _check_tags(intent)
    yield from _check_marks(intent)
    yield from check_habits(model, intent)
    yield from check_untagged(model, intent)
    yield from check_tag_spans(intent, regions)


def _check_type(
    model: InteractionModel, slot: IntentSlot, place: Place, regions: frozenset[str]
) -> Iterator[Finding]:
    name = slot.type
    if name in model.slot_types or name in model.built_in_slot_types:
        return  # a wrong name in model.toml is a finding of its own
    code, given = "model.unknown-slot-type", {"slot": repr(slot.name), "name": repr(name)}
    if slot_type_regions(name):
        code = "model.unlisted-slot-type"
        message = Templated(
            "The slot %(slot)s has the type %(name)s, which is not listed in built_in_slot_types of "
            "%(config_name)s.",
            config_name=CONFIG_NAME,
            **given,
        )
    elif name.startswith("CLOVA."):
        hint = nearest(name, BUILT_IN_SLOT_TYPES)
        message = Templated(
            "The slot %(slot)s has the type %(name)s, which is not a built-in slot type.%(hint)s",
            hint=hint,
            **given,
        )
    elif foreign := our_type(name, regions):
        message = Templated(
            "The slot %(slot)s has the type %(name)s, which is not one of Clova.%(word)s",
            word=foreign,
            **given,
        )
    else:
        hint = nearest(name, [*model.slot_types, *BUILT_IN_SLOT_TYPES])
        message = Templated(
            "The slot %(slot)s has the type %(name)s, which is not defined. Write %(file)s.%(hint)s",
            file=f"slot_types/{name}.tsv",
            hint=hint,
            **given,
        )
    yield Finding(code, message, place)


def _check_tags(intent: CustomIntent) -> Iterator[Finding]:
    """Check tags and slots against each other; one misspelt name is one finding."""
    declared = [slot.name for slot in intent.slots]
    used: dict[str, list[int]] = {}
    for expression in intent.expressions:
        for name in dict.fromkeys(expression.slots):
            used.setdefault(name, []).append(expression.line)
    meant = {misspelt(name, declared) for name in used if name not in declared}
    for name, lines in used.items():
        if name not in declared:
            message = Templated(
                "The tag <%(name)s> is not a slot that the intent declares.%(hint)s",
                name=name,
                hint=nearest(name, declared),
            )
            if len(lines) > 1:
                message = Templated(
                    "%(message)s It is in %(count)s more expressions.", message=message, count=len(lines) - 1
                )
            yield Finding("model.undeclared-slot", message, Place(path=intent.path, line=lines[0]))
    for slot in intent.slots if intent.expressions else ():
        if slot.name not in used and slot.name not in meant:
            message = Templated(
                "No expression fills the slot %(name)s. Tag it in one, or remove the slot.",
                name=repr(slot.name),
            )
            yield Finding("model.untagged-slot", message, Place(path=intent.path, line=slot.line))


def _check_marks(intent: CustomIntent) -> Iterator[Finding]:
    """Check for marks that other platforms put around slots: Clova takes them for words."""
    told: set[str] = set()
    for expression in intent.expressions:
        found = foreign_mark(expression)
        if found and found[1] not in told:
            told.add(found[1])
            message = Templated(
                "%(found)s is another platform's mark for a slot. Write what a user may say between "
                "its tags: <%(found_2)s>…</%(found_2)s>.",
                found=repr(found[0]),
                found_2=found[1],
            )
            yield Finding("model.foreign-mark", message, Place(path=intent.path, line=expression.line))


def _check_slot_names(model: InteractionModel) -> Iterator[Finding]:
    """Check that slots of one type have one name across intents, unless one utterance needs two of them."""
    names: dict[str, str] = {}
    excused = {type_ for intent in model.intents.values() for type_ in _types_in_one_utterance(intent)}
    for intent in model.intents.values():
        for slot in intent.slots:
            first = names.setdefault(slot.type, slot.name)
            if slot.name != first and slot.type not in excused:
                message = Templated(
                    "A %(kind)s is named %(name)s here and %(first)s elsewhere. Use one name.",
                    kind=slot.type,
                    name=repr(slot.name),
                    first=repr(first),
                )
                place = Place(path=intent.path, line=slot.line)
                yield Finding("model.inconsistent-slot-name", message, place)


_DATE_TYPES = {"CLOVA.DATETIME", "CLOVA.DATETIME_RECENT"}


def _check_date_types(model: InteractionModel) -> Iterator[Finding]:
    """Check that dates to come and dates gone by are not mixed up (JP)."""
    used = {
        intent.name: {slot.type for slot in intent.slots} & _DATE_TYPES for intent in model.intents.values()
    }
    mixed = [name for name, types in used.items() if len(types) > 1]
    for name in mixed:
        message = Templated(
            "%(name)s has slots of CLOVA.DATETIME and of CLOVA.DATETIME_RECENT. Use one of the two.",
            name=name,
        )
        yield Finding("model.mixed-date-types", message, Place(path=model.intents[name].path))
    recent = next((name for name, types in used.items() if "CLOVA.DATETIME_RECENT" in types), None)
    other = next((name for name, types in used.items() if "CLOVA.DATETIME" in types), None)
    if recent and other and not mixed:
        message = Templated(
            "%(recent)s has a slot of CLOVA.DATETIME_RECENT, and %(other)s one of CLOVA.DATETIME.",
            recent=recent,
            other=other,
        )
        yield Finding("model.both-date-types", message, Place(path=model.intents[recent].path))


def _check_case(model: InteractionModel) -> Iterator[Finding]:
    names: dict[str, str] = {}
    for name, intent in model.intents.items():
        first = names.setdefault(name.casefold(), name)
        if first != name:
            message = Templated(
                "The intents %(first)s and %(name)s differ only in case. Rename one of them.",
                first=first,
                name=name,
            )
            yield Finding("model.alike-intents", message, Place(path=intent.path))


def _types_in_one_utterance(intent: CustomIntent) -> Iterator[str]:
    for expression in intent.expressions:
        types = [intent.slot_type(name) for name in dict.fromkeys(expression.slots)]
        yield from (type_ for type_ in types if type_ and types.count(type_) > 1)


def _check_slot_types(model: InteractionModel) -> Iterator[Finding]:
    used = {slot.type for intent in model.intents.values() for slot in intent.slots}
    for slot_type in model.slot_types.values():
        name, place = slot_type.name, Place(path=slot_type.path)
        if name.startswith("CLOVA."):
            message = Templated(
                "%(name)s is a built-in slot type. List it in %(config_name)s instead.",
                name=name,
                config_name=CONFIG_NAME,
            )
            yield Finding("model.reserved-name", message, place)
        elif name not in used:
            yield Finding("model.unused-slot-type", Templated("No slot of any intent has this type."), place)
    for name in model.built_in_slot_types:
        if name not in used and slot_type_regions(name):
            message = Templated("No slot of any intent has the type %(name)s.", name=name)
            yield Finding("model.unused-slot-type", message, config_place(model, name))
