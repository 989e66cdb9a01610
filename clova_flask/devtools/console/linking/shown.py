"""A step as it is kept and shown: without codes, tokens, passwords and secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from ....texts.templated import as_json
from ...simulator.linking_judge import query_of
from ...simulator.linking_steps import Got, Opened, Registration, Sent, Step
from ..masking import masked_words
from ..texts import N_
from .records import LinkingStep

MAX_DEPTH = 8
"""How deep secrets are looked for in JSON; answers of OAuth are flat."""
MAX_SHOWN = 20_000
"""Characters of an answer that are kept."""

_SECRET = frozenset(
    (
        "code",
        "access_token",
        "refresh_token",
        "id_token",
        "token",
        "client_secret",
        "password",
        "accessToken",
    )
)
"""Names of parameters, and of fields of JSON, whose values are secret."""
_SECRET_HEADERS = frozenset(("authorization", "cookie", "set-cookie"))

TITLES = {
    "ask": N_("Authorization request"),
    "redirect": N_("Redirect"),
    "open": N_("Authorization page"),
    "press": N_("Form of a page"),
    "return": N_("Return, with code and state"),
    "token": N_("Access token for the code"),
    "refresh": N_("Another access token"),
    "use": N_("A message with the access token"),
    "revoke": N_("Revocation"),
    "revoked": N_("Refreshing after the revocation"),
    "wrong_code": N_("A wrong code"),
    "wrong_secret": N_("A wrong client secret"),
    "used_code": N_("A code used twice"),
    "foreign_redirect": N_("A redirect URL that is not registered"),
}
"""What the kinds of steps are called."""


def records_of(
    step: Step, kind: str, times: Iterable[float], *, secrets: Iterable[str] = ()
) -> list[LinkingStep]:
    """Write a step, and the redirects on its way, as records.

    :param times: milliseconds of each request that was sent in it.
    :param secrets: what must not be shown, beside what is secret by its name.
    """
    taken, hops = iter(times), step.hops if isinstance(step, Opened) else ()
    # Where a redirect leads back to the platform, the step's own request is the last of the hops.
    before = [hop for hop in hops if step.got is None or hop.sent is not step.sent]
    rows = [("redirect", hop) for hop in before] + [(kind, step)]
    hidden = {*secrets, *_secrets_in(one for _, one in rows)}
    return [
        LinkingStep(
            kind=name,
            asked=masked_words(_request(one.sent), hidden) if one.sent else "",
            answer=masked_words(_answer(one.got), hidden) if one.got else "",
            milliseconds=next(taken, 0.0) if one.sent else 0.0,
            findings=[
                [finding.code, as_json(masked_words(finding.message, hidden))] for finding in one.findings
            ],
        )
        for name, one in rows
    ]


def secrets_of(registration: Registration) -> set[str]:
    """List what is secret in the settings."""
    return {registration.client_secret}


def _secrets_in(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        if step.sent is not None:
            yield from _in_url(step.sent.url)
            yield from (value for name, value in step.sent.form if name in _SECRET)
            yield from _in_headers(step.sent.headers)
        if step.got is not None:
            yield from _in_headers(step.got.headers)
            yield from _in_url(step.got.location)
            yield from _in_json(step.got.json)


def _in_url(url: str) -> Iterator[str]:
    try:
        query = query_of(url)
        fragment = query_of(f"?{urlsplit(url).fragment}")
    except ValueError:
        return
    for given in (query, fragment):
        yield from (value for name in _SECRET & set(given) for value in given[name])


def _in_headers(headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from (
        value.removeprefix("Basic ").removeprefix("Bearer ")
        for name, value in headers
        if name.lower() in _SECRET_HEADERS
    )


def _in_json(value: Any, depth: int = MAX_DEPTH) -> Iterator[str]:
    for name, item in _items(value):
        if name in _SECRET and isinstance(item, str):
            yield item
        elif depth:
            yield from _in_json(item, depth - 1)


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _request(sent: Sent) -> str:
    head = [f"{sent.method} {sent.url}", *(f"{name}: {value}" for name, value in sent.headers)]
    return "\n".join([*head, "", urlencode(sent.form)] if sent.form else head)


def _answer(got: Got) -> str:
    head = [f"HTTP {got.status}", *(f"{name}: {value}" for name, value in got.headers)]
    return "\n".join([*head, "", got.text[:MAX_SHOWN]])
