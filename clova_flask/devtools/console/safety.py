"""Who may use the console: this machine's own browser, or whoever knows the password.

A page of another site must not reach it, through a name that it points at this machine (DNS rebinding), a
form or a frame. What models and answers contain is never markup: no script runs but the console's own files.
"""

from __future__ import annotations

import hmac
import os
import secrets
import time
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as BaseResponse

from .texts import _

LOCAL_HOSTS = ("localhost", "127.0.0.1", "console.localhost")
"""Names of this machine; a page of another site has none of them."""

KEY_NAME = "clova-console-secret"
"""File with the key that signs the console's cookies, readable by its owner alone."""

MAX_UPLOAD = 16 * 1024 * 1024
"""Bytes of a form with what is uploaded in it."""

TRIES = 10
"""Passwords that may be tried within :data:`WINDOW`; a person types fewer."""
WINDOW = 60.0
"""Seconds."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src *; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""Bootstrap draws its arrows and ticks by data: URLs; audio is played from wherever an answer has it."""

_WITH_PICTURES = _POLICY.replace("img-src 'self' data:", "img-src 'self' data: https: http:")

_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

csrf = CSRFProtect()


def protect(app: Flask, password: str | None) -> None:
    """Put the protection on the console's app.

    :param password: what has to be entered; None on this machine alone.
    """
    app.extensions["clova_console_gate"] = _Gate(password)
    csrf.init_app(app)
    app.before_request(_refuse_other_sites)
    app.before_request(_ask_for_password)
    app.before_request(_note_passed)
    app.after_request(_add_headers)


def allow_pictures() -> None:
    """Let the page that is being written show pictures from elsewhere: those of a card, as a device does.

    They run nothing, and their servers are not told of the page.
    """
    g.clova_console_pictures = True


def shows_pictures() -> bool:
    """Tell whether the page that is being written may show pictures from elsewhere."""
    return bool(g.get("clova_console_pictures"))


def secret_key(folder: Path) -> str:
    """Return the key of the console in a folder, made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / KEY_NAME
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    except FileExistsError:
        pass
    return path.read_text()


def _refuse_other_sites() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    if foreign or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403, _("The form was sent from another site."))


class _Gate:
    """Checks passwords, so many within a time.

    The count is for all who try: behind the loopback address everybody looks alike.
    """

    def __init__(self, password: str | None) -> None:
        self.password = password
        self._tried: list[float] = []

    def opens_for(self, given: str) -> bool:
        """Check a password.

        :return: whether it is right.
        :raises TooManyRequests: too many were wrong.
        """
        now = time.monotonic()
        self._tried = [at for at in self._tried if now - at < WINDOW]
        if len(self._tried) >= TRIES:
            abort(429, _("Too many passwords were wrong. Wait a minute."))
        is_right = hmac.compare_digest(given.encode(), (self.password or "").encode())
        if not is_right:
            self._tried.append(now)
        return is_right


def gate() -> _Gate:
    """Return the gate of the app."""
    found: _Gate = current_app.extensions["clova_console_gate"]
    return found


def has_entered() -> bool:
    """Tell whether the browser may use the console."""
    return gate().password is None or bool(session.get("opened"))


def _ask_for_password() -> BaseResponse | None:
    if has_entered() or request.endpoint in ("static", "access.sign_in"):
        return None
    if request.endpoint == "bootstrap.static":
        return None
    return redirect(url_for("access.sign_in"))


def _note_passed() -> None:
    g.clova_console_passed = True


def has_passed() -> bool:
    """Tell whether what the browser sent was refused by nothing here, also not as another site's."""
    return bool(g.get("clova_console_passed")) and has_entered()


def _add_headers(response: Response) -> Response:
    if shows_pictures():
        response.headers["Content-Security-Policy"] = _WITH_PICTURES
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in ("static", "bootstrap.static"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
