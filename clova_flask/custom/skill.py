"""Handlers of the events of the skill itself: it was enabled, or disabled, in an app."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import RegistrationError, failures
from ..injection.handler import REQUIRED_USER, Handler
from ..injection.parameters import describe_function
from .objects import SKILL
from .silence import silenced
from .turn import Turn

logger = logging.getLogger("clova_flask")


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


def conclude(turn: Turn, answer: dict[str, Any], farewells: Iterable[Handler]) -> dict[str, Any]:
    """Return what an event of the skill itself is answered with, when the app has handled it.

    :param farewells: called with the message when the user has disabled the skill. What one raises is logged:
        nobody sends the event again.
    """
    if turn.event.name == "SkillDisabled":
        if turn.data is not None:
            turn.data.discard()
        for farewell in farewells:
            try:
                farewell.called(turn.message)
            except failures():
                logger.exception("%s failed after a user had disabled the skill.", farewell.title)
    return silenced(turn, answer)
