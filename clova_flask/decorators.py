"""The decorators of both kinds of extension, without an app, for one file a feature."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Never, TypeVar, overload

from .custom.binding import fill_from_slots, fill_nothing, make_handler
from .custom.event_fields import fill_from_payload
from .custom.requirements import (
    require_events,
    require_intents,
    require_mapping,
    require_parameters,
    require_state,
)
from .custom.speech import AnySpeech
from .errors import RegistrationError
from .home.binding import HOOK_NAMES, HomeHandler
from .home.binding import make_hook as make_home_hook
from .home.decorators import HomeHandlers
from .injection.callables import is_async
from .injection.calling import as_called
from .injection.handler import Handler
from .injection.parameters import (
    Function,
    Parameter,
    Resolver,
    describe_function,
    is_left,
    require_one_argument,
)
from .registry import Registry

if TYPE_CHECKING:
    from .custom.answers import Answer
    from .home.errors import HomeError

    Returned = AnySpeech | Answer | Mapping[str, object] | None
    Recovered = Returned | HomeError | type[HomeError]
    Changed = dict[str, Any] | None

    F = TypeVar("F", bound=Callable[..., Returned | Awaitable[Returned]])
    R = TypeVar("R", bound=Callable[..., Recovered | Awaitable[Recovered]])
    C = TypeVar("C", bound=Callable[..., Changed | Awaitable[Changed]])
    L = TypeVar("L", bound=Function)
else:  # for a type checker alone
    F = R = C = L = TypeVar("F", bound=Function)

_SLOTS = 'slot names by parameter name, not {}. Write slots={{"parameter": "slot"}}'
_PROMPTS = 'questions by slot, not {}. Write prompts={{"strength": "…?"}}'


class HandlerGroup:
    """The decorators without an app, for one file a feature.

    A group joins an extension by ``clova.register(group)``, also several extensions, and any number of times.
    From then on its handlers, hooks and errorhandlers are the extension's own, and it accepts no more.
    """

    _owner = "HandlerGroup"

    def __init__(self) -> None:
        self.registry = Registry(self._owner)
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
        self,
        *names: str,
        state: str | None = None,
        slots: Mapping[str, str] | None = None,
        prompts: Mapping[str, AnySpeech] | None = None,
        **others: Never,
    ) -> Callable[[F], F]:
        """Handle ``IntentRequest``.

        :param names: intents, ``"OrderPizza"`` or ``"Clova.YesIntent"``.
        :param state: only in this dialog state; such a handler is preferred to one without.
        :param slots: names of slots by parameter name, ``{"who": "user"}``, where they differ.
        :param prompts: what Clova asks where a slot that the handler needs is missing or not valid, by the
            name of the parameter or of the slot: ``{"strength": "얼마나 진하게요?"}``. Without one it is
            ``slot_missing`` or ``slot_invalid`` of :attr:`Clova.phrases`.
        :raises RegistrationError: a built-in intent does not exist, an intent has a handler already, or a
            parameter can never be filled.
        :raises TypeError: an argument is none of these; the text names what to write instead.
        """
        if others:
            from .custom.options import explain_option

            raise TypeError(explain_option(others))
        require_intents(names)
        require_state("intent", state)
        require_mapping("slots", slots, _SLOTS)
        require_mapping("prompts", prompts, _PROMPTS)
        fill = fill_from_slots(slots or {}, prompts or {})

        def decorate(function: F) -> F:
            for name in names:
                title = f"intent {name}" + (f" in state {state}" if state else "")
                handler = make_handler(title, function, fill, names=slots or {})
                require_parameters(slots or {}, handler)
                if prompts:
                    from .custom.prompts import require_prompts  # most intents have none

                    require_prompts(prompts, handler)
                self.registry.custom.add(self.registry.custom.intents, (name, state), handler)
            return function

        return decorate

    def event(self, *names: str) -> Callable[[F], F]:
        """Handle ``EventRequest``.

        :param names: ``"AudioPlayer.PlayFinished"``, ``"AudioPlayer.*"`` or ``"*"``.
        :raises RegistrationError: an event does not exist or has a handler already, or a parameter can never
            be filled.
        """
        require_events(names)

        def decorate(function: F) -> F:
            for name in names:
                handler = make_handler(f"event {name}", function, fill_from_payload(name))
                self.registry.require_optional_users({name: handler}, self.registry.user_loader)
                self.registry.custom.add(self.registry.custom.events, name, handler)
            return function

        return decorate

    @overload
    def fallback(self, function: F) -> F: ...
    @overload
    def fallback(self, *, state: str | None = None) -> Callable[[F], F]: ...
    def fallback(self, function: F | None = None, *, state: str | None = None) -> F | Callable[[F], F]:
        """Handle every intent that has no handler.

        :param state: only in this dialog state.
        """
        require_state("fallback", state)

        def decorate(function: F) -> F:
            title = "fallback" + (f" in state {state}" if state else "")
            handler = make_handler(title, function, fill_from_slots())
            self.registry.custom.add(self.registry.custom.fallbacks, state, handler)
            return function

        return decorate if function is None else decorate(function)

    def errorhandler(self, error: type[Exception] | int) -> Callable[[R], R]:
        """Answer when a handler of custom messages or of Clova Home raises.

        The errorhandlers for an exception are tried by its MRO, the nearest class first. What one returns
        answers a custom message as a handler's answer does. A Clova Home request is answered with a
        :exc:`~clova_flask.home.HomeError` that it returns or raises, or with a reply's payload. An answer of
        the other kind passes the exception on to the next.

        The error is passed as the first parameter, unless the function has none. A function that takes
        ``session`` or ``context`` serves custom messages only; one that takes a ``user`` who may not be None
        is passed over where there is no user.

        :param error: a class of exceptions, or the status of an HTTPException: ``404`` is ``NotFound``.
        :raises RegistrationError: it is neither, or has a handler already.
        """
        # Those who handle no errors need not wait for it.
        from .injection.exception_classes import exception_class

        cls = exception_class(error, "@clova.errorhandler")

        def decorate(function: R) -> R:
            title = f"errorhandler {cls.__name__}"
            handler, shared = _make_hooks(title, function, subject=True)
            self.registry.custom.add(self.registry.custom.errors, cls, handler)
            if shared is not None:
                self.registry.home.add(self.registry.home.errors, (cls, True), shared)
            return function

        return decorate

    def before_request(self, function: R) -> R:
        """Run before each handler of custom messages and of Clova Home.

        What it returns, unless None, is the answer, and no handler runs: as a handler's answer for a custom
        message; for a Clova Home request a reply's payload as a dict, or a
        :exc:`~clova_flask.home.HomeError`, and anything else is an :exc:`AnswerError`. A function that takes
        ``session`` or ``context`` serves custom messages only.
        """
        handler, shared = _make_hooks("before_request", function, subject=False)
        self.registry.custom.add_hook(self.registry.custom.before, handler)
        if shared is not None:
            self.registry.home.add_hook(self.registry.home.before, shared)
        return function

    def after_request(self, function: C) -> C:
        """Run with each answer before it is sent, apologies and error messages of Clova Home included.

        The answer is passed as the first parameter: a dict, the response message, or the reply of Clova Home
        with ``header`` and ``payload``. The function changes the dict in place, or returns another one. One
        that fails on the apology, or on ``DriverInternalError`` in its place, is logged and skipped. A
        function that takes ``session`` or ``context`` serves custom messages only; one that takes a ``user``
        who may not be None is passed over where there is no user.
        """
        handler, shared = _make_hooks("after_request", function, subject=True)
        self.registry.custom.add_hook(self.registry.custom.after, handler)
        if shared is not None:
            self.registry.home.add_hook(self.registry.home.after, shared)
        return function

    def user_loader(self, function: L) -> L:
        """Load the user of an access token: ``load(access_token)`` returns None for an unknown one."""
        require_one_argument(function, "A user_loader", "the access token")
        handler = Handler("user_loader", function, (), is_async(function), called=as_called(function))
        self.registry.require_optional_users(self.registry.custom.events, handler)
        self.registry.custom.add(self.registry.user_functions, "user_loader", handler)
        return function

    def _single(self, key: str, title: str, function: F | None) -> F | Callable[[F], F]:
        def decorate(function: F) -> F:
            self.registry.custom.add(
                self.registry.custom.single, key, make_handler(title, function, fill_nothing)
            )
            return function

        return decorate if function is None else decorate(function)


def _make_hooks(title: str, function: Function, *, subject: bool) -> tuple[Handler, HomeHandler | None]:
    """Make a hook or an errorhandler for custom messages, and for Clova Home where that can fill it."""
    handler = make_handler(title, function, _fill_no_more, subject=subject)
    if any(name in ("session", "context") for name, _ in handler.resolvers):
        return replace(handler, title=f"{title} (custom)"), None
    return handler, make_home_hook(title, function, subject=subject, shared=True)


def _fill_no_more(parameter: Parameter, function: Function) -> Resolver | None:
    """Refuse a parameter of a hook for both kinds of message, with a word about those of Home alone."""
    if parameter.name in HOOK_NAMES and not is_left(parameter):
        raise RegistrationError(
            f"Nothing can fill {parameter.name!r} of {describe_function(function)} for custom messages. "
            "The decorators of @clova.home are for Clova Home alone."
        )
    return fill_nothing(parameter, function)
