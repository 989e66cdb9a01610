"""How a handler's function is called: what is between the dispatcher's keywords and the function as it is."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from ..errors import AnswerError
from .callables import has_async_layer, is_async
from .parameters import Function, describe_function

OMITTED: Any = type("Omitted", (), {"__repr__": lambda _: "OMITTED"})()
"""A value that the message does not have: its parameter is left out of the call, and has its default."""


def as_called(function: Function, *, may_omit: bool = False, first: str | None = None) -> Function:
    """Make what is called with a handler's parameters by name; mostly the function itself.

    :param may_omit: whether a value may be :data:`OMITTED`.
    :param first: the parameter that is passed by position, as Flask passes a hook or an errorhandler its own.
    """
    if may_omit or first is not None:
        function = _arranged(function, may_omit, first)
    return _awaited(function) if has_async_layer(function) else function


def _arranged(function: Function, may_omit: bool, first: str | None) -> Function:
    def arrange(arguments: dict[str, Any]) -> tuple[Any, ...]:
        leading = () if first is None or first not in arguments else (arguments.pop(first),)
        for name in [name for name, value in arguments.items() if value is OMITTED] if may_omit else ():
            del arguments[name]
        return leading

    if is_async(function):

        async def call_async(*owner: Any, **arguments: Any) -> Any:
            return await function(*owner, *arrange(arguments), **arguments)

        return _marked(call_async, function)

    def call(*owner: Any, **arguments: Any) -> Any:
        leading = arrange(arguments)
        return function(*owner, *leading, **arguments)

    return _marked(call, function)


def _awaited(function: Function) -> Function:
    """Refuse a coroutine that a decorator has left to nobody."""

    def call(*owner: Any, **arguments: Any) -> Any:
        result = function(*owner, **arguments)
        if inspect.isawaitable(result):
            _discard(result)
            raise AnswerError(
                f"{describe_function(function)} is async, and a decorator around it returned its coroutine "
                "without waiting for it. In the decorator, call flask.current_app.ensure_sync(function)(…)."
            )
        return result

    return _marked(call, function)


_NAMES = ("__name__", "__qualname__", "__doc__")


def describe_awaitable(result: Any) -> str:
    """Return a sentence to append to an error about what a handler returned, when nobody has awaited it."""
    if not inspect.isawaitable(result):
        return ""
    _discard(result)
    return (
        " It must be awaited: register the async function itself, or call it by "
        "flask.current_app.ensure_sync(function)(…)."
    )


def _discard(result: Any) -> None:
    if inspect.iscoroutine(result):
        result.close()  # or Python warns of it as well


def _marked(call: Callable[..., Any], function: Function) -> Function:
    """Let errors name the function, and not what calls it."""
    return functools.update_wrapper(call, function, assigned=_NAMES, updated=())
