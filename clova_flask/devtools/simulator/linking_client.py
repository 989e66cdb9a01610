"""The client, with id and secret, that the simulated platform has in an app's store."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from ...linking.provider import Provider

CLIENT_PREFIX = "clova-flask-simulator-"
"""What the ids of these clients begin with."""


def simulators_client(app: Flask, provider: Provider) -> tuple[str, str]:
    """Return the id and the secret of the platform's client, made where there is none yet.

    The secret is made of SECRET_KEY, so that one client does for all runs: tests that leave their store
    behind do not fill it, and no secret has to be kept.

    :raises StorageUnavailable: the database is away, or lacks tables.
    """
    key, name = app.config["SECRET_KEY"], provider.store.extension
    key = key if isinstance(key, bytes) else str(key).encode()
    urls = sorted({url for one in provider.platforms for url in one.redirect_urls})
    subject = "\n".join(("clova-linking-simulator", name, *urls)).encode()
    secret = hmac.new(key, subject, hashlib.sha256).hexdigest()
    client_id = f"{CLIENT_PREFIX}{hashlib.sha256(secret.encode()).hexdigest()[:12]}"
    if provider.clients.find(client_id) is None:
        _add(provider, client_id, secret, urls)
    return client_id, secret


def _add(provider: Provider, client_id: str, secret: str, urls: list[str]) -> None:
    from sqlalchemy.exc import IntegrityError

    try:
        provider.clients.add(client_id, secret, title=provider.title, redirect_uris=urls, scopes=())
    except IntegrityError:
        if provider.clients.find(client_id) is None:  # else another process of the tests was faster
            raise
