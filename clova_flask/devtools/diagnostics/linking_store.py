"""The check of the clients that account linking has, in a store that is looked at and left as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask

from ...errors import ClovaError
from ...findings import Finding, Place
from ...runtime import Runtime
from ..simulator.linking_client import CLIENT_PREFIX

if TYPE_CHECKING:
    from ...linking.provider import Provider


def check_store(app: Flask, runtime: Runtime, provider: Provider) -> list[Finding]:
    """Check that there are tables and a client, and the redirect URLs of each client."""
    makes_tables = bool(app.debug or app.testing)
    try:
        clients, missing = _look(provider)
    except ClovaError as problem:
        return [Finding("linking.no-database", str(problem))]
    except Exception as error:  # noqa: BLE001 - whatever the app's function for the engine raises
        message = f"The database of account linking cannot be opened: {type(error).__name__}: {error}"
        return [Finding("linking.no-database", message)]
    if missing and not makes_tables:
        message = "The tables are missing, or are those of an older version: flask clova db upgrade"
        return [Finding("linking.no-tables", message)]
    registered = [client for client in clients if not client.client_id.startswith(CLIENT_PREFIX)]
    if not registered:
        message = f"No client is registered. Make one: flask clova linking client{runtime.option}"
        return [Finding("linking.no-client", message)]
    return [
        finding
        for client in registered
        for finding in _check_redirects(provider, client, is_developed=makes_tables)
    ]


def _look(provider: Provider) -> tuple[list[Any], bool]:
    """Return the clients, and whether tables are missing."""
    database = provider.store.database
    if not database.may_exist:
        return [], True
    with database.untouched():
        if database.pending():
            return [], True
        return [client for client, _ in provider.clients.all()], False


def _check_redirects(provider: Provider, client: Any, *, is_developed: bool) -> Iterator[Finding]:
    where = Place(f"client {client.client_id}")
    known = {url for platform in provider.platforms for url in platform.redirect_urls}
    given = set(client.redirect_uris)
    if not known & given:
        titles = " or ".join(platform.title for platform in provider.platforms)
        message = f"It has no redirect URL of {titles}, so the platform is refused. Make another client."
        yield Finding("linking.redirect-missing", message, where)
    for platform in provider.platforms:
        lacking = sorted({*platform.redirect_urls} - given)
        if len(lacking) == 1:
            message = (
                f"It lacks {lacking[0]}; {platform.title}'s guides have the URL with and without the slash."
            )
            yield Finding("linking.redirect-spelling", message, where)
    for url in () if is_developed else sorted(given - known):
        if urlsplit(url).scheme != "https":
            message = f"Codes may be sent to {url}, which is not https."
            yield Finding("linking.redirect-http", message, where)
        else:
            message = f"Codes may be sent to {url}, which is not the platform's. Is it a tool of yours?"
            yield Finding("linking.redirect-foreign", message, where)
