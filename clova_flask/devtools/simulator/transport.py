"""Delivering a signed message: over HTTP, or to the app in this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

import requests
from flask import Flask
from urllib3.exceptions import HTTPError, LocationParseError

from ...errors import ClovaError
from .requests import HEADERS

TIMEOUT = (3.05, 10.0)
"""Seconds to connect, and to wait for the answer."""
MAX_ANSWER = 16 * 1024 * 1024
"""Longest answer read, in bytes."""


class DeliveryError(ClovaError):
    """The message could not be delivered, or nothing came back."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came back: the status and the body as it is."""

    status_code: int
    body: bytes


def deliver_in_process(app: Flask, path: str, body: bytes, headers: Mapping[str, str]) -> Delivered:
    """Post to the app without a server."""
    response = app.test_client().post(path, data=body, headers={**HEADERS, **headers})
    return Delivered(response.status_code, response.get_data())


def deliver_over_http(url: str, body: bytes, headers: Mapping[str, str]) -> Delivered:
    """Post to a running server.

    :raises DeliveryError: it cannot be reached, does not answer in time, or answers without end.
    """
    outcome: list[Delivered | DeliveryError] = []
    # A thread, since the time-outs of a socket begin anew with each byte of a server that trickles.
    thread = threading.Thread(target=lambda: outcome.append(_try(url, body, headers)), daemon=True)
    thread.start()
    thread.join(sum(TIMEOUT))
    if not outcome:
        raise DeliveryError(f"{url} did not answer within {TIMEOUT[1]:.0f} seconds.")
    if isinstance(outcome[0], DeliveryError):
        raise outcome[0]
    return outcome[0]


def _try(url: str, body: bytes, headers: Mapping[str, str]) -> Delivered | DeliveryError:
    try:
        return _post(url, body, headers)
    except requests.Timeout:
        return DeliveryError(f"{url} did not answer within {TIMEOUT[1]:.0f} seconds.")
    except _NO_URL:
        return DeliveryError(f"{url!r} is not a URL; it begins with http:// or https://.")
    except requests.exceptions.ContentDecodingError:
        return DeliveryError(f"{url} sent an answer that cannot be unpacked.")
    except (requests.RequestException, HTTPError) as error:
        reason = type(error).__name__
        return DeliveryError(f"{url} cannot be reached ({reason}). Is the server running?")
    except DeliveryError as error:
        return error


_NO_URL = (
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    LocationParseError,
)


def _post(url: str, body: bytes, headers: Mapping[str, str]) -> Delivered:
    stop = time.monotonic() + sum(TIMEOUT)
    with requests.post(
        url,
        data=body,
        headers={**HEADERS, **headers},
        timeout=TIMEOUT,
        stream=True,
        allow_redirects=False,
    ) as response:
        answer = b""
        for chunk in response.iter_content(65536):
            answer += chunk
            if len(answer) > MAX_ANSWER or time.monotonic() > stop:
                raise DeliveryError(f"{url} answered with more than {MAX_ANSWER} bytes, or without end.")
        return Delivered(response.status_code, answer)
