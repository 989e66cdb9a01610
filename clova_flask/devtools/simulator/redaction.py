"""Messages without what is private."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

_PRIVATE = {
    "userid": "user",
    "deviceid": "device",
    "sessionid": "session",
    **dict.fromkeys(("accesstoken", "refreshtoken", "idtoken", "authorization", "bearer"), "token"),
    **dict.fromkeys(("password", "secret", "clientsecret", "apikey"), "secret"),
}
"""What tells who somebody is, or gives access, by the letters of its field's name."""

_LONG = 8
"""Characters of a private value that is not another word by chance."""


class Redactor:
    """Replaces what is private by names that stay the same in a recording: ``user-1``, ``token-1``.

    The value of a private field is also replaced elsewhere, in attributes or in addresses.
    """

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def redact(self, value: Any) -> Any:
        """Copy parsed JSON without what is private."""
        self._learn(value, None)
        return self._copy(value, None)

    def _learn(self, value: Any, kind: str | None) -> None:
        """Name what is private.

        :param kind: what the value is part of.
        """
        if isinstance(value, dict):
            for name, inner in value.items():
                self._learn(inner, _kind(name) or kind)
        elif isinstance(value, list):
            for item in value:
                self._learn(item, kind)
        elif kind and _tells(value):
            number = sum(1 for known, _ in self._names if known == kind) + 1
            self._names.setdefault((kind, str(value)), f"{kind}-{number}")

    def _copy(self, value: Any, kind: str | None) -> Any:
        if isinstance(value, dict):
            return {self._text(name): self._copy(inner, _kind(name) or kind) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._copy(item, kind) for item in value]
        if kind and _tells(value):
            return self._names[kind, str(value)]
        if isinstance(value, (int, float)) and self._text(str(value)) != str(value):
            return self._text(str(value))
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        # The longest first, since one private value may begin another.
        for (_, private), name in sorted(self._names.items(), key=lambda item: -len(item[0][1])):
            if len(private) >= _LONG:
                text = text.replace(private, name).replace(quote(private, safe=""), name)
        return text


def _kind(key: str) -> str | None:
    return _PRIVATE.get(re.sub("[^a-z]", "", key.lower()))


def _tells(value: Any) -> bool:
    return isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != ""
