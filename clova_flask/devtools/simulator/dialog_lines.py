"""What is typed in a conversation, as the turns of a transcript."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .fields import parse_fields, split_fields

Step = Mapping[str, Any]
"""The keys of a turn; ``then`` is another turn that follows from it."""

_NO_SESSION: Step = {"as": {}}
"""Another user, who is the same: it ends the session."""


def step_of_line(line: str) -> Step | None:
    """Write a line as a turn.

    :return: None for what a transcript does not have, such as ``/json``, and for an access token.
    """
    text = line.strip()
    if not text.startswith("/"):
        return {"say": text} if text else None
    name, _, rest = text[1:].partition(" ")
    write = _COMMANDS.get(name)
    try:
        return write(rest.strip()) if write else None
    except ValueError:  # it was not understood when it was typed, either
        return None


def _event(rest: str) -> Step:
    name, _, fields = rest.partition(" ")
    return _with_fields({"event": name}, fields)


def _with_fields(step: Step, fields: str) -> Step:
    parsed = parse_fields(split_fields(fields))
    return {**step, "fields": parsed} if parsed else step


def _wait(rest: str) -> Step:
    seconds = float(rest)
    return {"wait": int(seconds) if seconds.is_integer() else seconds}


def _home(rest: str) -> Step:
    name, _, fields = rest.partition(" ")
    appliance, _, others = fields.strip().partition(" ")
    if not appliance or "=" in appliance:
        return _with_fields({"home": name}, fields)
    return _with_fields({"home": name, "appliance": appliance}, others)


def _as(rest: str) -> Step | None:
    return None if rest else {"as": {"access_token": None}}


_COMMANDS: dict[str, Callable[[str], Step | None]] = {
    "launch": lambda _: {"launch": None},
    "silence": lambda _: {"silence": None},
    "end": lambda _: {"end": None},
    "event": _event,
    "wait": _wait,
    "player": lambda _: {"event": "TemplateRuntime.RequestPlayerInfo"},
    "enable": lambda _: {"event": "ClovaSkill.SkillEnabled"},
    "disable": lambda _: {"event": "ClovaSkill.SkillDisabled", "then": _NO_SESSION},
    "home": _home,
    "as": _as,
    "unlink": lambda _: {"as": {"access_token": None}},
}
