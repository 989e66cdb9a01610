"""What a before hook raises to refuse a message for reasons of the app's own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from ..errors import RequestRefused
from .handler import Handler
from .parameters import describe_function

logger = logging.getLogger("clova_flask")


class HookRefusal(Exception):
    """A before hook refuses the message; no errorhandler, hook or apology answers it.

    :ivar error: what is told to the caller.
    """

    def __init__(self, error: RequestRefused) -> None:
        super().__init__(str(error))
        self.error = error


def call_before_hook(call: Callable[[Any, Any], Any], hook: Handler, turn: Any) -> Any:
    """Call a before hook.

    :param call: calls a handler of the kind of message.
    :raises HookRefusal: it raises RequestRefused. Elsewhere that is an exception as any other: where a
        handler has run, to say that it has not would be wrong.
    """
    try:
        return call(hook, turn)
    except RequestRefused as error:
        raise HookRefusal(_tellable(error, hook)) from error


def _tellable(error: RequestRefused, hook: Handler) -> RequestRefused:
    """Return a refusal that can be answered: the hook's own, or a plain one where its status cannot be."""
    try:
        status: object = error.status
        text = str(error)
    except Exception as another:  # noqa: BLE001 - a status or a text of the user's is code, too
        status, text = another, ""
    if isinstance(status, int) and 400 <= status <= 499:
        return error
    logger.warning(
        "%s raised %s, whose status must be a number from 400 to 499, not %.80r. The message was refused "
        "with %d.",
        describe_function(hook.function),
        type(error).__name__,
        status,
        RequestRefused.status,
    )
    return RequestRefused(text)
