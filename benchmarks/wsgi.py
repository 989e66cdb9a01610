"""Calling an app as a WSGI server does, without a server."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from time import process_time
from typing import Any

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from .signing import HEADERS, PATH, SignedRequest


class Exchange:
    """One request, ready to be sent to an app any number of times.

    :ivar status: of the last answer, ``200 OK``.
    """

    def __init__(self, app: Flask, signed: SignedRequest) -> None:
        self.status = ""
        self._app = app
        self._body = signed.body
        headers = Headers({**HEADERS, "SignatureCEK": signed.signature})
        self._environ = EnvironBuilder(PATH, method="POST", data=signed.body, headers=headers).get_environ()

    def once(self) -> bytes:
        """Send it and return the body of the answer."""
        environ = self._environ.copy()
        environ["wsgi.input"] = BytesIO(self._body)
        chunks: Any = self._app(environ, self._start_response)
        try:
            return b"".join(chunks)
        finally:
            chunks.close()

    def require(self, answer: dict[str, Any], name: str) -> None:
        """Send it, and check the answer.

        :raises SystemExit: it is another one; the text names the contender.
        """
        body = self.once()
        if self.status != "200 OK" or json.loads(body) != answer:
            raise SystemExit(f"{name} does not answer as it must: {self.status} {body.decode()}")

    def timed(self, count: int) -> float:
        """Send it so many times and return the seconds of CPU that one of them took.

        :raises RuntimeError: an answer was not ``200 OK``.
        """
        start = process_time()
        for _ in range(count):
            self.once()
            if self.status != "200 OK":
                raise RuntimeError(f"Answered with {self.status} while being measured.")
        return (process_time() - start) / count

    def _start_response(self, status: str, _headers: Any, _error: Any = None, /) -> Callable[[bytes], object]:
        self.status = status
        return _refuse_to_write


def _refuse_to_write(_chunk: bytes) -> object:
    raise NotImplementedError("write() is for applications older than WSGI.")
