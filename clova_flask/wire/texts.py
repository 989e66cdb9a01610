"""Objects that stand for text: translations that are made when they are read, and the like.

Such an object is no ``str``, and becomes one where an answer is written, in the language of that request.
"""

from __future__ import annotations

from types import FunctionType
from typing import Any


def stands_for_text(value: Any) -> bool:
    """Whether a value is text, or an object in place of one.

    An object has the methods of ``str``, as those of speaklater, Flask-Babel and Django, a
    ``LocalProxy`` and a ``UserString`` have, or it has a ``__str__`` of its own and keeps the function
    that makes the text.
    """
    if isinstance(value, str):
        return True
    if isinstance(value, type):
        return False
    return _has_methods(value) or (_has_own_str(type(value)) and _keeps_function(value))


def as_text(value: Any) -> str:
    """Return the text that a value stands for; one that derives from ``str`` is that text itself."""
    return value if issubclass(type(value), str) else str(value)


def _has_methods(value: Any) -> bool:
    try:
        is_printable = getattr(value, "isprintable", None)
        return callable(is_printable) and isinstance(is_printable(), bool)  # a mock has every method
    except RuntimeError:
        return True  # one that can be read in a request only, as a LocalProxy is


def _has_own_str(kind: type) -> bool:
    return isinstance(getattr(kind, "__str__", None), FunctionType)


def _keeps_function(value: Any) -> bool:
    return any(callable(kept) and not isinstance(kept, type) for kept in _kept(value))


def _kept(value: Any) -> list[Any]:
    """List what an object keeps in its attributes."""
    slots = [name for kind in type(value).__mro__ for name in _listed(getattr(kind, "__slots__", ()))]
    return [*getattr(value, "__dict__", {}).values(), *(getattr(value, name, None) for name in slots)]


def _listed(slots: Any) -> list[str]:
    return [slots] if isinstance(slots, str) else list(slots)
