"""The decorators of Clova Home."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from ..errors import RegistrationError
from ..injection.parameters import Function
from .binding import make_handler, make_hook, make_plain
from .interfaces import INTERFACES
from .limits import NO_LIMITS, Choice, Limits, Number, make_limits
from .registry import ANY, HomeRegistry
from .requirements import require_fitting, require_interfaces, require_type

F = TypeVar("F", bound=Function)

_ALL = tuple(name for name, row in INTERFACES.items() if row.appliance)


class HomeHandlers:
    """The decorators under ``@clova.home``.

    :param registry: where they put what they declare.
    """

    def __init__(self, registry: HomeRegistry) -> None:
        self._registry = registry

    def discover(self, function: F) -> F:
        """List a user's appliances: ``discover(user)``; it may also have ``request``, ``access_token``."""
        return self._single("discover", function, "user", "request", "access_token")

    def load(self, function: F) -> F:
        """Return one appliance by id: ``load(user, appliance_id)``; None is ``NoSuchTargetError``."""
        return self._single("load", function, "user", "appliance_id", "interface", "request", "access_token")

    def scenes(self, function: F) -> F:
        """List a user's scenes, each a :class:`Scene` (JP)."""
        return self._single("scenes", function, "user", "request", "access_token")

    def scene_action(self, function: F) -> F:
        """Act out a scene: ``act(user, scene)`` (JP)."""
        return self._single("scene_action", function, "user", "scene", "scene_id", "request", "access_token")

    def custom_commands(self, function: F) -> F:
        """List a user's custom commands, each a :class:`CustomCommand`."""
        return self._single("custom_commands", function, "user", "request", "access_token")

    def on(
        self,
        *names: str,
        type: str | Iterable[str] | None = None,  # noqa: A002 - the field's name
        minimum: Number | None = None,
        maximum: Number | None = None,
        values: Sequence[Choice] | None = None,
    ) -> Callable[[F], F]:
        """Handle actions by a function.

        :param names: the actions; ``"*"`` handles each action that has no other handler, but for
            ``HealthCheck`` and ``GetDeviceState``, which are answered from what is known of the appliance.
        :param type: only for appliances of this type, or of one of these.
        :param minimum: with ``maximum``, or ``values``: limits as for :func:`action`.
        :raises RegistrationError: an action or type does not exist, or the action has a handler already.
        """
        types = _types(type)
        if names == (ANY,):
            limits, interfaces = _no_limits(minimum, maximum, values), _ALL
        else:
            require_interfaces(names, "@clova.home.on")
            limits, interfaces = make_limits(names, minimum, maximum, values), names
            _require_some(types, names, limits)

        def decorate(function: F) -> F:
            for name in names:
                for type_ in types:
                    title = f"{type_ or 'any appliance'} {name}"
                    handler = make_handler(title, function, interfaces, limits)
                    self._registry.add(self._registry.actions, (name, type_), handler)
            return function

        return decorate

    def errorhandler(self, error: type[Exception] | int) -> Callable[[F], F]:
        """Answer when a handler of Clova Home raises; it comes before ``@clova.errorhandler`` for the class.

        The function returns or raises a :exc:`HomeError`, or returns a reply's payload as a dict; anything
        else passes the exception on to the next errorhandler by its MRO. The error is passed as the first
        parameter, unless the function has none. It may also have ``request``, ``user``, ``interface``,
        ``access_token``, ``appliance_id`` and ``appliance``, which is None where none was found.

        :param error: a class of exceptions, or the status of an HTTPException.
        :raises RegistrationError: it is neither, or has a handler already.
        """
        # Those who handle no errors need not wait for it.
        from ..injection.exception_classes import exception_class

        cls = exception_class(error, "@clova.home.errorhandler")

        def decorate(function: F) -> F:
            handler = make_hook(f"home.errorhandler {cls.__name__}", function, subject=True)
            self._registry.add(self._registry.errors, (cls, False), handler)
            return function

        return decorate

    def before_request(self, function: F) -> F:
        """Run before each handler of Clova Home, also where none is found.

        What it returns, unless None, is the answer: a reply's payload as a dict, or a :exc:`HomeError`. It
        may have the parameters of an errorhandler; there is no appliance yet.
        """
        handler = make_hook("home.before_request", function, subject=False)
        self._registry.add_hook(self._registry.before, handler)
        return function

    def after_request(self, function: F) -> F:
        """Run with each reply of Clova Home before it is sent, error messages included.

        The reply, a dict with ``header`` and ``payload``, is passed as the first parameter; the function
        changes it in place, or returns another one. It may also have the parameters of an errorhandler.
        """
        handler = make_hook("home.after_request", function, subject=True)
        self._registry.add_hook(self._registry.after, handler)
        return function

    def _single(self, key: str, function: F, *names: str) -> F:
        handler = make_plain(f"home.{key}", function, *names)
        self._registry.add(self._registry.single, key, handler)
        return function


def _types(given: Any) -> list[str | None]:
    """List the types that a decorator names; None stands for any.

    :raises RegistrationError: one does not exist, or there are none.
    """
    if given is None:
        return [None]
    types = [given] if isinstance(given, str) else list(given)
    if not types:
        raise RegistrationError("type= must name an appliance type; leave it out to handle any type.")
    for type_ in types:
        require_type(type_)
    return types


def _require_some(types: Sequence[str | None], names: Sequence[str], limits: Limits) -> None:
    """Require that each action is allowed by some of the types.

    :raises RegistrationError: none of them allows it, or none has a mode that the limits name.
    """
    for name in names:
        problems = []
        for type_ in types:
            try:
                if type_ is not None:
                    require_fitting(type_, [name], limits)
            except RegistrationError as error:
                problems.append(str(error))
        if len(problems) == len(types):
            raise RegistrationError(" ".join(problems))


def _no_limits(*limits: Any) -> Limits:
    if any(limit is not None for limit in limits):
        raise RegistrationError(
            '"*" handles every action, and limits do not fit them all. Leave out minimum, maximum and values.'
        )
    return NO_LIMITS
