"""Checks of a model against the handlers: intents, slots, and the types that handlers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...custom.parameter_names import meant_by_name
from ...custom.registry import CustomRegistry
from ...errors import nearest
from ...findings import Finding, Place
from ...injection.annotations import allows_none
from ...injection.handler import Handler
from ...injection.parameters import MISSING, Parameter, place_of
from ...wire.names import find_key
from ..model.catalogue import intent_regions
from ..model.config import CONFIG_NAME, config_place
from ..model.coverage import missing_intents
from ..model.objects import CustomIntent, InteractionModel
from .fitting import check_built_in, check_choices, check_words


@dataclass(frozen=True)
class _Use:
    """A parameter that a handler of an intent takes from a slot.

    :ivar intent: the intent's name; the model has it.
    :ivar wanted: the names that the slot may have.
    """

    intent: str
    handler: Handler
    parameter: Parameter
    wanted: tuple[str, ...]

    @property
    def place(self) -> Place:
        return place_of(self.handler.function)

    @property
    def is_required(self) -> bool:
        parameter = self.parameter
        optional = parameter.annotation is not MISSING and allows_none(parameter.annotation)
        return parameter.default is MISSING and not optional


def check_against_handlers(
    model: InteractionModel, registry: CustomRegistry, *, regions: Iterable[str] = ("KR", "JP")
) -> list[Finding]:
    """Check a model against an extension's handlers.

    :param regions: the platforms it is for; a handler for what another platform has needs no intent.
    """
    handlers: dict[str, list[Handler]] = {}
    for (name, _), handler in registry.intents.items():
        handlers.setdefault(name, []).append(handler)
    uses = list(_uses(model, handlers))
    findings = [
        *_check_unhandled(model, registry),
        *_check_unknown(model, handlers, frozenset(regions)),
        *_check_unfilled(model, uses),
        *_check_unused(model, handlers, uses),
        *_check_types(model, uses),
    ]
    return list(dict.fromkeys(findings))  # a function may handle an intent in several states


def _uses(model: InteractionModel, handlers: dict[str, list[Handler]]) -> Iterator[_Use]:
    """List what handlers of intents that the model has take from slots."""
    for name, several in handlers.items():
        if name in model.intents or name in model.built_in_intents:
            for handler in several:
                for parameter, wanted in handler.parameters:
                    yield _Use(name, handler, parameter, wanted)


def _check_unhandled(model: InteractionModel, registry: CustomRegistry) -> Iterator[Finding]:
    for name in missing_intents(model, registry):
        intent = model.intents.get(name)
        if intent is None and not intent_regions(name):
            continue  # a misspelt built-in intent is a finding of the model's
        place = Place(path=intent.path) if intent else config_place(model, name)
        message = f"No handler for the intent {name}. flask clova model stubs writes one."
        yield Finding("handlers.no-handler", message, place)


def _check_unknown(
    model: InteractionModel, handlers: dict[str, list[Handler]], regions: frozenset[str]
) -> Iterator[Finding]:
    known = [*model.intents, *model.built_in_intents]
    for name in handlers:
        having = intent_regions(name)
        if name in known or (having and not regions & set(having)):
            continue
        if having:
            remedy = f" Add it to built_in_intents of {CONFIG_NAME}."
        else:
            remedy = nearest(name, model.intents) or f" Write intents/{name}.tsv."
        for handler in handlers[name]:
            message = f"Handles the intent {name}, which the model does not have.{remedy}"
            yield Finding("handlers.unknown-intent", message, place_of(handler.function))


def _check_unfilled(model: InteractionModel, uses: Iterable[_Use]) -> Iterator[Finding]:
    everywhere = {slot.name for intent in model.intents.values() for slot in intent.slots}
    for use in uses:
        declared = _slot_names(model.intents.get(use.intent))
        if find_key(declared, use.wanted) is not None:
            continue
        name = use.parameter.name
        if meant_by_name(name) is not None and find_key(everywhere, use.wanted) is None:
            continue  # it is hardly a slot: see diagnostics.parameter_names
        if find_key(everywhere, use.wanted) is not None:
            message = f"{use.intent} has no slot for {name!r}; only ask_for fills it, from another intent."
            yield Finding("handlers.slot-of-another-intent", message, use.place)
        else:
            hint = nearest(use.wanted[-1], declared) or f" Declare the slot {use.wanted[-1]!r}."
            code = "handlers.no-slot" if use.is_required else "handlers.no-slot-for-optional"
            yield Finding(code, f"No slot of {use.intent} fills the parameter {name!r}.{hint}", use.place)


def _check_unused(
    model: InteractionModel, handlers: dict[str, list[Handler]], uses: Iterable[_Use]
) -> Iterator[Finding]:
    """Find slots that no handler takes; a handler that takes the request may read them there."""
    wanted_anywhere = [use.wanted for use in uses]
    for intent in model.intents.values():
        own = handlers.get(intent.name, ())
        if not own or any(name == "request" for handler in own for name, _ in handler.resolvers):
            continue
        names = _slot_names(intent)
        taken = {find_key(names, wanted) for wanted in wanted_anywhere}
        for slot in intent.slots:
            if slot.name not in taken:
                place = Place(path=intent.path, line=slot.line)
                yield Finding("handlers.unused-slot", f"No handler takes the slot {slot.name!r}.", place)


def _check_types(model: InteractionModel, uses: Iterable[_Use]) -> Iterator[Finding]:
    for use in uses:
        intent, parameter = model.intents.get(use.intent), use.parameter
        slot = find_key(_slot_names(intent), use.wanted)
        if intent is None or slot is None or parameter.annotation is MISSING:
            continue
        pair = f"The parameter {parameter.name!r} does not fit the slot {slot!r} of {intent.name}"
        for code, problem in _misfits(model, parameter.annotation, intent.slot_type(slot) or ""):
            yield Finding(code, f"{pair}: {problem}", use.place)


def _misfits(model: InteractionModel, annotation: object, type_name: str) -> Iterator[tuple[str, str]]:
    """List the codes and sentences of what keeps an annotation and a slot type from fitting."""
    slot_type = model.slot_types.get(type_name)
    if slot_type is None:
        yield from (("handlers.type-mismatch", problem) for problem in check_built_in(annotation, type_name))
        return
    yield from (("handlers.refused-word", problem) for problem in check_words(annotation, slot_type))
    yield from (("handlers.impossible-choice", problem) for problem in check_choices(annotation, slot_type))


def _slot_names(intent: CustomIntent | None) -> list[str]:
    return [slot.name for slot in intent.slots] if intent else []
