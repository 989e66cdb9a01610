"""What an extension has declared for Clova Home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..injection.registry import Registry
from .binding import HomeHandler

ANY = "*"
HAVE_DEFAULTS = ("HealthCheck", "GetDeviceState")
"""Actions that ``*`` leaves to what is answered without a handler."""


class HomeRegistry(Registry):
    """What an extension has declared for Clova Home.

    :ivar single: ``discover``, ``load``, ``scenes``, ``scene_action`` and ``custom_commands``.
    :ivar actions: by action, ``*`` for any other, and type of appliance, None for any.
    :ivar errors: errorhandlers by class of exception, and whether they are shared with custom messages.
    :ivar before: hooks that run before each handler, in the order they were declared; ``after`` likewise.
    """

    TABLES = ("single", "actions", "errors")
    HOOKS = ("before", "after")

    single: dict[str, HomeHandler]
    actions: dict[tuple[str, str | None], HomeHandler]
    errors: dict[tuple[type[Exception], bool], HomeHandler]
    before: list[HomeHandler]
    after: list[HomeHandler]

    def handlers(self) -> list[HomeHandler]:
        """List every handler that is Home's alone; those it shares are listed with custom messages'."""
        tables: list[dict[Any, HomeHandler]] = [self.single, self.actions, self.errors]
        listed = [handler for table in tables for handler in table.values()] + self.before + self.after
        return [handler for handler in listed if not handler.shared]

    def errorhandlers(self, error: Exception) -> Iterator[HomeHandler]:
        """List the errorhandlers for an exception, the nearest class of its MRO first, Home's own before."""
        keys = ((cls, shared) for cls in type(error).__mro__ for shared in (False, True))
        return filter(None, map(self.errors.get, keys))

    def find(self, action: str, types: Sequence[str]) -> HomeHandler | None:
        """Find the function for an action: one of the type before one of any type, by name before ``*``."""
        names = (action,) if action in HAVE_DEFAULTS else (action, ANY)
        keys: Iterator[tuple[str, str | None]] = ((name, type_) for name in names for type_ in (*types, None))
        return next((handler for key in keys if (handler := self.actions.get(key))), None)

    def typed_actions(self, types: Sequence[str]) -> set[str]:
        """Return the actions that functions handle by name for one of these types."""
        return {name for name, type_ in self.actions if name != ANY and type_ in types}

    def named_actions(self, types: Sequence[str]) -> set[str]:
        """Return the actions that functions handle by name for appliances of these types."""
        return {name for name, type_ in self.actions if name != ANY and (type_ is None or type_ in types)}
