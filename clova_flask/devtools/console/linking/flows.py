"""The steps of account linking, each done once and kept."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from ....findings import Finding
from ...diagnostics.connection import HOME, Endpoint
from ...simulator.linking import LinkingClient
from ...simulator.linking_steps import Asked, Got, Opened, Returned, Sent, Step
from ...simulator.reply import NO_ANSWER
from ...simulator.requests import home_request, launch_request
from ..attached.keys import signing_key
from ..masking import masked
from ..records import Version, db
from ..texts import _
from .calls import Clocked, client_of, lock_of
from .records import FAILED, LINKED, REFUSED, LinkedAccount, LinkingRun
from .registered import is_here, registration_of
from .shown import records_of, secrets_of
from .store import account_of, add_run, add_steps, end_run, keep_tokens

_Some = TypeVar("_Some", bound=Step)

STATE_SECONDS = 300
"""Seconds that state is valid at the platform."""
_ADDRESS = ("linking.http", "linking.port")
FOREIGN = "https://clova-linking.invalid/return"
"""A redirect URL that no server knows: the name exists nowhere."""


class Cannot(Exception):
    """A step cannot be done; the text tells why."""


def begin(version: Version, redirect_url: str) -> LinkingRun:
    """Write the authorization request, and look at the page that it leads to.

    :param redirect_url: the console's own address, to which the browser comes back.
    """
    send = Clocked()
    return begin_with(version, client_of(registration_of(version, redirect_url), send), send)[0]


def begin_with(version: Version, client: LinkingClient, send: Clocked) -> tuple[LinkingRun, Asked, Opened]:
    """Begin a run, with the redirect URL and the browser of a client of one's own."""
    asked = _asked(client)
    run = add_run(version.extension.id, asked, client.registration.redirect_url)
    keep(version, run, as_here(asked), "ask")
    opened = client.open(asked)
    keep(version, run, as_here(opened), "open", send)
    return run, asked, opened


def _asked(client: LinkingClient) -> Asked:
    """Write the request; the console's own redirect URL is none of the platform's, and not judged."""
    asked = client.ask()
    return Asked(
        name=asked.name,
        sent=Sent("GET", asked.url),
        url=asked.url,
        state=asked.state,
        findings=tuple(finding for finding in asked.findings if finding.where.name != "redirect_url"),
    )


def as_here(step: _Some) -> _Some:
    """Leave out what is wrong with addresses of this machine: the page tells that once."""
    steps: list[Step] = [*(step.hops if isinstance(step, Opened) else ()), step]
    sent = [one.sent.url for one in steps if one.sent]
    if not all(is_here(url) for url in (*sent, getattr(step, "url", sent[-1]))):
        return step
    return replace(step, findings=tuple(one for one in step.findings if one.code not in _ADDRESS))


def come_back(version: Version, run: LinkingRun, url: str, *, secrets: Iterable[str] = ()) -> bool:
    """Read what the browser brought, and redeem the code.

    :param url: the address that it came to.
    :param secrets: what is secret in it beside the code.
    :return: whether the run was waiting for it.
    """
    send = Clocked()
    client = client_of(registration_of(version, run.redirect_url), send)
    asked = Asked(name="ask", url=run.url, state=run.state)
    returned = client.read_return(asked, url)
    outcome = _outcome(run, returned)
    if not end_run(run, outcome):
        db.session.rollback()
        return False
    run.code = returned.code if returned.code.isprintable() else ""
    step = Returned(
        name="return",
        sent=Sent("GET", url),
        code=returned.code,
        error=returned.error,
        description=returned.description,
        findings=(*returned.findings, *_late(run)),
    )
    keep(version, run, step, "return", secrets=secrets)
    if outcome == LINKED:
        _redeem(version, run, client, send)
    return True


def _outcome(run: LinkingRun, returned: Returned) -> str:
    if returned.error:
        return REFUSED if returned.error == "access_denied" else FAILED
    failed = any(finding.is_error for finding in returned.findings) or next(_late(run), None)
    return FAILED if failed else LINKED


def _late(run: LinkingRun) -> Iterator[Finding]:
    seconds = time.time() - run.at.timestamp()
    if seconds > STATE_SECONDS:
        yield Finding("linking.state-expired", f"The browser came back after {round(seconds)} s.")


def _redeem(version: Version, run: LinkingRun, client: LinkingClient, send: Clocked) -> None:
    redeemed = client.redeem(run.code)
    if redeemed.tokens is None:
        run.outcome = FAILED
    else:
        keep_tokens(version.extension.id, run.id, redeemed.tokens)
    keep(version, run, redeemed, "token", send)


