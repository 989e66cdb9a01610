"""Handlers of the events of the skill itself: it was enabled, or disabled, in an app."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import RegistrationError
from ..injection.handler import REQUIRED_USER, Handler
from ..injection.parameters import describe_function
from .objects import SKILL


def require_optional_users(events: Mapping[str, Handler]) -> None:
    """Refuse a handler that needs an account when a skill is enabled or disabled, where there may be none.

    LINE deletes its token when a skill is disabled, and the event comes without one.

    :param events: handlers by name of event, of an extension that has a ``user_loader``.
    :raises RegistrationError: one takes a ``user`` who may not be None.
    """
    for name, handler in events.items():
        if not name.startswith(f"{SKILL}."):
            continue
        if any(resolve is REQUIRED_USER for _, resolve in handler.resolvers):
            raise RegistrationError(
                f"{describe_function(handler.function)} takes a user, and {name} may come without an access "
                "token: a token is gone when the skill is disabled. Annotate it as user: X | None, or take "
                "the parameter context instead: context.system.user.id is the id that the user's data is "
                "found by."
            )
