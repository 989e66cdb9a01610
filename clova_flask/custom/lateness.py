"""What is told of an answer that came when nobody waited for it any more."""

from __future__ import annotations

import logging

from ..injection.parameters import describe_function
from ..platforms import Platform
from .turn import Turn

logger = logging.getLogger("clova_flask")


def warn_of_lateness(turn: Turn, platform: Platform, seconds: float) -> None:
    """Log that an answer took longer than the platform waits.

    :param seconds: how long it took.
    """
    whose = f"by {describe_function(turn.handler.function)} " if turn.handler else ""
    logger.warning(
        "The answer %stook %.1f s. %s waits %g s and then ends the dialogue, so nobody heard it. Answer "
        "first, and leave what takes long to a thread or a queue.",
        whose,
        seconds,
        platform.title,
        platform.answer_seconds,
    )
