"""The Flask extension for account linking."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app
from sqlalchemy import Engine

from ..custom.objects import Message
from ..decorators import HandlerGroup
from ..errors import ConfigurationError
from ..extension import Clova
from ..home.errors import InvalidAccessTokenError
from ..injection.handler import Handler
from ..runtime import runtime_of
from .accounts import Accounts
from .provider import Options, Provider, provider_of
from .records import Link
from .texts import Texts, merged
from .views import register_views

logger = logging.getLogger("clova_flask")

C = TypeVar("C", bound=Callable[[], Any])
L = TypeVar("L", bound=Callable[[str], Any])
N = TypeVar("N", bound=Callable[[Any], Any])


class AccountLinking:
    """An OAuth 2.0 server for the accounts of an app, as CEK needs it.

    ``AccountLinking(clova)`` beside the :class:`Clova`, and :meth:`init_app` after the extension's own. It
    supplies the extension's ``user_loader``. Each argument wins over its setting.

    :param clova: the extension; None for the only one of the app.
    :param database_url: as ``CLOVA_LINKING_DATABASE_URL``.
    :param engine: the app's own SQLAlchemy engine, or a function that returns it, instead of a URL.
    :param login_view: as ``CLOVA_LINKING_LOGIN_VIEW``.
    :param texts: own texts of the pages, by language and name: ``{"ko": {"title": "피자 계정 연결"}}``.
    :raises ConfigurationError: both a URL and an engine are given, or a text's name is not known.
    :raises RegistrationError: the extension has a ``user_loader``.
    """

    def __init__(
        self,
        clova: Clova | None = None,
        *,
        database_url: str | None = None,
        engine: Engine | Callable[[], Engine] | None = None,
        login_view: str | None = None,
        texts: Texts | None = None,
    ) -> None:
        if not isinstance(clova, (Clova, type(None))):
            raise ConfigurationError(
                f"The first argument of AccountLinking must be a Clova, not {type(clova).__name__}. The app "
                "is given to init_app."
            )
        if database_url is not None and engine is not None:
            raise ConfigurationError("AccountLinking must have a database_url or an engine, not both.")
        self._name = None if clova is None else clova.name
        self._options = Options(
            database_url=database_url, engine=engine, login_view=login_view, texts=merged(texts)
        )
        self._accounts = Accounts()
        self._group = HandlerGroup()
        self._group.user_loader(self._load)
        self._group.registry.user_functions["account_id"] = Handler("account_id", self._account_id, ())
        registry = self._group.registry.custom
        farewell = Handler("unlinking", self._disabled, ())
        registry.add_hook(registry.farewells, farewell)
        if clova is not None:
            clova.register(self._group)

    def init_app(self, app: Flask) -> None:
        """Register ``authorize``, ``token`` and ``revoke`` under the extension's path, ``/clova/link``.

        :raises ConfigurationError: the app has no SECRET_KEY or no such extension, or this was called before.
        """
        try:
            runtime = runtime_of(app, self._name)
        except LookupError as error:
            raise ConfigurationError(
                f"Account linking belongs to an extension of the app. {error} linking.init_app(app) comes "
                "after it."
            ) from None
        if not app.config.get("SECRET_KEY"):
            raise ConfigurationError(
                "Account linking needs SECRET_KEY: the consent page is signed with it, and so is the session "
                "of who is signed in. Set a random value that all workers share: "
                "python -c 'import secrets; print(secrets.token_hex())'"
            )
        providers = app.extensions.setdefault("clova_linking", {})
        if runtime.name in providers:
            raise ConfigurationError(
                f"The extension {runtime.name!r} has account linking already; call init_app once an app."
            )
        runtime.declared.join(self._group.registry)
        provider = Provider(app, runtime, self._options, self._accounts)
        register_views(app, provider)
        providers[runtime.name] = provider

    def current_user_id(self, function: C) -> C:
        """Tell who is signed in: the function returns the user's id, or None for nobody.

        It is called in the request of the user's browser; the id is what :meth:`load_user` gets, as a str.
        """
        self._accounts.declare("current_user_id", function)
        return function

    def load_user(self, function: L) -> L:
        """Load the account of a valid token: ``load(user_id)`` returns it, or None when it is gone."""
        self._accounts.declare("load_user", function)
        return function

    def account_name(self, function: N) -> N:
        """Name who is signed in, on the consent page: ``name(account)`` returns what the user knows it by.

        That may be an e-mail address. The account is what :meth:`load_user` returned. Without this function
        the page names nobody: an id may be a number, which tells a user nothing.
        """
        self._accounts.declare("account_name", function)
        return function

    def sign_out(self, function: C) -> C:
        """Let the user of the consent page sign in as somebody else: the function signs out of the app.

        It is called in the request of the user's browser, which is then sent to the login page and comes
        back: ``linking.sign_out(flask_login.logout_user)``. Without it the page has no such button.
        """
        self._accounts.declare("sign_out", function)
        return function

    def unlink(self, user_id: object) -> int:
        """Revoke all links of a user, in an app context: the account is deleted, its password has changed.

        The user data that messages with a token of the account have read or saved is deleted as well.

        :return: how many links there were.
        :raises StorageUnavailable: a database is away; call it again.
        """
        provider = self._provider
        count = provider.store.unlink(str(user_id))
        if provider.runtime.keeper is not None:
            provider.runtime.keeper.delete_account(str(user_id))
        return count

    def links(self, user_id: object) -> list[Link]:
        """List the links of a user, in an app context, for the app's account page."""
        return self._provider.store.links(str(user_id))

    @property
    def _provider(self) -> Provider:
        app = current_app
        return provider_of(app, runtime_of(app, self._name).name)

    def _disabled(self, message: Message) -> None:
        """End the link whose token came with the news that its user has disabled the skill.

        The token alone proves which link it is. The platform's own id of a user stands in no link, and an
        expired token may be in a message from long ago that somebody sends again.
        """
        token = message.user.access_token
        if token and self._provider.store.revoke_by_access(token):
            logger.info("A user has disabled the skill, and the account was unlinked.")

    def _account_id(self, access_token: str) -> str:
        """Return the id of the account of an access token, by which the user's data is found again."""
        return self._provider.checks.user_id(access_token)

    def _load(self, access_token: str) -> Any:
        """Load the account of an access token: the extension's ``user_loader``."""
        provider = self._provider
        user_id = provider.checks.user_id(access_token)
        account = self._accounts.load(user_id, provider.runtime.ensure_sync)
        if account is None:
            raise InvalidAccessTokenError("The account of the access token is gone.")
        return account
