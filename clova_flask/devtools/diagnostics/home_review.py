"""What a review finds by what a Clova Home extension answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from ...findings import Finding, Place
from ...texts.templated import Templated
from ..simulator.exchange import judged
from ..simulator.reply import Reply, json_object
from ..simulator.requests import home_request
from .connection import TEST_TOKEN, Endpoint
from .home_trial import try_actions
from .unchecked import unchecked

REFUSALS = ("InvalidAccessTokenError", "ExpiredAccessTokenError")
"""Answers that ask the user to link the account again."""

MAX_NAMED = 5
"""Appliances of a type that are named."""

FILLED = (
    "friendlyName",
    "friendlyDescription",
    "isIr",
    "manufacturerName",
    "modelName",
    "version",
    "actions",
    "applianceTypes",
)
"""Fields of a discovered appliance that must have a value."""


def review_home(
    endpoint: Endpoint,
    key: rsa.RSAPrivateKey,
    token: str | None,
    *,
    tries_actions: bool = False,
    appliance_types: Collection[str] | None = None,
) -> Iterator[Finding]:
    """Review discovery: with a token that no account has, and with a user's.

    :param token: the user's access token; without one the appliances cannot be reviewed.
    :param tries_actions: whether every action of every appliance is done, too.
    :param appliance_types: those that are entered on the console's form; None where that is not known.
    """
    reply = _discovered(endpoint, key, TEST_TOKEN)
    yield from judged("discovery", reply).findings
    name = json_object(json_object(reply.json).get("header")).get("name")
    if name not in REFUSALS:
        text = Templated(
            "A token that no account has was answered with %(answer)s.",
            answer=name or f"HTTP {reply.status_code}",
        )
        yield Finding("review.token-not-refused", text)
    if token is None:
        text = Templated("Without an access token of a user the appliances cannot be listed.")
        yield unchecked("H3", text)
        if appliance_types is not None:
            yield unchecked("H2", text)
        yield unchecked(
            "H1", Templated("Without an access token of a user no action can be done. Link an account.")
        )
        return
    reply = _discovered(endpoint, key, token)
    yield from _appliances(reply)
    if appliance_types is not None:
        yield from _not_entered(reply, appliance_types)
    if tries_actions:
        yield from try_actions(endpoint, key, token, _listed(reply))
    else:
        text = Templated(
            "Each action of each product has to be done. It moves what is connected, so ask for it."
        )
        yield unchecked("H1", text)


def _discovered(endpoint: Endpoint, key: rsa.RSAPrivateKey, token: str) -> Reply:
    return endpoint.sender(key).send(home_request("DiscoverAppliances", {"accessToken": token}))


def _appliances(reply: Reply) -> Iterator[Finding]:
    yield from judged("discovery", reply).findings
    listed = _listed(reply)
    if not listed:
        yield unchecked(
            "H3", Templated("Discovery with the token lists no appliance, so none could be checked.")
        )
        return
    for appliance in listed:
        yield from _thin(json_object(appliance))


def _not_entered(reply: Reply, entered: Collection[str]) -> Iterator[Finding]:
    """Find the types that discovery gives, and that are not entered on the form."""
    types = dict[str, list[str]]()
    for appliance in map(json_object, _listed(reply)):
        given = appliance.get("applianceTypes")
        for name in given if isinstance(given, list) else ():
            types.setdefault(str(name), []).append(str(appliance.get("applianceId")))
    for name, appliances in types.items():
        if name not in entered:
            text = Templated(
                "Discovery gives the appliance type %(name)s (%(appliances)s), which is not entered.",
                name=name,
                appliances=", ".join(appliances[:MAX_NAMED]) + (", …" if appliances[MAX_NAMED:] else ""),
            )
            yield Finding("review.type-not-entered", text, Place("appliances"))


def _listed(reply: Reply) -> list[Any]:
    listed = json_object(json_object(reply.json).get("payload")).get("discoveredAppliances")
    return listed if isinstance(listed, list) else []


def _thin(appliance: Mapping[str, Any]) -> Iterator[Finding]:
    empty = [name for name in FILLED if appliance.get(name) in (None, "", [])]
    if empty:
        name = str(appliance.get("applianceId"))
        yield Finding(
            "review.thin-discovery",
            Templated("%(name)s lacks %(names)s.", name=name, names=", ".join(empty)),
            Place(name),
        )
