"""Delivering a signed message: over HTTP, or to the app in this process."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from ...errors import ClovaError
from ...wire.http import Failure, HttpError, HttpResponse, Limits, exchange
from .requests import HEADERS

LIMITS = Limits(connect=3.05, read=10.0, total=13.05, size=16 * 1024 * 1024)
"""What an endpoint under development may take to answer."""


class DeliveryError(ClovaError):
    """A message could not be delivered, or nothing came back."""


def deliver_in_process(app: Flask, path: str, body: bytes, headers: Mapping[str, str]) -> HttpResponse:
    """Post to an app without a server."""
    response = app.test_client().post(path, data=body, headers={**HEADERS, **headers})
    return HttpResponse(response.status_code, response.get_data())


def deliver_over_http(url: str, body: bytes, headers: Mapping[str, str]) -> HttpResponse:
    """Post to a running server.

    :raises DeliveryError: it cannot be reached, or does not answer within :data:`LIMITS`.
    """
    try:
        return exchange("POST", url, limits=LIMITS, headers={**HEADERS, **headers}, body=body)
    except HttpError as error:
        hint = " Is the server running?" if error.failure is Failure.UNREACHABLE else ""
        raise DeliveryError(f"{url} {error}.{hint}") from error
