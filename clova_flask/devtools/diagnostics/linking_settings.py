"""The check of the settings of the app that account linking rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from ...findings import Finding

MIN_SECRET_KEY = 16
"""Bytes; Flask's own advice, secrets.token_hex(), makes 64."""

SAMPLES = frozenset(
    {
        '_5#y2l"f4q8z\\n\\xec]/',
        "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
        "a super secret key",
        "change-me-in-production",
        "super secret key",
        "super-secret-key",
        "thisisasecretkey",
        "this is a secret key",
        "you-will-never-guess",
        "your-secret-key-here",
    }
)
"""Keys of documentations and tutorials that are long enough, in lower case; Flask's own are the first two."""


def check_settings(app: Flask) -> Iterator[Finding]:
    """Check SECRET_KEY and the session cookie.

    An app in debug or testing is on a developer's machine, and may have a short key and no https.
    """
    if str(app.config.get("SESSION_COOKIE_SAMESITE")).lower() == "strict":
        message = (
            "SESSION_COOKIE_SAMESITE is Strict, so a browser that comes from the platform's app brings no "
            "session, and a user who is signed in has to sign in again. Lax is enough against forged "
            "requests."
        )
        yield Finding("linking.cookie-samesite", message)
    if app.debug or app.testing:
        return
    problem = _problem_of(app.config.get("SECRET_KEY"))
    if problem:
        message = (
            f"SECRET_KEY {problem}; whoever knows it can consent for any user. Make one: "
            "python -c 'import secrets; print(secrets.token_hex())'"
        )
        yield Finding("linking.secret-key", message)
    if not app.config.get("SESSION_COOKIE_SECURE"):
        message = (
            "SESSION_COOKIE_SECURE is off, so the session is sent by http too, where others can read it."
        )
        yield Finding("linking.cookie-secure", message)


def _problem_of(key: Any) -> str:
    text = key if isinstance(key, bytes) else str(key or "").encode()
    if text.decode(errors="replace").lower() in SAMPLES:
        return "is a sample from a documentation"
    return f"has {len(text)} bytes, fewer than {MIN_SECRET_KEY}" if len(text) < MIN_SECRET_KEY else ""
