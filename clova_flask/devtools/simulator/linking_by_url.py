"""Account linking with an extension elsewhere: a person signs in, and brings back the address they end at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...platforms import PLATFORMS
from ...runtime import Runtime
from .linking import LinkingClient
from .linking_account import Account, Linking, linked
from .linking_steps import Asked, LinkingError, Registration

CLIENT_ID, CLIENT_SECRET = "CLOVA_LINKING_CLIENT_ID", "CLOVA_LINKING_CLIENT_SECRET"
"""Variables of the environment with the client, so that no secret is typed or kept in a history."""


class UrlLinker:
    """Links accounts of a running endpoint, in two steps.

    :param runtime: the extension, as the app of this process has it.
    :param url: the endpoint; the pages of account linking are below it.
    :param environ: the environment, with the id and the secret of a client.
    """

    def __init__(self, runtime: Runtime, url: str, environ: Mapping[str, str]) -> None:
        self._runtime = runtime
        self._url = url.rstrip("/")
        self._environ = environ
        self._client: LinkingClient | None = None
        self._asked: Asked | None = None

    def begin(self, scopes: Iterable[str] = ()) -> str:
        """Return the address to open in a browser.

        :raises LinkingError: the environment has no client.
        """
        client_id, secret = self._environ.get(CLIENT_ID, ""), self._environ.get(CLIENT_SECRET, "")
        if not client_id or not secret:
            raise LinkingError(
                f"The extension is at {self._url}, and to link an account there takes a client of its app. "
                f"Set {CLIENT_ID} and {CLIENT_SECRET} to what 'flask clova linking client' printed, and try "
                "again; or go on with an access token that you have: /as TOKEN."
            )
        platform = self._runtime.settings.platform or PLATFORMS["naver"]
        page = f"{self._url}/link"
        self._client = LinkingClient(
            Registration(
                authorization_url=f"{page}/authorize",
                token_url=f"{page}/token?grant_type=authorization_code",
                refresh_url=f"{page}/token?grant_type=refresh_token",
                redirect_url=platform.redirect_url,
                client_id=client_id,
                client_secret=secret,
                scopes=tuple(scopes),
            )
        )
        self._asked = self._client.ask()
        return self._asked.url

    def finish(self, address: str) -> tuple[Linking, Account]:
        """Redeem the code in the address that the browser was sent to.

        :raises LinkingError: nothing was begun, or there are no tokens.
        """
        if self._client is None or self._asked is None:
            raise LinkingError("Begin with /link alone, which tells what to open in a browser.")
        return linked(self._client, (self._asked,), self._client.read_return(self._asked, address))
