"""The way to the app's own login page, and back."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import current_app, request, url_for

from ..errors import ConfigurationError

# In the URL, not in an answer to the form: such a page cannot be reloaded, or come back to, without the
# browser asking whether to send the form once more.
_AGAIN = "&again=1"

USER_IN_PROCESS = "clova_flask.linking.user"
"""The key of the WSGI environ under which a caller in this process puts an :class:`InProcessUser`."""


@dataclass(frozen=True, slots=True)
class InProcessUser:
    """Who is signed in, for requests that the test client and the command line make in this process.

    No request by HTTP can bring one: a server puts what it received into the environ as text, headers under
    ``HTTP_``, and text is no object of this class.
    """

    id: str


def user_in_process() -> str | None:
    """Return the id of the user whom a caller in this process has signed in, or None."""
    given = request.environ.get(USER_IN_PROCESS)
    return given.id if type(given) is InProcessUser else None


def login_url(view: str | None) -> str:
    """Return the URL of the login page, with the page to come back to as ``next``.

    :param view: its endpoint or path; None for Flask-Login's ``login_view``.
    :raises ConfigurationError: there is none.
    """
    manager = getattr(current_app, "login_manager", None)
    view = view or getattr(manager, "login_view", None)
    if not view:
        raise ConfigurationError(
            "Nobody is signed in, and account linking does not know the app's login page. Set "
            'CLOVA_LINKING_LOGIN_VIEW to its endpoint or path: CLOVA_LINKING_LOGIN_VIEW="login".'
        )
    if not view.startswith("/"):
        return url_for(view, next=page_to_answer())
    return f"{view}{'&' if '?' in view else '?'}{urlencode({'next': page_to_answer()})}"


def page_to_answer(*, again: bool = False) -> str:
    """Return the path and query of this request, as a path that no browser takes for another host.

    :param again: whether the page is to tell that it was answered in vain.
    """
    path = quote(f"{request.root_path}{request.path}", safe="/%:@!$&'()*+,;=~")
    query = request.query_string.decode("ascii", "replace").removesuffix(_AGAIN)
    return f"/{path.lstrip('/')}?{query}{_AGAIN if again else ''}"


def is_asked_again() -> bool:
    """Tell whether the page was answered in vain before."""
    return request.query_string.endswith(_AGAIN.encode())


def next_url(default: str = "/") -> str:
    """Return where a login page may send the user: the request's ``next`` when it is a path of this site.

    ``return redirect(next_url())`` at the end of a login view. For another site's URL, in whatever spelling,
    the default is returned.

    :param default: where to go without ``next``.
    """
    given = request.values.get("next", "")
    return given if _is_path_here(given) else default


def _is_path_here(url: str) -> bool:
    """Tell whether a browser stays on this site; it drops tabs, and takes a backslash for a slash."""
    if not url.startswith("/") or url.startswith("//") or "\\" in url:
        return False
    return all(letter > " " and letter != "\x7f" for letter in url)
