"""The classes of appliance that belong to an app, of all that a process has."""

from __future__ import annotations

from collections.abc import Iterator

from ..injection.callables import written
from ..injection.parameters import Function
from .appliances import Appliance
from .registry import HomeRegistry


def own_classes(registry: HomeRegistry) -> list[type[Appliance]]:
    """Find the classes of appliance in the packages of the app's own handlers."""
    packages = {_package(_module(handler.function)) for handler in registry.handlers()}
    return [cls for cls in _subclasses(Appliance) if _package(cls.__module__) in packages]


def _module(function: Function) -> str:
    return str(getattr(written(function), "__module__", ""))


def _package(module: str) -> str:
    return module.partition(".")[0]


def _subclasses(cls: type[Appliance]) -> Iterator[type[Appliance]]:
    for child in cls.__subclasses__():
        yield child
        yield from _subclasses(child)
