"""Deliver messages to an app of this process, each as a request of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context, copy_context
from typing import TypeVar

from flask import Flask
from flask.testing import FlaskClient

from ...wire.http import HttpResponse
from .address import Address
from .tracebacks import shortened
from .transport import HEADERS

T = TypeVar("T")

logger = logging.getLogger("clova_flask")

_FLASKS_OWN = ("flask.app_ctx", "flask.request_ctx")
"""The names of the context variables that hold Flask's contexts."""


def deliver_in_process(app: Flask, address: Address, body: bytes, headers: Mapping[str, str]) -> HttpResponse:
    """Post to an app without a server; what its handlers raise in debug or testing is raised here."""
    return run_apart(lambda: _post(app, address, body, headers))


def deliver_like_a_server(
    app: Flask, address: Address, body: bytes, headers: Mapping[str, str]
) -> HttpResponse:
    """Post to an app without a server; what its handlers raise is answered with 500."""
    try:
        return deliver_in_process(app, address, body, headers)
    except Exception as error:  # noqa: BLE001 - a server answers whatever an app raises
        logger.error("A handler failed (without the frames of libraries):\n%s", shortened(error))
        return HttpResponse(500, f"{type(error).__name__}: {error}".encode(errors="replace"))


def _post(app: Flask, address: Address, body: bytes, headers: Mapping[str, str]) -> HttpResponse:
    # Not app.test_client(): an app's own class of clients may log in, or keep cookies. CEK does neither.
    client = FlaskClient(app, app.response_class, use_cookies=False)
    response = client.post(
        address.path,
        base_url=address.base_url,
        data=body,
        headers={**HEADERS, **headers},
        buffered=True,
    )
    return HttpResponse(response.status_code, response.get_data(), response.headers.get("Location", ""))


def run_apart(turn: Callable[[], T]) -> T:
    """Run a turn as a server runs a request: outside the contexts of Flask that surround the caller.

    Flask 3.1 reuses an app context that is there already, and with it ``g``, the sessions of
    Flask-SQLAlchemy, and whatever is torn down when it ends. All other context variables are as the caller
    has them; what the turn sets in them is gone after it.
    """
    context = _context_without_flask()
    if not _has_running_loop():
        return context.run(turn)
    # Asynchronous handlers get a loop of their own, which must not be in the thread of another.
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(context.run, turn).result()


def _context_without_flask() -> Context:
    context = Context()
    for variable, value in copy_context().items():
        if variable.name not in _FLASKS_OWN:
            context.run(variable.set, value)
    return context


def _has_running_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
