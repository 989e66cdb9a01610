"""Which message a line of the log is about."""

from __future__ import annotations

import logging
from typing import Any

from ..injection.current import current_turn

NO_ID = "-"


class MessageIds(logging.Filter):
    """Add the id of the message that is being handled to each record: ``%(clova_message_id)s`` in a format.

    It is a custom message's ``requestId``, a Clova Home message's ``messageId``, and ``-`` outside of
    messages and where they have none. Add it to a handler of the log, so that the lines of your own code
    have it too: ``handler.addFilter(MessageIds())``.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id, and let every record pass."""
        record.clova_message_id = message_id(current_turn.get(None)) or NO_ID
        return True


def message_id(turn: Any) -> str | None:
    """Return the id of a turn's message; None where it has none."""
    if turn is None:
        return None
    header = getattr(turn.request, "header", None)
    known: str | None = turn.request.request_id if header is None else header.message_id
    return known
