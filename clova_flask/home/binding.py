"""How the parameters of a Clova Home handler are filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, get_args

from ..errors import RegistrationError, nearest
from ..injection.annotations import allows_none, in_words
from ..injection.callables import is_async
from ..injection.calling import OMITTED, as_called
from ..injection.converters import REFUSALS, value_converter
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
from ..injection.user_data import fill_user_data, is_of_user_data
from ..wire.rows import Field
from .conversion import READERS, Readers, make_readers
from .errors import ValueNotSupportedError
from .interfaces import INTERFACES
from .limits import NO_LIMITS, Limits
from .objects import Color, Period, Scene

FIXED: Mapping[str, Resolver] = {
    name: attrgetter(name) for name in ("request", "user", "appliance", "interface", "access_token")
}
"""The parameters that every handler of an appliance may have."""

_OBJECTS: Mapping[str, type] = {"Color": Color, "Period": Period, "Scene": Scene}
_VALUES: Mapping[str, type] = {"number": float, "string": str, **_OBJECTS}
"""What :mod:`.conversion` reads a field as, by its scalar or, of an object, by its kind."""


@dataclass(frozen=True, slots=True, eq=False)
class HomeHandler(Handler):
    """A handler of Clova Home.

    :ivar limits: the limits of its action.
    :ivar owner: whether its first parameter is the appliance itself: a method.
    :ivar shared: whether the function serves custom messages as well: a hook or an errorhandler.
    :ivar readers: what reads the fields of a request, by action.
    """

    limits: Limits = NO_LIMITS
    owner: bool = False
    shared: bool = False
    readers: Mapping[str, Readers] = field(default_factory=lambda: READERS, repr=False)

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of the parameters that are filled from payload fields."""
        return tuple(
            name for name, resolve in self.resolvers if name not in FIXED and not is_of_user_data(resolve)
        )


def make_plain(title: str, function: Function, *names: str) -> HomeHandler:
    """Make a handler that may have a fixed set of parameters.

    :param names: the parameters, attributes of the turn.
    :raises RegistrationError: it has another.
    """
    resolvers: list[tuple[str, Resolver]] = []
    for parameter in read_parameters(function, frozenset(names)):
        user_data = fill_user_data(parameter)
        if user_data is not None:
            resolvers.append((parameter.name, user_data))
        elif parameter.name in names:
            resolvers.append((parameter.name, attrgetter(parameter.name)))
        elif not is_left(parameter):
            raise _unfillable(parameter, function, names)
    called = as_called(function)
    return HomeHandler(title, function, tuple(resolvers), is_async(function), called=called)


SHARED_NAMES = ("request", "user")
"""The parameters that a hook or an errorhandler of both kinds of message may have."""

HOOK_NAMES = (*SHARED_NAMES, "interface", "access_token", "appliance_id", "appliance")
"""Those that one of Home alone may have; before an appliance is found, ``appliance`` is None."""


def make_hook(title: str, function: Function, *, subject: bool, shared: bool = False) -> HomeHandler:
    """Make a hook or an errorhandler.

    :param subject: whether its first other parameter takes the reply or the error.
    :param shared: whether it serves custom messages as well.
    :raises RegistrationError: it has a parameter that is never filled.
    """
    names = SHARED_NAMES if shared else HOOK_NAMES
    resolvers: list[tuple[str, Resolver]] = []
    subject_name, first = None, None
    for parameter in read_parameters(function, frozenset(names), by_position=subject):
        user_data = fill_user_data(parameter)
        if user_data is not None:
            resolvers.append((parameter.name, user_data))
        elif parameter.name == "user":
            resolvers.append(("user", fill_user(parameter)))
        elif parameter.name in names:
            resolvers.append((parameter.name, attrgetter(parameter.name)))
        elif subject and subject_name is None and not is_foreign(parameter.default):
            subject_name = parameter.name
            first = parameter.name if parameter.is_first else None
        elif not is_left(parameter):
            raise _unfillable(parameter, function, names)
    called = as_called(function, first=first)
    return HomeHandler(
        title, function, tuple(resolvers), is_async(function), subject_name, called=called, shared=shared
    )


def _unfillable(parameter: Parameter, function: Function, names: Sequence[str]) -> RegistrationError:
    return RegistrationError(
        f"Nothing can fill {parameter.name!r} of {describe_function(function)}."
        f"{nearest(parameter.name, names, or_list=True)}"
    )


