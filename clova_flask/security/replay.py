"""The replay guard: a message that has come before is refused, and nothing of the user's runs.

What is remembered is a digest of the body, byte for byte. The signature covers exactly these bytes, so
nobody but the platform can send the same message in other ones: not with a space more, nor with its fields in
another order. It is not a digest of the header, where base64 has room for changes that leave the signature
valid; nor of the ids alone, which nothing promises to be unique across users. A message that has neither an
id nor a time is not remembered: a user who says the same again may send the same bytes.

The digest covers the extension as well, by its name and its ids: two extensions that share a memory do not
refuse each other's messages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Protocol

from ..errors import ReplayedMessage, ReplayGuardUnavailable, StorageUnavailable
from ..findings import Finding
from ..settings import Settings
from .outage import Outage

MARKS: Mapping[str, tuple[str, ...]] = {"request": ("requestId", "timestamp"), "header": ("messageId",)}
"""What makes a message one of its own: fields of a custom message, and of Clova Home."""

_MAX_NAMED = 100
"""Characters by which a message is named; an id is a UUID."""


class ReplayMemory(Protocol):
    """Remembers digests for a time that it knows."""

    def remember(self, digest: str) -> bool:
        """Remember a digest, in one step with the question whether it is known.

        :return: whether it is new.
        :raises StorageUnavailable: the memory is away.
        """

    def check(self) -> None:
        """Check that the memory can be used.

        :raises StorageUnavailable: it cannot.
        """


class ReplayGuard:
    """Refuses what one extension has been sent before.

    :param memory: remembers digests, for all who are to guard together.
    :param name: the extension's name.
    :param settings: its settings.
    """

    def __init__(self, memory: ReplayMemory, name: str, settings: Settings) -> None:
        self.memory = memory
        self._settings = settings
        self._is_closed = settings.replay_guard_fail == "closed"
        self._outage = Outage("refused" if self._is_closed else "answered unchecked")
        extension = repr((name, sorted(settings.extension_ids)))
        self._extension = hashlib.sha256(extension.encode("utf-8", "backslashreplace"))

    def check_settings(self) -> list[Finding]:
        """Check whether it guards what it should."""
        from ..settings.replay_risks import check_replay_guard  # for the start, and for who checks

        return check_replay_guard(self._settings)

    def check(self, body: bytes, data: Mapping[str, Any]) -> None:
        """Remember a message, and refuse one that is remembered.

        :param body: the verified body.
        :param data: what it says, a message that is for this extension, and fresh.
        :raises ReplayedMessage: it has come before.
        :raises ReplayGuardUnavailable: nobody knows, and the guard is closed.
        """
        if not _is_marked(data):
            return
        if self._outage.may_try() and self._asked(body, data):
            return
        self._outage.count()
        if self._is_closed:
            raise ReplayGuardUnavailable(
                "Whether the message has come before cannot be known now, so it is refused. Send it later."
            )

    def _asked(self, body: bytes, data: Mapping[str, Any]) -> bool:
        """Ask the memory; return whether it has answered.

        :raises ReplayedMessage: the message is known.
        """
        try:
            is_new = self.memory.remember(self._digest(body))
        except StorageUnavailable as error:
            self._outage.note(error)
            return False
        self._outage.end()
        if not is_new:
            raise ReplayedMessage(
                f"The same message has come before, and is not answered again ({_marked_by(data)})."
            )
        return True

    def _digest(self, body: bytes) -> str:
        digest = self._extension.copy()
        digest.update(body)
        return digest.hexdigest()


def _is_marked(data: Mapping[str, Any]) -> bool:
    return any(_marks(data).values())


def _marked_by(data: Mapping[str, Any]) -> str:
    """Name the message by the first of its marks that it has, for who looks for it in a log."""
    return next(f"{name} {value}"[:_MAX_NAMED] for name, value in _marks(data).items() if value)


def _marks(data: Mapping[str, Any]) -> dict[str, Any]:
    part = "request" if "request" in data else "header"  # as the endpoint tells the kinds apart
    return {name: data[part].get(name) for name in MARKS[part]}
