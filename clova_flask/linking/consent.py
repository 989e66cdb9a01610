"""The proof that the user saw what is answered."""

from __future__ import annotations

import json
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from .digests import digest

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
