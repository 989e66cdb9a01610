"""Reading a handler's signature, once, when it is registered."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ..errors import RegistrationError

Function = Callable[..., Any]
Resolver = Callable[[Any], Any]
"""Takes what is known of the message in hand and gives a parameter's value."""

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
    """Name a function and where it stands: ``order (pizza.py:12)``."""
    plain = inspect.unwrap(function)
    code = getattr(plain, "__code__", None)
    name = getattr(plain, "__qualname__", repr(plain))
    return f"{name} ({_relative(code.co_filename)}:{code.co_firstlineno})" if code else name


def _relative(filename: str) -> str:
    path, here = Path(filename), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else filename


def read_parameters(function: Function, plain: frozenset[str]) -> list[Parameter]:
    """List the parameters of a handler.

    :param function: the handler; ``functools.wraps`` is seen through.
    :param plain: parameters whose annotation does not matter and is not evaluated.
    :raises RegistrationError: it takes parameters that cannot be filled by name, or an annotation cannot be
        evaluated.
    """
    if not callable(function):
        raise RegistrationError(f"{function!r} is not a function; put the decorator right above one.")
    parameters = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind not in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
            raise RegistrationError(
                f"{describe_function(function)} takes {str(parameter)!r}; handlers get their parameters by "
                "name, so name each one."
            )
        annotation = parameter.annotation
        if isinstance(annotation, str):
            skip = parameter.name in plain
            annotation = MISSING if skip else _evaluate(function, parameter.name, annotation)
        parameters.append(Parameter(parameter.name, annotation, parameter.default))
    return parameters


def _evaluate(function: Function, name: str, annotation: str) -> Any:
    unwrapped = inspect.unwrap(function)
    closure = inspect.getclosurevars(unwrapped).nonlocals if inspect.isfunction(unwrapped) else {}
    holder = SimpleNamespace(__annotations__={name: annotation})
    try:
        scope = getattr(unwrapped, "__globals__", {})
        return typing.get_type_hints(holder, scope, dict(closure), include_extras=True)[name]
    except Exception as error:  # noqa: BLE001 - evaluating an annotation may raise anything
        raise RegistrationError(
            f"The annotation {annotation!r} of {name!r} in {describe_function(function)} cannot be "
            f"evaluated: {error}. Import what it names at the top of the module, not under TYPE_CHECKING."
        ) from None
