"""Account linking with an app of this process: as the platform does it, with a user who consents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.testing import FlaskClient

from ...errors import nearest
from ...platforms import PLATFORMS, Platform
from ...runtime import Runtime
from .address import Address
from .linking import LinkingClient
from .linking_account import Account, Linking, linked
from .linking_browser import browser_in_process, like_a_server, sender_in_process
from .linking_client import simulators_client
from .linking_consent import DECISIONS, consent
from .linking_steps import Authentication, LinkingError, Registration, Send, Step

if TYPE_CHECKING:
    from ...linking.provider import Provider


class AppLinker:
    """Links accounts of an app in this process.

    The platforms open account linking by https alone, so the app is called by https, at its own host.

    :param app: the app.
    :param runtime: the extension.
    :param address: where its endpoint is.
    :param raises: whether what the app raises is raised; else it is answered with 500, as by a server.
    """

    def __init__(self, app: Flask, runtime: Runtime, address: Address, *, raises: bool = True) -> None:
        self._app = app
        self._runtime = runtime
        self._around: Callable[[Send], Send] = _as_it_is if raises else like_a_server
        scheme, _, rest = address.base_url.partition("://")
        self._base_url = f"https://{rest}" if scheme == "http" else address.base_url
        self._page = f"{self._base_url.rstrip('/')}{address.path.rstrip('/')}/link"

    def link(
        self,
        user: object = None,
        *,
        browser: FlaskClient | None = None,
        decision: str = "allow",
        scopes: Iterable[str] = (),
        platform: str | None = None,
        authentication: str = "basic",
    ) -> tuple[Linking, Account | None]:
        """Link an account.

        :param user: the id of who is signed in, in place of ``current_user_id``.
        :param browser: a test client of the app that has signed in by the app's own page.
        :param decision: what the user presses, ``allow`` or ``refuse``.
        :param scopes: what the platform asks for.
        :param platform: whose redirect URL it is; None for that of the settings.
        :param authentication: how the platform proves itself, ``basic`` or ``body``.
        :return: what came of it, and the account; None where the user refused.
        :raises LinkingError: the way ends before there are tokens.
        """
        _require(decision, DECISIONS, "decision")
        _require(authentication, list(Authentication), "authentication")
        user = None if user == "" else user
        if (user is None) == (browser is None):
            raise LinkingError(
                'Name who is signed in: user="bora", the id that current_user_id would return; or pass '
                "browser=, a test client of the app that has signed in by its own page."
            )
        if browser is not None and getattr(browser, "application", None) is not self._app:
            raise LinkingError("browser= must be a test client of this app, app.test_client().")
        registration = self.register(self.platform(platform), tuple(scopes), Authentication(authentication))
        client = self.client(registration, user=None if user is None else str(user), browser=browser)
        return self._walk(client, decision, by_page=browser is not None)

    def platform(self, name: str | None) -> Platform:
        """Return a platform by its name; without one, that of the settings, or NAVER."""
        if name is None:
            return self._runtime.settings.platform or PLATFORMS["naver"]
        _require(name, PLATFORMS, "platform")
        return PLATFORMS[name]

    def provider(self) -> Provider:
        """Return the app's account linking.

        :raises LinkingError: it has none.
        """
        # What the app has not imported is not imported here: it may be without the extra.
        provider: Provider | None = self._app.extensions.get("clova_linking", {}).get(self._runtime.name)
        if provider is None:
            raise LinkingError(
                f"The extension {self._runtime.name!r} of this app has no account linking. Call "
                "AccountLinking(clova).init_app(app) in its factory; or pass an access token of your own "
                "(access_token=, on the command line --token)."
            )
        return provider

    def expire(self, access_token: str) -> None:
        """Let an access token expire in the app's store."""
        from sqlalchemy import update

        from ...linking.digests import digest
        from ...storage.tables import tokens

        provider = self.provider()
        with self._app.app_context(), provider.store.database.begin() as connection:
            mine = tokens.c.hash == digest(access_token)
            connection.execute(update(tokens).where(mine).values(expires_at=0))
        provider.checks.forget()

    def _walk(self, client: LinkingClient, decision: str, *, by_page: bool) -> tuple[Linking, Account | None]:
        asked = client.ask()
        opened = client.open(asked)
        steps: tuple[Step, ...] = (asked, opened)
        back = opened.back_to
        if not back:  # as it is where the request is refused, and nobody is asked
            pressed, back = consent(client, opened, decision, by_page=by_page)
            steps = (*steps, pressed)
        returned = client.read_return(asked, back)
        if returned.error == "access_denied" and decision == "refuse":
            return Linking(error=returned.error, steps=(*steps, returned)), None
        return linked(client, steps, returned)

    def register(
        self, platform: Platform, scopes: tuple[str, ...], authentication: Authentication
    ) -> Registration:
        """Return what is entered in the console for this app, with a client of its store."""
        with self._app.app_context():  # in which engine=lambda: db.engine finds its engine
            client_id, secret = simulators_client(self._app, self.provider())
        return Registration(
            authorization_url=f"{self._page}/authorize",
            token_url=f"{self._page}/token?grant_type=authorization_code",
            refresh_url=f"{self._page}/token?grant_type=refresh_token",
            redirect_url=platform.redirect_url,
            client_id=client_id,
            client_secret=secret,
            scopes=scopes,
            authentication=authentication,
        )

    def client(
        self, registration: Registration, *, user: str | None = None, browser: FlaskClient | None = None
    ) -> LinkingClient:
        """Make the platform, with a browser of its app; nobody is signed in where none is named."""
        phone = self._around(browser_in_process(self._app, self._base_url, user=user, browser=browser))
        send = self._around(sender_in_process(self._app, self._base_url))
        return LinkingClient(registration, send, phone=phone, language=self._runtime.settings.default_lang)


def _as_it_is(send: Send) -> Send:
    return send


def _require(given: Any, known: Iterable[str], name: str) -> None:
    if given not in known:
        raise LinkingError(f"{given!r} is not a valid {name}.{nearest(str(given), known, or_list=True)}")
