"""The pages of account linking, in two blueprints: what users see, and what the platform calls."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749 import InvalidRequestError
from flask import Blueprint, Flask, current_app, redirect, request
from flask.typing import ResponseReturnValue

from ..errors import line_in_log
from .consent import is_signed
from .outages import OUTAGES, TemporarilyUnavailable
from .pages import ALLOW, SWITCH, consent_page, error_page
from .provider import Provider
from .sign_in import login_url, page_to_answer

logger = logging.getLogger("clova_flask")

MAX_QUERY = 8192
"""Bytes of the query of an authorization request; what comes back in a header must be short."""
MAX_BODY = 65_536
"""Bytes of a form."""

View = Callable[..., ResponseReturnValue]


def register_views(app: Flask, provider: Provider) -> None:
    """Register both blueprints."""
    name, settings = provider.runtime.name, provider.runtime.settings
    pages = Blueprint(f"{name}_linking", __name__, url_prefix=provider.path, subdomain=settings.subdomain)
    calls = Blueprint(f"{name}_linking_api", __name__, url_prefix=provider.path, subdomain=settings.subdomain)
    rules: list[tuple[Blueprint, str, View, list[str]]] = [
        (pages, "authorize", _authorize(provider), ["GET", "POST"]),
        (calls, "token", _token(provider), ["POST"]),
        (calls, "revoke", _endpoint(provider, "revocation"), ["POST"]),
    ]
    if settings.linking_introspection:
        rules.append((calls, "introspect", _endpoint(provider, "introspection"), ["POST"]))
    for blueprint, endpoint, view, methods in rules:
        blueprint.add_url_rule(
            f"/{endpoint}", endpoint, view, methods=methods, host=settings.host, strict_slashes=False
        )
    calls.url_value_preprocessor(functools.partial(_exempt_from_csrf_protection, calls))
    app.register_blueprint(pages)
    app.register_blueprint(calls)


def _exempt_from_csrf_protection(calls: Blueprint, _endpoint: str | None, _values: Any) -> None:
    """Exempt the platform's calls from an app-wide ``CSRFProtect``.

    At a request, before the hooks: it may be put on the app after account linking.
    """
    protection: Any = current_app.extensions.get("csrf")
    if type(protection).__module__.startswith("flask_wtf"):
        protection.exempt(calls)


def _authorize(provider: Provider) -> View:
    def linking_page(**_values: object) -> ResponseReturnValue:
        request.max_content_length = MAX_BODY
        try:
            return _asked(provider)
        except OAuth2Error as error:
            _log(error)
            if error.redirect_uri:
                return _response(provider.server.handle_error_response(None, error))
            return error_page(provider, error)
        except OUTAGES as error:
            return error_page(provider, _unavailable(error))

    return linking_page


def _asked(provider: Provider) -> ResponseReturnValue:
    """Check the request, and who is signed in; then ask, or act on the answer."""
    if len(request.query_string) > MAX_QUERY:
        raise InvalidRequestError("The query is too long.")
    grant = provider.server.get_consent_grant()
    user_id = provider.accounts.signed_in()
    if user_id is None:
        return redirect(login_url(provider.login_view))
    if request.method == "POST":
        return _answered(provider, grant, user_id)
    return consent_page(provider, grant, user_id)


def _answered(provider: Provider, grant: Any, user_id: str) -> ResponseReturnValue:
    """Act on what the user chose, by a page that was made for this user and this request."""
    if not is_signed(request.form.get("proof", ""), provider.runtime.name, user_id, grant):
        return redirect(page_to_answer(again=True), 303)
    decision = request.form.get("decision")
    if decision == SWITCH and provider.accounts.can_sign_out:
        provider.accounts.sign_out()
        return redirect(login_url(provider.login_view), 303)
    user = user_id if decision == ALLOW else None
    return _response(
        provider.server.create_authorization_response(grant.request, grant_user=user, grant=grant)
    )


def _token(provider: Provider) -> View:
    return _call(provider, "token", provider.server.create_token_response)


def _endpoint(provider: Provider, name: str) -> View:
    return _call(provider, name, functools.partial(provider.server.create_endpoint_response, name))


def _call(provider: Provider, name: str, answer: Callable[[], Any]) -> View:
    """Make the view of what the platform calls.

    :param name: limiters tell views apart by their names, and would count for all what is for one.
    """

    def linking_call(**_values: object) -> ResponseReturnValue:
        request.max_content_length = MAX_BODY
        try:
            _require_single_parameters()
            response = answer()
        except OAuth2Error as error:  # what Authlib raises before it catches
            response = provider.server.handle_error_response(None, error)
        except OUTAGES as error:
            return _response(provider.server.handle_error_response(None, _unavailable(error)))
        if response.status_code >= 400:
            told = response.get_json(silent=True) or {}
            text = f"{told.get('error')}: {told.get('error_description', '')}"
            logger.warning("Account linking refused a call of %s: %s", request.path, line_in_log(text))
        return _response(response)

    linking_call.__name__ = f"linking_{name}"
    return linking_call


def _require_single_parameters() -> None:
    """Refuse what is there twice, of which others may read the other one (RFC 6749, section 3.2).

    The grant type is in the URL that the console has; a client's library may send it in the form as well.

    :raises InvalidRequestError: a parameter is there twice, or has another value in the query.
    """
    for name in {*request.args, *request.form}:
        given = request.args.getlist(name), request.form.getlist(name)
        if max(map(len, given)) > 1 or len({value for values in given for value in values}) > 1:
            raise InvalidRequestError("A parameter is in the request twice.")


def _unavailable(error: Exception) -> TemporarilyUnavailable:
    logger.error("Account linking answered %s with 503. %s", request.path, line_in_log(error))
    return TemporarilyUnavailable()


def _log(error: OAuth2Error) -> None:
    text = f"{error.error}: {error.get_error_description()}"
    logger.warning("Account linking refused a request for consent: %s", line_in_log(text))


def _response(response: Any) -> ResponseReturnValue:
    """Return what Authlib has made; its answers hold codes and tokens, and must be stored nowhere."""
    response.headers.setdefault("Cache-Control", "no-store")
    answer: ResponseReturnValue = response
    return answer
