"""Two models that had a common state, part by part: what differs, who changed it, and joining them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from .diff import Change, diff_models
from .objects import CustomIntent, CustomSlotType, InteractionModel

NAMES, CONFIG = "names", "config"
"""The parts that are in no exchange file: invocation names; language and what is built in."""
INTENT, SLOT_TYPE = "intent/", "slot_type/"
"""How the keys of the other parts begin; their names follow."""

FIRST, SECOND = "first", "second"


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that two models do not have alike.

    :ivar key: the part.
    :ivar changed_by: which of the two changed it since their common state; both where none is known.
    """

    key: str
    changed_by: frozenset[str]

    @property
    def is_conflict(self) -> bool:
        """Whether to choose one of the two loses what was done in the other."""
        return len(self.changed_by) > 1


def digests(model: InteractionModel) -> dict[str, str]:
    """Return a digest of each part by its key, of its content alone: comments and line ends do not count."""
    return {
        NAMES: names_digest(model),
        CONFIG: config_digest(model),
        **{f"{INTENT}{name}": intent_digest(intent) for name, intent in model.intents.items()},
        **{f"{SLOT_TYPE}{name}": slot_type_digest(item) for name, item in model.slot_types.items()},
    }


def names_digest(model: InteractionModel) -> str:
    """Return the digest of the invocation names."""
    return _digest(model.invocation_names)


def config_digest(model: InteractionModel) -> str:
    """Return the digest of the language and of what is built in."""
    return _digest((model.language, model.built_in_intents, model.built_in_slot_types))


def intent_digest(intent: CustomIntent) -> str:
    """Return the digest of an intent."""
    slots = [(slot.name, slot.type) for slot in intent.slots]
    return _digest((slots, [expression.text for expression in intent.expressions]))


def slot_type_digest(slot_type: CustomSlotType) -> str:
    """Return the digest of a slot type."""
    return _digest([(entry.value, entry.synonyms) for entry in slot_type.entries])


def part_digest(part: CustomIntent | CustomSlotType) -> str:
    """Return the digest of an intent or a slot type."""
    return intent_digest(part) if isinstance(part, CustomIntent) else slot_type_digest(part)


def _digest(content: object) -> str:
    return hashlib.sha256(repr(content).encode(errors="surrogatepass")).hexdigest()


def differences(
    first: Mapping[str, str], second: Mapping[str, str], common: Mapping[str, str] | None
) -> list[Difference]:
    """Compare the digests of two models.

    :param common: those of the state in which both were alike; None where they never were.
    """
    found = []
    for key in sorted({*first, *second}):
        if first.get(key) != second.get(key):
            sides = ((FIRST, first.get(key)), (SECOND, second.get(key)))
            changed = {side for side, digest in sides if common is None or digest != common.get(key)}
            found.append(Difference(key, frozenset(changed)))
    return found


def changes_of(key: str, first: InteractionModel, second: InteractionModel) -> list[Change]:
    """List what differs in one part, from the first model to the second."""
    return diff_models(_alone(first, key), _alone(second, key))


def _alone(model: InteractionModel, key: str) -> InteractionModel:
    kind, _, name = key.partition("/")
    if key == NAMES:
        return InteractionModel(invocation_names=model.invocation_names)
    if key == CONFIG:
        return replace(model, extension_id="", invocation_names=(), intents={}, slot_types={})
    if f"{kind}/" == INTENT:
        return InteractionModel(intents={name: model.intents[name]} if name in model.intents else {})
    return InteractionModel(slot_types={name: model.slot_types[name]} if name in model.slot_types else {})


def merged(first: InteractionModel, second: InteractionModel, of_second: Collection[str]) -> InteractionModel:
    """Make one model of two.

    :param of_second: the parts that are as the second has them; a part that it lacks is left out.
    """

    def chosen(key: str) -> InteractionModel:
        return second if key in of_second else first

    return replace(
        chosen(CONFIG),
        extension_id=first.extension_id,
        invocation_names=chosen(NAMES).invocation_names,
        intents={
            name: model.intents[name]
            for name in sorted({*first.intents, *second.intents})
            if name in (model := chosen(f"{INTENT}{name}")).intents
        },
        slot_types={
            name: model.slot_types[name]
            for name in sorted({*first.slot_types, *second.slot_types})
            if name in (model := chosen(f"{SLOT_TYPE}{name}")).slot_types
        },
    )
