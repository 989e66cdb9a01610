"""The base of all registries of handlers: one handler a key, and none once the registry is closed."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from ..errors import RegistrationError
from .handler import Handler
from .parameters import describe_function
from .user_data import takes_user_data

H = TypeVar("H", bound=Handler)


class Status:
    """Whether an extension or a group accepts handlers, of custom messages and of Clova Home alike.

    :ivar owner: what declares the handlers, ``Clova`` or ``HandlerGroup``.
    :ivar apps: on how many apps it is.
    :ivar sync_only: whether an app that it is on cannot run ``async def``.
    :ivar has_store: whether each app that it is on has a store of user data.
    :ivar closed: why no more handlers are accepted, as a sentence; empty while they are.
    """

    __slots__ = ("apps", "closed", "has_store", "owner", "sync_only")

    def __init__(self, owner: str = "Clova") -> None:
        self.owner = owner
        self.apps = 0
        self.sync_only = False
        self.has_store = True
        self.closed = ""


class Registry:
    """Handlers by what they handle; a subclass names its tables.

    No dataclass: to make those of the subclasses took 0.5 % of the package's import (2026-11-25).

    :cvar TABLES: the attributes that hold one handler a key.
    :cvar HOOKS: the attributes that list handlers which all run.
    :ivar status: whether it accepts handlers.
    """

    TABLES: ClassVar[tuple[str, ...]] = ()
    HOOKS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, status: Status | None = None) -> None:
        self.status = status or Status()
        self._hooked: list[tuple[Handler, int]] = []
        for name in self.TABLES:
            setattr(self, name, {})
        for name in self.HOOKS:
            setattr(self, name, [])

    def add(self, table: dict[Any, H], key: Any, handler: H) -> None:
        """Add a handler under a key.

        :raises RegistrationError: the key has a handler already, or the registry is closed.
        """
        self.require_open(handler)
        self.require_free(table, key, handler)
        table[key] = handler

    def add_hook(self, hooks: list[H], handler: H) -> None:
        """Add a handler to those that all run.

        :raises RegistrationError: it was added for another app already, or the registry is closed.
        """
        self.require_open(handler)
        self._require_once(handler)
        self._append(hooks, handler)

    def require_open(self, handler: Handler) -> None:
        """Refuse a handler that is registered too late to be called, or that cannot be run.

        :raises RegistrationError: the registry is closed, or the app cannot run the handler.
        """
        self.require_running(handler)
        if self.status.closed:
            from .reruns import explain_late  # what explains an error is loaded by those who make it

            raise RegistrationError(
                f"{handler.title} cannot be registered any more: {self.status.closed} "
                + explain_late(handler.function, self.status.owner)
            )

    def require_running(self, handler: Handler) -> None:
        """Refuse a handler that the app cannot run.

        :raises RegistrationError: it is ``async def``, or takes user data, and the app lacks what that takes.
        """
        if handler.is_async and self.status.sync_only:
            raise RegistrationError(
                f"{describe_function(handler.function)} is async, and Flask needs an extra to run it: pip "
                "install 'clova-flask[async]'. Or write it without async."
            )
        if not self.status.has_store and takes_user_data(handler):
            raise RegistrationError(
                f"{describe_function(handler.function)} takes user data, and nothing tells where that "
                "is kept. Set CLOVA_USER_DATA_URL, for instance to sqlite:///clova_data.db, or pass the "
                "app's own engine: Clova(user_data_engine=lambda: db.engine)."
            )

    def require_free(self, table: dict[Any, H], key: Any, handler: H) -> None:
        """Refuse a second handler for a key.

        :raises RegistrationError: the key has a handler already.
        """
        if key in table:
            from .reruns import explain_repeat

            raise RegistrationError(
                f"{handler.title} has a handler already: {describe_function(table[key].function)}. "
                + explain_repeat(table[key].function, handler.function, self.status.owner)
            )

    def require_room(self, other: Self) -> None:
        """Check that all of another registry can be added.

        :raises RegistrationError: both have a handler for the same.
        """
        for name in self.TABLES:
            for key, handler in getattr(other, name).items():
                self.require_free(getattr(self, name), key, handler)
        for name in self.HOOKS:
            for handler in getattr(other, name):
                self._require_once(handler)

    def take(self, other: Self) -> None:
        """Add all of another registry that there is room for."""
        for name in self.TABLES:
            getattr(self, name).update(getattr(other, name))
        for name in self.HOOKS:
            for handler in getattr(other, name):
                self._append(getattr(self, name), handler)

    def copy(self) -> Self:
        """Copy the tables, so that what is added later is not in them."""
        copied = type(self)(self.status)
        for name in (*self.TABLES, *self.HOOKS):
            setattr(copied, name, getattr(self, name).copy())
        return copied

    def _append(self, hooks: list[H], handler: H) -> None:
        hooks.append(handler)
        self._hooked.append((handler, self.status.apps))

    def _require_once(self, handler: Handler) -> None:
        """Refuse a hook that was added for another app: it would run twice for each message."""
        earlier = [(known.function, apps) for known, apps in self._hooked if apps != self.status.apps]
        if not earlier:
            return
        from .reruns import explain_repeat, is_rerun

        for known, apps in earlier:
            if is_rerun(known, handler.function, whatever_it_closes_over=apps > 0):
                raise RegistrationError(
                    f"{handler.title} has {describe_function(handler.function)} already, which would run "
                    f"twice. {explain_repeat(known, handler.function, self.status.owner)}"
                )
