"""How a client authenticates by HTTP Basic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_plus

from werkzeug.datastructures import Authorization

from .records import Client


def by_basic(query_client: Callable[[str], Client | None], request: Any) -> Client | None:
    """Return the client that the header names with its secret, or None.

    RFC 6749 has both parts form-encoded, and few clients do it. A URL as client id then has colons of its
    own, so the last colon is tried too. Only the right secret makes one of the readings count.
    """
    for client_id, secret in _readings(request.headers.get("Authorization")):
        client = query_client(client_id)
        if client is not None and client.check_client_secret(secret):
            return client
    return None


def _readings(header: str | None) -> Iterator[tuple[str, str]]:
    try:
        given = Authorization.from_header(header)
    except ValueError:  # not ASCII; for what else is not base64 of UTF-8 Werkzeug returns None
        return
    if given is None or given.type != "basic":
        return
    whole = f"{given.username}:{given.password}"
    readings = []
    for parts in (whole.split(":", 1), whole.rsplit(":", 1)):
        client_id, secret = parts
        readings += [(unquote_plus(client_id), unquote_plus(secret)), (client_id, secret)]
    yield from dict.fromkeys(readings)
