"""The platform's app, and the platform, as they call an app of this process."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient

from .in_process import run_apart
from .linking_steps import Got, Send, Sent
from .tracebacks import shortened

logger = logging.getLogger("clova_flask")


def sender_in_process(app: Flask, base_url: str) -> Send:
    """Make what sends the platform's own calls: without cookies, and not as any user.

    :param base_url: scheme, host and the path that the app is mounted at.
    """
    client = FlaskClient(app, app.response_class, use_cookies=False)
    return lambda sent: run_apart(lambda: _open(client, base_url, sent))


def browser_in_process(
    app: Flask, base_url: str, *, user: str | None = None, browser: FlaskClient | None = None
) -> Send:
    """Make a browser.

    :param user: who is signed in to it, whatever the app's own way to sign in is.
    :param browser: the developer's own client of the app, with the cookies that it has.
    """
    client = browser or FlaskClient(app, app.response_class, use_cookies=True)
    environ = {} if user is None else _signed_in(user)
    # A client in a `with` block keeps the contexts of its last request, and they cannot change places.
    is_kept = browser is not None and browser.preserve_context
    apart: Callable[[Callable[[], Got]], Got] = _at_once if is_kept else run_apart
    return lambda sent: apart(lambda: _open(client, base_url, sent, environ))


def like_a_server(send: Send) -> Send:
    """Answer with 500 whatever the app raises."""

    def answered(sent: Sent) -> Got:
        try:
            return send(sent)
        except Exception as error:  # noqa: BLE001 - a server answers whatever an app raises
            logger.error("The app failed (without the frames of libraries):\n%s", shortened(error))
            return Got(500, body=f"{type(error).__name__}: {error}".encode(errors="replace"))

    return answered


def _at_once(turn: Callable[[], Got]) -> Got:
    return turn()


def _signed_in(user: str) -> dict[str, Any]:
    # It brings Authlib and SQLAlchemy; an app with account linking has them.
    from ...linking.sign_in import USER_IN_PROCESS, InProcessUser

    return {USER_IN_PROCESS: InProcessUser(user)}


def _open(client: FlaskClient, base_url: str, sent: Sent, environ: dict[str, Any] | None = None) -> Got:
    root, path = _split(base_url, sent.url)
    response = client.open(
        path,
        method=sent.method,
        base_url=root,
        headers=list(sent.headers),
        data=None if sent.body is None else dict(sent.form),
        environ_overrides=environ or {},
        follow_redirects=False,
        buffered=True,
    )
    return Got(response.status_code, tuple(response.headers.items()), response.get_data())


def _split(base_url: str, url: str) -> tuple[str, str]:
    """Split a URL into what is before the app, and the path with the query that the app gets."""
    root = base_url.rstrip("/")
    if url.startswith(f"{root}/"):
        return root, url.removeprefix(root)
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc}", f"{parts.path or '/'}{query}"
