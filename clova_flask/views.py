"""The view: raw body in, response out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from typing import BinaryIO

from flask import Request, Response, current_app, json, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from .endpoint import Endpoint
from .errors import MalformedMessage, MessageTooLarge, RequestRefused
from .runtime import Runtime
from .security.signature import HEADER

logger = logging.getLogger("clova_flask")

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def make_view(runtime: Runtime) -> Callable[..., Response]:
    """Make the view of one extension's endpoint."""
    limit = runtime.settings.max_content_length

    # Values of variables in the prefix or the host are for those who read request.view_args.
    def clova_endpoint(**_values: object) -> Response:
        current: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - a proxy costs at every step
        if current.method != "POST":
            return _not_post(runtime)
        endpoint = runtime.endpoint or runtime.open()
        try:
            answer = endpoint.answer(_body(current, limit), current.environ.get(_HEADER))
            return Response(answer, content_type=_JSON)
        except RequestRefused as error:
            return _refuse(endpoint, error)

    return clova_endpoint


_HEADER = "HTTP_" + HEADER.upper()
_JSON = "application/json;charset=utf-8"


def _body(current: Request, limit: int) -> bytes:
    """Read the body once, and leave it where ``request.data`` finds it."""
    environ = current.environ
    length = environ.get("CONTENT_LENGTH") or ""
    # Werkzeug's way takes a tenth of the whole request; it is for the cases that need it.
    untouched = "stream" not in vars(current)
    if untouched and length.isdecimal() and len(length) < 12 and 0 < int(length) <= limit:
        stream: BinaryIO = environ["wsgi.input"]
        try:
            body = stream.read(int(length))
        except Exception as error:
            raise MalformedMessage(_CUT_SHORT) from error
        if len(body) == int(length):
            environ["wsgi.input"] = BytesIO(body)
            return body
    return _body_by_werkzeug(current, limit)


def _body_by_werkzeug(current: Request, limit: int) -> bytes:
    """Read a body that is chunked, too long, cut short, or was read by a hook before."""
    current.max_content_length = limit
    try:
        body = current.get_data()
    except RequestEntityTooLarge:
        raise _too_large(limit) from None
    except Exception as error:
        raise MalformedMessage(_CUT_SHORT) from error
    if len(body) > limit:
        raise _too_large(limit)
    return body


_CUT_SHORT = "The body could not be read to its end."


def _too_large(limit: int) -> MessageTooLarge:
    return MessageTooLarge(f"The body is longer than {limit} bytes (CLOVA_MAX_CONTENT_LENGTH).")


def _refuse(endpoint: Endpoint, error: RequestRefused) -> Response:
    endpoint.refuse(error)
    logger.warning("Refused with %d: %s", error.status, error)
    return Response(json.dumps({"error": str(error)}), status=error.status, content_type=_JSON)


def _not_post(runtime: Runtime) -> Response:
    if current_app.debug and request.method == "GET":
        return Response(_page(runtime))
    body = json.dumps({"error": f"CEK sends POST; this was {request.method}."})
    return Response(body, status=405, content_type=_JSON, headers={"Allow": "POST"})


def _page(runtime: Runtime) -> str:
    """Write the page for a developer's browser; a served message loads nothing of devtools."""
    findings = import_module("clova_flask.devtools.diagnostics.extension").check_extension(runtime)
    template, url = "clova_flask/endpoint.html", request.base_url
    return render_template(template, runtime=runtime, findings=findings, url=url)
