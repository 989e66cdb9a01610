"""How one message went: how long its parts took, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from time import perf_counter
from types import TracebackType
from typing import Any, Literal

from ..errors import RequestRefused
from ..signals import Notifier, message_handled, message_refused
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


Observe = Callable[[Trace], AbstractContextManager[object]]


class Watch:
    """Watches how a message goes, around it: a context manager, which gives the trace.

    A class and no generator, which takes longer to enter and to leave: each message that is watched does.

    :param notify: sends the signal of what is refused.
    :param observe: tells of a message beyond the signals, around it; None where nothing is to.
    """

    __slots__ = ("_notify", "_observed", "_trace")

    def __init__(self, notify: Notifier, observe: Observe | None) -> None:
        self._notify = notify
        self._trace = Trace()
        self._observed = None if observe is None else observe(self._trace)

    def __enter__(self) -> Trace:
        if self._observed is not None:
            self._observed.__enter__()
        return self._trace

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if isinstance(error, RequestRefused):
                self._trace.came_to("refused", error)
                self._notify(message_refused, error=error, duration=self._trace.duration)
            elif error is not None:
                self._trace.came_to("raised", error)
        finally:
            if self._observed is not None:
                self._observed.__exit__(kind, error, traceback)
