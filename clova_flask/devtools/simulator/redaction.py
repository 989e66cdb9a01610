"""Messages without what is private."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from .encodings import forms_of
from .needles import Needles
from .private_names import TOP, Place, kind_of, slot_values

_LONG = 8
"""Characters of a private value that is not another word by chance."""

_SHORTEST_SLOT = 2
"""Characters of a slot's value that is replaced elsewhere in its own message and answer."""

_WORDS_OF_PROTOCOL = frozenset({"type", "lang", "namespace", "name", "version", "unit", "valueType"})
"""Fields that tell what a value is, not the value: of a slot ``pin``, the value alone is private."""

_SAID = frozenset({"sessionAttributes", "outputSpeech", "reprompt", "card"})
"""Parts that may repeat what the user said."""

_IN_TEXT = re.compile(
    r"(?:(?<=[?&;#])|^)([\w.\[\]-]+)=([^&;#\s\"'<>]+)|\b(Bearer|Basic)\s+([\w.~+/=-]+)", re.IGNORECASE
)
"""Parameters of an address, and the credentials of a header that stands in a text."""


class Redactor:
    """Replaces what is private by names that stay the same in a recording: ``user-1``, ``token-1``.

    The value of a private field is also replaced elsewhere, as it is and in other encodings.

    :param redact_slots: whether the values of slots are private too.
    """

    def __init__(self, *, redact_slots: bool = False) -> None:
        self._redacts_slots = redact_slots
        self._names: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()
        self._needles = Needles(_LONG)

    def redact(self, value: Any) -> Any:
        """Copy parsed JSON without what is private."""
        self._walk(value, None, TOP, self._learn)
        return self._walk(value, None, TOP, self._written)

    def redact_recording(self, recording: Any) -> Any:
        """Copy a message and its answer, ``request`` and ``answer``, without what is private."""
        redacted = self.redact(recording)
        return self._without_slots(redacted) if self._redacts_slots else redacted

    def _walk(
        self, value: Any, kind: str | None, place: Place, leaf: Callable[[Any, str | None], Any]
    ) -> Any:
        """Copy parsed JSON, with each text and number as ``leaf`` has it.

        :param kind: what the value is part of; None for nothing private.
        """
        if isinstance(value, dict):
            return {
                leaf(name, None): self._walk(
                    inner, kind_of(name, place) or _inherited(kind, name), place.inside(name), leaf
                )
                for name, inner in value.items()
            }
        if isinstance(value, list):
            return [self._walk(item, kind, place, leaf) for item in value]
        inner = None if kind else _json_in(value)
        if inner is not None:
            copied = self._walk(inner, None, place, leaf)
            return value if copied == inner else json.dumps(copied, ensure_ascii=False)
        return leaf(value, kind)

    def _learn(self, value: Any, kind: str | None) -> Any:
        """Name what is private; return the value as it is."""
        if kind and _tells(value):
            self._name(kind, str(value))
        elif isinstance(value, str):
            for key, parameter, _, credentials in _IN_TEXT.findall(value):
                found = "token" if credentials else kind_of(key, TOP)
                if found:
                    self._name(found, parameter or credentials)
        return value

    def _name(self, kind: str, value: str) -> None:
        if (kind, value) not in self._names:
            self._counts[kind] += 1
            name = self._names[kind, value] = f"{kind}-{self._counts[kind]}"
            if len(value) >= _LONG:
                for form in forms_of(value):
                    self._needles.add(form, name)

    def _written(self, value: Any, kind: str | None) -> Any:
        if kind and _tells(value):
            return self._names[kind, str(value)]
        if isinstance(value, str):
            return self._needles.replace(_IN_TEXT.sub(self._parameter, value))
        if isinstance(value, (int, float)) and self._needles.replace(str(value)) != str(value):
            return self._needles.replace(str(value))
        return value

    def _parameter(self, found: re.Match[str]) -> str:
        key, parameter, _, credentials = found.groups()
        kind = "token" if credentials else kind_of(key, TOP)
        if kind is None:
            return found.group()
        value = parameter or credentials
        return found.group().removesuffix(value) + self._names[kind, value]

    def _without_slots(self, recording: Any) -> Any:
        slots = slot_values(recording.get("request"))
        needles = Needles(_SHORTEST_SLOT)
        for number, slot in enumerate(slots.values(), 1):
            if isinstance(slot, dict) and _tells(slot.get("value")):
                needles.add(str(slot["value"]), f"slot-{number}")
                slot["value"] = f"slot-{number}"
        return _said_without(recording, needles, is_said=False)


def _inherited(kind: str | None, name: str) -> str | None:
    return None if name in _WORDS_OF_PROTOCOL else kind


def _said_without(value: Any, needles: Needles, *, is_said: bool) -> Any:
    if isinstance(value, dict):
        return {
            name: inner
            if name in _WORDS_OF_PROTOCOL
            else _said_without(inner, needles, is_said=is_said or name in _SAID)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_said_without(item, needles, is_said=is_said) for item in value]
    return needles.replace(value) if is_said and isinstance(value, str) else value


def _json_in(value: Any) -> Any:
    """Return the object or list that a text holds as JSON; None for other texts."""
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _tells(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != ""
