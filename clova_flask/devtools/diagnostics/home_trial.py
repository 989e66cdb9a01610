"""Every action of every appliance of a home, done once: it moves what is connected."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from ...findings import Finding, Place
from ...home.interfaces import INTERFACES
from ...texts.templated import Templated, labelled
from ..simulator.device import Device
from ..simulator.exchange import judged
from ..simulator.inputs import example_fields, inputs_of
from ..simulator.reply import Reply, json_object
from .connection import Endpoint
from .home_verdicts import Verdict, in_order, reason_of, verdict_of
from .unchecked import unchecked

MAX_SECONDS = 120.0
"""How long actions are done; what is left then is told."""

_MAX_NAMED = 10


def try_actions(
    endpoint: Endpoint, key: rsa.RSAPrivateKey, token: str, appliances: list[Any]
) -> Iterator[Finding]:
    """Do every action that needs no value, or for which discovery or the guide tells one.

    :param token: a user's access token.
    :param appliances: as discovery told them.
    """
    device = Device(endpoint.sender(key), endpoint.caller(access_token=token))
    device.caller.remember(appliances)
    end, left = time.monotonic() + MAX_SECONDS, list[str]()
    not_ready = defaultdict[tuple[str, str], list[str]](list)
    for appliance_id, action, fields in _actions(appliances):
        label = f"{appliance_id} {action}"
        if fields is None or time.monotonic() > end:
            left.append(label)
            continue
        reply = device.control(action, appliance_id, fields)
        yield from _judged(label, action, reply)
        if verdict_of(action, reply.name) is Verdict.NOT_READY:
            not_ready[appliance_id, reply.name].append(action)
    for (appliance_id, error), actions in not_ready.items():
        text = Templated(
            "%(appliance_id)s was not ready for %(actions)s: %(error)s. %(reason)s Do it again when it is.",
            appliance_id=appliance_id,
            actions=_named(actions),
            error=error,
            reason=reason_of("", error),
        )
        yield unchecked("H1", text)
    if left:
        text = Templated(
            "Neither discovery nor the guide tells the values of %(actions)s, or time was up.",
            actions=_named(left),
        )
        yield unchecked("H1", text)


def _named(names: list[str]) -> str:
    more = len(names) - _MAX_NAMED
    shown = ", ".join(names[:_MAX_NAMED])
    return Templated("%(names)s and %(more)s more", names=shown, more=more) if more > 0 else shown


def _actions(appliances: list[Any]) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """List the actions that the protocol has, each with values for it; None where none can be known."""
    for appliance in map(json_object, appliances):
        listed = appliance.get("actions")
        named = map(str, listed) if isinstance(listed, list) else ()
        for action in in_order(one for one in named if one in INTERFACES):
            fields = example_fields(inputs_of(action, appliance))
            yield str(appliance.get("applianceId")), action, fields


def _judged(label: str, action: str, reply: Reply) -> Iterator[Finding]:
    for finding in judged(label, reply).findings:
        yield Finding(finding.code, labelled(label, finding.message), finding.where)
    if reply.name and verdict_of(action, reply.name) is Verdict.BROKEN:
        text = Templated("%(label)s was answered with %(name)s.", label=label, name=reply.name)
        yield Finding("review.action-failed", text, Place("H1"))
