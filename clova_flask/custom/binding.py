"""How a handler's parameters are filled: from the turn, or from slots."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from ..errors import RegistrationError, SlotError, nearest
from ..injection.annotations import allows_none, in_words, members
from ..injection.callables import is_async
from ..injection.calling import OMITTED, as_called
from ..injection.converters import REFUSALS, converter
from ..injection.handler import Handler, fill_user
from ..injection.parameters import (
    MISSING,
    Function,
    Parameter,
    Resolver,
    describe_function,
    is_foreign,
    is_left,
    read_parameters,
)
from ..injection.user_data import fill_user_data
from ..wire.names import find_key, spellings
from .objects import Context, Request
from .parameter_names import require_no_misspelling
from .session import Session
from .turn import Turn

logger = logging.getLogger("clova_flask")

Fill = Callable[[Parameter, Function], Resolver | None]
"""Makes what fills a parameter; None where that is left to its default or to a decorator."""


def _attribute(parameter: Parameter) -> Resolver:
    return attrgetter(parameter.name)


FIXED: dict[str, Callable[[Parameter], Resolver]] = {
    "request": _attribute,
    "session": _attribute,
    "context": _attribute,
    "user": fill_user,
}
"""The parameters that every handler may take, whatever it handles."""


def make_handler(
    title: str,
    function: Function,
    fill: Fill,
    *,
    subject: bool = False,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Handler:
    """Make a handler of custom messages.

    :param fill: fills the parameters that not every handler may take.
    :param subject: whether the first of those takes the error or the response.
    :param names: slots by parameter name, for those that are not called alike.
    :raises RegistrationError: a parameter can never be filled.
    """
    resolvers: list[tuple[str, Resolver]] = []
    filled: list[tuple[Parameter, tuple[str, ...]]] = []
    subject_name, first = None, None
    for parameter in read_parameters(function, frozenset(FIXED), by_position=subject):
        if _is_another(parameter):
            continue
        user_data = fill_user_data(parameter)
        if user_data is not None:
            resolvers.append((parameter.name, user_data))
        elif parameter.name in FIXED:
            resolvers.append((parameter.name, FIXED[parameter.name](parameter)))
        elif subject and subject_name is None and not is_foreign(parameter.default):
            subject_name = parameter.name
            first = parameter.name if parameter.is_first else None
        else:
            require_no_misspelling(parameter, function)
            resolver = fill(parameter, function)
            if resolver is not None:
                resolvers.append((parameter.name, resolver))
                filled.append((parameter, wire_names(parameter.name, names)))
    may_omit = any(parameter.default is not MISSING for parameter, _ in filled)
    return Handler(
        title,
        function,
        tuple(resolvers),
        is_async(function),
        subject_name,
        tuple(filled),
        as_called(function, may_omit=may_omit, first=first),
    )


_TYPES = {"request": Request, "session": Session, "context": Context}


def _is_another(parameter: Parameter) -> bool:
    """Whether it is another thing of the name: ``session: sqlalchemy.orm.Session = Provide[…]``."""
    ours = _TYPES.get(parameter.name)
    if ours is None or not is_foreign(parameter.default) or not is_left(parameter):
        return False
    return not any(_is_related(kind, ours) for kind in members(parameter.annotation))


def _is_related(kind: Any, ours: type) -> bool:
    try:
        return issubclass(ours, kind) or issubclass(kind, ours)
    except TypeError:  # a Protocol, a TypedDict, …: what it describes may well be ours
        return True


def fill_nothing(parameter: Parameter, function: Function) -> Resolver | None:
    """Refuse a parameter where there is nothing to fill it from."""
    if is_left(parameter):
        return None
    raise RegistrationError(
        f"Nothing can fill {parameter.name!r} of {describe_function(function)}."
        f"{nearest(parameter.name, FIXED, or_list=True)}"
    )


def wire_names(parameter: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """List the slots that a parameter of this name is filled from, the usual one last.

    :param names: slots by parameter name, for those that are not called alike.
    """
    return (names[parameter],) if parameter in names else spellings(parameter)


def fill_from_slots(
    names: Mapping[str, str] = MappingProxyType({}), prompts: Mapping[str, Any] = MappingProxyType({})
) -> Fill:
    """Fill parameters from an intent's slots.

    :param names: slots by parameter name, for those that are not called alike.
    :param prompts: the words that ask for a slot, by the name of the parameter or of the slot.
    """

    def fill(parameter: Parameter, function: Function) -> Resolver | None:
        annotation = str if parameter.annotation is MISSING else parameter.annotation
        if parameter.annotation is not MISSING and is_left(parameter):
            return None
        convert = require_converter(converter, annotation, parameter, function)
        wanted = wire_names(parameter.name, names)
        asking = find_key(prompts, (parameter.name, *wanted)) if prompts else None
        refuse = refuser(annotation, function, None if asking is None else prompts[asking])
        absent = when_absent(parameter, annotation, refuse)
        usual = wanted[-1]

        def key_in(slots: Mapping[str, Any]) -> str:
            # Errors name it, and the name within a slot may be anything that came.
            return usual if usual in slots else find_key(slots, wanted) or usual

        def resolve(turn: Turn) -> Any:
            slots = turn.intent.slots
            slot = slots[usual] if usual in slots else find_value(slots, wanted)
            if slot is None or not slot.value:
                return absent(key_in(slots))
            try:
                return convert(slot)
            except REFUSALS:
                raise refuse(key_in(slots), slot.value) from None

        is_mapped = parameter.name in names and parameter.name not in names.values()
        return _noticing(resolve, parameter.name, usual, function) if is_mapped else resolve

    return fill


def _noticing(resolve: Resolver, name: str, slot: str, function: Function) -> Resolver:
    """Tell of a slot that has the name of a parameter which takes another: a test or a model names it so.

    :param name: the parameter, whose slot ``slots=`` names.
    """

    def notice(turn: Turn) -> Any:
        if name in turn.intent.slots and slot not in turn.intent.slots:
            where = describe_function(function)
            logger.warning(
                "%s: the intent has a slot %r, but the parameter of that name takes %r.", where, name, slot
            )
        return resolve(turn)

    return notice


def find_value(values: Mapping[str, Any], wanted: tuple[str, ...]) -> Any:
    """Return the value of a slot or field, by one of its spellings; None when there is none."""
    key = find_key(values, wanted)
    return None if key is None else values[key]


Refuse = Callable[[str, object], SlotError]
"""Makes the error for a slot or field of this name and value."""


def refuser(annotation: Any, function: Function, prompt: Any = None) -> Refuse:
    """Make what makes the error for a parameter that cannot be filled.

    :param prompt: the words that ask for it.
    """
    expected = in_words(annotation)

    def refuse(name: str, value: object) -> SlotError:
        return SlotError(name, value, expected=expected, handler=describe_function(function), prompt=prompt)

    return refuse


def when_absent(parameter: Parameter, annotation: Any, refuse: Refuse) -> Callable[[str], Any]:
    """Make what a parameter gets where its slot or field, of this name, is missing."""
    if parameter.default is not MISSING:
        return lambda _name: OMITTED
    if parameter.annotation is not MISSING and allows_none(annotation):
        return lambda _name: None

    def fail(name: str) -> Any:
        raise refuse(name, None)

    return fail


def require_converter(
    make: Callable[[Any], Callable[[Any], Any]],
    annotation: Any,
    parameter: Parameter,
    function: Function,
) -> Callable[[Any], Any]:
    """Make the converter of a parameter.

    :raises RegistrationError: its annotation has none.
    """
    try:
        return make(annotation)
    except TypeError as error:
        raise RegistrationError(f"{parameter.name!r} of {describe_function(function)}: {error}") from None
