"""The view: raw body in, response out."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Request, Response, current_app, json, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from .endpoint import Endpoint
from .errors import MessageTooLarge, RequestRefused
from .signature import HEADER
from .state import ExtensionState

logger = logging.getLogger("clova_flask")

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def make_view(state: ExtensionState) -> Callable[[], Response]:
    """Make the view of one extension's endpoint."""
    limit = state.settings.max_content_length

    def clova_endpoint() -> Response:
        current: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - a proxy costs at every step
        if current.method != "POST":
            return _not_post(state)
        endpoint = state.endpoint()
        try:
            answer = endpoint.answer(_body(current, limit), current.headers.get(HEADER))
            return Response(answer, content_type=_JSON)
        except RequestRefused as error:
            return _refuse(endpoint, error)

    return clova_endpoint


_JSON = "application/json;charset=utf-8"


def _body(current: Request, limit: int) -> bytes:
    current.max_content_length = limit
    try:
        return current.get_data()
    except RequestEntityTooLarge:
        raise MessageTooLarge(f"The body is longer than {limit} bytes (CLOVA_MAX_CONTENT_LENGTH).") from None


def _refuse(endpoint: Endpoint, error: RequestRefused) -> Response:
    endpoint.refuse(error)
    logger.warning("Refused with %d: %s", error.status, error)
    return Response(json.dumps({"error": str(error)}), status=error.status, content_type=_JSON)


def _not_post(state: ExtensionState) -> Response:
    if current_app.debug and request.method == "GET":
        return Response(render_template("clova_flask/endpoint.html", state=state, url=request.base_url))
    body = json.dumps({"error": f"CEK sends POST; this was {request.method}."})
    return Response(body, status=405, content_type=_JSON, headers={"Allow": "POST"})
