"""A Clova Home request on its way through the handlers, and how they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..errors import AnswerError, type_name
from ..injection.calling import describe_awaitable
from .appliances import Appliance
from .binding import HomeHandler
from .errors import UnsupportedOperationError
from .interfaces import Interface
from .messages import HomeRequest
from .objects import Scene
from .registry import HomeRegistry


class HomeTurn:
    """A Clova Home request on its way through the handlers; its attributes are what handlers may have.

    :ivar interface: the action's name.
    :ivar appliance_id: the id of the appliance that it is about.
    :ivar handler: the handler that was called last; None before the first one.
    :ivar values: the payload's fields, unwrapped, by their names on the wire.
    """

    __slots__ = (
        "access_token",
        "appliance",
        "appliance_id",
        "handler",
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
        self.handler: HomeHandler | None = None
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


class Caller:
    """Calls handlers.

    :param registry: what the extension has declared.
    :param ensure_sync: makes an ``async def`` handler callable, ``app.ensure_sync``.
    """

    def __init__(
        self, registry: HomeRegistry, ensure_sync: Callable[[Callable[..., Any]], Callable[..., Any]]
    ) -> None:
        self._single = registry.single
        self._ensure_sync = ensure_sync

    def call(self, handler: HomeHandler, turn: HomeTurn) -> Any:
        """Call a handler with what its parameters ask for."""
        turn.handler = handler
        function = self._ensure_sync(handler.called) if handler.is_async else handler.called
        arguments = {name: resolve(turn) for name, resolve in handler.resolvers}
        return function(turn.appliance, **arguments) if handler.owner else function(**arguments)

    def single(self, key: str, turn: HomeTurn) -> Any:
        """Call the function that is declared under a key, ``load``.

        :raises UnsupportedOperationError: there is none.
        """
        handler = self._single.get(key)
        if handler is None:
            raise UnsupportedOperationError(f"There is no function under @clova.home.{key}.")
        return self.call(handler, turn)

    def listed(self, key: str, turn: HomeTurn, *, none: Any = None) -> Iterable[Any]:
        """Call a function that lists something, ``discover``.

        :param none: what None stands for; a user may have no commands, but must have a list of appliances.
        :raises AnswerError: it does not return a list.
        """
        listed = self.single(key, turn)
        listed = none if listed is None else listed
        if isinstance(listed, (str, Mapping)) or not isinstance(listed, Iterable):
            hint = describe_awaitable(listed)
            raise AnswerError(f"home.{key} must return a list, not {type_name(listed)}.{hint}")
        return listed
