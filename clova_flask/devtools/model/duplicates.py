"""Checks for what is said twice: expressions of a model, words of a slot type."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterator

from ...errors import place
from .findings import ModelFinding
from .objects import CustomIntent, CustomSlotType, Expression, InteractionModel

_Place = tuple[CustomIntent, Expression]


def check_expressions(model: InteractionModel) -> Iterator[ModelFinding]:
    """Find expressions that are there twice, in one intent or in two."""
    words: dict[str, _Place] = {}
    patterns: dict[Hashable, _Place] = {}
    for intent in model.intents.values():
        for expression in intent.expressions:
            here = (intent, expression)
            same_words = words.setdefault(_folded(expression.plain), here)
            same_pattern = patterns.setdefault(_pattern(intent, expression), here)
            if same_words[1] is not expression:
                yield _same_words(same_words, here)
            elif same_pattern[0] is not intent:
                yield _same_pattern(same_pattern, here)


def check_words(slot_type: CustomSlotType) -> Iterator[ModelFinding]:
    """Find words that are there twice, in one entry or in two."""
    lines: dict[str, tuple[int, str]] = {}  # by word: the entry's number and line, and how it was written
    for number, entry in enumerate(slot_type.entries):
        for position, word in enumerate((entry.value, *entry.synonyms)):
            first, where = lines.setdefault(_folded(word), (number, f"line {entry.line}"))
            if first != number:
                what = "The representative word" if position == 0 else "The synonym"
                text = f"{what} {word!r} is in another entry as well ({where}); its value would be open."
                yield ModelFinding(True, text, slot_type.path, entry.line)
            elif position and _folded(word) in map(_folded, (entry.value, *entry.synonyms)[:position]):
                yield ModelFinding(False, f"{word!r} is twice in its entry.", slot_type.path, entry.line)


def _same_words(first: _Place, second: _Place) -> ModelFinding:
    (intent, expression), (other, repeated) = first, second
    if intent is not other:
        text = f"{repeated.plain!r} is an expression of {_where(intent, expression)} as well: which is meant?"
        return ModelFinding(True, text, other.path, repeated.line)
    if _tags(expression) != _tags(repeated):
        text = f"{repeated.plain!r} is tagged in another way in line {expression.line}: which is right?"
        return ModelFinding(True, text, other.path, repeated.line)
    text = f"{repeated.plain!r} is there already, in line {expression.line}."
    return ModelFinding(False, text, other.path, repeated.line)


def _same_pattern(first: _Place, second: _Place) -> ModelFinding:
    (intent, expression), (other, repeated) = first, second
    where = _where(intent, expression)
    text = f"{repeated.text!r} differs from an expression of {where} only in its slots' words."
    return ModelFinding(False, text, other.path, repeated.line)


def _where(intent: CustomIntent, expression: Expression) -> str:
    where = place(intent.path, expression.line).rstrip(": ")
    return f"{intent.name} ({where})" if where else intent.name


def _tags(expression: Expression) -> list[tuple[str, str | None]]:
    return [(_folded(part.text), part.slot) for part in expression.parts if part.text.strip()]


def _pattern(intent: CustomIntent, expression: Expression) -> Hashable:
    """Write an expression with the types of its slots in place of their words."""
    return tuple(
        _folded(part.text) if part.slot is None else ("type", intent.slot_type(part.slot))
        for part in expression.parts
        if part.text.strip()
    )


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
