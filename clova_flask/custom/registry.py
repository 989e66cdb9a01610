"""What an extension has declared for its custom messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from ..injection.handler import Handler
from ..injection.registry import Registry, Status
from .speech import AnySpeech


class CustomRegistry(Registry):
    """Everything an extension has declared for custom messages, by what it handles.

    :ivar single: ``launch`` and ``session_ended``.
    :ivar intents: by intent name and dialog state.
    :ivar events: by full name, ``Namespace.*`` or ``*``.
    :ivar fallbacks: by dialog state.
    :ivar errors: errorhandlers by class of exception.
    :ivar before: hooks that run before each handler, in the order they were declared; ``after`` likewise.
    :ivar farewells: what the package does when a user has disabled the skill, after the app's handler.
    :ivar phrases: what is said instead of the package's own sentences, by language and occasion.
    """

    TABLES = ("single", "intents", "events", "fallbacks", "errors")
    HOOKS = ("before", "after", "farewells")

    single: dict[str, Handler]
    intents: dict[tuple[str, str | None], Handler]
    events: dict[str, Handler]
    fallbacks: dict[str | None, Handler]
    errors: dict[type[Exception], Handler]
    before: list[Handler]
    after: list[Handler]
    farewells: list[Handler]

    def __init__(self, status: Status | None = None) -> None:
        super().__init__(status)
        self.phrases: dict[tuple[str, str], AnySpeech] = {}

    def copy(self) -> Self:
        """Copy the tables, and what is said instead of the package's own sentences."""
        copied = super().copy()
        copied.phrases = self.phrases.copy()
        return copied

    def handlers(self) -> list[Handler]:
        """List every handler once, in the order they were declared in each table."""
        tables: list[dict[Any, Handler]] = [self.single, self.intents, self.events, self.fallbacks]
        tables.append(self.errors)
        return [handler for table in tables for handler in table.values()] + self.before + self.after

    def errorhandlers(self, error: Exception) -> Iterator[Handler]:
        """List the errorhandlers for an exception, the nearest class of its MRO first."""
        return filter(None, map(self.errors.get, type(error).__mro__))
