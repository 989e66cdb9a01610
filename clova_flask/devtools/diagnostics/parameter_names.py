"""Checks of the names of parameters: what is nearly ``session`` is hardly a slot."""

from __future__ import annotations

from collections.abc import Collection

from ...custom.parameter_names import meant_by_name
from ...errors import ModelError
from ...findings import Finding
from ...injection.handler import Handler
from ...injection.parameters import place_of
from ...runtime import Runtime
from ...wire.names import find_key
from ..model.files import load_model


def check_parameter_names(runtime: Runtime) -> list[Finding]:
    """Check for parameters that are nearly called as those that every handler may take.

    A slot of that name in the interaction model makes it right.
    """
    custom = runtime.registry.custom
    handlers = [*custom.intents.values(), *custom.fallbacks.values()]
    slots = _slots(runtime)
    findings = [finding for handler in handlers for finding in _check(handler, slots)]
    return list(dict.fromkeys(findings))  # a function may handle several intents


def _check(handler: Handler, slots: Collection[str]) -> list[Finding]:
    findings = []
    for parameter, wanted in handler.parameters:
        meant = meant_by_name(parameter.name)
        if meant is not None and find_key(slots, wanted) is None:
            message = f"The parameter {parameter.name!r} takes a slot of that name. Did you mean {meant!r}?"
            findings.append(Finding("handlers.misspelt-parameter", message, place_of(handler.function)))
    return findings


def _slots(runtime: Runtime) -> Collection[str]:
    try:
        model = load_model(runtime.model_folder)
    except ModelError:
        return ()  # there is none, or the checks of it tell what is wrong
    return {slot.name for intent in model.intents.values() for slot in intent.slots}
