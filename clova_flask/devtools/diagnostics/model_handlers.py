"""Checks of a model against the handlers: intents, slots, and the types that handlers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...custom.registry import CustomRegistry
from ...errors import nearest
from ...injection.annotations import allows_none
from ...injection.handler import Handler
from ...injection.parameters import MISSING, Parameter, describe_function
from ...wire.names import find_key
from ..model.config import CONFIG_NAME, line_of
from ..model.config_checks import config_path, intent_regions
from ..model.coverage import missing_intents
from ..model.findings import ModelFinding
from ..model.objects import CustomIntent, InteractionModel
from .fitting import built_in_misfit, custom_misfits


def check_handlers(
    model: InteractionModel, registry: CustomRegistry, *, regions: Iterable[str] = ("KR", "JP")
) -> list[ModelFinding]:
    """Check a model against an extension's handlers.

    :param regions: the platforms it is for; a handler for what another platform has needs no intent.
    """
    handlers: dict[str, list[Handler]] = {}
    for (name, _), handler in registry.intents.items():
        handlers.setdefault(name, []).append(handler)
    findings = [
        *_unhandled(model, registry),
        *_unknown(model, handlers, frozenset(regions)),
        *_unfilled(model, handlers),
        *_untaken(model, handlers),
        *_misfits(model, handlers),
    ]
    return list(dict.fromkeys(findings))  # a function may handle an intent in several states


def _unhandled(model: InteractionModel, registry: CustomRegistry) -> Iterator[ModelFinding]:
    for name in missing_intents(model, registry):
        text = f"No handler for the intent {name}. flask clova model stubs writes one."
        if name in model.intents:
            yield ModelFinding(True, text, model.intents[name].path)
        else:
            yield ModelFinding(True, text, config_path(model), line_of(model, name))


def _unknown(
    model: InteractionModel, handlers: dict[str, list[Handler]], regions: frozenset[str]
) -> Iterator[ModelFinding]:
    known = [*model.intents, *model.built_in_intents]
    for name in handlers:
        if name in known or (intent_regions(name) and not regions & set(intent_regions(name))):
            continue
        if intent_regions(name):
            remedy = f" Add it to the built_in_intents of {CONFIG_NAME}."
        else:
            remedy = nearest(name, model.intents) or f" Write intents/{name}.tsv."
        for handler in handlers[name]:
            text = f"{describe_function(handler.function)} handles {name}, which the model has not.{remedy}"
            yield ModelFinding(True, text)


def _unfilled(model: InteractionModel, handlers: dict[str, list[Handler]]) -> Iterator[ModelFinding]:
    everywhere = {slot.name for intent in model.intents.values() for slot in intent.slots}
    for name, handler, parameter, wanted in _parameters(model, handlers):
        intent = model.intents.get(name)
        declared = [slot.name for slot in intent.slots] if intent else []
        path = intent.path if intent else None
        if find_key(declared, wanted) is not None:
            continue
        who = f"{parameter.name!r} of {describe_function(handler.function)}"
        if find_key(everywhere, wanted) is not None:
            text = f"{who} is no slot of {name}, so it is filled only once it was asked for."
            yield ModelFinding(False, text, path)
        else:
            hint = nearest(wanted[-1], declared) or f" It wants the slot {wanted[-1]!r}."
            text = f"No slot of {name} fills {who}.{hint}"
            yield ModelFinding(_is_required(parameter), text, path)


def _untaken(model: InteractionModel, handlers: dict[str, list[Handler]]) -> Iterator[ModelFinding]:
    """Name slots that nobody takes; a handler that takes the request may read them there."""
    wanted_anywhere = [wanted for _, _, _, wanted in _parameters(model, handlers)]
    for intent in model.intents.values():
        own = handlers.get(intent.name, ())
        if not own or any(name == "request" for handler in own for name, _ in handler.resolvers):
            continue
        names = [slot.name for slot in intent.slots]
        taken = {find_key(names, wanted) for wanted in wanted_anywhere}
        for slot in intent.slots:
            if slot.name not in taken:
                text = f"No handler takes the slot {slot.name!r}."
                yield ModelFinding(False, text, intent.path, slot.line)


def _misfits(model: InteractionModel, handlers: dict[str, list[Handler]]) -> Iterator[ModelFinding]:
    for name, handler, parameter, wanted in _parameters(model, handlers):
        intent = model.intents.get(name)
        if intent is None or parameter.annotation is MISSING:
            continue
        for slot in intent.slots:
            if slot.name == find_key([slot.name for slot in intent.slots], wanted):
                for misfit in _type_misfits(model, parameter, intent, slot.name):
                    who = f"{parameter.name!r} of {describe_function(handler.function)}"
                    yield ModelFinding(True, f"{who}: {misfit}.", intent.path, slot.line)


def _type_misfits(
    model: InteractionModel, parameter: Parameter, intent: CustomIntent, slot: str
) -> Iterator[str]:
    type_name = intent.slot_type(slot) or ""
    if type_name in model.slot_types:
        yield from custom_misfits(parameter.annotation, model.slot_types[type_name])
    else:
        misfit = built_in_misfit(parameter.annotation, type_name)
        if misfit:
            yield misfit


def _parameters(
    model: InteractionModel, handlers: dict[str, list[Handler]]
) -> Iterator[tuple[str, Handler, Parameter, tuple[str, ...]]]:
    """List what handlers of intents that the model has take from slots."""
    for name, several in handlers.items():
        if name in model.intents or name in model.built_in_intents:
            for handler in several:
                for parameter, wanted in handler.parameters:
                    yield name, handler, parameter, wanted


def _is_required(parameter: Parameter) -> bool:
    optional = parameter.annotation is not MISSING and allows_none(parameter.annotation)
    return parameter.default is MISSING and not optional
