"""Checks for repetitions: expressions of a model, words of a slot type."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from ...findings import Finding, Place
from ...texts.templated import Templated
from .folding import folded
from .objects import CustomIntent, CustomSlotType, Expression, InteractionModel


class _Found(NamedTuple):
    """An expression and the intent it is of."""

    intent: CustomIntent
    expression: Expression

    @property
    def place(self) -> Place:
        return Place(path=self.intent.path, line=self.expression.line)

    @property
    def named(self) -> str:
        return str(Place(self.intent.name, self.intent.path, self.expression.line))


def check_expressions(model: InteractionModel) -> Iterator[Finding]:
    """Find expressions that are there twice, in one intent or in two."""
    words: dict[str, _Found] = {}
    patterns: dict[Hashable, _Found] = {}
    for intent in model.intents.values():
        for expression in intent.expressions:
            here = _Found(intent, expression)
            same_words = words.setdefault(folded(expression.plain), here)
            same_pattern = patterns.setdefault(_pattern(here), here)
            if same_words.expression is not expression:
                yield _same_words(same_words, here)
            elif same_pattern.intent is not intent:
                yield _same_pattern(same_pattern.named, here)


class Claims(NamedTuple):
    """What one intent claims: the lines of its expressions, by their words and by their patterns."""

    place: Place
    words: dict[str, int]
    patterns: dict[Hashable, int]

    def named(self, line: int) -> str:
        """Name an expression for a message."""
        return str(self.place._replace(line=line))


def claims_of(intent: CustomIntent) -> Claims:
    """Return what an intent claims."""
    claims = Claims(Place(intent.name, intent.path), {}, {})
    for expression in intent.expressions:
        claims.words.setdefault(folded(expression.plain), expression.line)
        claims.patterns.setdefault(_pattern(_Found(intent, expression)), expression.line)
    return claims


def check_claims(intent: CustomIntent, others: Iterable[Claims]) -> Iterator[Finding]:
    """Find the expressions of one intent that others have as well, without a look into the whole model."""
    known = list(others)
    for expression in intent.expressions:
        here = _Found(intent, expression)
        words, pattern = folded(expression.plain), _pattern(here)
        same = next((one.named(one.words[words]) for one in known if words in one.words), "")
        alike = next((one.named(one.patterns[pattern]) for one in known if pattern in one.patterns), "")
        if same:
            yield _same_in_two(same, here)
        elif alike:
            yield _same_pattern(alike, here)


def check_words(slot_type: CustomSlotType) -> Iterator[Finding]:
    """Find words that are there twice, in one entry or in two."""
    first: dict[str, tuple[int, int]] = {}  # by word: the number of the entry, and its line
    for number, entry in enumerate(slot_type.entries):
        place = Place(path=slot_type.path, line=entry.line)
        own: set[str] = set()
        for position, word in enumerate((entry.value, *entry.synonyms)):
            word_folded = folded(word)
            other, line = first.setdefault(word_folded, (number, entry.line))
            if other != number:
                kind = Templated("The synonym") if position else Templated("The representative word")
                message = Templated(
                    "%(kind)s %(word)s is also in the entry of line %(line)s, so its value is ambiguous.",
                    kind=kind,
                    word=repr(word),
                    line=line,
                )
                yield Finding("model.ambiguous-word", message, place)
            elif word_folded in own:
                yield Finding(
                    "model.repeated-word",
                    Templated("%(word)s is in its entry twice.", word=repr(word)),
                    place,
                )
            own.add(word_folded)


def _same_words(first: _Found, second: _Found) -> Finding:
    words = second.expression.plain
    if first.intent is not second.intent:
        return _same_in_two(first.named, second)
    line = first.expression.line
    if _tags(first.expression) != _tags(second.expression):
        message = Templated(
            "%(words)s is tagged in another way in line %(line)s. Only one of them can be right.",
            words=repr(words),
            line=line,
        )
        return Finding("model.inconsistent-tags", message, second.place)
    return Finding(
        "model.repeated-expression",
        Templated("%(words)s is already there in line %(line)s.", words=repr(words), line=line),
        second.place,
    )


def _same_in_two(first: str, second: _Found) -> Finding:
    message = Templated(
        "%(plain)s is also an expression of %(first)s. Only one intent can have it.",
        plain=repr(second.expression.plain),
        first=first,
    )
    return Finding("model.ambiguous-expression", message, second.place)


def _same_pattern(first: str, second: _Found) -> Finding:
    text = second.expression.text
    message = Templated(
        "%(text)s differs from an expression of %(first)s only in the words of its slots.",
        text=repr(text),
        first=first,
    )
    return Finding("model.similar-expression", message, second.place)


def _tags(expression: Expression) -> list[tuple[str, str | None]]:
    return [(folded(part.text), part.slot) for part in expression.parts if part.text.strip()]


def _pattern(found: _Found) -> Hashable:
    """Return an expression with the types of its slots in place of their words."""
    return tuple(
        folded(part.text) if part.slot is None else ("type", found.intent.slot_type(part.slot))
        for part in found.expression.parts
        if part.text.strip()
    )
