"""Spans and metrics of OpenTelemetry, for the extra ``otel``.

They tell of what kind a message is, who handled it, how long that took and what came of it. No token, no id
of a user, no slot and nothing that is said is in them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any

from opentelemetry import metrics, trace
from opentelemetry.context import attach, detach
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.trace import Span, SpanKind, StatusCode, set_span_in_context

from ..injection.handler import Handler
from ..injection.parameters import describe_function
from .message_ids import message_id
from .trace import Trace

logger = logging.getLogger("clova_flask")

_NAME = "clova_flask"


class Telemetry:
    """Tells of the messages of one extension.

    :param extension: its name, which is an attribute of all.
    :param key_age: returns the seconds since the platform's key was fetched; None where it was not.
    :param tracer_provider: where spans go; None for the global one.
    :param meter_provider: where metrics go; None for the global one.
    """

    def __init__(
        self,
        extension: str,
        *,
        key_age: Callable[[], float | None],
        tracer_provider: Any = None,
        meter_provider: Any = None,
    ) -> None:
        self._extension = extension
        self._key_age = key_age
        self._tracer = trace.get_tracer(_NAME, tracer_provider=tracer_provider)
        meter = metrics.get_meter(_NAME, meter_provider=meter_provider)
        # Its count is that of the messages; a counter beside it would cost as much again.
        self._durations = meter.create_histogram(
            "clova.message.duration", "s", "Messages of CEK: time from the body to the answer"
        )
        self._handlers: dict[Handler, str] = {}
        self._refusals = meter.create_counter("clova.refusals", "{message}", "Refused messages, by reason")
        self._pushes = meter.create_counter("clova.pushes", "{push}", "Pushes to the Push API, by outcome")
        meter.create_observable_gauge(
            "clova.key.age", [self._observe_key], "s", "Time since the platform's public key was fetched"
        )

    def observe(self, message: Trace) -> _Observed:
        """Put a span around a message, which spans of handlers are within."""
        return _Observed(self, message)

    def start_span(self) -> Span:
        """Start the span of a message."""
        return self._tracer.start_span("clova message", kind=SpanKind.INTERNAL)

    def pushed(self, outcome: str) -> None:
        """Count a push.

        :param outcome: ``sent``, or the name of the error's class.
        """
        self._pushes.add(1, {"clova.extension": self._extension, "clova.outcome": outcome})

    def _observe_key(self, _options: CallbackOptions) -> Iterable[Observation]:
        age = self._key_age()
        return [] if age is None else [Observation(age, {"clova.extension": self._extension})]

    def tell(self, span: Span, message: Trace) -> None:
        """Tell what came of a message; what fails here costs no answer."""
        try:
            told = {
                "clova.extension": self._extension,
                **_kind(message.turn),
                "clova.outcome": message.outcome,
            }
            self._durations.record(message.duration, told)
            if message.outcome == "refused":
                reason = {"clova.extension": self._extension, "clova.reason": message.error}
                self._refusals.add(1, reason)
            if span.is_recording():
                self._describe(span, message, told)
        except Exception:
            logger.exception("A message could not be told to OpenTelemetry.")

    def _describe(self, span: Span, message: Trace, told: dict[str, Any]) -> None:
        details: dict[str, Any] = {f"clova.{part}.duration": took for part, took in message.durations.items()}
        if message.error:
            details["clova.error"] = message.error
        if message.turn is not None:
            span.update_name(f"clova {told['clova.type']}")
            self._add_turn(details, message.turn)
        span.set_attributes(told | details)
        if message.outcome in ("failed", "raised"):
            span.set_status(StatusCode.ERROR, message.error)

    def _add_turn(self, details: dict[str, Any], turn: Any) -> None:
        """Add what a span tells of a turn beyond a metric: of what there are many."""
        known = message_id(turn)
        if known:
            details["clova.message.id"] = known
        if turn.handler is not None:
            details["clova.handler"] = self._name_of(turn.handler)
        if hasattr(turn, "row"):
            if turn.appliance is not None:
                details["clova.appliance.type"] = "/".join(turn.appliance.types)
        elif turn.intent.name:
            details["clova.intent"] = turn.intent.name
        elif turn.event.name:
            details["clova.event"] = turn.event.full_name

    def _name_of(self, handler: Handler) -> str:
        """Describe the function of a handler, once: to look for its file and line takes as long as a span."""
        name = self._handlers.get(handler)
        if name is None:
            name = self._handlers[handler] = describe_function(handler.function)
        return name


class _Observed:
    """The span around a message, as a context manager."""

    __slots__ = ("_message", "_span", "_telemetry", "_token")

    def __init__(self, telemetry: Telemetry, message: Trace) -> None:
        self._telemetry = telemetry
        self._message = message

    def __enter__(self) -> None:
        self._span = self._telemetry.start_span()
        self._token = attach(set_span_in_context(self._span))

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        # Within the span the SDK would keep an example of it beside the duration: a fifth of all this.
        detach(self._token)
        self._telemetry.tell(self._span, self._message)
        self._span.end()


def _kind(turn: Any) -> dict[str, str]:
    """Name the kind of a message and its type: of few, since each makes a metric of its own.

    What is in no table of the protocol is ``other``, whatever it is called.
    """
    if turn is None:
        return {}
    if hasattr(turn, "row"):
        return {"clova.kind": "home", "clova.type": "other" if turn.row is None else turn.row.name}
    known = type(turn.request).__name__
    return {"clova.kind": "custom", "clova.type": "other" if known == "UnknownRequest" else known}
