"""A trial of account linking, in a store and with accounts that are there for it alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, got_request_exception

from ...findings import Finding
from ..simulator.linking import LinkingClient
from ..simulator.linking_app import AppLinker
from ..simulator.linking_judge import without_query
from ..simulator.linking_policy import Policy
from ..simulator.linking_steps import Authentication, LinkingError, Opened, Step
from .quiet import quiet

if TYPE_CHECKING:
    from ...linking.provider import Provider

USER = "flask clova check"
_NO_ADDRESS = ("linking.http", "linking.port")
_MAX_HOOKS = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """What was tried.

    :ivar findings: what is wrong.
    :ivar nobody: the answer to somebody who is not signed in.
    :ivar raised: what the app raised then, if it did.
    """

    findings: list[Finding]
    nobody: Step
    raised: list[Exception]


def try_linking(app: Flask, provider: Provider, linker: AppLinker) -> Trial:
    """Link an account, redeem wrong codes, and open the page as somebody who is not signed in.

    The app's hooks run, and its template is written. None of its functions for accounts is called, and its
    store is not used.
    """
    with quiet(app), _apart(provider):
        registration = linker.register(linker.platform(None), (), Authentication.BASIC)
        client = linker.client(registration)
        with _raised(app) as raised:
            nobody = client.open_once(client.ask())
        findings = [*_linked(app, linker, linker.client(registration, user=USER), provider.runtime.name)]
        for authentication in Authentication:
            findings += client.try_wrong_code(authentication).findings
    hooks = _hooks(app, provider)
    return Trial([_told(finding, hooks) for finding in dict.fromkeys(findings)], nobody, raised)


@contextmanager
def _raised(app: Flask) -> Iterator[list[Exception]]:
    """Keep what the app raises."""
    raised: list[Exception] = []

    def keep(_sender: object, exception: Exception, **_extra: object) -> None:
        raised.append(exception)

    with got_request_exception.connected_to(keep, app):
        yield raised


@contextmanager
def _apart(provider: Provider) -> Iterator[None]:
    """Put a store in memory, and accounts that call nothing, in the places of the app's."""
    from ...linking.accounts import Accounts
    from ...linking.clients import ClientStore
    from ...linking.store import Store
    from ...storage.database import Database

    database = Database("account linking", "", "sqlite://", folder=Path())
    database.upgrade()
    accounts = Accounts()
    accounts.declare("current_user_id", _nobody)
    if provider.accounts.can_sign_out:
        accounts.declare("sign_out", _nobody)
    name = provider.runtime.name
    stores = ClientStore(database, name, _nobody), Store(database, name, _nobody)
    with provider.apart(*stores, accounts):
        yield
    database.engine.dispose()


def _nobody() -> None:
    return None


def _linked(app: Flask, linker: AppLinker, client: LinkingClient, name: str) -> Iterator[Finding]:
    """Link an account, and yield what is wrong on the way."""
    if _is_sent_away(client):
        return  # a hook demands a login of its own, and what is behind it cannot be seen from here
    try:
        linking, _ = linker.link(USER)
        steps, problem = linking.steps, ""
    except LinkingError as error:
        steps, problem = error.steps, str(error)
    opened = next((step for step in steps if isinstance(step, Opened)), None)
    replaced = [] if opened is None else [*_replaced(app, opened, name)]
    yield from replaced
    for step in steps:
        for finding in step.findings:
            is_told = replaced and finding.code in ("linking.page-blocked", "linking.page-framed")
            if not is_told and finding.code not in _NO_ADDRESS:
                yield finding
    if problem and not any(finding.is_error for step in steps for finding in step.findings):
        yield Finding("linking.fails", f"An account was linked in this process, to try it. {problem}")


def _is_sent_away(client: LinkingClient) -> bool:
    """Tell whether the app redirects the user elsewhere than back to the platform; nobody follows."""
    got = client.open_once(client.ask()).got
    back = client.registration.redirect_url
    return got is not None and bool(got.location) and without_query(got.location) != back


def _replaced(app: Flask, opened: Opened, name: str) -> Iterator[Finding]:
    """Check that the page has come with its own policy."""
    if opened.got is None or opened.page is None or opened.got.status != 200:
        return
    header = opened.got.header("Content-Security-Policy")
    if "frame-ancestors 'none'" in header and "form-action" in header:
        return
    blocked = ", ".join(dict.fromkeys(Policy(header).blocked(opened.page)))
    effect = f" It keeps out {blocked} of the page." if blocked else ""
    message = f"The consent page is sent with the policy {header or 'of nobody'!r}, not with its own.{effect}"
    yield Finding("linking.policy-replaced", f"{message}{_talisman(app, name)}")


def _talisman(app: Flask, name: str) -> str:
    hooks = app.after_request_funcs.get(None, ())
    if not any(
        type(getattr(hook, "__self__", None)).__module__.startswith("flask_talisman") for hook in hooks
    ):
        return ""
    return (
        " Flask-Talisman does it. Leave this page out, after linking.init_app: talisman("
        f'content_security_policy=None, frame_options=None)(app.view_functions["{name}_linking.authorize"]).'
    )


def _told(finding: Finding, hooks: str) -> Finding:
    """Add the hooks of the app to what they may have done."""
    if finding.code not in ("linking.wrong-code", "linking.token-status", "linking.fails") or not hooks:
        return finding
    return Finding(finding.code, f"{finding.message} {hooks}", finding.where)


def _hooks(app: Flask, provider: Provider) -> str:
    from ...injection.parameters import place_of

    names = (None, f"{provider.runtime.name}_linking_api")
    hooks = [hook for name in names for hook in app.before_request_funcs.get(name, ())]
    if not 0 < len(hooks) <= _MAX_HOOKS:
        return ""
    return f"Hooks of the app: {', '.join(str(place_of(hook)) for hook in hooks)}."
