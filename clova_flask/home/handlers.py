"""The decorators of Clova Home, and the registry of what they declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ..errors import RegistrationError
from ..parameters import Function, describe_function
from .appliances import require_interfaces, require_type
from .binding import HomeHandler, make_handler, make_plain
from .interfaces import INTERFACES
from .limits import Choice, Number, make_limits

F = TypeVar("F", bound=Function)

ANY = "*"


@dataclass(slots=True)
class HomeRegistry:
    """What an extension has declared for Clova Home.

    :ivar single: ``discover``, ``load``, ``scenes``, ``scene_action`` and ``custom_commands``.
    :ivar actions: by action, ``*`` for any other, and type of appliance, None for any.
    """

    single: dict[str, HomeHandler] = field(default_factory=dict)
    actions: dict[tuple[str, str | None], HomeHandler] = field(default_factory=dict)
    closed: str | None = None

    def add(self, table: dict[Any, HomeHandler], key: Any, handler: HomeHandler) -> None:
        """Add a handler under a key that is not taken.

        :raises RegistrationError: it is taken, or the registry is closed.
        """
        if self.closed:
            raise RegistrationError(
                f"{handler.title} cannot be registered any more: {self.closed} "
                f"Move {describe_function(handler.function)} to where it is imported earlier."
            )
        if key in table:
            raise RegistrationError(
                f"{handler.title} has a handler already: {describe_function(table[key].function)}. "
                f"{describe_function(handler.function)} would replace it; remove one of them."
            )
        table[key] = handler

    def join(self, other: HomeRegistry) -> None:
        """Take over what another registry holds."""
        for key, handler in other.single.items():
            self.add(self.single, key, handler)
        for place, handler in other.actions.items():
            self.add(self.actions, place, handler)

    def handlers(self) -> list[HomeHandler]:
        """List every handler."""
        return [*self.single.values(), *self.actions.values()]

    def find(self, action: str, types: Sequence[str]) -> HomeHandler | None:
        """Find the function for an action: of the type before any type, by name before ``*``."""
        keys: Iterator[tuple[str, str | None]] = (
            (name, type_) for name in (action, ANY) for type_ in (*types, None)
        )
        return next((handler for key in keys if (handler := self.actions.get(key))), None)

    def named_actions(self, types: Sequence[str]) -> set[str]:
        """Give the actions that functions handle by name for appliances of these types."""
        return {name for name, type_ in self.actions if name != ANY and (type_ is None or type_ in types)}


class HomeHandlers:
    """The decorators under ``@clova.home``.

    :param registry: where they put what they declare.
    """

    def __init__(self, registry: HomeRegistry) -> None:
        self._registry = registry

    def discover(self, function: F) -> F:
        """List a user's appliances: ``discover(user)``; it may also take ``request`` and ``access_token``."""
        return self._single("discover", function, "user", "request", "access_token")

    def load(self, function: F) -> F:
        """Give one appliance by id: ``load(user, appliance_id)``; None is ``NoSuchTargetError``."""
        return self._single("load", function, "user", "appliance_id", "request", "access_token")

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
        if names != (ANY,):
            require_interfaces(names)
        types: list[str | None] = [type] if isinstance(type, str) or type is None else list(type)
        for type_ in types:
            if type_ is not None:
                require_type(type_)
        limits = (
            make_limits(names, minimum, maximum, values) if names != (ANY,) else make_limits((), *[None] * 3)
        )
        interfaces = names if names != (ANY,) else tuple(n for n, row in INTERFACES.items() if row.appliance)

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
