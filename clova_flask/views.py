"""The view: raw body in, response out."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import Any, BinaryIO

from flask import Request, Response, current_app, render_template, request
from werkzeug.wsgi import get_content_length, get_input_stream

from .errors import MalformedMessage, MessageTooLarge, RequestRefused, line_in_log
from .runtime import Runtime
from .security.signature import HEADER
from .telemetry.rates import LineLimit
from .wire.json import encode

logger = logging.getLogger("clova_flask")

_HEADER = "HTTP_" + HEADER.upper()
_JSON = "application/json;charset=utf-8"

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def make_view(runtime: Runtime) -> Callable[..., Response]:
    """Make the view of one extension's endpoint."""
    limit = runtime.settings.max_content_length
    lines = LineLimit()

    # Values of variables in the prefix or the host are for those who read request.view_args.
    def clova_endpoint(**_values: object) -> Response:
        current: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - a proxy costs at every step
        if current.method != "POST":
            return _not_post(runtime)
        endpoint = runtime.endpoint or runtime.open()
        try:
            body = _body(current, limit)
        except RequestRefused as error:
            endpoint.refuse(error)
            return _refuse(error, lines)
        try:
            return Response(endpoint.answer(body, current.environ.get(_HEADER)), content_type=_JSON)
        except RequestRefused as error:
            return _refuse(error, lines)

    return clova_endpoint


def _body(current: Request, limit: int) -> bytes:
    """Read the exact bytes of the body once, and leave them where ``request.data`` finds them.

    :param limit: the longest body that is accepted, in bytes.
    :raises MessageTooLarge: it is longer.
    :raises MalformedMessage: it is empty, is not whole, or cannot be read; what is verified without its
        end would only look like a wrong signature.
    """
    length = _content_length(current.environ)
    if length > limit:
        raise _too_large(limit)
    try:
        body = _read(current, length, limit)
    except Exception as error:
        raise MalformedMessage("The body could not be read to its end.") from error
    if len(body) > limit:
        raise _too_large(limit)
    if not body or len(body) < length:
        raise MalformedMessage(_why_not_whole(current, len(body), length))
    return body


def _content_length(environ: dict[str, Any]) -> int:
    """Return the length of a body of a known length; 0 when it is chunked, or tells none that is a number."""
    length = environ.get("CONTENT_LENGTH")
    if length and length.isdecimal() and "HTTP_TRANSFER_ENCODING" not in environ:
        try:
            return int(length)  # what nearly always comes; Werkzeug takes twice as long for it
        except ValueError:  # of more digits than Python reads
            return sys.maxsize
    return get_content_length(environ) or 0


def _read(current: Request, length: int, limit: int) -> bytes:
    """Read what there is, at most one byte more than the limit."""
    if "stream" in vars(current):  # something has read it before; Werkzeug may have kept it
        return current.get_data()
    environ = current.environ
    if length:
        body = _read_exactly(environ["wsgi.input"], length)
    else:
        # Werkzeug's stream just ends at its limit: only a further byte tells that the body is longer.
        body = get_input_stream(environ, max_content_length=limit + 1).read()
    environ["wsgi.input"] = BytesIO(body)
    return body


def _read_exactly(stream: BinaryIO, length: int) -> bytes:
    """Read a body of a known length, of which a server may return a part at a time.

    Werkzeug's stream does the same in more steps; ``python -m benchmarks.bodies`` compares the two.
    """
    body = stream.read(length)
    while len(body) < length:
        more = stream.read(length - len(body))
        if not more:
            break
        body += more
    return body


_READ_BEFORE = (
    "Only {} of the {} bytes of the body could be read. Either the client went away, or something read the "
    "body before the endpoint and did not leave it: a hook must read it by request.get_data(), and a WSGI "
    "middleware must put it back as environ['wsgi.input']."
)
_UNENDED = (
    "The body is chunked, and this server does not tell where it ends ('wsgi.input_terminated' is not set). "
    "Serve the app by one that does, such as gunicorn, or let the proxy buffer requests."
)


def _why_not_whole(current: Request, got: int, length: int) -> str:
    if length:
        return _READ_BEFORE.format(got, length)
    environ = current.environ
    if "HTTP_TRANSFER_ENCODING" in environ and "wsgi.input_terminated" not in environ:
        return _UNENDED
    return "The body is empty; CEK sends a JSON message."


def _too_large(limit: int) -> MessageTooLarge:
    return MessageTooLarge(f"The body is longer than {limit} bytes (CLOVA_MAX_CONTENT_LENGTH).")


def _refuse(error: RequestRefused, lines: LineLimit) -> Response:
    # The text may be of the user's own hook.
    text = (str(error) or type(error).__name__).encode(errors="backslashreplace").decode()
    left_out = lines.take(type(error).__name__)
    if left_out is not None:
        more = f" ({left_out} more were refused so since the last line.)" if left_out else ""
        logger.warning("Refused with %d: %s%s", error.status, line_in_log(text), more)
    return Response(encode({"error": text}), status=error.status, content_type=_JSON)


def _not_post(runtime: Runtime) -> Response:
    if current_app.debug and request.method == "GET":
        return Response(_page(runtime))
    text = f"This endpoint is for CEK, which sends POST. This was {request.method}, so 405 is right."
    body = encode({"error": text})
    return Response(body, status=405, content_type=_JSON, headers={"Allow": "POST"})


def _page(runtime: Runtime) -> str:
    """Write the page for a developer's browser; a served message loads nothing of devtools."""
    findings = import_module("clova_flask.devtools.diagnostics.extension").check_extension(runtime)
    template, url = "clova_flask/endpoint.html", request.base_url
    return render_template(template, runtime=runtime, findings=findings, url=url)
