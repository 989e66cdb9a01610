"""The linked account in tests: conversations that speak for it."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ClovaError
from ..extensions import find_version
from ..fields.tables import HOME
from ..testing.conversations import conversations
from ..testing.homes import DISCOVER
from ..testing.known_models import known_of
from ..texts import _
from ..told import told_error
from .calls import linked_account
from .records import LinkedAccount
from .store import account_of

blueprint = Blueprint("linked", __name__)


@blueprint.app_template_global("linked_account")
def linked(extension_key: int) -> LinkedAccount | None:
    """Return the account that is linked with an extension."""
    return account_of(extension_key)


@blueprint.post("/extensions/<int:key>/account/speak")
def speak(key: int) -> ResponseReturnValue:
    """Begin a conversation for the linked account; of a home, discover its appliances.

    With ``as_it_is`` the token is not refreshed when it has expired: what the extension answers is seen.
    """
    version, row = find_version(key, None), account_of(key)
    if row is None:
        abort(409, _("No account is linked."))
    is_home = version.extension.kind == HOME
    account = linked_account(version, row)
    if "as_it_is" in request.form:
        account.expire(refreshes=False)
    try:
        conversation = conversations().begin(version, known_of(version), {})
        with conversation.lock:
            conversation.link(account)
            if is_home:
                conversation.home(DISCOVER, {})
    except ClovaError as error:
        flash(told_error(error), "warning")
    return redirect(url_for("home_tests.show" if is_home else "tests.show", key=key), 303)
