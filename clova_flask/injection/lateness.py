"""What is told of an answer that came when nobody waited for it any more."""

from __future__ import annotations

import logging

from ..platforms import Platform
from .parameters import Function, describe_function

logger = logging.getLogger("clova_flask")


def warn_of_lateness(platform: Platform, seconds: float, slowest: Function | None, what_follows: str) -> None:
    """Log that an answer took longer than the platform waits.

    :param seconds: how long it took.
    :param slowest: the function that took most of it; None where there was none.
    :param what_follows: what the platform does when it has waited in vain.
    """
    logger.warning(
        "The answer %stook %.1f s. %s waits %g s and then %s. Answer first, and leave what takes long to a "
        "thread or a queue.",
        _by(slowest),
        seconds,
        platform.title,
        platform.answer_seconds,
        what_follows,
    )


def warn_of_blocking(timeout: float, seconds: float, slowest: Function | None) -> None:
    """Log that an answer took longer than ``CLOVA_HANDLER_TIMEOUT``, which could not cut what took so long.

    :param seconds: how long it took.
    :param slowest: the function that took most of it; None where there was none.
    """
    logger.warning(
        "The answer %stook %.1f s, longer than CLOVA_HANDLER_TIMEOUT, %g s. Only an async function that "
        "awaits can be cancelled; one that blocks is waited for. Write it async, or leave what takes long to "
        "a thread or a queue.",
        _by(slowest),
        seconds,
        timeout,
    )


def _by(function: Function | None) -> str:
    return f"by {describe_function(function)} " if function else ""
