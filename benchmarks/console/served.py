"""``flask clova console`` whose answers tell how long they took, for :mod:`benchmarks.console`."""

from __future__ import annotations

import gc
import os
import resource
from collections.abc import Callable, Iterable
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

from flask.cli import main
from werkzeug import serving

from clova_flask.devtools.cli import console as command
from clova_flask.devtools.console.records import db

WALL, CPU, MEMORY, PEAK = "X-Wall", "X-Cpu", "X-Memory", "X-Peak"
"""Headers: milliseconds by the clock and of the processor, megabytes resident now, and at most."""

FRESH = "BENCHMARK_FRESH"
"""Environment variable with which a fork of the console as it has just started answers each request."""

Wsgi = Callable[..., Iterable[bytes]]


def _timed(app: Wsgi) -> Wsgi:
    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        started: list[Any] = []
        wall, cpu = perf_counter(), thread_time()
        body = b"".join(app(environ, lambda *given: started.extend(given)))
        figures = {
            WALL: (perf_counter() - wall) * 1e3,
            CPU: (thread_time() - cpu) * 1e3,
            MEMORY: _resident() / 1e6,
            PEAK: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        }
        status, headers = started[:2]
        start_response(status, [*headers, *((name, f"{value:.2f}") for name, value in figures.items())])
        return [body]

    return answer


def _resident() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _run_timed(host: str, port: int, app: Any, **options: Any) -> None:
    if FRESH in os.environ:
        with app.app_context():
            db.engine.dispose()  # no process may go on with the connection of another
        # The first full collection goes over all that was imported, and a fork would copy it for that.
        gc.collect()
        gc.freeze()
        options = {"processes": 2}
    serving.run_simple(host, port, _timed(app), **options)


if __name__ == "__main__":
    setattr(command, "run_simple", _run_timed)  # noqa: B010
    main()
