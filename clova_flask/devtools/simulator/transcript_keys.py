"""The keys of a transcript's turns, and what may follow each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...texts.templated import Templated
from .cek import MAX_WAIT

ACTIONS = ("launch", "say", "silence", "end", "event", "wait", "home", "as")
DETAILS = ("fields", "appliance")
TIME = "now"
CHECKS = (
    "intent",
    "slots",
    "speech",
    "reprompt",
    "asked_for",
    "state",
    "card",
    "attributes",
    "ends",
    "directives",
    "name",
    "payload",
)
KEYS = (*ACTIONS, *CHECKS, *DETAILS, TIME)


@dataclass(frozen=True, slots=True)
class Form:
    """What may follow a key.

    :ivar words: what it must be.
    :ivar fits: whether a value is that.
    """

    words: str
    fits: Callable[[Any], bool]


def is_text(value: Any) -> bool:
    """Whether a value is text that is not blank."""
    return isinstance(value, str) and bool(value.strip())


def is_pattern(speech: str) -> bool:
    """Whether a speech is a regular expression between slashes."""
    return len(speech) > 2 and speech.startswith("/") and speech.endswith("/")


def _is_speech(value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        re.compile(value[1:-1] if is_pattern(value) else "")
    except re.error:
        return False
    return True


def _is_said(value: Any) -> bool:
    return is_text(value) or (isinstance(value, int) and not isinstance(value, bool))


def _is_seconds(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= MAX_WAIT


def _is_mapping(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) for key in value)


def _is_card(value: Any) -> bool:
    return value is None or is_text(value) or _is_mapping(value)


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(is_text(item) for item in value)


_NOTHING = Form("empty", lambda value: value is None)
_TEXT = Form("text", is_text)
_MAPPING = Form(Templated("a mapping whose keys are text"), _is_mapping)

FORMS: Mapping[str, Form] = {
    "launch": _NOTHING,
    "silence": _NOTHING,
    "end": _NOTHING,
    "say": Form("text", _is_said),
    "event": Form(
        Templated("the name of an event, AudioPlayer.PlayFinished"),
        lambda value: is_text(value) and "." in value,
    ),
    "home": _TEXT,
    "wait": Form(Templated("a number of seconds from 0 to %(max_wait)s", max_wait=MAX_WAIT), _is_seconds),
    "appliance": _TEXT,
    "fields": _MAPPING,
    "intent": _TEXT,
    "slots": _MAPPING,
    "speech": Form(Templated("text, or /a regular expression/"), _is_speech),
    "reprompt": Form(
        Templated("text, or /a regular expression/, or null"),
        lambda value: value is None or _is_speech(value),
    ),
    "state": Form(Templated("text or null"), lambda value: value is None or is_text(value)),
    "asked_for": Form(
        Templated("the name of a slot, or null"), lambda value: value is None or is_text(value)
    ),
    "card": Form(Templated("the type of a card, ImageText, or a mapping, or null"), _is_card),
    "attributes": _MAPPING,
    "ends": Form(Templated("true or false"), lambda value: isinstance(value, bool)),
    "directives": Form(Templated("a list of text"), _is_list_of_text),
    "name": _TEXT,
    "payload": _MAPPING,
}
"""The form of each key but ``as``, which is a user."""

TOP_FORMS: Mapping[str, Form] = {
    "extension": Form(Templated("the name of an extension"), lambda value: value is None or is_text(value)),
    "base_url": Form("text", lambda value: value is None or is_text(value)),
    "view_args": Form(_MAPPING.words, lambda value: value is None or _is_mapping(value)),
}
"""The form of the keys beside ``turns`` that tell where the extension is."""
