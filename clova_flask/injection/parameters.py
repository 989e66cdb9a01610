"""A handler's signature, read once, when the handler is registered."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ..errors import RegistrationError, type_name
from ..findings import Place
from .annotations import is_marked, is_not_filled, members
from .callables import bound_names, scope_of, why_not_run, written
from .converters import NoConverter, converter

Function = Callable[..., Any]
Resolver = Callable[[Any], Any]
"""Returns a parameter's value for a turn."""

MISSING: Any = inspect.Parameter.empty


class Parameter:
    """One parameter of a handler that is filled from the message.

    :ivar annotation: the annotation itself, never a string; ``MISSING`` when there is none.
    :ivar default: ``MISSING`` when there is none.
    :ivar is_first: whether the function can be called with it alone, by position.
    """

    __slots__ = ("annotation", "default", "is_first", "name")

    def __init__(self, name: str, annotation: Any, default: Any, *, is_first: bool = False) -> None:
        self.name = name
        self.annotation = annotation
        self.default = default
        self.is_first = is_first


def describe_function(function: Function) -> str:
    """Return a function's name with its file and line: ``order (pizza.py:12)``."""
    return str(place_of(function))


def place_of(function: Function) -> Place:
    """Return a function's name, file and line."""
    plain = written(function)
    name = getattr(plain, "__qualname__", type_name(plain))
    code = getattr(plain, "__code__", None)
    return Place(name, Path(code.co_filename), code.co_firstlineno) if code else Place(name)


def read_parameters(
    function: Function, plain: frozenset[str], *, by_position: bool = False
) -> list[Parameter]:
    """List the parameters of a handler that are filled, without those that partials or others fill.

    :param function: the handler; what ``functools.wraps`` has wrapped is read instead of the wrapper.
    :param plain: names of parameters whose annotation may name what cannot be imported.
    :param by_position: whether the first parameter is passed by position.
    :raises RegistrationError: Flask would not run it, a parameter cannot be filled by name, or an annotation
        cannot be evaluated.
    """
    require_callable(function)
    bound = bound_names(function)
    parameters = [
        _read_parameter(function, one, plain, is_first=index == 0 and by_position)
        for index, one in enumerate(_signature(function, by_position))
        if one.name not in bound
    ]
    return [one for one in parameters if not is_not_filled(one.annotation)]


def require_callable(function: Any) -> None:
    """Require what Flask could call.

    :raises RegistrationError: it cannot be called, or is asynchronous in a way that Flask does not run.
    """
    if not callable(function):
        raise RegistrationError(
            f"A handler must be a function, not {type_name(function)}. Write the decorator on the line above "
            "its def."
        )
    problem = why_not_run(function)
    if problem:
        raise RegistrationError(f"{describe_function(function)} {problem}.")


def require_one_argument(function: Any, owner: str, argument: str) -> None:
    """Require what can be called with one argument, as a user_loader is.

    :param owner: what the function is, "A user_loader".
    :param argument: what it is called with, "the access token".
    :raises RegistrationError: it cannot.
    """
    parameters = read_parameters(function, frozenset(), by_position=True)
    needed = [one for one in parameters if one.default is MISSING and not is_left(one)]
    if not parameters or not parameters[0].is_first or len(needed) > 1:
        raise RegistrationError(
            f"{owner} must have one parameter, {argument}; {describe_function(function)} has "
            f"{len(parameters)}."
        )


_UNTOLD = [inspect.Parameter("_", inspect.Parameter.POSITIONAL_ONLY)]


def _signature(function: Function, by_position: bool) -> list[inspect.Parameter]:
    """List the parameters of a function; where Python cannot tell, the one that is passed by position."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError) as error:
        if isinstance(error, TypeError) or isinstance(function, functools.partial):
            raise RegistrationError(
                f"The parameters of {describe_function(function)} cannot be read: {error}."
            ) from None
        return _UNTOLD if by_position else []
    start = 1 if by_position else 0
    return parameters[:start] + [one for one in parameters[start:] if not _is_out_of_reach(one)]


def _is_out_of_reach(parameter: inspect.Parameter) -> bool:
    """Whether a parameter can only have its default, since parameters are passed by name."""
    return parameter.kind == parameter.POSITIONAL_ONLY and parameter.default is not MISSING


def _read_parameter(
    function: Function, parameter: inspect.Parameter, plain: frozenset[str], *, is_first: bool
) -> Parameter:
    allowed = [parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY]
    if parameter.kind not in ([*allowed, parameter.POSITIONAL_ONLY] if is_first else allowed):
        raise RegistrationError(
            f"{describe_function(function)} has the parameter {str(parameter)!r}. Parameters are filled "
            "by name, so name each one; in a decorator of your own use functools.wraps."
        )
    annotation = parameter.annotation
    if isinstance(annotation, str):
        try:
            annotation = _evaluate(function, parameter.name, annotation)
        except RegistrationError:
            if parameter.name not in plain and not is_foreign(parameter.default):
                raise
            annotation = MISSING if parameter.name in plain else type(parameter.default)
    is_first = is_first and parameter.kind != parameter.KEYWORD_ONLY
    return Parameter(parameter.name, annotation, parameter.default, is_first=is_first)


def is_left(parameter: Parameter, make: Callable[[Any], Any] = converter) -> bool:
    """Whether a parameter is left to its default or to a decorator: no value of a message becomes what it is.

    :param make: makes a converter for an annotation.
    """
    annotation, default = parameter.annotation, parameter.default
    if annotation is MISSING:
        return is_foreign(default)
    if not is_foreign(default) and any(map(_is_ours, members(annotation))):
        return False  # a misspelt one: sesion: Session | None = None
    try:
        make(annotation)
    except NoConverter:
        return default is not MISSING or is_marked(annotation)
    except TypeError:
        pass
    return False


def _is_ours(kind: Any) -> bool:
    """Whether it is a class of this package, or one that derives from such: what parameters get by name."""
    return isinstance(kind, type) and any(base.__module__.startswith(_PACKAGE) for base in kind.__mro__)


_PACKAGE = __name__.partition(".")[0] + "."


def is_foreign(default: Any) -> bool:
    """Whether a default is nothing that a message could have: an object of a library that fills it."""
    if default is MISSING or default is None:
        return False
    try:
        converter(type(default))
    except NoConverter:
        return True
    return False


def _evaluate(function: Function, name: str, annotation: str) -> Any:
    scope, closure = scope_of(function)
    holder = SimpleNamespace(__annotations__={name: annotation})
    try:
        return typing.get_type_hints(holder, scope, dict(closure), include_extras=True)[name]
    except Exception as error:  # noqa: BLE001 - evaluating an annotation may raise anything
        raise RegistrationError(
            f"The annotation {annotation!r} of {name!r} in {describe_function(function)} cannot be "
            f"evaluated: {error}. Import what it names at the top of the module, not under TYPE_CHECKING."
        ) from None
