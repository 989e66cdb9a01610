"""The decorators of Clova Home."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from ..errors import RegistrationError
from ..injection.parameters import Function
from .binding import make_handler, make_plain
from .interfaces import INTERFACES
from .limits import NO_LIMITS, Choice, Limits, Number, make_limits
from .registry import ANY, HomeRegistry
from .requirements import require_fitting, require_interfaces, require_type

F = TypeVar("F", bound=Function)

_ALL = tuple(name for name, row in INTERFACES.items() if row.appliance)


def _types(given: Any) -> list[str | None]:
    """List the types that a decorator names; None stands for any.

    :raises RegistrationError: one does not exist, or there are none.
    """
    if given is None:
        return [None]
    types = [given] if isinstance(given, str) else list(given)
    if not types:
        raise RegistrationError("type= names no type, so nothing is handled; leave it out for any type.")
    for type_ in types:
        require_type(type_)
    return types


def _require_some(types: Sequence[str | None], names: Sequence[str], limits: Limits) -> None:
    """See that each action is one that some of the types allow.

    :raises RegistrationError: none of them allows it, or none has a mode that the limits name.
    """
    for name in names:
        faults = []
        for type_ in types:
            try:
                if type_ is not None:
                    require_fitting(type_, [name], limits)
            except RegistrationError as error:
                faults.append(str(error))
        if len(faults) == len(types):
            raise RegistrationError(" ".join(faults))


def _no_limits(*limits: Any) -> Limits:
    if any(limit is not None for limit in limits):
        raise RegistrationError('"*" takes any action, and no limits fit them all.')
    return NO_LIMITS


class HomeHandlers:
    """The decorators under ``@clova.home``."""

    def __init__(self, registry: HomeRegistry) -> None:
        self._registry = registry

    def discover(self, function: F) -> F:
        """List a user's appliances: ``discover(user)``; it may also take ``request`` and ``access_token``."""
        return self._single("discover", function, "user", "request", "access_token")

    def load(self, function: F) -> F:
        """Give one appliance by id: ``load(user, appliance_id)``; None is ``NoSuchTargetError``."""
        return self._single("load", function, "user", "appliance_id", "interface", "request", "access_token")

    def scenes(self, function: F) -> F:
        """List a user's scenes, :class:`Scene` each (JP)."""
        return self._single("scenes", function, "user", "request", "access_token")

    def scene_action(self, function: F) -> F:
        """Act out a scene: ``act(user, scene)`` (JP)."""
        return self._single("scene_action", function, "user", "scene", "scene_id", "request", "access_token")

    def custom_commands(self, function: F) -> F:
        """List a user's custom commands, :class:`CustomCommand` each."""
        return self._single("custom_commands", function, "user", "request", "access_token")

    def on(
        self,
        *names: str,
        type: str | Iterable[str] | None = None,  # noqa: A002 - the field's name
        minimum: Number | None = None,
        maximum: Number | None = None,
        values: Sequence[Choice] | None = None,
    ) -> Callable[[F], F]:
        """Handle actions by a function.

        :param names: the actions; ``"*"`` takes whatever no other handler takes.
        :param type: for appliances of this type, or of one of these, alone.
        :param minimum: with ``maximum``, or ``values``: limits as for :func:`action`.
        :raises RegistrationError: an action or type that does not exist, or one that has a handler.
        """
        types = _types(type)
        if names == (ANY,):
            limits, interfaces = _no_limits(minimum, maximum, values), _ALL
        else:
            require_interfaces(names)
            limits, interfaces = make_limits(names, minimum, maximum, values), names
            _require_some(types, names, limits)

        def decorate(function: F) -> F:
            for name in names:
                for type_ in types:
                    title = f"{type_ or 'any appliance'} {name}"
                    handler = make_handler(title, function, interfaces, limits)
                    self._registry.add(self._registry.actions, (name, type_), handler)
            return function

        return decorate

    def _single(self, key: str, function: F, *names: str) -> F:
        handler = make_plain(f"home.{key}", function, *names)
        self._registry.add(self._registry.single, key, handler)
        return function
