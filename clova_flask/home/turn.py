"""A Clova Home request on its way through the handlers."""

from __future__ import annotations

from typing import Any

from .appliances import Appliance
from .interfaces import Interface
from .messages import HomeRequest
from .payloads import Scene


class HomeTurn:
    """A Clova Home request on its way through the handlers; its attributes are what handlers may take.

    :ivar interface: the action's name.
    :ivar values: the payload's fields, unwrapped, by their names on the wire.
    """

    __slots__ = ("access_token", "appliance", "interface", "request", "scene", "user", "values")

    def __init__(self, request: HomeRequest, interface: Interface, access_token: str, user: Any) -> None:
        self.request = request
        self.interface = interface.name
        self.access_token = access_token
        self.user = user
        self.appliance: Appliance | None = None
        self.values: dict[str, Any] = {}
        self.scene: Scene | None = None

    @property
    def appliance_id(self) -> str | None:
        """The id of the appliance that is asked about."""
        return self.request.appliance_id

    @property
    def session(self) -> Any:
        """There is none.

        :raises RuntimeError: always.
        """
        raise RuntimeError("A Clova Home request has no session and no context.")

    context = session

    @property
    def scene_id(self) -> str | None:
        """The id of the scene that is to be acted out."""
        return self.scene.id if self.scene else None
