"""What a review finds by what a Clova Home extension answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from ...findings import Finding, Place
from ..simulator.exchange import judged
from ..simulator.reply import Reply, json_object
from ..simulator.requests import home_request
from .connection import TEST_TOKEN, Endpoint
from .unchecked import unchecked

REFUSALS = ("InvalidAccessTokenError", "ExpiredAccessTokenError")
"""Answers that ask the user to link the account again."""

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


def review_home(endpoint: Endpoint, key: rsa.RSAPrivateKey, token: str | None) -> Iterator[Finding]:
    """Review discovery: with a token that no account has, and with a user's.

    :param token: the user's access token; without one the appliances cannot be reviewed.
    """
    reply = _discovered(endpoint, key, TEST_TOKEN)
    yield from judged("discovery", reply).findings
    name = json_object(json_object(reply.json).get("header")).get("name")
    if name not in REFUSALS:
        text = f"A token that no account has was answered with {name or f'HTTP {reply.status_code}'}."
        yield Finding("review.token-not-refused", text)
    if token is None:
        yield unchecked("H3", "Without an access token of a user the appliances cannot be listed.")
    else:
        yield from _appliances(_discovered(endpoint, key, token))
    text = (
        "Each action of each product has to be tried: it would move real devices, so a review here does not."
    )
    yield unchecked("H1", text)


def _discovered(endpoint: Endpoint, key: rsa.RSAPrivateKey, token: str) -> Reply:
    return endpoint.sender(key).send(home_request("DiscoverAppliances", {"accessToken": token}))


def _appliances(reply: Reply) -> Iterator[Finding]:
    yield from judged("discovery", reply).findings
    listed = json_object(json_object(reply.json).get("payload")).get("discoveredAppliances")
    if not isinstance(listed, list) or not listed:
        yield unchecked("H3", "Discovery with the token lists no appliance, so none could be checked.")
        return
    for appliance in listed:
        yield from _thin(json_object(appliance))


def _thin(appliance: Mapping[str, Any]) -> Iterator[Finding]:
    empty = [name for name in FILLED if appliance.get(name) in (None, "", [])]
    if empty:
        name = str(appliance.get("applianceId"))
        yield Finding("review.thin-discovery", f"{name} lacks {', '.join(empty)}.", Place(name))
