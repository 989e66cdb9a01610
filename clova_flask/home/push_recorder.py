"""Pushes of tests: they are recorded, and sent to nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..errors import ConfigurationError
from .push import Push, PushClient, PushReceipt, check_push


class PushRecorder(PushClient):
    """Stands in for the client of the Push API, and records what is sent.

    :ivar sent: the pushes, the oldest first.
    """

    def __init__(self) -> None:
        self.sent: list[Push] = []

    def __repr__(self) -> str:
        return f"<PushRecorder of {len(self.sent)}>"

    def send(self, appliance_id: str, message_id: str) -> PushReceipt:
        """Record a message about an appliance; the receipt is empty, since the Push API has not answered.

        :raises PushError: the Push API would refuse it.
        """
        check_push(appliance_id, message_id)
        self.sent.append(Push(appliance_id, message_id))
        return PushReceipt("", None)


@contextmanager
def record(use: Callable[[PushClient | None], PushClient | None]) -> Iterator[list[Push]]:
    """Record pushes for a while.

    :param use: puts a client in place, and returns the one that was there.
    """
    recorder = PushRecorder()
    before = use(recorder)
    try:
        yield recorder.sent
    finally:
        use(before)


def refuse_in_testing(name: str) -> ConfigurationError:
    """Return the error for a push of an app in testing that nobody records."""
    return ConfigurationError(
        f"The extension {name!r} pushes, and its app is in testing: nothing is sent. Record what it would "
        "send: with clova.record_pushes() as sent: …"
    )
