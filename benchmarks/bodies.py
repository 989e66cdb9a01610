"""What the package's own reader of a body saves against Werkzeug's: ``python -m benchmarks.bodies``.

Each reads the same body within the whole request, and leaves it where ``request.data`` finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask import Flask, Request
from werkzeug.wsgi import get_input_stream

import clova_flask.views

from . import contenders, instructions
from .signing import make_key, public_pem, sign
from .tables import print_row, print_versions
from .workloads import WORKLOADS

Read = Callable[[Request, int, int], bytes]


def by_get_data(request: Request, length: int, limit: int) -> bytes:
    """Read as any Flask view does."""
    return request.get_data()


def by_stream(request: Request, length: int, limit: int) -> bytes:
    """Read from the stream that Werkzeug makes, without what :class:`~flask.Request` adds to it."""
    body = get_input_stream(request.environ, max_content_length=limit + 1).read()
    request.environ["wsgi.input"] = BytesIO(body)
    return body


WAYS: dict[str, tuple[str, Read | None]] = {
    "own": ("the package's own", None),
    "get_data": ("request.get_data()", by_get_data),
    "stream": ("werkzeug.wsgi.get_input_stream", by_stream),
}


def main() -> None:
    """Print the instructions of a request for each way and message."""
    if not instructions.is_available():
        raise SystemExit("Instructions cannot be counted: valgrind is not installed.")
    print_versions()
    key = make_key()
    for workload in WORKLOADS.values():
        signed, pem = sign(key, workload.message(0)), public_pem(key)
        names = {way: f"{way}:ours-orjson" for way in WAYS}
        counts = instructions.per_request(
            workload.name, list(names.values()), pem, signed, factory="benchmarks.bodies:make_app"
        )
        print()
        print_row(f"{workload.title}, {len(signed.body)} bytes", "thousands", "- own", "× own")
        own = counts[names["own"]]
        for way, name in names.items():
            count = counts[name]
            print_row(WAYS[way][0], f"{count / 1e3:.1f}", f"{(count - own) / 1e3:+.1f}", f"{count / own:.4f}")


def make_app(workload: str, name: str, public_key: str) -> Flask:
    """Make a contender's app, in which bodies are read in one of the ways.

    :param name: the way, a colon, and the contender.
    """
    way, _, contender = name.partition(":")
    read = WAYS[way][1]
    if read is not None:
        clova_flask.views._read = read  # type: ignore[assignment]  # noqa: SLF001 - it is what is compared
    return contenders.make_app(workload, contender, public_key)


if __name__ == "__main__":
    main()
