"""The built-in intents as intents with expressions of their own, in each language.

From the guides' built-in intents.
"""

from __future__ import annotations

from ..model.objects import CustomIntent, Expression, InteractionModel, Part
from .languages.base import language

FALLBACK, GUIDE = "Clova.FallbackIntent", "Clova.GuideIntent"


def built_in_intents(model: InteractionModel) -> dict[str, CustomIntent]:
    """Return the built-in intents that a model uses; the fallback is never said, so it is none of them."""
    expressions = language(model.language).expressions
    return {
        name: CustomIntent(name, expressions=tuple(map(_plain, expressions[name].split("|"))))
        for name in model.built_in_intents
        if name in expressions
    }


def _plain(text: str) -> Expression:
    return Expression(text, (Part(text),))


def not_understood(model: InteractionModel) -> str:
    """Return the intent for what is not understood, as the platforms choose it."""
    return FALLBACK if FALLBACK in model.built_in_intents else GUIDE