def keep(
    version: Version,
    run: LinkingRun,
    step: Step,
    kind: str,
    send: Clocked | None = None,
    *,
    secrets: Iterable[str] = (),
) -> None:
    """Keep a step of a run, without what is secret in it.

    :param secrets: what else is secret.
    """
    row = account_of(version.extension.id)
    secrets = {run.code, *secrets, *secrets_of(registration_of(version))}
    if row is not None:
        secrets |= {row.access_token, row.refresh_token}
    add_steps(run.id, records_of(step, kind, send.since_last() if send else (), secrets=secrets))


def try_alone(version: Version, run: LinkingRun, kind: str) -> None:
    """Try what must be refused, and needs no user.

    :param kind: ``wrong_code``, ``wrong_secret``, ``used_code`` or ``foreign_redirect``.
    :raises Cannot: no code was redeemed in the run.
    """
    send = Clocked()
    client = client_of(registration_of(version, run.redirect_url), send)
    if kind == "used_code":
        if not run.code:
            raise Cannot(_("In this run no code was redeemed."))
        step: Step = client.try_used_code(run.code)
    elif kind == "wrong_secret":
        step = client.try_wrong_secret()
    elif kind == "foreign_redirect":
        step = client.try_foreign_redirect(Asked(name="ask", url=run.url, state=run.state), FOREIGN)
    else:
        step = client.try_wrong_code()
    keep(version, run, step, kind, send)


def refresh(version: Version, run: LinkingRun) -> None:
    """Ask for another access token of the linked account.

    :raises LinkingError: no refresh token URI is registered, or there is no refresh token.
    :raises Cannot: no account is linked.
    """
    send = Clocked()
    client = client_of(registration_of(version), send)
    with lock_of(version.extension.id):
        row = _account(version)
        refreshed = client.refresh(row.tokens)
        records = records_of(refreshed, "refresh", send.since_last(), secrets=_all_secrets(version, row))
        if refreshed.tokens is not None:
            keep_tokens(version.extension.id, row.run_key, refreshed.tokens)
        add_steps(run.id, records)


def revoke(version: Version, run: LinkingRun, url: str) -> None:
    """Revoke the tokens, and try to refresh by what was revoked.

    :param url: the revocation endpoint, which no console asks for.
    :raises Cannot: no account is linked.
    """
    send = Clocked()
    client = client_of(registration_of(version), send)
    with lock_of(version.extension.id):
        row = _account(version)
        tokens, secrets = row.tokens, _all_secrets(version, row)
        revoked = client.revoke(tokens.refresh_token or tokens.access_token, url)
        row.is_revoked = row.is_revoked or (revoked.got is not None and revoked.got.status == 200)
        add_steps(run.id, records_of(revoked, "revoke", send.since_last(), secrets=secrets))
    if row.is_revoked and tokens.refresh_token and client.registration.refresh_url:
        keep(version, run, client.try_revoked(tokens), "revoked", send)


def use(version: Version, run: LinkingRun) -> None:
    """Send the endpoint a message with the access token, as it is.

    :raises Cannot: no account is linked, or there is no endpoint.
    """
    row, url, extension = _account(version), version.values.get("endpoint_url"), version.extension
    if not url:
        raise Cannot(_("Enter the endpoint's URL first, under Server."))
    endpoint = Endpoint(url, extension.kind, extension.platform, extension.extension_id)
    if extension.kind == HOME:
        message = home_request("DiscoverAppliances", {"accessToken": row.access_token})
    else:
        message = endpoint.caller(access_token=row.access_token).message(launch_request())
    started = time.perf_counter()
    reply = endpoint.sender(signing_key()).send(message)
    taken = (time.perf_counter() - started) * 1000
    judged = client_of(registration_of(version), Clocked()).use(reply, is_valid=row.is_valid(time.time()))
    findings = judged.findings
    if reply.status_code == NO_ANSWER:
        findings = (Finding("answer.none", reply.text),)
    got = None if reply.status_code == NO_ANSWER else Got(reply.status_code, body=reply.text.encode())
    step = Step(name="use", sent=Sent("POST", url), got=got, findings=findings)
    secrets = _all_secrets(version, row)
    (record,) = records_of(step, "use", (taken,), secrets=secrets)
    record.asked = masked(f"POST {url}\n\n{json.dumps(message, ensure_ascii=False, indent=2)}", secrets)
    add_steps(run.id, [record])


def take_for_expired(version: Version) -> None:
    """Take the access token for expired, so that it is refreshed before it is used in a test.

    :raises Cannot: no account is linked.
    """
    _account(version).is_taken_for_expired = True
    db.session.commit()


def _account(version: Version) -> LinkedAccount:
    db.session.expire_all()  # another browser may have refreshed it in the meantime
    row = account_of(version.extension.id)
    if row is None:
        raise Cannot(_("No account is linked."))
    return row


def _all_secrets(version: Version, row: LinkedAccount) -> set[str]:
    return {row.access_token, row.refresh_token, *secrets_of(registration_of(version))}
