"""What can be called: functions, methods, partials, objects, and what decorators made of them."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Iterator, Mapping
from typing import Any

PARTIALS = (functools.partial, functools.partialmethod)


def layers(function: Any) -> Iterator[Any]:
    """Go through a callable from its outermost decorator or partial to the function as it is written."""
    seen: set[int] = set()
    while function is not None and id(function) not in seen:
        seen.add(id(function))
        yield function
        function = _within(function)


def written(function: Any) -> Any:
    """Return the function as it is written: of an object its ``__call__``, of a class its constructor."""
    *_, innermost = layers(function)
    return innermost


def _within(function: Any) -> Any:
    wrapped = getattr(function, "__wrapped__", None) or _partialmethod(function)
    if wrapped is not None:
        return wrapped
    if isinstance(function, PARTIALS):
        return function.func
    if isinstance(function, (staticmethod, classmethod)) or inspect.ismethod(function):
        return function.__func__
    return None if hasattr(function, "__code__") or inspect.isroutine(function) else _called(function)


def _partialmethod(function: Any) -> Any:
    """Return the partialmethod that a function stands for, as a class has it."""
    # Python 3.13 calls it otherwise.
    found = getattr(function, "__partialmethod__", None) or getattr(function, "_partialmethod", None)
    return found if isinstance(found, functools.partialmethod) else None


def _called(function: Any) -> Any:
    """Return the function that runs when an object or a class is called; None when it is not Python's."""
    found = [_method_of(function)]
    if isinstance(function, type):
        found = [function.__init__, function.__new__]  # type: ignore[misc]
    return next((one for one in found if one is not None and hasattr(written(one), "__code__")), None)


def _method_of(obj: Any) -> Any:
    return getattr(type(obj), "__call__", None)  # noqa: B004 - the method itself is wanted


def scope_of(function: Any) -> tuple[dict[str, Any], Mapping[str, Any]]:
    """Return what annotations of a function may name: those of its module and of functions around it."""
    plain = written(function)
    module = sys.modules.get(getattr(plain, "__module__", None) or "")
    names = getattr(plain, "__globals__", None) or getattr(module, "__dict__", {})
    return names, inspect.getclosurevars(plain).nonlocals if inspect.isfunction(plain) else {}


def bound_names(function: Any) -> set[str]:
    """Return the names of the parameters that partials have bound."""
    return {name for layer in layers(function) if isinstance(layer, PARTIALS) for name in layer.keywords}


def is_async(function: Any) -> bool:
    """Whether the app runs what it returns: just what ``Flask.ensure_sync`` takes for asynchronous."""
    return inspect.iscoroutinefunction(function)


def has_async_layer(function: Any) -> bool:
    """Whether a function that is not asynchronous is a decorator's, around one that is."""
    return not is_async(function) and any(map(is_async, layers(function)))


def why_not_run(function: Any) -> str | None:
    """Return what is asynchronous about a callable that Flask would not run; None when it would run."""
    if is_async(function):
        return None
    plain = function
    while isinstance(plain, functools.partial):
        plain = plain.func
    if inspect.isasyncgenfunction(plain):
        return "is an asynchronous generator, which Flask does not run. Return a list"
    if not hasattr(plain, "__code__") and is_async(_method_of(plain)):
        return "is an async __call__, which Flask does not run. Register the method itself, ….__call__"
    return None
