"""Expressions that two intents of a model claim, custom or built-in, and which of the two gets them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from ....texts.templated import as_json
from ...model.objects import Expression, InteractionModel
from ...understanding import Understander
from ...understanding.built_in import built_in_intents
from ...understanding.languages.base import language
from ...understanding.text import Text, fold, read
from ...understanding.tokens import FUNCTION, Lexicon


def conflicts(model: InteractionModel, understander: Understander) -> Iterator[dict[str, Any]]:
    """Find what two intents claim: expressions that are the same but for values of slots, and for fillers.

    :param understander: tells which intent gets it.
    :return: ``utterance``, the ``claims`` (intent and expression of each), and which intent ``wins`` it.
    """
    # What two built-in intents claim is the platform's own matter.
    claims = _claims(model).values()
    disputed = [claim for claim in claims if len(claim) > 1 and claim.keys() & model.intents.keys()]
    for claim in disputed:
        shown = [{"intent": name, "expression": one.text} for name, one in claim.items()]
        for utterance in dict.fromkeys(one.plain for one in claim.values()):
            won = understander.understand(utterance)
            yield {"utterance": utterance, "claims": shown, "wins": won.intent, "why": as_json(won.why)}


def _claims(model: InteractionModel) -> dict[Hashable, dict[str, Expression]]:
    """Gather the intents by what they claim, each with its first expression of it."""
    claims: dict[Hashable, dict[str, Expression]] = {}
    meant = _Meant(model.language)
    for name, intent in {**model.intents, **built_in_intents(model)}.items():
        types = {slot.name: slot.type for slot in intent.slots}
        for expression in intent.expressions:
            claims.setdefault(_pattern(expression, types, meant), {}).setdefault(name, expression)
    return claims


def _pattern(expression: Expression, types: dict[str, str], meant: _Meant) -> Hashable:
    """Return an expression without its fillers, with types in place of what fills its slots."""
    pieces: list[Hashable] = []
    for part in expression.parts:
        piece = meant.by(part.text) if part.slot is None else types.get(part.slot, part.slot)
        pieces += [piece] if piece else []
    return tuple(pieces) or fold(expression.plain)


class _Meant:
    """What is said beside courtesies, endings and fillers of a language."""

    def __init__(self, code: str) -> None:
        self._lexicon = Lexicon(language(code))
        self._known: dict[str, Hashable] = {}

    def by(self, text: str) -> Hashable:
        """Return the words of a text that are more than fillers; None for a text without any."""
        if text not in self._known:
            self._known[text] = self._words(read(text, longest=None))
        return self._known[text]

    def _words(self, text: Text) -> Hashable:
        tokens = self._lexicon.take_apart(text)
        words = {
            word for word, weight in tokens.weights.items() if weight != FUNCTION and word[0] not in "=~"
        }
        unknown = tuple(text.chars[start:end] for start, end in tokens.unexplained)
        return (frozenset(words), unknown) if words or unknown else None