def make_handler(
    title: str, function: Function, interfaces: Sequence[str], limits: Limits, *, owner: bool = False
) -> HomeHandler:
    """Make a handler of one or several interfaces.

    :param owner: the function is a method of the appliance, whose first parameter is not filled.
    :raises RegistrationError: it has a parameter that one of the interfaces cannot fill.
    """
    parameters = read_parameters(function, frozenset([*FIXED, "self"]), by_position=owner)
    if owner and not (parameters and parameters[0].is_first):
        raise RegistrationError(f"{describe_function(function)} must have self as its first parameter.")
    filled = parameters[1:] if owner else parameters
    resolvers = [
        (parameter.name, resolver)
        for parameter in filled
        if (resolver := _resolver(parameter, function, interfaces)) is not None
    ]
    readers = {name: make_readers(INTERFACES[name], limits) for name in interfaces} if limits else READERS
    may_omit = any(parameter.default is not MISSING for parameter in filled)
    return HomeHandler(
        title,
        function,
        tuple(resolvers),
        is_async(function),
        called=as_called(function, may_omit=may_omit),
        limits=limits,
        owner=owner,
        readers=readers,
    )


def _resolver(parameter: Parameter, function: Function, interfaces: Sequence[str]) -> Resolver | None:
    return fill_user_data(parameter) or FIXED.get(parameter.name) or _fill(parameter, function, interfaces)


def _fill(parameter: Parameter, function: Function, interfaces: Sequence[str]) -> Resolver | None:
    """Make what fills a parameter; None where that is left to its default or to a decorator."""
    known = {name for interface in interfaces for name in INTERFACES[interface].takes.by_python_name}
    if is_left(parameter, _value_converter) and not (
        parameter.annotation is MISSING and parameter.name in known
    ):
        return None
    fields = _fields(parameter, function, interfaces)
    annotation = Any if parameter.annotation is MISSING else parameter.annotation
    try:
        convert = _converter(annotation, fields)
    except TypeError as error:
        raise RegistrationError(f"{parameter.name!r} of {describe_function(function)}: {error}") from None
    name = fields[0].name
    default = None if parameter.default is MISSING else OMITTED
    optional = parameter.default is not MISSING or allows_none(annotation)

    def resolve(turn: Any) -> Any:
        value = turn.values.get(name)
        if value is None:
            if optional:
                return default
            raise ValueNotSupportedError(f"{name} is missing.")
        if convert is None:
            return value
        try:
            return convert(value)
        except REFUSALS:
            raise ValueNotSupportedError(f"{name} is not a valid {in_words(annotation)}.") from None

    return resolve


def _fields(parameter: Parameter, function: Function, interfaces: Sequence[str]) -> list[Field]:
    """Find the fields that fill a parameter: one of some name in each of the interfaces, or in some.

    :raises RegistrationError: an interface has no such field, and the parameter has no default.
    """
    takes = {name: INTERFACES[name].takes.by_python_name for name in interfaces}
    fields = [known[parameter.name] for known in takes.values() if parameter.name in known]
    without = [name for name, known in takes.items() if parameter.name not in known]
    has_default = parameter.default is not MISSING or allows_none(parameter.annotation)
    if not fields or (without and not has_default):
        known = [*{name for known in takes.values() for name in known}, *FIXED]
        raise RegistrationError(
            f"{parameter.name!r} of {describe_function(function)} is not a field of "
            f"{', '.join(without[:3])}.{nearest(parameter.name, known, or_list=True)}"
        )
    return fields


def _converter(annotation: Any, fields: Sequence[Field]) -> Callable[[Any], Any] | None:
    """Make what converts the values of fields; None when they are already what the annotation asks for.

    :raises TypeError: a field can never become that.
    """
    convert = _value_converter(annotation)
    members = [member for member in (get_args(annotation) or (annotation,)) if member is not type(None)]
    for one in fields:
        _require_convertible(annotation, members, one)
    read_as = {_VALUES[one.scalar or one.kind] for one in fields}
    return None if members == [Any] or members == [*read_as] else convert


def _value_converter(annotation: Any) -> Callable[[Any], Any]:
    return value_converter(annotation, {kind: _same(kind) for kind in _OBJECTS.values()})


def _require_convertible(annotation: Any, members: Sequence[Any], one: Field) -> None:
    wanted = _OBJECTS.get(one.kind)
    if annotation is Any or wanted in members:
        return
    if wanted is not None:
        raise TypeError(f"{one.name} is a {wanted.__name__}, not {in_words(annotation)}.")
    if any(member in (*_OBJECTS.values(), dict, list) for member in members):
        raise TypeError(f"{one.name} is a {one.scalar}, not {in_words(annotation)}.")


def _same(kind: type) -> Callable[[Any], Any]:
    def convert(value: Any) -> Any:
        if not isinstance(value, kind):
            raise TypeError("another kind of value")
        return value

    return convert
