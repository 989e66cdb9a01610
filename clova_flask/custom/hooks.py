"""What after hooks make of a response message."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..injection.handler import Handler
from ..injection.missing_users import needs_missing_user
from .completion import complete_answer
from .turn import Turn


def changed(
    call: Callable[[Handler, Turn, Any], Any], hooks: Iterable[Handler], turn: Turn, message: dict[str, Any]
) -> dict[str, Any]:
    """Call after hooks on a message, and return what they make of it.

    :param call: calls one with the message.
    """
    for hook in hooks:
        if not needs_missing_user(hook, turn):
            message = complete_answer(call(hook, turn, message) or message, turn.lang)
    return message
