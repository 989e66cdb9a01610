"""A handler's signature, read once, when the handler is registered."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ..errors import RegistrationError, type_name
from ..findings import Place

Function = Callable[..., Any]
Resolver = Callable[[Any], Any]
"""Returns a parameter's value for a turn."""

MISSING: Any = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a handler.

    :ivar annotation: the annotation itself, never a string; ``MISSING`` when there is none.
    :ivar default: ``MISSING`` when there is none.
    """

    name: str
    annotation: Any
    default: Any


def describe_function(function: Function) -> str:
    """Return a function's name with its file and line: ``order (pizza.py:12)``."""
    return str(place_of(function))


def place_of(function: Function) -> Place:
    """Return a function's name, file and line."""
    plain = _underlying(function)
    name = getattr(plain, "__qualname__", type_name(function))
    code = getattr(plain, "__code__", None)
    return Place(name, Path(code.co_filename), code.co_firstlineno) if code else Place(name)


def _underlying(function: Function) -> Function:
    """Return the function as it is written, without wrappers and partials; of an object its ``__call__``."""
    plain = inspect.unwrap(function)
    while isinstance(plain, functools.partial):
        plain = inspect.unwrap(plain.func)
    return plain if hasattr(plain, "__qualname__") else type(plain).__call__


def read_parameters(function: Function, plain: frozenset[str]) -> list[Parameter]:
    """List the parameters of a handler.

    :param function: the handler; what ``functools.wraps`` has wrapped is read instead of the wrapper.
    :param plain: names of parameters whose annotation is not needed and not evaluated.
    :raises RegistrationError: a parameter cannot be filled by name, or an annotation cannot be evaluated.
    """
    if not callable(function):
        raise RegistrationError(
            f"A handler must be a function, not {type_name(function)}. Write the decorator on the line above "
            "its def."
        )
    parameters = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise RegistrationError(
                f"{describe_function(function)} has the parameter {str(parameter)!r}. Parameters are filled "
                "by name, so name each one; in a decorator of your own use functools.wraps."
            )
        annotation = parameter.annotation
        if isinstance(annotation, str):
            skip = parameter.name in plain
            annotation = MISSING if skip else _evaluate(function, parameter.name, annotation)
        parameters.append(Parameter(parameter.name, annotation, parameter.default))
    return parameters


def _evaluate(function: Function, name: str, annotation: str) -> Any:
    plain = _underlying(function)
    closure = inspect.getclosurevars(plain).nonlocals if inspect.isfunction(plain) else {}
    holder = SimpleNamespace(__annotations__={name: annotation})
    try:
        scope = getattr(plain, "__globals__", {})
        return typing.get_type_hints(holder, scope, dict(closure), include_extras=True)[name]
    except Exception as error:  # noqa: BLE001 - evaluating an annotation may raise anything
        raise RegistrationError(
            f"The annotation {annotation!r} of {name!r} in {describe_function(function)} cannot be "
            f"evaluated: {error}. Import what it names at the top of the module, not under TYPE_CHECKING."
        ) from None
