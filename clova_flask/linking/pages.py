"""The pages that users see: the question for consent, and what cannot be answered."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, render_template, request

from .consent import sign_consent
from .sign_in import is_asked_again

if TYPE_CHECKING:
    from .provider import Provider

ALLOW, REFUSE, SWITCH = "allow", "refuse", "switch"
"""What a user can choose; ``switch`` is to sign in as somebody else."""

# The description of an error tells what is wrong, and this where to look.
_ADVICE = {
    "invalid_client": "'flask clova linking clients' lists those that there are; 'client' makes one.",
    "invalid_request": "'flask clova linking clients' lists what is registered; URLs are compared whole.",
}

MAX_SHOWN = 200
"""Characters of a parameter that the page of an error shows in debug."""


def page_language(provider: Provider) -> str:
    """Return the language that the browser prefers."""
    default = provider.runtime.settings.default_lang
    return request.accept_languages.best_match(provider.texts) or default


def consent_page(provider: Provider, grant: Any, user_id: str) -> Response:
    """Write the page that asks the user."""
    client = grant.client.title
    values = {
        "client": client,
        "scopes": (grant.request.scope or "").split(),
        "proof": sign_consent(provider.runtime.name, user_id, grant),
        "user_id": user_id,
        "account": provider.accounts.name(user_id),
        "can_switch": provider.accounts.can_sign_out,
        "linked": any(link.client == client for link in provider.store.links(user_id)),
        "again": is_asked_again(),
    }
    return _page(provider, "consent", values, back_to=grant.redirect_uri)


def error_page(provider: Provider, error: Any) -> Response:
    """Write the page for what cannot be redirected to the platform."""
    given = {name: request.args.get(name, "") for name in ("client_id", "redirect_uri", "response_type")}
    values = {
        "code": error.error,
        "description": error.get_error_description(),
        "advice": _ADVICE.get(error.error),
        "given": {name: value[:MAX_SHOWN] for name, value in given.items()} if current_app.debug else {},
        "time": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
    }
    page = _page(provider, "linking_error", values)
    page.status_code = error.status_code
    return page


def _page(
    provider: Provider, name: str, values: Mapping[str, Any], *, back_to: str | None = None
) -> Response:
    language, nonce = page_language(provider), secrets.token_urlsafe(16)
    written = render_template(
        f"clova_flask/{name}.html", texts=provider.texts[language], language=language, nonce=nonce, **values
    )
    page = make_response(written)
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
