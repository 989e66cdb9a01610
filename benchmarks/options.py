"""What each option that is on costs a message: ``python -m benchmarks.options``.

User data is measured in memory and in SQLite, and where CLOVA_TEST_POSTGRES_URL and CLOVA_TEST_REDIS_URL are
set, as the tests have it, in those. Each of its turns loads the user's data, changes a number, and saves it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask

from clova_flask import Answer, Clova, UserData, ask

from .contenders.configured import configured_app
from .signing import make_key, public_pem, sign
from .tables import print_row, print_versions
from .workloads import WORKLOADS
from .wsgi import Exchange

ROUNDS, SIZE = 60, 50

_KIND = {
    "clova.extension": "clova",
    "clova.kind": "custom",
    "clova.type": "IntentRequest",
    "clova.outcome": "answered",
}
_DETAILS: dict[str, Any] = {
    "clova.verify.duration": 0.0001,
    "clova.load.duration": 0.0001,
    "clova.write.duration": 0.0001,
    "clova.message.id": "f09874hiudf-sdf-4wku-flksdjfo4hjsdf",
    "clova.handler": "benchmarks.options._order (benchmarks/options.py:120)",
    "clova.intent": "OrderPizza",
}
"""What a span tells of one message beside ``clova.handle.duration``, with figures that are made up."""


def main() -> None:
    """Print the microseconds of a message with each option, and how many more than without any."""
    print_versions()
    key = make_key()
    signed = sign(key, WORKLOADS["intent"].message(0))
    with TemporaryDirectory() as folder:
        apps = dict(_apps(public_pem(key), Path(folder)))
        exchanges = {name: Exchange(app, signed) for name, app in apps.items()}
        times = _measure(exchanges)
    print()
    print_row("One signed IntentRequest", "median µs", "more", "min µs", "more")
    off = times["off"]
    for name, taken in times.items():
        print_row(
            name,
            f"{median(taken):.1f}",
            f"{median(taken) - median(off):+.1f}",
            f"{min(taken):.1f}",
            f"{min(taken) - min(off):+.1f}",
        )


def _measure(exchanges: dict[str, Exchange]) -> dict[str, list[float]]:
    """Time the apps in turn.

    :return: by name, the microseconds of a message in each round.
    """
    times: dict[str, list[float]] = {name: [] for name in exchanges}
    for turn in range(ROUNDS + 2):
        for name, exchange in exchanges.items():
            start = time.perf_counter()  # and not of the CPU: a server is another process
            for _ in range(SIZE):
                exchange.once()
            if turn >= 2:  # the first ones compile schemas, and make tables and connections
                times[name].append((time.perf_counter() - start) / SIZE * 1e6)
            if exchange.status != "200 OK":
                raise RuntimeError(f"{name} answered with {exchange.status} while being measured.")
    return times


def _apps(public_key: str, folder: Path) -> Iterator[tuple[str, Flask]]:
    yield "off", _app(public_key, _order)
    telemetry = _telemetry()
    if telemetry:
        yield "telemetry, with OpenTelemetry's SDK", _app(public_key, _order, **telemetry)
        yield "the same span and metric, by hand", _told_by_hand(_app(public_key, _order), _telemetry())
    yield "user data in memory (testing)", _app(public_key, _count, is_testing=True)
    yield "user data in SQLite", _app(public_key, _count, user_data_url=f"sqlite:///{folder}/data.db")
    for kind, variable in (("PostgreSQL", "CLOVA_TEST_POSTGRES_URL"), ("Redis", "CLOVA_TEST_REDIS_URL")):
        url = os.environ.get(variable)
        if url:
            yield f"user data in {kind}", _app(public_key, _count, user_data_url=url)
        else:
            print(f"Left out: {kind}, since {variable} is not set.")


def _app(
    public_key: str, handler: Callable[..., Answer], *, is_testing: bool = False, **options: Any
) -> Flask:
    app = configured_app(__name__, public_key)
    app.testing = is_testing
    clova = Clova(**options)
    clova.intent("OrderPizza")(handler)
    clova.init_app(app)
    for database in app.extensions.get("clova_storage", {}).get("clova", []):
        database.upgrade()
    return app


def _told_by_hand(app: Flask, telemetry: dict[str, Any]) -> Flask:
    """Put around an app what a message tells OpenTelemetry: what that costs at the least."""
    from opentelemetry.context import attach, detach
    from opentelemetry.trace import set_span_in_context

    tracer = telemetry["tracer_provider"].get_tracer("by hand")
    meter = telemetry["meter_provider"].get_meter("by hand")
    durations = meter.create_histogram("clova.message.duration", "s")
    answer = app.wsgi_app

    def told(environ: Any, start_response: Any) -> Any:
        start = time.perf_counter()
        span = tracer.start_span("clova IntentRequest")
        token = attach(set_span_in_context(span))
        answered = answer(environ, start_response)
        took = time.perf_counter() - start
        detach(token)
        durations.record(took, _KIND)
        span.set_attributes(_KIND | _DETAILS | {"clova.handle.duration": took})
        span.end()
        return answered

    app.wsgi_app = told  # type: ignore[method-assign]
    return app


def _order(pizza_type: str, pizza_amount: int) -> Answer:
    return ask(f"{pizza_type} {pizza_amount}판, 주문할까요?")


def _count(data: UserData, pizza_type: str, pizza_amount: int) -> Answer:
    data["orders"] = data.get("orders", 0) + 1
    return ask(f"{pizza_type} {pizza_amount}판, 주문할까요?")


def _telemetry() -> dict[str, Any]:
    """Make providers whose spans and metrics are collected, and sent nowhere."""
    try:
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.metrics.export import InMemoryMetricReader
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
    except ImportError:
        print("Left out: telemetry, since opentelemetry-sdk is not installed.")
        return {}

    class Nowhere(SpanExporter):
        def export(self, spans: Any) -> SpanExportResult:
            return SpanExportResult.SUCCESS

    spans = TracerProvider()
    spans.add_span_processor(BatchSpanProcessor(Nowhere()))
    metrics = MeterProvider(metric_readers=[InMemoryMetricReader()])
    return {"telemetry": True, "tracer_provider": spans, "meter_provider": metrics}


if __name__ == "__main__":
    main()
