"""Account linking of one extension in one app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine

from ..errors import nearest
from ..platforms import PLATFORMS, Platform
from ..runtime import Runtime
from ..storage.database import Database
from .accounts import Accounts
from .checks import TokenChecks
from .clients import ClientStore
from .grants import new_secret
from .records import Client, require_registrable
from .server import LinkingServer
from .store import Store
from .texts import Texts

DEFAULT_URL = "sqlite:///clova_linking.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the app gives to :class:`AccountLinking`, beside its settings."""

    database_url: str | None
    engine: Engine | Callable[[], Engine] | None
    login_view: str | None
    texts: Texts


class Provider:
    """The store, the server and the checks of one extension in one app.

    :ivar runtime: the extension.
    :ivar clients: who may ask for tokens.
    :ivar store: links and tokens.
    :ivar checks: who an access token stands for.
    :ivar server: the OAuth 2.0 server.
    :ivar accounts: who is signed in to the app, and whom an id stands for.
    """

    def __init__(self, app: Flask, runtime: Runtime, options: Options, accounts: Accounts) -> None:
        settings = runtime.settings
        self.runtime = runtime
        self.texts = options.texts
        self.login_view = options.login_view or settings.linking_login_view
        self.accounts = accounts
        database = Database(
            "account linking",
            "CLOVA_LINKING_DATABASE_URL",
            options.database_url or settings.linking_database_url or DEFAULT_URL,
            folder=Path(app.instance_path),
            given=options.engine,
            may_upgrade=lambda: bool(app.debug or app.testing),
        )
        app.extensions.setdefault("clova_storage", {}).setdefault(runtime.name, []).append(database)
        self.clients = ClientStore(database, runtime.name, self._forget)
        self.store = Store(database, runtime.name, self._forget)
        self.checks = TokenChecks(self.store, settings.linking_cache)
        self.server = LinkingServer(
            self.clients,
            self.store,
            expires_in=int(settings.linking_expires_in),
            rotate=settings.linking_rotate,
        )

    @contextmanager
    def apart(self, clients: ClientStore, store: Store, accounts: Accounts) -> Iterator[None]:
        """Use other stores and other accounts within the block, for a check that leaves those of the app."""
        usual = self.clients, self.store, self.accounts
        self._use(clients, store, accounts)
        try:
            yield
        finally:
            self._use(*usual)

    def _use(self, clients: ClientStore, store: Store, accounts: Accounts) -> None:
        self.clients = self.server.clients = clients
        self.store = self.server.store = store
        self.accounts = accounts

    def _forget(self) -> None:
        self.checks.forget()

    @property
    def path(self) -> str:
        """Where the pages are, ``/clova/link``."""
        return f"{self.runtime.settings.url_prefix}/link"

    @property
    def platforms(self) -> tuple[Platform, ...]:
        """The platforms whose redirect URLs are registered: that of the settings, or both."""
        platform = self.runtime.settings.platform
        return (platform,) if platform else tuple(PLATFORMS.values())

    @property
    def title(self) -> str:
        """What users call the platform."""
        platform = self.runtime.settings.platform
        return f"{platform.title} Clova" if platform else "Clova"

    def make_client(
        self,
        client_id: str | None,
        *,
        title: str | None = None,
        scopes: tuple[str, ...] = (),
        redirect_uris: tuple[str, ...] = (),
    ) -> tuple[str, str]:
        """Make a client, and the tables, or bring them to the newest revision.

        :param client_id: its id; None for a random one.
        :param title: its name on the consent page; None for the platform's.
        :param redirect_uris: further redirect URLs, beside the platform's.
        :return: its id and secret; the secret is stored nowhere.
        :raises ValueError: there is a client of this id, or a URL or scope cannot be registered.
        """
        require_registrable(redirect_uris, scopes)
        self.store.database.upgrade()
        client_id = client_id or new_secret()
        if self.clients.find(client_id) is not None:
            raise ValueError(f"There is a client {client_id!r} already.")
        secret = new_secret()
        known = [url for platform in self.platforms for url in platform.redirect_urls]
        self.clients.add(
            client_id,
            secret,
            title=title or self.title,
            redirect_uris=[*known, *redirect_uris],
            scopes=scopes,
        )
        return client_id, secret

    def replace_secret(self, client_id: str, *, at_once: bool = False) -> str:
        """Make a new secret for a client, which is stored nowhere.

        :param at_once: whether the secret before ends now; else it works too, until it is ended or the next
            one is made.
        :raises ValueError: there is no such client.
        """
        secret = new_secret()
        self.clients.replace_secret(self.known_client(client_id), secret, keeps_former=not at_once)
        return secret

    def known_client(self, client_id: str) -> Client:
        """Return a client by its id.

        :raises ValueError: there is none.
        """
        client = self.clients.find(client_id)
        if client is None:
            hint = nearest(client_id, [known.client_id for known, _ in self.clients.all()], or_list=True)
            raise ValueError(f"There is no client {client_id!r}.{hint}")
        return client


def provider_of(app: Any, name: str) -> Provider:
    """Return an app's account linking by the extension's name.

    :raises LookupError: it has none.
    """
    providers: dict[str, Provider] = app.extensions.get("clova_linking", {})
    if name not in providers:
        raise LookupError(
            f"The extension {name!r} of this app has no account linking. Call linking.init_app(app) in its "
            "factory, after clova.init_app(app)."
        )
    return providers[name]
