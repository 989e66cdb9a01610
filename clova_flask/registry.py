"""Everything that an extension or a group has declared."""

from __future__ import annotations

from collections.abc import Mapping

from .custom.registry import CustomRegistry
from .errors import RegistrationError
from .home.registry import HomeRegistry
from .injection.handler import Handler
from .injection.registry import Status
from .injection.user_data import required_data, takes_user_data


class Registry:
    """Every handler of an extension or a group, of custom messages and of Clova Home.

    :ivar status: whether it accepts handlers.
    :ivar user_functions: what tells who a user is, by name: ``user_loader``, ``user_data_key``,
        ``account_id``.
    """

    __slots__ = ("_joined", "custom", "home", "status", "user_functions")

    def __init__(self, owner: str) -> None:
        self.status = Status(owner)
        self.custom = CustomRegistry(self.status)
        self.home = HomeRegistry(self.status)
        self.user_functions: dict[str, Handler] = {}
        self._joined: list[Registry] = []

    @property
    def user_loader(self) -> Handler | None:
        """The function that loads the user of an access token; None when there is none."""
        return self.user_functions.get("user_loader")

    @property
    def takes_user_data(self) -> bool:
        """Whether anything has a parameter that is annotated with ``UserData``."""
        return any(takes_user_data(handler) for handler in self._all())

    @property
    def needs_user_data_key(self) -> bool:
        """Whether Clova Home takes user data, and nothing tells whose."""
        if "user_data_key" in self.user_functions:
            return False
        handlers = [*self.home.handlers(), *self._methods()]
        return any(resolve is required_data for one in handlers for _, resolve in one.resolvers)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all has been declared."""
        return not (self.handlers() or self.home.handlers())

    def close(self, reason: str) -> None:
        """Accept no more handlers from here on.

        :param reason: why, as a sentence for the error.
        """
        self.status.closed = reason

    def handlers(self) -> list[Handler]:
        """List every handler of custom messages, and what tells who a user is."""
        return [*self.custom.handlers(), *self.user_functions.values()]

    def join(self, other: Registry) -> None:
        """Add every handler of another registry; one that has joined before adds nothing.

        :raises RegistrationError: both have a handler for the same thing, or no more are accepted.
        """
        if other in self._joined:
            return
        self._require_open(other)
        self.custom.require_room(other.custom)
        self.home.require_room(other.home)
        for key, loader in other.user_functions.items():
            self.custom.require_free(self.user_functions, key, loader)
        events = {**self.custom.events, **other.custom.events}
        self.require_optional_users(events, self.user_loader or other.user_loader)
        self.custom.take(other.custom)
        self.home.take(other.home)
        self.user_functions.update(other.user_functions)
        self._joined.append(other)

    @staticmethod
    def require_optional_users(events: Mapping[str, Handler], loader: Handler | None) -> None:
        """Require that handlers of the skill's own events can do without an account, where there may be any.

        :raises RegistrationError: one takes a ``user`` who may not be None.
        """
        if loader is not None and events:
            from .custom.skill import require_optional_users

            require_optional_users(events)

    def require_running(self) -> None:
        """Require that the app can run each handler, and each method of an appliance that there is by now.

        :raises RegistrationError: one is asynchronous, and the app cannot run it; or one takes user data, and
            the app has no store for it.
        """
        if not self.status.sync_only and self.status.has_store:
            return
        for handler in self._all():
            self.custom.require_running(handler)

    def _all(self) -> list[Handler]:
        """List every handler, and each method of an appliance."""
        return [*self.handlers(), *self.home.handlers(), *self._methods()]

    def _methods(self) -> list[Handler]:
        from .home.own_classes import own_classes

        return [handler for cls in own_classes(self.home) for handler in cls.clova_handlers.values()]

    def _require_open(self, other: Registry) -> None:
        handlers = [*other.handlers(), *other.home.handlers()]
        for handler in handlers:
            self.custom.require_running(handler)
        if self.status.closed and handlers:
            from .injection.reruns import explain_late_group

            functions = [handler.function for handler in handlers]
            raise RegistrationError(
                f"No more handlers can be registered: {self.status.closed} {explain_late_group(functions)}"
            )

    def snapshot(self) -> Registry:
        """Copy what is declared by now."""
        taken = Registry(self.status.owner)
        taken.status = self.status
        taken.custom, taken.home = self.custom.copy(), self.home.copy()
        taken.user_functions = self.user_functions.copy()
        return taken
