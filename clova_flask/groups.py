"""The decorators of both kinds of extension, without an app: one file a feature."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, overload

from .custom.binding import fill_from_payload, fill_from_slots, fill_nothing, make_handler
from .custom.catalogue import BUILT_IN_INTENTS, EVENTS
from .custom.registry import CustomRegistry
from .errors import RegistrationError, nearest
from .home.decorators import HomeHandlers
from .home.registry import HomeRegistry
from .injection.handler import Handler
from .injection.parameters import Function, describe_function, read_parameters

F = TypeVar("F", bound=Function)


@dataclass(slots=True)
class Registry:
    """Everything an extension has declared.

    :ivar user_loader: makes a user of an access token; None when there is none.
    """

    custom: CustomRegistry = field(default_factory=CustomRegistry)
    home: HomeRegistry = field(default_factory=HomeRegistry)
    user_loaders: dict[str, Handler] = field(default_factory=dict)

    @property
    def user_loader(self) -> Handler | None:
        """What makes a user of an access token; None when there is none."""
        return self.user_loaders.get("user_loader")

    def close(self, reason: str) -> None:
        """Take no more handlers from here on."""
        self.custom.closed = self.home.closed = reason

    def handlers(self) -> list[Handler]:
        """List every handler of custom messages, and the user loader."""
        return [*self.custom.handlers(), *self.user_loaders.values()]

    def join(self, other: Registry) -> None:
        """Take over what another registry holds.

        :raises RegistrationError: both have a handler for the same.
        """
        self.custom.join(other.custom)
        for key, loader in other.user_loaders.items():
            self.custom.add(self.user_loaders, key, loader)
        self.home.join(other.home)


class HandlerGroup:
    """The decorators, without an app: one file a feature.

    A group joins an extension by :meth:`Clova.register`; from then on it is as if its handlers had been
    declared on the extension itself, hooks and errorhandlers included.
    """

    def __init__(self) -> None:
        self.registry = Registry()
        self.home = HomeHandlers(self.registry.home)

    @overload
    def launch(self, function: F) -> F: ...
    @overload
    def launch(self) -> Callable[[F], F]: ...
    def launch(self, function: F | None = None) -> F | Callable[[F], F]:
        """Handle ``LaunchRequest``: the user started the extension."""
        return self._single("launch", "launch", function)

    @overload
    def session_ended(self, function: F) -> F: ...
    @overload
    def session_ended(self) -> Callable[[F], F]: ...
    def session_ended(self, function: F | None = None) -> F | Callable[[F], F]:
        """Handle ``SessionEndedRequest``; the answer is not spoken."""
        return self._single("session_ended", "session_ended", function)

    def intent(
        self, *names: str, state: str | None = None, slots: Mapping[str, str] | None = None
    ) -> Callable[[F], F]:
        """Handle ``IntentRequest``.

        :param names: intents, ``"OrderPizza"`` or ``"Clova.YesIntent"``.
        :param state: only in this dialog state; such a handler wins over one without.
        :param slots: slots by parameter name, for those that are not called alike.
        :raises RegistrationError: a built-in intent that does not exist, or one that has a handler.
        """
        for name in _require_names("intent", names):
            if name.startswith("Clova.") and name not in BUILT_IN_INTENTS:
                hint = nearest(name, BUILT_IN_INTENTS) or f" Those are {', '.join(BUILT_IN_INTENTS)}."
                raise RegistrationError(f"{name!r} is not a built-in intent.{hint}")

        def decorate(function: F) -> F:
            for name in names:
                title = f"intent {name}" + (f" in state {state}" if state else "")
                handler = make_handler(title, function, fill_from_slots(slots or {}), names=slots or {})
                _require_taken("slots=", slots or {}, handler)
                self.registry.custom.add(self.registry.custom.intents, (name, state), handler)
            return function

        return decorate

    def event(self, *names: str) -> Callable[[F], F]:
        """Handle ``EventRequest``.

        :param names: ``"AudioPlayer.PlayFinished"``, ``"AudioPlayer.*"`` or ``"*"``.
        :raises RegistrationError: an event that does not exist, or one that has a handler.
        """
        for name in _require_names("event", names):
            _require_event(name)

        def decorate(function: F) -> F:
            for name in names:
                handler = make_handler(f"event {name}", function, fill_from_payload(name))
                self.registry.custom.add(self.registry.custom.events, name, handler)
            return function

        return decorate

    @overload
    def fallback(self, function: F) -> F: ...
    @overload
    def fallback(self, *, state: str | None = None) -> Callable[[F], F]: ...
    def fallback(self, function: F | None = None, *, state: str | None = None) -> F | Callable[[F], F]:
        """Handle any intent that no handler takes.

        :param state: only in this dialog state.
        """

        def decorate(function: F) -> F:
            title = "fallback" + (f" in state {state}" if state else "")
            handler = make_handler(title, function, fill_from_slots({}))
            self.registry.custom.add(self.registry.custom.fallbacks, state, handler)
            return function

        return decorate if function is None else decorate(function)

    def errorhandler(self, error: type[Exception]) -> Callable[[F], F]:
        """Answer when a handler raises; chosen by the error's MRO, as in Flask.

        The function takes the error as its first parameter, unless it takes none.

        :param error: a class of exception.
        """
        if not (isinstance(error, type) and issubclass(error, Exception)):
            raise RegistrationError(f"errorhandler takes a class of Exception, not {error!r}.")

        def decorate(function: F) -> F:
            handler = make_handler(f"errorhandler {error.__name__}", function, fill_nothing, subject=True)
            self.registry.custom.add(self.registry.custom.errors, error, handler)
            return function

        return decorate

    def before_request(self, function: F) -> F:
        """Run before each handler; what it returns, unless None, is the answer and ends the request."""
        handler = make_handler("before_request", function, fill_nothing)
        self.registry.custom.require_open(handler)
        self.registry.custom.before.append(handler)
        return function

    def after_request(self, function: F) -> F:
        """Run after each handler with the response message, a dict.

        It changes the dict in place, or returns one in its stead.
        """
        handler = make_handler("after_request", function, fill_nothing, subject=True)
        self.registry.custom.require_open(handler)
        self.registry.custom.after.append(handler)
        return function

    def user_loader(self, function: F) -> F:
        """Make a user of an access token: ``load(access_token)``; None when it is unknown."""
        parameters = read_parameters(function, frozenset())
        if len(parameters) != 1:
            raise RegistrationError(
                f"user_loader takes a function of the access token alone, not {describe_function(function)}."
            )
        is_async = inspect.iscoroutinefunction(function)
        handler = Handler("user_loader", function, (), is_async, parameters[0].name)
        self.registry.custom.add(self.registry.user_loaders, "user_loader", handler)
        return function

    def _single(self, key: str, title: str, function: F | None) -> F | Callable[[F], F]:
        def decorate(function: F) -> F:
            self.registry.custom.add(
                self.registry.custom.single, key, make_handler(title, function, fill_nothing)
            )
            return function

        return decorate if function is None else decorate(function)


def _require_names(what: str, names: tuple[Any, ...]) -> tuple[str, ...]:
    if not names or not all(isinstance(name, str) and name for name in names):
        raise RegistrationError(f'Name the {what} that is handled: @clova.{what}("…").')
    return names


def _require_taken(what: str, mapping: Mapping[str, str], handler: Handler) -> None:
    for name in mapping:
        if name not in handler.slots:
            raise RegistrationError(
                f"{what} maps {name!r}, which {describe_function(handler.function)} does not take."
                f"{nearest(name, handler.slots)}"
            )


def _require_event(name: str) -> None:
    patterns = {f"{event.partition('.')[0]}.*" for event in EVENTS} | {"*"}
    if name not in EVENTS and name not in patterns:
        hint = nearest(name, [*EVENTS, *patterns]) or f" Those are {', '.join(EVENTS)}."
        raise RegistrationError(f"{name!r} is not an event.{hint}")
