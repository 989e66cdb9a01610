"""Conversations written as transcripts, so that what was said once is tested from then on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...custom.session import MEMORY_KEY
from .dialog_lines import Step, step_of_line
from .reply import Reply
from .transcript_keys import is_pattern
from .wording import said

_DEFAULTS = {"user_id": "test-user", "screen": "l100"}
"""Who speaks where a transcript does not tell."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a conversation, with the first answer that it led to.

    :ivar line: what was typed: an utterance or a command.
    :ivar at: when.
    :ivar reply: None where no message was sent.
    :ivar is_refused: whether the platform would refuse an answer to it.
    :ivar is_done: False for a line that could not be done, such as a misspelt command.
    """

    line: str
    at: datetime
    reply: Reply | None = None
    is_refused: bool = False
    is_done: bool = True

    @property
    def step(self) -> Step | None:
        """It as a turn; None where a transcript cannot have it."""
        return step_of_line(self.line) if self.is_done else None


@dataclass(frozen=True, slots=True)
class Written:
    """A transcript, as the text of its file.

    :ivar turns: how many turns it has.
    :ivar left_out: lines that no transcript can have, such as ``/json``.
    :ivar refused: lines whose answer the platform would refuse; the test fails until that is fixed.
    :ivar has_account: whether an access token was sent, which is not written.
    """

    text: str
    turns: int
    left_out: tuple[str, ...]
    refused: tuple[str, ...]
    has_account: bool


def write_dialog(conversation: Iterable[Said], *, name: str = "", extension: str = "") -> Written:
    """Write a conversation as a transcript.

    What is expected of each answer is what it was: intent, slots, what is said, the state, the kind of card,
    the directives, and whether the session ends. Session attributes are left out: they may be private.

    :param name: the dialog's name.
    :param extension: the extension's name, of an app that has several.
    """
    lines = list(conversation)
    left_out = [one.line for one in lines if one.step is None]
    kept = [one for one in lines if one.step is not None]
    users = [_user(one.reply.request) for one in kept if one.reply is not None]
    head: dict[str, Any] = {"name": name} if name else {}
    if extension:
        head["extension"] = extension
    if users and any(value != _DEFAULTS[key] for key, value in users[0].items()):
        head["as"] = {key: value for key, value in users[0].items() if value != _DEFAULTS[key]}
    return Written(
        _yaml(head, list(_turns(kept))),
        len(kept),
        tuple(left_out),
        tuple(one.line for one in kept if one.is_refused),
        any(_has_account(one.reply.request) for one in kept if one.reply is not None),
    )


def _turns(lines: Iterable[Said]) -> Iterator[dict[str, Any]]:
    screen = ""
    for one in lines:
        message = one.reply.request if one.reply is not None else None
        used = _user(message).get("screen", "")
        screen = screen or used
        if used and used != screen and _is_new(message):
            yield {"as": {"screen": used}}
            screen = used
        step = dict(one.step or {})
        after = step.pop("then", None)
        if "event" in step and "fields" not in step and _event_payload(message):
            step["fields"] = _event_payload(message)  # of a form, or of what the device knows
        if _needs_time(one):
            step["now"] = _moment(one.at)
        yield step | (dict(_checks(one.reply)) if one.reply is not None else {})
        if after is not None:
            yield dict(after)


def _event_payload(message: Any) -> dict[str, Any]:
    event = _object(_object(_object(message).get("request")).get("event"))
    return dict(_object(event.get("payload")))


def _checks(reply: Reply) -> Iterator[tuple[str, Any]]:
    """Yield what is expected of an answer."""
    asked = _object(_object(reply.request).get("request"))
    if asked.get("type") == "IntentRequest":
        intent = _object(asked.get("intent"))
        yield "intent", intent.get("name")
        yield (
            "slots",
            {name: _object(slot).get("value") for name, slot in _object(intent.get("slots")).items()},
        )
    if reply.status_code != 200 or not isinstance(reply.json, dict):
        return
    if isinstance(reply.json.get("header"), dict):
        yield "name", str(reply.json["header"].get("name"))
        return
    yield from _spoken_checks(
        _object(reply.json.get("response")), _object(reply.json.get("sessionAttributes"))
    )


def _spoken_checks(response: Mapping[str, Any], attributes: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    memory = _object(attributes.get(MEMORY_KEY))
    slot = _object(memory.get("asked")).get("slot")
    yield "speech", _exactly(_speech(response), slot)
    reprompt = response.get("reprompt")
    if isinstance(reprompt, dict):
        yield "reprompt", _exactly(_speech(reprompt))
    if isinstance(memory.get("state"), str):
        yield "state", memory["state"]
    if isinstance(slot, str):
        yield "asked_for", slot
    kind = _object(response.get("card")).get("type")
    if isinstance(kind, str) and kind:
        yield "card", kind
    directives = response.get("directives")
    names = [_directive(one) for one in directives] if isinstance(directives, list) else []
    if names:
        yield "directives", names
    if isinstance(response.get("shouldEndSession"), bool):
        yield "ends", response["shouldEndSession"]


def _directive(directive: Any) -> str:
    header = _object(_object(directive).get("header"))
    return f"{header.get('namespace')}.{header.get('name')}"


def _speech(part: Mapping[str, Any]) -> str:
    return " ".join(map(str, said(part.get("outputSpeech"))))


def _exactly(speech: str, slot: Any = None) -> str:
    """Write a speech so that it stands for itself: between slashes it would be a regular expression.

    :param slot: the slot that is asked for. An app in debug adds its name to a question that has no prompt,
        and in its tests it does not.
    """
    if isinstance(slot, str) and speech.endswith(f" ({slot})"):
        return f"{speech.removesuffix(f' ({slot})')}*"
    if is_pattern(speech):
        return rf"/\A{re.escape(speech)}\Z/"
    return speech


def _needs_time(one: Said) -> bool:
    """Whether what was understood may depend on the time: a slot is a date, a time, or the like."""
    asked = _object(_object(one.reply.request).get("request")) if one.reply is not None else {}
    slots = _object(_object(asked.get("intent")).get("slots"))
    return any(_object(slot).get("valueType") for slot in slots.values())


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _user(message: Any) -> dict[str, str]:
    system = _system(message)
    found = {
        "user_id": _object(system.get("user")).get("userId"),
        "screen": _object(_object(system.get("device")).get("display")).get("size"),
    }
    return {key: value for key, value in found.items() if isinstance(value, str) and value}


def _has_account(message: Any) -> bool:
    if _object(_system(message).get("user")).get("accessToken"):
        return True
    return bool(_object(_object(message).get("payload")).get("accessToken"))


def _is_new(message: Any) -> bool:
    return _object(_object(message).get("session")).get("new") is True


def _system(message: Any) -> Mapping[str, Any]:
    return _object(_object(_object(message).get("context")).get("System"))


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _yaml(head: Mapping[str, Any], turns: list[dict[str, Any]]) -> str:
    import yaml

    class Turn(dict[str, Any]):
        """Written with a line for each key; what is inside of a key stands in its line."""

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def write_turn(dumper: yaml.SafeDumper, turn: Turn) -> yaml.Node:
        node = dumper.represent_mapping("tag:yaml.org,2002:map", turn.items(), flow_style=False)
        for _key, value in node.value:
            if value.tag == "tag:yaml.org,2002:null":
                value.value = ""  # as people write it: "launch:"
        return node

    Dumper.add_representer(Turn, write_turn)
    options: dict[str, Any] = {"allow_unicode": True, "sort_keys": False, "default_flow_style": None}
    text: str = yaml.dump(Turn(head) | {"turns": list(map(Turn, turns))}, Dumper=Dumper, **options)
    return text
