"""How many expressions an intent has, and how many of them fill each slot, next to what the guides advise.

From the guides' sections on how to design an interaction model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...findings import Finding, Place
from ...texts.templated import Templated, listed
from .objects import INTENTS, CustomIntent, InteractionModel

MAX_EXPRESSIONS = 2000
ADVISED, ADVISED_OF_A_SLOT = 10, 30
"""Expressions of an intent without slots, and those that fill one slot, from which the guides are content."""

MAX_WORDS = 200_000
"""Words of one slot type, on LINE."""


_MAX_SHOWN = 3


def check_counts(model: InteractionModel) -> Iterator[Finding]:
    """Check the numbers of expressions and of words against the consoles' limits."""
    for intent in model.intents.values():
        yield from _check_most(intent)
    for slot_type in model.slot_types.values():
        words = sum(1 + len(entry.synonyms) for entry in slot_type.entries)
        if words > MAX_WORDS:
            message = Templated(
                "There are %(words)s words; at most %(max_words)s are allowed.",
                words=words,
                max_words=MAX_WORDS,
            )
            yield Finding("model.too-many-words", message, Place(path=slot_type.path))


def _check_most(intent: CustomIntent) -> Iterator[Finding]:
    count = len(intent.expressions)
    if count > MAX_EXPRESSIONS:
        place = Place(path=intent.path, line=intent.expressions[MAX_EXPRESSIONS].line)
        message = Templated(
            "There are %(count)s expressions; at most %(max_expressions)s are allowed.",
            count=count,
            max_expressions=MAX_EXPRESSIONS,
        )
        yield Finding("model.too-many-expressions", message, place)


def check_for_review(model: InteractionModel) -> Iterator[Finding]:
    """Check that there are as many as reviewers ask for: one finding a model, since most begin with few."""
    counted = [few for intent in model.intents.values() if (few := _few(intent))]
    if counted:
        more = (
            Templated(", and %(count)s more intents", count=len(counted) - _MAX_SHOWN)
            if len(counted) > _MAX_SHOWN
            else ""
        )
        message = Templated(
            "Few expressions: %(names)s%(more)s. Reviewers ask for about %(advised_of_a_slot)s "
            "that fill a slot, and about %(advised)s of an intent without slots.",
            names=listed(counted[:_MAX_SHOWN]),
            more=more,
            advised_of_a_slot=ADVISED_OF_A_SLOT,
            advised=ADVISED,
        )
        folder = model.folder and model.folder / INTENTS
        yield Finding("model.few-expressions", message, Place(path=folder))


def _few(intent: CustomIntent) -> str:
    """Tell what an intent has few of; empty where it has enough, or none at all, which is told elsewhere."""
    count = len(intent.expressions)
    filled = Counter(name for expression in intent.expressions for name in set(expression.slots))
    few = [
        Templated("%(filled)s fill %(name)s", filled=filled[slot.name], name=slot.name)
        for slot in intent.slots
        if 0 < filled[slot.name] < ADVISED_OF_A_SLOT
    ]
    if few:
        return Templated("of %(name)s %(names)s", name=intent.name, names=listed(few))
    return (
        Templated("%(name)s has %(count)s", name=intent.name, count=count)
        if not intent.slots and 0 < count < ADVISED
        else ""
    )
