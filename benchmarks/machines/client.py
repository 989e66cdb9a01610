"""Whoever speaks to the machines: the platform, with signed messages, and the browser of a user who links."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from ..signing import EXTENSION_ID, HEADERS, PATH, SignedRequest, make_key, sign
from .app import COOKIE

KEY = make_key()
HOST = "pizza.example.com"


class Got(NamedTuple):
    """An answer, and the seconds that it took."""

    status: int
    body: str
    location: str
    seconds: float


def post(port: int, signed: SignedRequest) -> Got:
    """Send a message."""
    return call(port, "POST", PATH, signed.body, {**HEADERS, "SignatureCEK": signed.signature})


def call(
    port: int, method: str, path: str, body: bytes | str = "", headers: dict[str, str] | None = None
) -> Got:
    """Call a server of this machine; a status of 0 is no answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    start = time.perf_counter()
    try:
        # As a proxy that ends TLS tells it; nginx writes it anew.
        connection.request(
            method, path, body, {"Host": HOST, "X-Forwarded-Proto": "https", **(headers or {})}
        )
        response = connection.getresponse()
        text = response.read().decode()
        location = response.getheader("Location", "")
        return Got(response.status, text, location, time.perf_counter() - start)
    except OSError as error:
        return Got(0, type(error).__name__, "", time.perf_counter() - start)
    finally:
        connection.close()


def all_at_once(function: Callable[[Any], Got], of: Sequence[Any], *, connections: int) -> list[Got]:
    """Call a function with each value, so many at a time."""
    with ThreadPoolExecutor(connections) as pool:
        return list(pool.map(function, of))


def intent(name: str, user: str, number: int) -> SignedRequest:
    """Write and sign an intent.

    :param number: makes it a message of its own.
    """
    request = {"type": "IntentRequest", "requestId": f"{name}-{user}-{number}", "intent": {"name": name}}
    message = {
        "version": "0.1.0",
        "session": {"new": True, "sessionId": "s", "sessionAttributes": {}, "user": {"userId": user}},
        "context": {"System": {"application": {"applicationId": EXTENSION_ID}}},
        "request": request,
    }
    return sign(KEY, message)


def unlock(token: str, number: int) -> SignedRequest:
    """Write and sign the unlocking of a door."""
    header = {
        "messageId": f"33da6561-0149-4532-a30b-{number:012}",
        "namespace": "ClovaHome",
        "name": "SetLockStateRequest",
        "payloadVersion": "1.0",
    }
    payload = {"accessToken": token, "appliance": {"applianceId": "door"}, "lockState": "UNLOCKED"}
    return sign(KEY, {"header": header, "payload": payload})


def link(port: int, user: str, client: tuple[str, str], redirect: str) -> str:
    """Link an account by a machine's pages, as browser and platform do, and return the access token.

    :param client: id and secret.
    """
    asked = {"response_type": "code", "client_id": client[0], "redirect_uri": redirect, "state": "s"}
    path = f"{PATH}/link/authorize?{urlencode(asked)}"
    cookie = {"Cookie": f"{COOKIE}={user}"}
    page = call(port, "GET", path, headers=cookie)
    found = re.search(r'name="proof" value="([^"]+)"', page.body)
    if found is None:
        raise RuntimeError(f"There is no consent page: {page.status}")
    form = {"proof": html.unescape(found[1]), "decision": "allow"}
    pressed = _post_form(port, path, form, cookie)
    (code,) = parse_qs(urlsplit(pressed.location).query)["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect}
    granted = _post_form(port, f"{PATH}/link/token", {**form, **_client_form(client)})
    token = re.search(r'"access_token": ?"([^"]+)"', granted.body)
    if token is None:
        raise RuntimeError(f"There is no token: {granted.status}")
    return token[1]


def revoke(port: int, token: str, client: tuple[str, str]) -> None:
    """Revoke a token's link at a machine."""
    got = _post_form(port, f"{PATH}/link/revoke", {"token": token, **_client_form(client)})
    if got.status != 200:
        raise RuntimeError(f"The token is not revoked: {got.status}")


def _client_form(client: tuple[str, str]) -> dict[str, str]:
    return {"client_id": client[0], "client_secret": client[1]}


def _post_form(port: int, path: str, form: dict[str, str], headers: dict[str, str] | None = None) -> Got:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return call(port, "POST", path, urlencode(form), {**kind, **(headers or {})})
