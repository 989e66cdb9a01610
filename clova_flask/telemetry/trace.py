"""How one message went: how long its parts took, and what came of it."""

from __future__ import annotations

from time import perf_counter
from typing import Any, Literal

from ..signals import Notifier, message_handled
from ..wire.json import decode

Part = Literal["verify", "load", "handle", "write"]

Outcome = Literal["answered", "error", "failed", "refused", "raised"]
"""``error``: an exception that has an answer of its own, by an errorhandler or as a ``HomeError`` has.
``failed``: one that only the apology answered. ``raised``: one that was raised again, as in testing."""


class Trace:
    """One message on its way, for those who watch.

    :ivar durations: seconds by part; what ran twice, as the writing of an answer that could not be sent, is
        counted together.
    :ivar outcome: what came of it.
    :ivar error: the name of the class of the last exception; empty where there was none.
    :ivar turn: the turn; None where the message was refused before there was one.
    """

    __slots__ = ("_at", "_began", "durations", "error", "outcome", "turn")

    def __init__(self) -> None:
        self._began = self._at = perf_counter()
        self.durations: dict[Part, float] = {}
        self.outcome: Outcome = "answered"
        self.error = ""
        self.turn: Any = None

    def ended(self, part: Part) -> None:
        """Note that a part is over, and the next one begins."""
        now = perf_counter()
        self.durations[part] = self.durations.get(part, 0.0) + now - self._at
        self._at = now

    def came_to(self, outcome: Outcome, error: BaseException) -> None:
        """Note an exception."""
        self.outcome, self.error = outcome, type(error).__name__

    def handled(self, notify: Notifier, message: Any, answer: Any) -> None:
        """Note that the answer is written, and send the signal of it.

        :param answer: the response message or reply, a dict or its JSON.
        """
        self.ended("write")
        if message_handled.receivers:
            told = decode(answer) if isinstance(answer, bytes) else answer
            notify(message_handled, message=message, answer=told, duration=self.duration)

    @property
    def duration(self) -> float:
        """The seconds since the body was there."""
        return perf_counter() - self._began
