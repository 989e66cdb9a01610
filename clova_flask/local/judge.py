"""Judging an answer as the platform would: every fault with the path of its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from ..custom.responses import directive_faults, response_faults
from ..home.errors import ERRORS
from ..home.interfaces import INTERFACES, Interface
from ..home.messages import APPLIANCE_SCHEMA, NAMESPACE, PAYLOAD_VERSION, reply_schema
from ..reply import Reply
from ..schema import describe


def judge(reply: Reply) -> list[str]:
    """Say what the platform would hold against an answer; empty when it would take it.

    :param reply: the answer, with the message that was sent.
    """
    if reply.status_code != 200:
        return [f"HTTP {reply.status_code}: {reply.error or _excerpt(reply.text)}"]
    if not isinstance(reply.json, dict):
        return [f"The answer is not a JSON object: {_excerpt(reply.text)}"]
    if "header" in reply.request:
        return _home_faults(reply.request, reply.json)
    return _custom_faults(reply.request, reply.json)


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:80]}…" if len(line) > 80 else line or "nothing"


def _custom_faults(request: Mapping[str, Any], answer: Mapping[str, Any]) -> list[str]:
    faults = response_faults(answer)
    if faults:
        return faults
    response = answer["response"]
    if answer["version"] != request.get("version"):
        faults.append(f"version: {answer['version']!r}, and the request's is {request.get('version')!r}.")
    if response["shouldEndSession"] and response.get("reprompt"):
        faults.append("response.reprompt: It is never heard, since shouldEndSession is true.")
    return faults + directive_faults(answer)


def _home_faults(request: Mapping[str, Any], answer: Mapping[str, Any]) -> list[str]:
    header, payload = answer.get("header"), answer.get("payload")
    if not isinstance(header, dict) or not isinstance(payload, dict):
        return ["A Clova Home message is an object with header and payload."]
    faults = [
        f"header.{key}: {header.get(key)!r} is not {wanted!r}."
        for key, wanted in (("namespace", NAMESPACE), ("payloadVersion", PAYLOAD_VERSION))
        if header.get(key) != wanted
    ]
    if not isinstance(header.get("messageId"), str) or not header["messageId"]:
        faults.append("header.messageId: Missing.")
    interface = INTERFACES.get(str(request["header"]["name"]).removesuffix("Request"))
    return faults + _payload_faults(interface, str(header.get("name")), payload)


def _payload_faults(interface: Interface | None, name: str, payload: dict[str, Any]) -> list[str]:
    if name in ERRORS:
        return []
    if interface is None or name != interface.reply:
        wanted = interface.reply if interface else "an error message"
        return [f"header.name: {name!r} is not {wanted}."]
    if name == "DiscoverAppliancesResponse":
        return [
            fault for item in payload.get("discoveredAppliances", []) for fault in _appliance_faults(item)
        ]
    try:
        reply_schema(interface.name).check(payload)
    except ValidationError as error:
        return list(describe(error.messages, "payload"))
    return []


def _appliance_faults(appliance: Any) -> list[str]:
    try:
        APPLIANCE_SCHEMA.check(appliance)
    except ValidationError as error:
        return list(describe(error.messages, "payload.discoveredAppliances[]"))
    return []
