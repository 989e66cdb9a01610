"""Spans and metrics of OpenTelemetry, for the extra ``otel``.

They tell of what kind a message is, who handled it, how long that took and what came of it. No token, no id
of a user, no slot and nothing that is said is in them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from opentelemetry import metrics, trace
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.trace import Span, SpanKind, StatusCode

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
        self._messages = meter.create_counter(
            "clova.messages", "{message}", "Messages of CEK, by kind, type and outcome"
        )
        self._durations = meter.create_histogram(
            "clova.message.duration", "s", "Time from the body of a message to its answer"
        )
        self._refusals = meter.create_counter("clova.refusals", "{message}", "Refused messages, by reason")
        self._pushes = meter.create_counter("clova.pushes", "{push}", "Pushes to the Push API, by outcome")
        meter.create_observable_gauge(
            "clova.key.age", [self._observe_key], "s", "Time since the platform's public key was fetched"
        )

    @contextmanager
    def observe(self, message: Trace) -> Iterator[None]:
        """Put a span around a message, which spans of handlers are within."""
        with self._tracer.start_as_current_span(
            "clova message", kind=SpanKind.INTERNAL, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield
            finally:
                self._finish(span, message)

    def pushed(self, outcome: str) -> None:
        """Count a push.

        :param outcome: ``sent``, or the name of the error's class.
        """
        self._pushes.add(1, {"clova.extension": self._extension, "clova.outcome": outcome})

    def _observe_key(self, _options: CallbackOptions) -> Iterable[Observation]:
        age = self._key_age()
        return [] if age is None else [Observation(age, {"clova.extension": self._extension})]

    def _finish(self, span: Span, message: Trace) -> None:
        """Tell what came of a message; what fails here costs no answer."""
        try:
            told = {
                "clova.extension": self._extension,
                **_kind(message.turn),
                "clova.outcome": message.outcome,
            }
            self._messages.add(1, told)
            self._durations.record(message.duration, told)
            if message.outcome == "refused":
                reason = {"clova.extension": self._extension, "clova.reason": message.error}
                self._refusals.add(1, reason)
            if span.is_recording():
                _describe(span, message, told)
        except Exception:
            logger.exception("A message could not be told to OpenTelemetry.")


def _describe(span: Span, message: Trace, told: dict[str, str]) -> None:
    span.set_attributes({**told, **_details(message)})
    span.set_attributes({f"clova.{part}.duration": took for part, took in message.durations.items()})
    if told.get("clova.type"):
        span.update_name(f"clova {told['clova.type']}")
    if message.outcome in ("failed", "raised"):
        span.set_status(StatusCode.ERROR, message.error)


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


def _details(message: Trace) -> dict[str, Any]:
    """List what a span has beyond a metric: what there are many of."""
    turn = message.turn
    if turn is None:
        return {"clova.error": message.error} if message.error else {}
    details: dict[str, Any] = {"clova.message.id": message_id(turn), "clova.error": message.error}
    if turn.handler is not None:
        details["clova.handler"] = describe_function(turn.handler.function)
    if hasattr(turn, "row"):
        details["clova.appliance.type"] = "/".join(turn.appliance.types) if turn.appliance else ""
    else:
        details["clova.intent"], details["clova.event"] = turn.intent.name, turn.event.full_name
    return {name: value for name, value in details.items() if value and value != "."}
