"""The intents of a model that have no handler."""

from __future__ import annotations

from ...custom.registry import CustomRegistry
from .objects import InteractionModel

_LEFT_TO_FALLBACK = ("Clova.GuideIntent", "Clova.FallbackIntent")
"""Built-in intents for what was not understood, which a fallback answers."""


def missing_intents(model: InteractionModel, registry: CustomRegistry) -> list[str]:
    """List the model's intents, custom and built-in, that have no handler and need one."""
    handled = {name for name, _ in registry.intents}
    if registry.fallbacks:
        handled |= set(_LEFT_TO_FALLBACK)
    return [name for name in (*model.intents, *model.built_in_intents) if name not in handled]
