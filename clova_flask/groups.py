"""The decorators, and the registry of what they declare."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar, overload

from .custom.binding import FIXED, Fill, fill_from_payload, fill_from_slots, fill_nothing, wire_names
from .custom.catalogue import BUILT_IN_INTENTS, EVENTS
from .errors import RegistrationError, nearest
from .home.registry import HomeHandlers, HomeRegistry
from .injection.parameters import Function, Parameter, Resolver, describe_function, read_parameters

F = TypeVar("F", bound=Function)


@dataclass(frozen=True, slots=True)
class Handler:
    """A function and how its parameters are filled.

    :ivar title: what it handles, in words.
    :ivar resolvers: a resolver for each parameter.
    :ivar subject: the parameter that takes the error or the response, for handlers of those.
    :ivar slots: the slots or payload fields it takes, as parameter names.
    :ivar parameters: the same, as they were declared, each with the names it is filled from on the wire.
    """

    title: str
    function: Function
    resolvers: tuple[tuple[str, Resolver], ...]
    subject: str | None = None
    slots: tuple[str, ...] = ()
    is_async: bool = False
    parameters: tuple[tuple[Parameter, tuple[str, ...]], ...] = field(default=(), repr=False, compare=False)

    def arguments(self, turn: Any) -> dict[str, Any]:
        """Fill the parameters from a message."""
        return {name: resolve(turn) for name, resolve in self.resolvers}


def _make(
    title: str,
    function: Function,
    fill: Fill,
    *,
    subject: bool = False,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Handler:
    resolvers: list[tuple[str, Resolver]] = []
    filled: list[tuple[Parameter, tuple[str, ...]]] = []
    subject_name = None
    for parameter in read_parameters(function, frozenset(FIXED)):
        if parameter.name in FIXED:
            resolvers.append((parameter.name, FIXED[parameter.name](parameter)))
        elif subject and subject_name is None:
            subject_name = parameter.name
        else:
            resolvers.append((parameter.name, fill(parameter, function)))
            filled.append((parameter, wire_names(parameter.name, names)))
    is_async = inspect.iscoroutinefunction(function)
    slots = tuple(parameter.name for parameter, _ in filled)
    return Handler(title, function, tuple(resolvers), subject_name, slots, is_async, tuple(filled))


@dataclass(slots=True)
class Registry:
    """Everything an extension has declared, keyed by what it handles.

    :ivar single: ``launch``, ``session_ended`` and ``user_loader``.
    :ivar intents: by intent name and dialog state.
    :ivar events: by full name, ``Namespace.*`` or ``*``.
    :ivar fallbacks: by dialog state.
    """

    single: dict[str, Handler] = field(default_factory=dict)
    intents: dict[tuple[str, str | None], Handler] = field(default_factory=dict)
    events: dict[str, Handler] = field(default_factory=dict)
    fallbacks: dict[str | None, Handler] = field(default_factory=dict)
    errors: dict[type[Exception], Handler] = field(default_factory=dict)
    before: list[Handler] = field(default_factory=list)
    after: list[Handler] = field(default_factory=list)
    home: HomeRegistry = field(default_factory=HomeRegistry)
    closed: str | None = None

    def close(self, reason: str) -> None:
        """Take no more handlers from here on."""
        self.closed = self.home.closed = reason

    def add(self, table: dict[Any, Handler], key: Any, handler: Handler) -> None:
        """Add a handler under a key that is not taken.

        :raises RegistrationError: it is taken, or the registry is closed.
        """
        self.require_open(handler)
        if key in table:
            raise RegistrationError(
                f"{handler.title} has a handler already: {describe_function(table[key].function)}. "
                f"{describe_function(handler.function)} would replace it; remove one of them."
            )
        table[key] = handler

    def require_open(self, handler: Handler) -> None:
        """Refuse a handler that comes too late to be called.

        :raises RegistrationError: the registry is closed.
        """
        if self.closed:
            raise RegistrationError(
                f"{handler.title} cannot be registered any more: {self.closed} "
                f"Move {describe_function(handler.function)} to where it is imported earlier."
            )

    def handlers(self) -> list[Handler]:
        """List every handler once, in the order they were declared in each table."""
        tables: list[dict[Any, Handler]] = [self.single, self.intents, self.events, self.fallbacks]
        tables.append(self.errors)
        return [handler for table in tables for handler in table.values()] + self.before + self.after

    def join(self, other: Registry) -> None:
        """Take over what another registry holds.

        :raises RegistrationError: both have a handler for the same.
        """
        for name in ("single", "intents", "events", "fallbacks", "errors"):
            table = getattr(self, name)
            for key, handler in getattr(other, name).items():
                self.add(table, key, handler)
        for handler in (*other.before, *other.after):
            self.require_open(handler)
        self.before += other.before
        self.after += other.after
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
                handler = _make(title, function, fill_from_slots(slots or {}), names=slots or {})
                _require_taken("slots=", slots or {}, handler)
                self.registry.add(self.registry.intents, (name, state), handler)
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
                handler = _make(f"event {name}", function, fill_from_payload(name))
                self.registry.add(self.registry.events, name, handler)
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
            handler = _make(title, function, fill_from_slots({}))
            self.registry.add(self.registry.fallbacks, state, handler)
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
            handler = _make(f"errorhandler {error.__name__}", function, fill_nothing, subject=True)
            self.registry.add(self.registry.errors, error, handler)
            return function

        return decorate

    def before_request(self, function: F) -> F:
        """Run before each handler; what it returns, unless None, is the answer and ends the request."""
        handler = _make("before_request", function, fill_nothing)
        self.registry.require_open(handler)
        self.registry.before.append(handler)
        return function

    def after_request(self, function: F) -> F:
        """Run after each handler with the response message, a dict.

        It changes the dict in place, or returns one in its stead.
        """
        handler = _make("after_request", function, fill_nothing, subject=True)
        self.registry.require_open(handler)
        self.registry.after.append(handler)
        return function

    def user_loader(self, function: F) -> F:
        """Make a user of an access token: ``load(access_token)``; None when it is unknown."""
        parameters = read_parameters(function, frozenset())
        if len(parameters) != 1:
            raise RegistrationError(
                f"user_loader takes a function of the access token alone, not {describe_function(function)}."
            )
        is_async = inspect.iscoroutinefunction(function)
        handler = Handler("user_loader", function, (), parameters[0].name, is_async=is_async)
        self.registry.add(self.registry.single, "user_loader", handler)
        return function

    def _single(self, key: str, title: str, function: F | None) -> F | Callable[[F], F]:
        def decorate(function: F) -> F:
            self.registry.add(self.registry.single, key, _make(title, function, fill_nothing))
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
