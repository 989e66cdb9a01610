"""What an extension has declared for Clova Home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..injection.registry import Registry
from .binding import HomeHandler

ANY = "*"


@dataclass(slots=True, eq=False)
class HomeRegistry(Registry):
    """What an extension has declared for Clova Home.

    :ivar single: ``discover``, ``load``, ``scenes``, ``scene_action`` and ``custom_commands``.
    :ivar actions: by action, ``*`` for any other, and type of appliance, None for any.
    """

    TABLES = ("single", "actions")

    single: dict[str, HomeHandler] = field(default_factory=dict)
    actions: dict[tuple[str, str | None], HomeHandler] = field(default_factory=dict)

    def handlers(self) -> list[HomeHandler]:
        """List every handler."""
        return [*self.single.values(), *self.actions.values()]

    def find(self, action: str, types: Sequence[str]) -> HomeHandler | None:
        """Find the function for an action: one of the type before one of any type, by name before ``*``."""
        keys: Iterator[tuple[str, str | None]] = (
            (name, type_) for name in (action, ANY) for type_ in (*types, None)
        )
        return next((handler for key in keys if (handler := self.actions.get(key))), None)

    def named_actions(self, types: Sequence[str]) -> set[str]:
        """Return the actions that functions handle by name for appliances of these types."""
        return {name for name, type_ in self.actions if name != ANY and (type_ is None or type_ in types)}
