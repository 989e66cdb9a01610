"""Judge an answer as the platform would: a finding for whatever it would refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from ...custom.lacks import lacking
from ...custom.parts import part_errors
from ...custom.responses import response_errors
from ...custom.rules import AnswerRules, answer_rules
from ...errors import nearest
from ...findings import Finding, Place
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
from ...texts.templated import Templated
from ...wire.compiler import CompiledSchema
from ...wire.schema import FieldError, field_errors
from .reply import Reply

_INVALID = "answer.invalid-field"
_PARTS = {"card": "answer.card", "directive": "answer.directive"}


def judge(reply: Reply, rules: AnswerRules | None = None) -> list[Finding]:
    """Judge an answer.

    :param reply: the answer, with the message that was sent.
    :param rules: what an answer of the extension may be; None where its platform is not known.
    :return: what the platform would refuse; empty when it would accept the answer.
    """
    if reply.status_code != 200:
        message = Templated(
            "HTTP %(status_code)s: %(text)s",
            status_code=reply.status_code,
            text=reply.error or _excerpt(reply.text),
        )
        return [Finding("answer.status", message)]
    if not isinstance(reply.json, dict):
        message = Templated("The answer is not a JSON object: %(excerpt)s", excerpt=_excerpt(reply.text))
        return [Finding("answer.not-json", message)]
    if "header" in reply.request:
        return list(_judge_home(reply.request, reply.json))
    return list(_judge_custom(reply.request, reply.json, rules or answer_rules(None, is_developed=True)))


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:80]}…" if len(line) > 80 else line or Templated("nothing")


def _judge_custom(
    request: Mapping[str, Any], answer: Mapping[str, Any], rules: AnswerRules
) -> Iterator[Finding]:
    errors = response_errors(answer, rules)
    if errors:
        yield from (_finding(_INVALID, error) for error in errors)
        return
    response, version, wanted = answer["response"], answer["version"], request.get("version")
    if version != wanted:
        message = Templated(
            "must be the request's version %(wanted)s, not %(version)s.",
            wanted=repr(wanted),
            version=repr(version),
        )
        yield Finding("answer.version", message, Place("version"))
    if response["shouldEndSession"] and response.get("reprompt"):
        message = Templated("The user never hears it, because shouldEndSession is true.")
        yield Finding("answer.unheard-reprompt", message, Place("response.reprompt"))
    yield from (_finding(_PARTS[part], error) for part, error in part_errors(response, rules))
    yield from (_finding("answer.not-on-platform", error) for error in lacking(response, rules.platform))


def _judge_home(request: Mapping[str, Any], answer: Mapping[str, Any]) -> Iterator[Finding]:
    header, payload = answer.get("header"), answer.get("payload")
    if not isinstance(header, dict) or not isinstance(payload, dict):
        yield Finding(_INVALID, Templated("A Clova Home message must be an object with header and payload."))
        return
    yield from _judge_header(header)
    asked = request["header"].get("name") if isinstance(request["header"], dict) else None
    interface = INTERFACES.get(str(asked).removesuffix("Request"))
    yield from _judge_payload(interface, str(header.get("name")), payload)


def _judge_header(header: Mapping[str, Any]) -> Iterator[Finding]:
    for key, wanted in (("namespace", NAMESPACE), ("payloadVersion", PAYLOAD_VERSION)):
        if header.get(key) != wanted:
            yield Finding(
                _INVALID,
                Templated(
                    "must be %(wanted)s, not %(given)s.", wanted=repr(wanted), given=repr(header.get(key))
                ),
                Place(f"header.{key}"),
            )
    if not isinstance(header.get("messageId"), str) or not header["messageId"]:
        yield Finding(_INVALID, Templated("Missing."), Place("header.messageId"))


def _judge_payload(interface: Interface | None, name: str, payload: dict[str, Any]) -> Iterator[Finding]:
    if name in ERROR_SCHEMAS:
        yield from _check(ERROR_SCHEMAS[name], payload, "payload")
    elif interface is None or name != interface.reply:
        wanted = interface.reply if interface else Templated("an error message")
        yield Finding(
            "answer.wrong-reply",
            Templated("must be %(wanted)s, not %(name)s.", wanted=wanted, name=repr(name)),
            Place("header.name"),
        )
    elif name == "DiscoverAppliancesResponse":
        yield from _judge_appliances(payload)
        yield from _judge_commands(payload)
    else:
        named = interface.gives.renamed(payload)
        yield from _check(reply_schema(interface.name), named, "payload")


def _judge_appliances(payload: Mapping[str, Any]) -> Iterator[Finding]:
    path = "payload.discoveredAppliances"
    appliances = payload.get("discoveredAppliances")
    if not isinstance(appliances, list):
        message = Templated("Missing.") if appliances is None else Templated("Not a list.")
        yield Finding(_INVALID, message, Place(path))
        return
    seen: dict[str, int] = {}
    for index, item in enumerate(appliances):
        yield from _check(APPLIANCE_SCHEMA, item, f"{path}[{index}]")
        if isinstance(item, dict):
            appliance_id = str(item.get("applianceId"))
            first = seen.setdefault(appliance_id, index)
            if first != index:
                message = Templated(
                    "%(appliance_id)s is the id of %(path)s[%(first)s] too.",
                    appliance_id=repr(appliance_id),
                    path=path,
                    first=first,
                )
                yield Finding("answer.repeated-appliance", message, Place(f"{path}[{index}].applianceId"))
            yield from _judge_actions(item, f"{path}[{index}]")


def _judge_actions(appliance: Mapping[str, Any], path: str) -> Iterator[Finding]:
    """Check that an appliance's types are known, and that one of them has each of its actions."""
    types, actions = appliance.get("applianceTypes"), appliance.get("actions")
    if not isinstance(types, list) or not isinstance(actions, list):
        return  # the schema has refused it
    for index, name in enumerate(types):
        if str(name) not in APPLIANCE_TYPES:
            message = Templated(
                "%(name)s is not an appliance type.%(hint)s",
                name=repr(name),
                hint=nearest(name, APPLIANCE_TYPES),
            )
            yield Finding("answer.unknown-appliance-type", message, Place(f"{path}.applianceTypes[{index}]"))
    known = [APPLIANCE_TYPES[str(name)].allowed(REGIONS) for name in types if str(name) in APPLIANCE_TYPES]
    for index, name in enumerate(actions if known else []):
        if not any(str(name) in allowed for allowed in known):
            message = Templated(
                "%(name)s is not an action of %(names)s.", name=repr(name), names=", ".join(map(str, types))
            )
            yield Finding("answer.action-not-allowed", message, Place(f"{path}.actions[{index}]"))


def _judge_commands(payload: Mapping[str, Any]) -> Iterator[Finding]:
    path, commands = "payload.customCommands", payload.get("customCommands", [])
    if not isinstance(commands, list):
        yield Finding(_INVALID, Templated("Not a list."), Place(path))
        return
    for index, item in enumerate(commands):
        yield from _check(CUSTOM_COMMAND_SCHEMA, item, f"{path}[{index}]")


def _check(schema: CompiledSchema, value: Any, path: str) -> Iterator[Finding]:
    try:
        schema.check(value)
    except ValidationError as error:
        yield from (_finding(_INVALID, found) for found in field_errors(error.messages, path))


def _finding(code: str, error: FieldError) -> Finding:
    return Finding(code, error.text, Place(error.path))
