"""Who speaks, through which device, and in which session."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ...custom.session import MEMORY_KEY

SCREENS: dict[str, dict[str, Any]] = {
    "none": {"size": "none", "contentLayer": {"width": 0, "height": 0}},
    "s100": {"size": "s100", "contentLayer": {"width": 160, "height": 107}, "dpi": 96},
    "m100": {"size": "m100", "contentLayer": {"width": 427, "height": 240}, "dpi": 160},
    "l100": {"size": "l100", "contentLayer": {"width": 640, "height": 360}, "dpi": 160},
    "xl100": {"size": "xl100", "contentLayer": {"width": 899, "height": 506}, "dpi": 160},
}
"""``device.display`` of a device of each size."""

USER_FIELDS = ("access_token", "user_id", "locale", "screen")
"""The fields of :class:`Caller` that tell one user from another."""

_DETAILS = "additionalApplianceDetails"


@dataclass(eq=False)
class Caller:
    """A user with a device, and their session.

    :ivar extension_id: the extension that the user speaks to.
    :ivar version: ``version`` of each message.
    :ivar access_token: the token of the linked account; None before account linking.
    :ivar locale: ``ko-KR``, ``ja-JP``…
    :ivar screen: a key of :data:`SCREENS`.
    :ivar session_id: the open session; None where there is none.
    :ivar attributes: the session attributes that the next message brings.
    """

    extension_id: str
    version: str = "1.0"
    user_id: str = "test-user"
    # pytest prints what differs of the fields that are compared.
    access_token: str | None = field(default=None, repr=False, compare=False)
    locale: str = "ko-KR"
    device_id: str = "test-device"
    screen: str = "l100"
    session_id: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    _appliances: dict[str | None, dict[str, Any]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def message(self, request: Mapping[str, Any], *, sessionless: bool = False) -> dict[str, Any]:
        """Write a request message; where no session is open, it begins one.

        :param request: its ``request``, from :mod:`clova_flask.devtools.simulator.requests`.
        :param sessionless: whether ``session`` is null, as when a skill is enabled.
        """
        return {
            "version": self.version,
            "session": None if sessionless else self._session(),
            "context": {
                "System": {
                    "application": {"applicationId": self.extension_id},
                    "user": self._user(),
                    "device": {"deviceId": self.device_id, "display": SCREENS[self.screen]},
                }
            },
            "request": {
                "requestId": str(uuid.uuid4()),
                "timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                "locale": self.locale,
                "extensionId": self.extension_id,
                "intent": {"intent": "", "name": "", "slots": None},
                "event": {"namespace": "", "name": "", "payload": None},
                **request,
            },
        }

    @property
    def asked_for(self) -> str | None:
        """The slot that the extension has asked for; None for none."""
        memory = self.attributes.get(MEMORY_KEY)
        asked = memory.get("asked") if isinstance(memory, dict) else None
        slot = asked.get("slot") if isinstance(asked, dict) else None
        return slot if isinstance(slot, str) else None

    def end_session(self) -> None:
        """Forget the session; the next message begins another."""
        self.session_id = None
        self.attributes = {}

    def become(self, user: Mapping[str, Any]) -> None:
        """Speak as another user from here on, in a session of their own.

        :param user: values for some of :data:`USER_FIELDS`.
        """
        self.end_session()
        for name, value in user.items():
            setattr(self, name, value)

    def renew(self, access_token: str) -> None:
        """Go on with another token of the same account."""
        if access_token != self.access_token:
            self._appliances[access_token] = self._appliances.pop(self.access_token, {})
            self.access_token = access_token

    def remember(self, appliances: Any) -> None:
        """Keep what discovery tells about the appliances of the linked account.

        :param appliances: ``discoveredAppliances``; anything but a list changes nothing.
        """
        if isinstance(appliances, list):
            told = [item for item in appliances if isinstance(item, dict) and _DETAILS in item]
            self._appliances[self.access_token] = {
                str(item.get("applianceId")): {_DETAILS: item[_DETAILS]} for item in told
            }

    def appliance(self, appliance_id: str) -> dict[str, Any]:
        """Write the ``appliance`` of a Clova Home request, with what discovery told about it."""
        known = self._appliances.get(self.access_token, {})
        return {"applianceId": appliance_id, **known.get(appliance_id, {})}

    def _session(self) -> dict[str, Any]:
        new = self.session_id is None
        self.session_id = self.session_id or str(uuid.uuid4())
        return {
            "sessionId": self.session_id,
            "new": new,
            "sessionAttributes": dict(self.attributes),
            "user": self._user(),
        }

    def _user(self) -> dict[str, Any]:
        user = {"userId": self.user_id}
        return user if self.access_token is None else {**user, "accessToken": self.access_token}
