"""Checks of the words of slot types against the expressions, and against the names of slots and types.

From the guides' sections on how to design an interaction model.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...findings import Finding, Place
from ...texts.templated import Templated
from .folding import folded
from .objects import CustomIntent, CustomSlotType, InteractionModel

_MIN_WORD = 2
"""Characters of a word that is looked for outside of tags; shorter ones are parts of other words."""
_BETWEEN = re.compile(r"[\s,.!?、。！？・]+")


def check_untagged(model: InteractionModel, intent: CustomIntent) -> Iterator[Finding]:
    """Check for words of an intent's slots that stand in its expressions without a tag."""
    if not intent.expressions:  # of the intents around the one that a page shows only the outlines are known
        return
    words = {
        folded(word): (word, slot.type)
        for slot in intent.slots
        for word in _words(model.slot_types.get(slot.type))
    }
    told: set[str] = set()
    for expression in intent.expressions:
        plain = (part.text for part in expression.parts if part.slot is None)
        for token in (token for text in plain for token in _BETWEEN.split(folded(text))):
            if len(token) >= _MIN_WORD and token in words and token not in told:
                told.add(token)
                word, type_ = words[token]
                message = Templated(
                    "%(word)s is a word of %(kind)s and has no tag here, so it is open whether it fills "
                    "the slot. Tag it, or remove it from the slot type.",
                    word=repr(word),
                    kind=type_,
                )
                yield Finding("model.untagged-word", message, Place(path=intent.path, line=expression.line))


def check_names_of_sets(slot_type: CustomSlotType, slots: Mapping[str, str]) -> Iterator[Finding]:
    """Check that the names of a type and its slots are those of a set, and not one of its words.

    :param slots: the slots that have the type, with the intent of each.
    """
    lines = {
        folded(word): entry.line for entry in slot_type.entries for word in (entry.value, *entry.synonyms)
    }
    named = {
        slot_type.name: Templated("the slot type"),
        **{name: Templated("a slot of %(intent)s", intent=intent) for name, intent in slots.items()},
    }
    for name, what in named.items():
        if folded(name) in lines:
            message = Templated(
                "%(name)s is a word of the slot type and the name of %(what)s. Name what they all are.",
                name=repr(name),
                what=what,
            )
            yield Finding("model.word-as-name", message, Place(path=slot_type.path, line=lines[folded(name)]))


def slots_of(model: InteractionModel, type_: str) -> dict[str, str]:
    """Return the slots that have a type, with the first intent of each."""
    found: dict[str, str] = {}
    for intent in model.intents.values():
        for slot in intent.slots:
            if slot.type == type_:
                found.setdefault(slot.name, intent.name)
    return found


def _words(slot_type: CustomSlotType | None) -> Iterator[str]:
    for entry in slot_type.entries if slot_type else ():
        yield entry.value
        yield from entry.synonyms
