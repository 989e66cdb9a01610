"""The base of all registries of handlers: one handler a key, and none once the registry is closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from ..errors import RegistrationError
from .handler import Handler
from .parameters import describe_function

H = TypeVar("H", bound=Handler)


@dataclass(slots=True, kw_only=True, eq=False)
class Registry:
    """Handlers, until the app answers its first message.

    :ivar closed: why no more handlers are accepted; None while they are.
    """

    closed: str | None = field(default=None)

    def add(self, table: dict[Any, H], key: Any, handler: H) -> None:
        """Add a handler under a key.

        :raises RegistrationError: the key has a handler already, or the registry is closed.
        """
        self.require_open(handler)
        if key in table:
            raise RegistrationError(
                f"{handler.title} has a handler already: {describe_function(table[key].function)}. "
                f"Remove it, or remove {describe_function(handler.function)}."
            )
        table[key] = handler

    def require_open(self, handler: Handler) -> None:
        """Refuse a handler that is registered too late to be called.

        :raises RegistrationError: the registry is closed.
        """
        if self.closed:
            raise RegistrationError(
                f"{handler.title} cannot be registered any more: {self.closed} "
                f"Move {describe_function(handler.function)} to where it is imported earlier."
            )
