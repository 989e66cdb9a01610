"""What went wrong where a handler is registered twice, too late, or not at all: code that has run twice.

Nothing of this is loaded before somebody makes such a mistake.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType

from .callables import written
from .parameters import Function, describe_function, place_of

_LOCAL = ".<locals>."


def explain_late(function: Function, owner: str) -> str:
    """Write what to do about a handler that is registered when no more are accepted.

    :param owner: what it was registered on, ``Clova`` or ``HandlerGroup``.
    """
    factory = _factory(function)
    if factory:
        return f"If {factory} makes an app, {_remedy(factory, owner)}. Otherwise register it earlier."
    return (
        f"Move {describe_function(function)} to where it is imported earlier. If a factory imports it for "
        f"one app and not for another, make the {owner} in the factory: each app needs its own."
    )


def explain_late_group(functions: Sequence[Function]) -> str:
    """Write which group is registered when no more are accepted, and what to do."""
    return (
        f"The group that begins with {describe_function(functions[0])} must be registered earlier. A factory "
        "that registers other groups for each app must make the Clova too, clova = Clova(): each app needs "
        "its own."
    )


def explain_repeat(known: Function, function: Function, owner: str) -> str:
    """Write what to do about a second handler for the same, or a hook that is registered again.

    :param known: the first handler.
    """
    if written(known) is written(function):
        return f"Register it once. A factory that does it must make the {owner} too: each app needs its own."
    if _code(known) is None or _code(known) != _code(function):
        return f"Remove it, or remove {describe_function(function)}."
    factory = _factory(function)
    if factory:
        return f"{factory} has run twice. If it makes an app, {_remedy(factory, owner)}."
    first, second = _module(known), _module(function)
    if first != second:
        return f"Its file has run twice, as {first!r} and as {second!r}. {_import_once(first, second)}"
    return (
        f"The module {second!r} has run twice. Reload the module that makes the {owner} before it, or start "
        "the program again."
    )


def explain_nothing() -> str:
    """Write why an extension may have no handlers, and what to do."""
    advice = (
        "Decorate a function with @clova.launch or @clova.home.discover, and import the modules that hold "
        "handlers in the factory."
    )
    twin = _twin_of_main()
    if twin is None:
        return advice
    file, name = twin
    twice = f"{file} has run twice, as '__main__' and as {name!r}, so there may be two Clova objects."
    return f"{advice} {twice} {_import_once('__main__', name)}"


def is_rerun(known: Function, function: Function, *, whatever_it_closes_over: bool) -> bool:
    """Tell whether two functions are one, or one ``def`` that has run twice.

    :param whatever_it_closes_over: whether what they close over may differ: ``limit("a")``, ``limit("b")``.
    """
    if known == function:
        return True
    outer = inspect.unwrap(function)
    # A method closes over its object, a partial over its arguments.
    closes_over = not inspect.isfunction(outer) or outer.__closure__
    if closes_over and not whatever_it_closes_over:
        return False
    return _code(known) is not None and _code(known) == _code(function)


def _code(function: Function) -> CodeType | None:
    code: CodeType | None = getattr(written(function), "__code__", None)
    return code


def _module(function: Function) -> str:
    return str(getattr(written(function), "__module__", ""))


def _factory(function: Function) -> str:
    """Name the function that a handler is defined in; empty when it is defined in a module or a class."""
    return place_of(function).name.rpartition(_LOCAL)[0].rpartition(".")[2]


def _remedy(factory: str, owner: str) -> str:
    maker = f"{owner.lower()} = {owner}()" if owner == "Clova" else f"group = {owner}()"
    return f"make the {owner} in {factory} too, {maker}, so that each app has its own"


def _import_once(first: str, second: str) -> str:
    if "__main__" not in (first, second):
        return "Import it by one name everywhere."
    name = first if second == "__main__" else second
    return (
        f"What it imports imports it again. Start it with flask --app {name} run, or move what others import "
        "from it, the Clova above all, into a module of its own."
    )


def _twin_of_main() -> tuple[str, str] | None:
    """Find the program's own file among the imported modules: its name, and that of the module."""
    main = sys.modules.get("__main__")
    file = getattr(main, "__file__", None)
    if file is None:
        return None
    for name, module in list(sys.modules.items()):
        # Some modules import others when any attribute is asked for.
        if module is not main and getattr(module, "__dict__", {}).get("__file__") == file:
            return Path(file).name, name
    return None
