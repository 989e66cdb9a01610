"""The methods of appliances that handle actions, of whatever kind Python has them."""

from __future__ import annotations

import functools
import inspect
from types import FunctionType
from typing import Any

from ..injection.callables import is_async
from ..injection.parameters import Function, require_callable

_PROBE = object()


def declarations(attribute: Any) -> tuple[Any, ...]:
    """Return what ``@action`` has declared of an attribute of a class, whatever decorator is above it."""
    declared: tuple[Any, ...] = getattr(attribute, "clova_actions", ())
    if not declared and isinstance(attribute, (staticmethod, classmethod)):
        return declarations(attribute.__func__)
    return declared


def method_of(cls: type, name: str) -> tuple[Function, bool]:
    """Return what handles actions by a method of a class, and whether it is called with the appliance first.

    Of a plain method this is the function itself. Any other that is bound to its object is looked up on the
    appliance, as Python does.
    """
    attribute, function = inspect.getattr_static(cls, name), getattr(cls, name)
    require_callable(function)
    if not _is_bound_to_object(attribute, cls):
        return function, False
    return function if type(attribute) is FunctionType else _looked_up(attribute, function, name), True


def _is_bound_to_object(attribute: Any, cls: type) -> bool:
    if isinstance(attribute, (staticmethod, classmethod)):
        return False
    if isinstance(attribute, functools.partialmethod):
        return _is_bound_to_object(attribute.func, cls)
    bind = getattr(type(attribute), "__get__", None)
    return bind is not None and bind(attribute, _PROBE, cls) is not bind(attribute, None, cls)


def _looked_up(attribute: Any, function: Function, name: str) -> Function:
    while isinstance(attribute, functools.partialmethod):
        attribute = attribute.func
    if is_async(attribute):

        @functools.wraps(function, updated=())
        async def call_async(appliance: Any, /, **arguments: Any) -> Any:
            return await getattr(appliance, name)(**arguments)

        return call_async

    @functools.wraps(function, updated=())
    def call(appliance: Any, /, **arguments: Any) -> Any:
        return getattr(appliance, name)(**arguments)

    return call
