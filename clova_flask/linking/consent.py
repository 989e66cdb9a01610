"""The consent page: what is asked, and the proof that the user saw it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from .tables import digest
from .texts import Texts

MAX_AGE = 600
"""Seconds that a consent page can be answered; ``state`` lives for half of it."""


def sign_consent(extension: str, user_id: str, grant: Any) -> str:
    """Return the proof that a page was made for this user and this request."""
    return _serializer().dumps(_subject(extension, user_id, grant))


def is_signed(token: str, extension: str, user_id: str, grant: Any) -> bool:
    """Tell whether a proof is for this user and this request, and not too old."""
    try:
        signed = _serializer().loads(token, max_age=MAX_AGE)
    except BadSignature:
        return False
    return bool(signed == _subject(extension, user_id, grant))


def _serializer() -> URLSafeTimedSerializer:
    config = current_app.config
    keys = [*(config.get("SECRET_KEY_FALLBACKS") or ()), config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt="clova-linking-consent")


def _subject(extension: str, user_id: str, grant: Any) -> str:
    asked = grant.request.payload
    parts = [extension, user_id, grant.client.client_id, grant.redirect_uri, grant.request.scope, asked.state]
    return digest(json.dumps([*parts, asked.data.get("code_challenge")]))


def consent_page(
    texts: Texts, language: str, grant: Any, *, proof: str, user_id: str, again: bool = False
) -> Response:
    """Write the page that asks the user.

    :param again: whether the page was answered too late, and asks once more.
    """
    values = {
        "client": grant.client.title,
        "scopes": (grant.request.scope or "").split(),
        "proof": proof,
        "user_id": user_id,
        "again": again,
    }
    page = _page("consent", texts, language, values, back_to=grant.redirect_uri)
    page.status_code = 400 if again else 200
    return page


def error_page(texts: Texts, language: str, error: Any) -> Response:
    """Write the page for what cannot be redirected to the platform."""
    values = {"code": error.error, "description": error.get_error_description()}
    page = _page("linking_error", texts, language, values)
    page.status_code = error.status_code
    return page


def page_language(default: str, texts: Texts) -> str:
    """Return the language that the browser prefers."""
    return request.accept_languages.best_match(texts) or default


def _page(
    name: str, texts: Texts, language: str, values: Mapping[str, Any], *, back_to: str | None = None
) -> Response:
    nonce = secrets.token_urlsafe(16)
    template = f"clova_flask/{name}.html"
    page = make_response(
        render_template(template, texts=texts[language], language=language, nonce=nonce, **values)
    )
    page.headers.update(_headers(nonce, back_to))
    return page


def _headers(nonce: str, back_to: str | None) -> dict[str, str]:
    # Chromium applies form-action to where a form's answer redirects, so the platform must be in it.
    origin = f" {urlsplit(back_to).scheme}://{urlsplit(back_to).netloc}" if back_to else ""
    policy = (
        f"default-src 'none'; style-src 'self' 'nonce-{nonce}'; img-src 'self'; font-src 'self'; "
        f"form-action 'self'{origin}; frame-ancestors 'none'; base-uri 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        # CSRF protection of the app's own may look at the referrer; other sites get none.
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
