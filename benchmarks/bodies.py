"""What the package's own reader of a body saves against Werkzeug's: ``python -m benchmarks.bodies``.

Each reads the same body within the whole request, and leaves it where ``request.data`` finds it.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from flask import Flask, Request
from werkzeug.wsgi import get_input_stream

import clova_flask.views

from . import contenders
from .ways import compare

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
    """Print the instructions of a request for each way, message and encoder."""
    compare("benchmarks.bodies:make_app", {way: title for way, (title, _) in WAYS.items()}, ["orjson"])


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
