"""Checks of a model against the handlers: intents, slots, and the types that handlers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...custom.catalogue import BUILT_IN_INTENTS
from ...custom.parameter_names import meant_by_name
from ...custom.registry import CustomRegistry
from ...errors import nearest
from ...findings import Finding, Place
from ...injection.annotations import allows_none
from ...injection.handler import Handler
from ...injection.parameters import MISSING, Parameter, place_of
from ...texts.spelling import misspelt
from ...wire.names import find_key
from ..model.catalogue import intent_regions
from ..model.config import CONFIG_NAME, config_place
from ..model.coverage import missing_intents
from ..model.foreign import our_intent
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
    model: InteractionModel,
    registry: CustomRegistry,
    *,
    regions: Iterable[str] = ("KR", "JP"),
    option: str = "",
) -> list[Finding]:
    """Check a model against an extension's handlers; one misspelt name is one finding.

    :param regions: the platforms it is for; a handler for what another platform has needs no intent.
    :param option: what names the extension on a command line.
    """
    handlers: dict[str, list[Handler]] = {}
    for (name, _), handler in registry.intents.items():
        handlers.setdefault(name, []).append(handler)
    uses = list(_uses(model, handlers))
    missing = missing_intents(model, registry)
    findings = [
        *_check_unhandled(model, _without_meant(missing, model, handlers), option),
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


def _without_meant(
    missing: list[str], model: InteractionModel, handlers: Mapping[str, list[Handler]]
) -> list[str]:
    """Leave out intents whose handlers are there under a misspelt name, which is told."""
    unknown = [name for name in handlers if name not in model.intents and not intent_regions(name)]
    meant = {misspelt(name, model.intents) for name in unknown}
    return [name for name in missing if name not in meant]


def _check_unhandled(model: InteractionModel, missing: list[str], option: str) -> Iterator[Finding]:
    for name in missing:
        intent = model.intents.get(name)
        if intent is None and not intent_regions(name):
            continue  # a misspelt built-in intent is a finding of the model's
        place = Place(path=intent.path) if intent else config_place(model, name)
        message = f"No handler for the intent {name}. flask clova model stubs{option} writes one."
        yield Finding("handlers.no-handler", message, place)


def _check_unknown(
    model: InteractionModel, handlers: dict[str, list[Handler]], regions: frozenset[str]
) -> Iterator[Finding]:
    wrong = [name for name in model.built_in_intents if not intent_regions(name)]
    known = {*model.intents, *model.built_in_intents, *(misspelt(name, BUILT_IN_INTENTS) for name in wrong)}
    for name, several in handlers.items():
        having = intent_regions(name)
        if name in known or (having and not regions & set(having)) or our_intent(name):
            continue  # another platform's word is told by the checks of handlers
        if having:
            remedy = f" Add it to built_in_intents of {CONFIG_NAME}."
        else:
            remedy = nearest(name, model.intents) or f" Write intents/{name}.tsv."
        places = list(dict.fromkeys(place_of(handler.function) for handler in several))
        message = f"Handles the intent {name}, which the model does not have.{remedy}"
        message += f" So does {' and '.join(map(str, places[1:]))}." if places[1:] else ""
        yield Finding("handlers.unknown-intent", message, places[0])


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
    meant = _meant(model, uses)
    for intent in model.intents.values():
        own = handlers.get(intent.name, ())
        if not own or any(name == "request" for handler in own for name, _ in handler.resolvers):
            continue
        names = _slot_names(intent)
        taken = {find_key(names, wanted) for wanted in wanted_anywhere}
        for slot in intent.slots:
            if slot.name not in taken and (intent.name, slot.name) not in meant:
                place = Place(path=intent.path, line=slot.line)
                yield Finding("handlers.unused-slot", f"No handler takes the slot {slot.name!r}.", place)


def _meant(model: InteractionModel, uses: Iterable[_Use]) -> set[tuple[str, str | None]]:
    """Return the slots that a parameter nearly has the name of, which is told."""
    everywhere = {slot.name for intent in model.intents.values() for slot in intent.slots}
    return {
        (use.intent, misspelt(use.wanted[-1], _slot_names(model.intents.get(use.intent))))
        for use in uses
        if find_key(everywhere, use.wanted) is None
    }


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
