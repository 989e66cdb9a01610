"""What answers an exception while a custom message is handled."""

from __future__ import annotations

import logging
from typing import Any

from werkzeug.exceptions import HTTPException

from ..errors import AccountLinkingRequired, SlotError
from ..injection.recovery import Recovery, status_of
from .answers import Answer, ask, tell
from .objects import IntentRequest, LaunchRequest
from .phrases import phrase
from .turn import Turn

logger = logging.getLogger("clova_flask")

_OCCASIONS = {404: "not_found", 410: "not_found", 429: "busy", 503: "busy"}
"""What is said of an HTTPException, by its status."""


class CustomRecovery(Recovery):
    """Answers the exceptions of custom messages."""

    def _is_answer(self, result: Any) -> bool:
        kind = result if isinstance(result, type) else type(result)
        return not issubclass(kind, self._foreign)

    def _expected(self, turn: Turn, error: Exception) -> tuple[Any] | None:
        if isinstance(error, AccountLinkingRequired):
            return (tell(phrase("account_linking", turn.lang)),)
        if isinstance(error, SlotError):
            return (_ask_again(turn, error),)
        if isinstance(error, HTTPException):
            return (_say(turn, error),)
        return None


def _ask_again(turn: Turn, error: SlotError) -> Answer | None:
    logger.info("%s", error if error.missing else f"{error.name!r} was not {error.expected}.")
    if not isinstance(turn.request, IntentRequest):
        return None
    occasion = "slot_missing" if error.missing else "slot_invalid"
    return Answer(phrase(occasion, turn.lang), ends=False, slot=error.name)


def _say(turn: Turn, error: HTTPException) -> Answer | None:
    """Say what ``abort(404)`` would show in a browser."""
    status = status_of(error)
    logger.info("A handler ended a %s with the HTTP status %d.", turn.request.type, status)
    if status == 401:
        return tell(phrase("account_linking", turn.lang))
    if not isinstance(turn.request, (IntentRequest, LaunchRequest)):
        return None
    occasion = _OCCASIONS.get(status, "failed" if status >= 500 else "refused")
    return ask(phrase(occasion, turn.lang))
