"""A Clova Home request on its way through the handlers."""

from __future__ import annotations

from typing import Any

from .appliances import Appliance
from .interfaces import Interface
from .messages import HomeRequest
from .objects import Scene


class HomeTurn:
    """A Clova Home request on its way through the handlers; its attributes are what handlers may have.

    :ivar interface: the action's name.
    :ivar appliance_id: the id of the appliance that it is about.
    :ivar values: the payload's fields, unwrapped, by their names on the wire.
    """

    __slots__ = (
        "access_token",
        "appliance",
        "appliance_id",
        "interface",
        "request",
        "scene",
        "user",
        "values",
    )

    def __init__(self, request: HomeRequest, interface: Interface, access_token: str) -> None:
        self.request = request
        self.interface = interface.name
        self.access_token = access_token
        self.user: Any = None
        self.appliance: Appliance | None = None
        self.appliance_id = request.appliance_id
        self.values: dict[str, Any] = {}
        self.scene: Scene | None = None

    @property
    def session(self) -> Any:
        """Raise an error: a Clova Home request has no session.

        :raises RuntimeError: always.
        """
        raise RuntimeError("A Clova Home request has no session and no context.")

    context = session

    @property
    def scene_id(self) -> str | None:
        """The id of the scene to act out."""
        return self.scene.id if self.scene else None
