"""The test of an endpoint: a signed message must be answered, an unsigned one must be refused.

It needs nothing of the endpoint but that it trusts the development key, whatever it is written with.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from ...custom.rules import answer_rules
from ...findings import Finding
from ...platforms import PLATFORMS
from ...security.devkey import generate_key, sign
from ...security.signature import HEADER
from ...wire.json import encode
from ..simulator.caller import Caller
from ..simulator.exchange import judged
from ..simulator.refusals import Target
from ..simulator.reply import NO_ANSWER, Reply
from ..simulator.requests import home_request, launch_request, session_ended_request
from ..simulator.start import LOCALES
from ..simulator.transport import Deliver, Sender, deliver_over_http

HOME = "home"
"""The kind of a Clova Home extension."""

NOT_THERE = (404, 405)
"""What a server answers where it has no endpoint at an address."""

TEST_TOKEN = "connection-test"  # noqa: S105
"""The access token of a test of Clova Home, which no account has."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A message of the test, and how it was answered.

    :ivar name: ``signed``, ``unsigned`` or ``forged``.
    :ivar passed: whether it was answered as it has to be; None where that tells nothing, since there is no
        endpoint at the address.
    :ivar status: the HTTP status; 0 for no answer.
    :ivar milliseconds: how long it took.
    :ivar findings: what the platform would refuse in the answer.
    :ivar text: the answer, or why there is none.
    """

    name: str
    passed: bool | None
    status: int
    milliseconds: float
    findings: tuple[Finding, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What is tested.

    :ivar url: its address.
    :ivar kind: ``custom`` or ``home``.
    :ivar platform: ``naver`` or ``line``.
    :ivar extension_id: the id that messages name.
    :ivar deliver: posts to an app of this process; None where it is called by HTTP.
    """

    url: str
    kind: str
    platform: str
    extension_id: str
    deliver: Deliver | None = None

    def sender(self, key: rsa.RSAPrivateKey) -> Sender:
        """Return what signs messages and posts them to it."""
        deliver = self.deliver or partial(deliver_over_http, self.url)
        return Sender(deliver, key, Target(self.url, self.extension_id))

    def caller(self, *, access_token: str | None = None) -> Caller:
        """Return a user of the platform, whom nobody knows yet."""
        row = PLATFORMS[self.platform]
        return Caller(
            self.extension_id,
            version=row.version,
            locale=LOCALES[row.language],
            user_id=f"review-{uuid.uuid4()}",
            access_token=access_token,
        )


def check_connection(endpoint: Endpoint, key: rsa.RSAPrivateKey) -> list[Probe]:
    """Send a message as CEK signs it, one without a signature, and one that another key has signed.

    A custom extension is launched, and its session ended; Clova Home is asked for appliances with a token
    that no account has.
    """
    caller = endpoint.caller()
    message = _message(endpoint, caller)
    body = encode(message)
    signed = _answered(endpoint, key, message, body, {HEADER: sign(key, body)})
    refused = [
        _refused("unsigned", endpoint, key, body, {}),
        _refused("forged", endpoint, key, body, {HEADER: sign(generate_key(), body)}),
    ]
    probes = [signed, *(_unless_not_there(probe, signed) for probe in refused)]
    if endpoint.kind != HOME and probes[0].passed:
        endpoint.sender(key).send(caller.message(session_ended_request()))
    return probes


def _message(endpoint: Endpoint, caller: Caller) -> dict[str, Any]:
    if endpoint.kind == HOME:
        return home_request("DiscoverAppliances", {"accessToken": TEST_TOKEN})
    return caller.message(launch_request())


def _answered(
    endpoint: Endpoint, key: rsa.RSAPrivateKey, message: Any, body: bytes, headers: Mapping[str, str]
) -> Probe:
    reply, milliseconds = _posted(endpoint, key, body, headers, message)
    rules = answer_rules(PLATFORMS[endpoint.platform], is_developed=True)
    findings = judged("", reply, rules=rules).findings
    is_answered = reply.status_code == 200 and not any(finding.is_error for finding in findings)
    return Probe("signed", is_answered, reply.status_code, milliseconds, findings, _text(reply))


def _refused(
    name: str, endpoint: Endpoint, key: rsa.RSAPrivateKey, body: bytes, headers: Mapping[str, str]
) -> Probe:
    reply, milliseconds = _posted(endpoint, key, body, headers)
    # The guides name no status for it; what is answered is not refused, and a crash is no refusal.
    is_refused = 400 <= reply.status_code < 500
    return Probe(name, is_refused, reply.status_code, milliseconds, (), _text(reply))


def _unless_not_there(probe: Probe, signed: Probe) -> Probe:
    """Judge a refusal only where there is an endpoint: what is not there refuses everybody."""
    if probe.passed and signed.status in NOT_THERE:
        return replace(probe, passed=None)
    return probe


def _posted(
    endpoint: Endpoint, key: rsa.RSAPrivateKey, body: bytes, headers: Mapping[str, str], message: Any = None
) -> tuple[Reply, float]:
    started = time.perf_counter()
    reply = endpoint.sender(key).post(body, headers, message)
    return reply, (time.perf_counter() - started) * 1000


def _text(reply: Reply) -> str:
    return reply.cause or (reply.text if reply.status_code == NO_ANSWER else reply.text[:2000])
