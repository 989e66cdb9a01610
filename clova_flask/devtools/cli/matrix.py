"""Which actions of which types of appliance have a handler, as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...home.appliance_types import APPLIANCE_TYPES
from ...home.appliances import Appliance, declared_type
from ...home.binding import HomeHandler
from ...home.defaults import default_handler
from ...home.interfaces import INTERFACES
from ...home.own_classes import own_classes
from ...home.registry import HomeRegistry
from ...runtime import Runtime

HANDLED, DEFAULT, MISSING = "●", "○", "·"
_COLUMNS = 5


def matrix(runtime: Runtime) -> Iterator[str]:
    """Write the table of an extension, for the types of appliance that it knows."""
    registry = runtime.registry.home
    if not registry.handlers():
        return
    kinds = _kinds(registry)
    types = sorted(kinds)
    for start in range(0, len(types), _COLUMNS):
        yield from _table(types[start : start + _COLUMNS], kinds, runtime)
    yield f"  {HANDLED} handled  {DEFAULT} default  {MISSING} missing"


def class_handlers(registry: HomeRegistry) -> list[HomeHandler]:
    """List the handlers that classes of appliances declare, in an app with Clova Home handlers."""
    if not registry.handlers():
        return []
    return [
        handler
        for cls in own_classes(registry)
        if declared_type(cls)
        for handler in cls.clova_handlers.values()
    ]


def _kinds(registry: HomeRegistry) -> dict[str, list[type[Appliance]]]:
    """Find the types of appliance that classes or functions are for."""
    kinds: dict[str, list[type[Appliance]]] = {}
    for cls in own_classes(registry):
        type_ = declared_type(cls)
        if type_ is not None:
            kinds.setdefault(type_, []).append(cls)
    for _, type_ in registry.actions:
        if type_ is not None:
            kinds.setdefault(type_, [])
    return kinds


def _table(types: Sequence[str], kinds: dict[str, list[type[Appliance]]], runtime: Runtime) -> Iterator[str]:
    allowed = {type_: APPLIANCE_TYPES[type_].allowed(runtime.regions) for type_ in types}
    actions = [action for action in INTERFACES if any(action in names for names in allowed.values())]
    width = max((len(action) for action in actions), default=0)
    yield "  " + " ".join([" " * width, *types])
    for action in actions:
        marks = [
            _mark(action, type_, kinds[type_], runtime.registry.home) if action in allowed[type_] else " "
            for type_ in types
        ]
        cells = [mark.center(len(type_)) for mark, type_ in zip(marks, types, strict=True)]
        yield "  " + " ".join([action.ljust(width), *cells]).rstrip()


def _mark(action: str, type_: str, classes: Sequence[type[Appliance]], registry: HomeRegistry) -> str:
    if any(action in cls.clova_handlers for cls in classes) or registry.find(action, (type_,)):
        return HANDLED
    return DEFAULT if default_handler(action) else MISSING
