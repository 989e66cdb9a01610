"""How the parameters of a Clova Home handler are filled."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, get_args

from ..errors import RegistrationError, nearest
from ..injection.annotations import allows_none, in_words
from ..injection.converters import REFUSALS, value_converter
from ..injection.handler import Handler
from ..injection.parameters import (
    MISSING,
    Function,
    Parameter,
    Resolver,
    describe_function,
    read_parameters,
)
from ..wire.names import snake_case
from .errors import ValueNotSupportedError
from .interfaces import INTERFACES
from .limits import NO_LIMITS, Limits
from .payloads import Color, Period, Scene

FIXED: Mapping[str, Resolver] = {
    name: attrgetter(name) for name in ("request", "user", "appliance", "interface", "access_token")
}
"""The parameters that every handler of an appliance may take."""


@dataclass(frozen=True, slots=True)
class HomeHandler(Handler):
    """A handler of Clova Home.

    :ivar limits: what its action takes.
    :ivar owner: whether its first parameter is the appliance itself: a method.
    """

    limits: Limits = NO_LIMITS
    owner: bool = False

    @property
    def slots(self) -> tuple[str, ...]:
        """The payload fields it takes, as parameter names."""
        return tuple(name for name, _ in self.resolvers if name not in FIXED)


def make_plain(title: str, function: Function, *names: str) -> HomeHandler:
    """Make a handler that takes a fixed set of parameters.

    :param names: attributes of the message in hand that it may take.
    :raises RegistrationError: it takes another.
    """
    resolvers: list[tuple[str, Resolver]] = []
    for parameter in read_parameters(function, frozenset(names)):
        if parameter.name not in names:
            raise RegistrationError(
                f"Nothing can fill {parameter.name!r} of {describe_function(function)}; it may take "
                f"{', '.join(names)}.{nearest(parameter.name, names)}"
            )
        resolvers.append((parameter.name, attrgetter(parameter.name)))
    return HomeHandler(title, function, tuple(resolvers), is_async=_is_async(function))


def make_handler(
    title: str, function: Function, interfaces: Sequence[str], limits: Limits, *, owner: bool = False
) -> HomeHandler:
    """Make a handler of one or several interfaces.

    :param owner: the function is a method of the appliance, whose first parameter is not filled.
    :raises RegistrationError: it takes a parameter that one of the interfaces cannot fill.
    """
    resolvers: list[tuple[str, Resolver]] = []
    parameters = read_parameters(function, frozenset([*FIXED, "self"]))
    if owner and not parameters:
        raise RegistrationError(f"{describe_function(function)} is a method; its first parameter is self.")
    for parameter in parameters[1:] if owner else parameters:
        fixed = FIXED.get(parameter.name)
        resolvers.append((parameter.name, fixed or _fill(parameter, function, interfaces)))
    return HomeHandler(title, function, tuple(resolvers), _is_async(function), limits=limits, owner=owner)


def _is_async(function: Function) -> bool:
    return inspect.iscoroutinefunction(function)


def _fill(parameter: Parameter, function: Function, interfaces: Sequence[str]) -> Resolver:
    keys = _keys(parameter, function, interfaces)
    annotation = Any if parameter.annotation is MISSING else parameter.annotation
    try:
        convert = value_converter(annotation, _OBJECTS)
        for name, key in keys.items():
            _require_convertible(annotation, INTERFACES[name].takes[key])
    except TypeError as error:
        raise RegistrationError(f"{parameter.name!r} of {describe_function(function)}: {error}") from None
    default = None if parameter.default is MISSING else parameter.default
    optional = parameter.default is not MISSING or allows_none(annotation)

    def resolve(turn: Any) -> Any:
        key = keys.get(turn.interface)
        value = turn.values.get(key) if key else None
        if value is None:
            if optional:
                return default
            raise ValueNotSupportedError(f"{key} is missing")
        try:
            return convert(value)
        except REFUSALS:
            raise ValueNotSupportedError(f"{key} is no {in_words(annotation)}") from None

    return resolve


def _require_convertible(annotation: Any, row: str) -> None:
    """See that a field can become what an annotation asks for.

    :raises TypeError: it never can.
    """
    kind = row.partition(" ")[0].removesuffix("!")
    wanted = {"Color": Color, "Period": Period, "Scene": Scene}.get(kind)
    members = [member for member in (get_args(annotation) or (annotation,)) if member is not type(None)]
    if annotation is Any or wanted in members:
        return
    is_object = any(member in _OBJECTS or member in (dict, list) for member in members)
    if wanted is not None:
        raise TypeError(f"it is a {wanted.__name__}, which {in_words(annotation)} cannot be made from.")
    if is_object:
        raise TypeError(f"it is a plain value, from which no {in_words(annotation)} can be made.")


def _keys(parameter: Parameter, function: Function, interfaces: Sequence[str]) -> dict[str, str]:
    """Find the field that fills a parameter, by interface."""
    fields = {name: {snake_case(key): key for key in INTERFACES[name].takes} for name in interfaces}
    keys = {name: known[parameter.name] for name, known in fields.items() if parameter.name in known}
    without = [name for name in interfaces if name not in keys]
    has_default = parameter.default is not MISSING or allows_none(parameter.annotation)
    if not keys or (without and not has_default):
        known = [*{key for entry in fields.values() for key in entry}, *FIXED]
        hint = nearest(parameter.name, known) or f" It may take {', '.join(known)}."
        raise RegistrationError(
            f"{parameter.name!r} of {describe_function(function)} is no field of "
            f"{', '.join((without or list(interfaces))[:3])}.{hint}"
        )
    return keys


def _same(kind: Any) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        if not isinstance(value, kind):
            raise TypeError("another kind of value")
        return value

    return convert


_OBJECTS = {kind: _same(kind) for kind in (Color, Period, Scene)}
