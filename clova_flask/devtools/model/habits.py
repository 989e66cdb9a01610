"""Habits of expressions that make a model understand less: one value, one ending, one verb again and again.

From the guides' sections on how to design an interaction model. They tell no numbers;
those here are chosen so that a model that follows the guides' examples has no finding.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from ...findings import Finding, Place
from ...texts.templated import Templated
from .folding import folded
from .objects import CustomIntent, Expression, InteractionModel

MIN_OF_ONE_VALUE = 3
"""Expressions of an intent from which all of them having one value is told."""
MAX_ENDINGS = 4
"""Expressions with the same values that may differ only in their endings."""
MAX_PAIRS = 6
"""Expressions that may have one value with one verb."""

_STEM = 2
_AUXILIARIES = ("줘", "주", "줄", "싶", "볼", "봐")
_PARTICLES = "をがはもにでと"  # which Japanese writes together with the verb


@dataclass(frozen=True, slots=True)
class _Said:
    """An expression as it is compared.

    :ivar values: what fills its slots, by name.
    :ivar before: all up to the end of its last slot.
    :ivar tail: what follows, the verb with its ending.
    """

    expression: Expression
    values: dict[str, str]
    before: str
    tail: str

    @property
    def verb(self) -> tuple[str, str]:
        """What stands before the verb, and its stem: the two characters by which it is known."""
        words = self.tail.split(" ")
        while len(words) > 1 and words[-1].startswith(_AUXILIARIES):
            words.pop()
        last = words[-1].lstrip(_PARTICLES)
        return " ".join(words[:-1]), last[:_STEM]


def check_habits(model: InteractionModel, intent: CustomIntent) -> Iterator[Finding]:
    """Check the expressions of one intent."""
    said = [_said(expression) for expression in intent.expressions]
    yield from _one_value(model, intent, said)
    yield from _endings(intent, said)
    yield from _pairs(intent, said)


def _said(expression: Expression) -> _Said:
    parts = expression.parts
    last = max((index for index, part in enumerate(parts) if part.slot is not None), default=-1)
    return _Said(
        expression,
        {part.slot: folded(part.text) for part in parts if part.slot is not None},
        folded("".join(part.text for part in parts[: last + 1])),
        folded("".join(part.text for part in parts[last + 1 :])),
    )


def _one_value(model: InteractionModel, intent: CustomIntent, said: list[_Said]) -> Iterator[Finding]:
    """Check that not all expressions say one value: any utterance with it would lead to the intent."""
    for slot in intent.slots if len(said) >= MIN_OF_ONE_VALUE else ():
        values = {one.values.get(slot.name) for one in said}
        slot_type = model.slot_types.get(slot.type)
        has_one_word = slot_type is not None and len(slot_type.entries) == 1
        if len(values) == 1 and None not in values and not has_one_word:
            message = Templated(
                "Every expression says %(value)s for the slot %(name)s, so all that a user says with "
                "it leads here. Write other values, and expressions without the slot.",
                value=repr(min(map(str, values))),
                name=repr(slot.name),
            )
            yield Finding("model.one-value", message, Place(path=intent.path, line=slot.line))


def _endings(intent: CustomIntent, said: list[_Said]) -> Iterator[Finding]:
    """Check for expressions with the same values that differ only in their endings."""
    counted = _Counted(MAX_ENDINGS)
    for one in said:
        between, stem = one.verb
        if one.values and len(stem) == _STEM and counted.is_first_too_many((one.before, between, stem)):
            message = Templated(
                "More than %(max_endings)s expressions say %(before)s and differ only in what "
                "follows %(stem)s. Vary the values, and the words around them.",
                max_endings=MAX_ENDINGS,
                before=repr(one.before),
                stem=repr(stem),
            )
            yield Finding("model.alike-expressions", message, _place(intent, one))


def _pairs(intent: CustomIntent, said: list[_Said]) -> Iterator[Finding]:
    """Check for one value with one verb again and again."""
    counted = _Counted(MAX_PAIRS)
    for one in said:
        for name, value in one.values.items():
            stem = one.verb[1]
            if stem and counted.is_first_too_many((name, value, stem)):
                message = Templated(
                    "More than %(max_pairs)s expressions have %(value)s for the slot %(name)s and the "
                    "verb %(stem)s. Say other values with it, and other verbs with the value.",
                    max_pairs=MAX_PAIRS,
                    value=repr(value),
                    name=repr(name),
                    stem=repr(stem),
                )
                yield Finding("model.repeated-pair", message, _place(intent, one))


class _Counted:
    """Counts, and tells when there are too many of something, once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: dict[Hashable, int] = {}

    def is_first_too_many(self, thing: Hashable) -> bool:
        self._counts[thing] = self._counts.get(thing, 0) + 1
        return self._counts[thing] == self._most + 1


def _place(intent: CustomIntent, said: _Said) -> Place:
    return Place(path=intent.path, line=said.expression.line)
