"""Judging an answer as the platform would: every fault with the path of its field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from ...custom.responses import directive_faults, response_faults
from ...home.appliance_types import APPLIANCE_TYPES
from ...home.interfaces import INTERFACES, REGIONS, Interface
from ...home.messages import (
    APPLIANCE_SCHEMA,
    CUSTOM_COMMAND_SCHEMA,
    ERROR_SCHEMAS,
    NAMESPACE,
    PAYLOAD_VERSION,
    reply_schema,
)
from ...wire.compiler import CompiledSchema
from ...wire.schema import describe
from .reply import Reply


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
    if name in ERROR_SCHEMAS:
        return _faults(ERROR_SCHEMAS[name], payload, "payload")
    if interface is None or name != interface.reply:
        wanted = interface.reply if interface else "an error message"
        return [f"header.name: {name!r} is not {wanted}."]
    if name == "DiscoverAppliancesResponse":
        return _discovery_faults(payload)
    return _faults(reply_schema(interface.name), payload, "payload")


def _discovery_faults(payload: Mapping[str, Any]) -> list[str]:
    path = "payload.discoveredAppliances"
    appliances = payload.get("discoveredAppliances")
    if not isinstance(appliances, list):
        return [f"{path}: {'Missing' if appliances is None else 'Not a list'}."]
    faults: list[str] = []
    seen: dict[str, int] = {}
    for index, item in enumerate(appliances):
        faults += _faults(APPLIANCE_SCHEMA, item, f"{path}[{index}]")
        if isinstance(item, dict):
            appliance_id = str(item.get("applianceId"))
            if seen.setdefault(appliance_id, index) != index:
                faults.append(
                    f"{path}[{index}].applianceId: {appliance_id!r} is that of [{seen[appliance_id]}]."
                )
            faults += [f"{path}[{index}].{fault}" for fault in _action_faults(item)]
    commands = payload.get("customCommands", [])
    if not isinstance(commands, list):
        return [*faults, "payload.customCommands: Not a list."]
    for index, item in enumerate(commands):
        faults += _faults(CUSTOM_COMMAND_SCHEMA, item, f"payload.customCommands[{index}]")
    return faults


def _action_faults(appliance: Mapping[str, Any]) -> Iterator[str]:
    """Say which actions none of an appliance's types has."""
    types, actions = appliance.get("applianceTypes"), appliance.get("actions")
    if not isinstance(types, list) or not isinstance(actions, list):
        return  # the schema says so
    for index, name in enumerate(types):
        if str(name) not in APPLIANCE_TYPES:
            yield f"applianceTypes[{index}]: {name!r} is no appliance type."
    known = [APPLIANCE_TYPES[str(name)].allowed(REGIONS) for name in types if str(name) in APPLIANCE_TYPES]
    for index, name in enumerate(actions if known else []):
        if not any(str(name) in allowed for allowed in known):
            yield f"actions[{index}]: {name!r} is not for {', '.join(map(str, types))}."


def _faults(schema: CompiledSchema, value: Any, path: str) -> list[str]:
    try:
        schema.check(value)
    except ValidationError as error:
        return list(describe(error.messages, path))
    return []
