"""The page of the account-linking test, and the address that browsers come back to."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from ....errors import ClovaError
from ..attached.process import attached_app
from ..extensions import change, find_extension, find_version
from ..lifecycle import EDITABLE
from ..masking import MASK
from ..numbers import whole
from ..page import extension_page
from ..records import Version, db
from ..registration.taking_over import linking_values
from ..testing.conversations import conversations
from ..texts import _
from ..told import told_error
from . import flows
from .records import FAILED, LINKED, REFUSED, WAITING, LinkingRun
from .registered import is_here, missing_fields, step_of
from .shown import TITLES
from .store import account_of, find_run, forget, run_with, runs_of, steps_of
from .walking import walk_of

blueprint = Blueprint("linking", __name__)

_PREFIX = "/extensions/<int:key>/account"
_BEGUN = "linking_run"
"""Key of the session with the run that this browser began last."""

TRIALS = ("wrong_code", "wrong_secret", "foreign_redirect", "used_code")
"""What must be refused, in the order in which it is offered."""


@blueprint.get(f"{_PREFIX}/")
def show(key: int) -> ResponseReturnValue:
    """Show the settings, a run with its steps, and the linked account."""
    version = find_version(key, None)
    runs = runs_of(key)
    wanted = request.args.get("run", type=whole)
    chosen = next((run for run in runs if run.id == wanted), runs[0] if runs else None)
    row = account_of(key)
    now = time.time()
    return extension_page(
        "linking/show",
        version,
        missing=missing_fields(version),
        refresh_step=step_of(version, "refresh_url"),
        redirect_url=back_url(),
        client=own_client(version),
        runs=runs,
        chosen=chosen,
        is_open=chosen is not None and _is_open(chosen, now),
        walk=walk_of(key, chosen),
        is_here=is_here(version.values.get("authorization_url") or ""),
        done=steps_of(chosen) if chosen else [],
        account=row,
        seconds_left=row.seconds_left(now) if row else None,
        is_valid=row is not None and row.is_valid(now),
        revocation_url=_revocation_url(version),
        outcomes=_outcomes(),
        titles={kind: _(title) for kind, title in TITLES.items()},
        trials=TRIALS,
        MASK=MASK,
    )


def _is_open(run: LinkingRun, at: float) -> bool:
    """Tell whether this browser may go the way of a run."""
    return (
        run.outcome == WAITING
        and run.redirect_url == back_url()
        and at - run.at.timestamp() < flows.STATE_SECONDS
    )


def _outcomes() -> dict[str, str]:
    return {
        WAITING: _("The browser has not come back."),
        LINKED: _("An account was linked."),
        REFUSED: _("The user has refused."),
        FAILED: _("No account was linked."),
    }


def back_url() -> str:
    """Return the console's own redirect URL, by the name that the browser calls it by."""
    return url_for("linking.come_back", _external=True)


def own_client(version: Version) -> str:
    """Return the name that the extension has in the app beside, where that has an OAuth server for it."""
    attached = attached_app()
    if attached is None:
        return ""
    wanted = version.extension.extension_id
    mine = (one for one in attached.described() if one.extension_id == wanted and one.linking_path)
    return next((one.name for one in mine), "")


def _revocation_url(version: Version) -> str:
    """Guess the revocation endpoint beside the token endpoint, as that of clova-flask is."""
    base, slash, name = (version.values.get("token_url") or "").partition("?")[0].rpartition("/")
    return f"{base}/revoke" if slash and name == "token" else ""


@blueprint.post(f"{_PREFIX}/begin")
def begin(key: int) -> ResponseReturnValue:
    """Begin a run that goes through this browser."""
    version = _ready(key)
    run = flows.begin(version, back_url())
    session[_BEGUN] = run.id
    return _to(run)


@blueprint.get("/linking/return")
def come_back() -> ResponseReturnValue:
    """Receive what the extension's server sends the browser back with."""
    run = _run_of_return()
    if run is None:
        text = _("No run waits for this state: it was never sent, has come before, or its run is gone.")
        abort(404, text)
    version = find_extension(run.extension_key).test_version
    if not flows.come_back(version, run, request.url):
        flash(_("It came back before. A code is redeemed once."), "warning")
    return _to(run)


def _run_of_return() -> LinkingRun | None:
    """Find the run by its state; where no run has that, the one that this browser waits for."""
    found = run_with(request.args.get("state", ""))
    if found is not None:
        return found
    begun = db.session.get(LinkingRun, session.get(_BEGUN, 0))
    return begun if begun is not None and begun.outcome == WAITING else None


@blueprint.post(f"{_PREFIX}/runs/<int:number>/<kind>")
def do_step(key: int, number: int, kind: str) -> ResponseReturnValue:
    """Do a step of a run that needs no browser."""
    version, run = _ready(key), find_run(key, number)
    try:
        match kind:
            case "refresh":
                flows.refresh(version, run)
            case "use":
                flows.use(version, run)
            case "revoke":
                flows.revoke(version, run, _given_url())
            case _ if kind in TRIALS:
                flows.try_alone(version, run, kind)
            case _:
                abort(404)
    except (ClovaError, flows.Cannot) as error:
        flash(told_error(error), "warning")
    return _to(run)


def _given_url() -> str:
    url = request.form.get("url", "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise flows.Cannot(_("The revocation endpoint must be a URL: https://example.com/revoke."))
    return url


@blueprint.post(f"{_PREFIX}/expire")
def expire(key: int) -> ResponseReturnValue:
    """Take the access token for expired."""
    try:
        flows.take_for_expired(find_version(key, None))
        flash(_("Tests refresh it before they use it next."), "success")
    except flows.Cannot as error:
        flash(told_error(error), "warning")
    return redirect(url_for(".show", key=key, _anchor="account"))


@blueprint.post(f"{_PREFIX}/forget")
def forget_account(key: int) -> ResponseReturnValue:
    """Forget the linked account, also in the conversation that speaks for it."""
    forget(find_extension(key).id)
    conversations().forget_account(key)
    flash(_("The tokens are forgotten. The extension's server still has the link."), "success")
    return redirect(url_for(".show", key=key))


@blueprint.post(f"{_PREFIX}/client")
def make_client(key: int) -> ResponseReturnValue:
    """Make a client in the store of the app beside, and enter it."""
    version = find_version(key, None)
    name, attached = own_client(version), attached_app()
    if not name or attached is None:
        abort(404)
    if version.state not in EDITABLE:
        flash(_("The version cannot be changed now."), "warning")
        return redirect(url_for(".show", key=key))
    try:
        client_id, secret = attached.make_client(name, back_url())
    except ClovaError as error:
        flash(told_error(error), "danger")
        return redirect(url_for(".show", key=key))
    made = {"client_id": client_id, "client_secret": secret}
    described = next(one for one in attached.described() if one.name == name)
    known = {
        name: value
        for name, value in linking_values(described, attached.url).items()
        if not version.values.get(name)
    }
    change(version, {**known, **made}, _("Account linking"))
    flash(_("A client was made in the app's store, and entered here."), "success")
    return redirect(url_for(".show", key=key))


def _ready(key: int) -> Version:
    version = find_version(key, None)
    if missing_fields(version):
        abort(409, _("The settings of account linking are not complete."))
    return version


def _to(run: LinkingRun) -> ResponseReturnValue:
    return redirect(url_for("linking.show", key=run.extension_key, run=run.id, _anchor="steps"), 303)
