"""What an extension has declared for its custom messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..injection.handler import Handler
from ..injection.registry import Registry


@dataclass(slots=True, eq=False)
class CustomRegistry(Registry):
    """Everything an extension has declared for custom messages, by what it handles.

    :ivar single: ``launch`` and ``session_ended``.
    :ivar intents: by intent name and dialog state.
    :ivar events: by full name, ``Namespace.*`` or ``*``.
    :ivar fallbacks: by dialog state.
    :ivar errors: errorhandlers by class of exception.
    """

    TABLES = ("single", "intents", "events", "fallbacks", "errors")
    HOOKS = ("before", "after")

    single: dict[str, Handler] = field(default_factory=dict)
    intents: dict[tuple[str, str | None], Handler] = field(default_factory=dict)
    events: dict[str, Handler] = field(default_factory=dict)
    fallbacks: dict[str | None, Handler] = field(default_factory=dict)
    errors: dict[type[Exception], Handler] = field(default_factory=dict)
    before: list[Handler] = field(default_factory=list)
    after: list[Handler] = field(default_factory=list)

    def handlers(self) -> list[Handler]:
        """List every handler once, in the order they were declared in each table."""
        tables: list[dict[Any, Handler]] = [self.single, self.intents, self.events, self.fallbacks]
        tables.append(self.errors)
        return [handler for table in tables for handler in table.values()] + self.before + self.after
