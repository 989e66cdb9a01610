"""What the decorators of custom messages accept; anything else is refused with what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..errors import RegistrationError, nearest, type_name
from ..injection.handler import Handler
from ..injection.parameters import describe_function
from .catalogue import BUILT_IN_INTENTS, EVENTS

_PATTERNS = tuple(dict.fromkeys([*(f"{event.partition('.')[0]}.*" for event in EVENTS), "*"]))


def require_intents(names: tuple[Any, ...]) -> None:
    """Require the names of intents; those that begin with ``Clova.`` must be built in.

    :raises RegistrationError: one is not a name, or not a built-in intent.
    """
    _require_names("intent", names, "OrderPizza")
    for name in names:
        if name.startswith("Clova.") and name not in BUILT_IN_INTENTS:
            hint = nearest(name, BUILT_IN_INTENTS, or_list=True)
            raise RegistrationError(f"{name!r} is not a built-in intent.{hint}")


def require_events(names: tuple[Any, ...]) -> None:
    """Require the names of events, or patterns of them.

    :raises RegistrationError: one is not a name, or not an event.
    """
    _require_names("event", names, "AudioPlayer.PlayFinished")
    known = (*EVENTS, *_PATTERNS)
    for name in names:
        if name not in known and not _is_agreed(name):
            raise RegistrationError(f"{name!r} is not an event.{nearest(name, known, or_list=True)}")


def _is_agreed(name: str) -> bool:
    """Whether an event may be of a namespace that its extension has agreed on with the platform."""
    namespace, dot, event = name.partition(".")
    if not dot or not namespace.isidentifier() or not (event.isidentifier() or event == "*"):
        return False
    known = {known for full in EVENTS for known in full.split(".")}
    return namespace not in known and event not in known and not nearest(namespace, known)


def _require_names(what: str, names: tuple[Any, ...], example: str) -> None:
    remedy = f'Write @clova.{what}("{example}").'
    if not names:
        raise RegistrationError(f"@clova.{what}() must name the {what} that it handles. {remedy}")
    for name in names:
        if callable(name):
            raise _without_parentheses(what, name, remedy)
        if not isinstance(name, str):
            raise RegistrationError(f"The name of an {what} must be a str, not {type_name(name)}. {remedy}")
        if not name:
            raise RegistrationError(f"The name of an {what} must not be empty. {remedy}")


def _without_parentheses(what: str, function: Callable[..., Any], remedy: str) -> RegistrationError:
    return RegistrationError(
        f"@clova.{what} above {describe_function(function)} has no parentheses and names nothing. {remedy}"
    )


def require_state(what: str, state: Any) -> None:
    """Require a dialog state, or None.

    :raises RegistrationError: it is neither.
    """
    if state is not None and not isinstance(state, str):
        raise RegistrationError(f"@clova.{what}: state must be a str or None, not {type_name(state)}.")


def require_mapping(argument: str, value: Any, what: str) -> None:
    """Require a mapping, or None, for an argument of ``@clova.intent``.

    :param what: what it is a mapping of, with the place for what it is instead.
    :raises RegistrationError: it is neither.
    """
    if value is not None and not isinstance(value, Mapping):
        raise RegistrationError(
            f"@clova.intent: {argument} must be a dict of {what.format(type_name(value))}."
        )


def require_parameters(slots: Mapping[str, str], handler: Handler) -> None:
    """Require that a handler has each parameter that ``slots=`` names.

    :raises RegistrationError: it does not.
    """
    for name in slots:
        if name not in handler.slots:
            raise RegistrationError(
                f"@clova.intent: slots names the parameter {name!r}, which "
                f"{describe_function(handler.function)} does not have."
                f"{nearest(name, handler.slots, or_list=True)}"
            )
