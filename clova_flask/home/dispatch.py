"""From a Clova Home request to its handler, and from what the handler gives back to the reply.

Every error is mapped here, and only here. No Flask.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from ..errors import AccountLinkingRequired, AnswerError, type_name
from ..injection.current import current_turn
from ..signals import Notifier, message_handled
from ..users import LoadUser, User
from ..wire.json import describe_unwritable, encode, encode_in_parts
from .appliance_types import OPERATION_MODES
from .appliances import Appliance
from .binding import HomeHandler
from .defaults import default_handler
from .discovery import Discoverer, write_commands
from .errors import (
    DriverInternalError,
    HomeError,
    InvalidAccessTokenError,
    NoSuchTargetError,
    UnsupportedOperationError,
)
from .interfaces import INTERFACES, REGIONS, Interface
from .messages import (
    NAMESPACE,
    Header,
    HomeRequest,
    error_message,
    load_home_request,
    reply_message,
    reply_writer,
)
from .payloads import READERS
from .registry import HomeRegistry
from .turn import HomeTurn

logger = logging.getLogger("clova_flask")

Written = TypeVar("Written")

_DISCOVERY = "DiscoverAppliancesRequest"
"""The one reply that may be so long that it is written in parts."""


class HomeService:
    """Answers Clova Home messages: finds handlers, calls them, and writes their replies.

    :param registry: what the extension has declared.
    :param regions: whose tables count, ``KR`` and ``JP``.
    :param validate: whether replies are checked before they are sent.
    :param load_user: makes a user of an access token; None when there is no ``user_loader``.
    :param ensure_sync: makes an ``async def`` handler callable.
    :param on_failure: told of an exception that is no :class:`HomeError`; it may raise it again.
    :param notify: sends signals.
    """

    def __init__(
        self,
        registry: HomeRegistry,
        *,
        regions: Sequence[str] = REGIONS,
        validate: bool = True,
        load_user: LoadUser | None,
        ensure_sync: Callable[[Callable[..., Any]], Callable[..., Any]],
        on_failure: Callable[[Any, Exception], None],
        notify: Notifier,
    ) -> None:
        self._registry = registry
        self._modes = {type_: modes.allowed(regions) for type_, modes in OPERATION_MODES.items()}
        self._validate = validate
        self._load_user = load_user
        self._ensure_sync = ensure_sync
        self._on_failure = on_failure
        self._notify = notify
        self._discoverer = Discoverer(registry, regions)

    def load(self, data: Any) -> HomeRequest:
        """Load a Clova Home request.

        :param data: the parsed JSON of a verified body.
        :raises MalformedMessage: it is not a message of Clova Home.
        """
        return load_home_request(data)

    def answer(self, request: HomeRequest) -> bytes:
        """Answer a verified request.

        :return: the reply, JSON in UTF-8; an error message when the handler's own reply cannot be written.
        """
        return self.dispatch(request, lambda reply: self._write(request, reply))

    def dispatch(self, request: HomeRequest, write: Callable[[dict[str, Any]], Written]) -> Written:
        """Answer a verified request.

        :param write: turns the reply into what is sent; when it cannot, that is the handler's error as well.
        """
        try:
            return write(self._reply(request))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is answered
            self._on_failure(request, error)
            return write(error_message(request, DriverInternalError()))

    def _write(self, request: HomeRequest, reply: dict[str, Any]) -> bytes:
        write = encode_in_parts if request.name == _DISCOVERY else encode
        try:
            written = write(reply)
        except (TypeError, ValueError, RecursionError) as error:
            where = describe_unwritable(reply) or str(error)
            raise AnswerError(f"The answer cannot be written as JSON: {where}.") from None
        if message_handled.receivers:
            self._notify(message_handled, message=request, answer=reply)
        return written

    def _reply(self, request: HomeRequest) -> dict[str, Any]:
        """Make the reply to a request, or the error message that a handler raises."""
        try:
            interface, token = request.interface, request.access_token
            if interface is None:
                raise UnsupportedOperationError(request.name)
            if token is None:
                raise InvalidAccessTokenError
            turn = HomeTurn(request, interface, token)
            reset = current_turn.set(turn)
            try:
                turn.user = self._user(token)
                payload = self._payload(turn, interface)
            finally:
                current_turn.reset(reset)
            return reply_message(request, interface.reply, payload)
        except HomeError as error:
            logger.info("%s was answered with %s. %s", request.name, error.name, error)
            return error_message(request, error)

    def discovery_faults(self, access_token: str) -> list[str]:
        """Say what is wrong with the appliances that discovery gives a user.

        :raises HomeError: the access token is not good.
        """
        header = Header(NAMESPACE, "DiscoverAppliancesRequest")
        request = HomeRequest(header, {"accessToken": access_token})
        turn = HomeTurn(request, INTERFACES["DiscoverAppliances"], access_token)
        turn.user = self._user(access_token)
        return self._discoverer.discover(self._listed("discover", turn))[1]

    def _user(self, token: str) -> Any:
        if self._load_user is None:
            return User(access_token=token)
        try:
            user = self._load_user(token)
        except AccountLinkingRequired:
            user = None
        if user is None:
            raise InvalidAccessTokenError
        return user

    def _payload(self, turn: HomeTurn, interface: Interface) -> dict[str, Any]:
        if interface.appliance:
            return self._control(turn, interface)
        if interface.name == "DiscoverAppliances":
            return self._discover(turn)
        if interface.name == "DiscoverScenes":
            scenes = [scene.to_wire() for scene in self._listed("scenes", turn)]
            return self._write_payload(interface, {"discoveredScenes": scenes})
        [(_, read_scene)] = READERS[interface.name]
        turn.scene = read_scene(turn.request.payload)
        return self._write_payload(interface, self._call_single("scene_action", turn))

    def _discover(self, turn: HomeTurn) -> dict[str, Any]:
        wire, faults = self._discoverer.discover(self._listed("discover", turn))
        commands: list[dict[str, Any]] = []
        if "custom_commands" in self._registry.single:
            commands, more = write_commands(self._listed("custom_commands", turn, none=()))
            faults += more
        for fault in faults:
            logger.error("Discovery: %s", fault)
        # Each was checked by itself; checking them again would only cost time.
        return {"discoveredAppliances": wire, "customCommands": commands}

    def _listed(self, key: str, turn: HomeTurn, *, none: Any = None) -> Iterable[Any]:
        """Call a handler that lists something.

        :param none: what None stands for; a user may have no commands, but must have a list of appliances.
        :raises AnswerError: it does not return a list.
        """
        listed = self._call_single(key, turn)
        listed = none if listed is None else listed
        if isinstance(listed, (str, Mapping)) or not isinstance(listed, Iterable):
            raise AnswerError(f"home.{key} must return a list, not {type_name(listed)}.")
        return listed

    def _control(self, turn: HomeTurn, interface: Interface) -> dict[str, Any]:
        turn.appliance = appliance = self._appliance(turn)
        handler = self._find(appliance, interface.name)
        if handler is not None:
            self._read_values(turn, appliance, handler)
            result = self._call(handler, turn)
            return self._write_payload(interface, _as_asked(interface, turn) if result is None else result)
        default = default_handler(interface.name)
        if default is None:
            raise UnsupportedOperationError(interface.name)
        return self._write_payload(
            interface, default(appliance, lambda name: self._query(turn, appliance, name))
        )

    def _query(self, turn: HomeTurn, appliance: Appliance, name: str) -> Any:
        """Call another query of the same appliance; the default for ``GetDeviceState`` asks them all."""
        can = name in appliance.handlers or name in self._discoverer.actions(appliance)
        handler = self._find(appliance, name) if can else None
        if handler is None:
            raise UnsupportedOperationError(name)
        inner = HomeTurn(turn.request, INTERFACES[name], turn.access_token)
        inner.user, inner.appliance = turn.user, appliance
        return self._write_payload(INTERFACES[name], self._call(handler, inner))

    def _find(self, appliance: Appliance, action: str) -> HomeHandler | None:
        return appliance.handlers.get(action) or self._registry.find(action, appliance.types)

    def _appliance(self, turn: HomeTurn) -> Appliance:
        """Find the appliance that is asked about.

        :raises NoSuchTargetError: the request names none, or the user has none of that id.
        """
        appliance_id = turn.appliance_id
        if appliance_id is None:
            raise NoSuchTargetError
        single = self._registry.single
        if "load" in single:
            appliance = self._call_single("load", turn)
        elif "discover" in single:
            known = self._listed("discover", turn)
            appliance = next((item for item in known if getattr(item, "id", None) == appliance_id), None)
        else:
            appliance = Appliance(appliance_id, details=turn.request.details)
        if appliance is None:
            raise NoSuchTargetError(appliance_id)
        if not isinstance(appliance, Appliance):
            source = "load" if "load" in single else "discover"
            raise AnswerError(f"home.{source} gave {type(appliance).__name__}; make an Appliance of it.")
        return appliance

    def _read_values(self, turn: HomeTurn, appliance: Appliance, handler: HomeHandler) -> None:
        """Read the payload and check that the appliance accepts it, before its handler runs."""
        values, payload = turn.values, turn.request.payload
        for name, read in handler.readers[turn.interface]:
            values[name] = read(payload)
        if "mode" in values:
            self._require_mode(appliance, values["mode"])

    def _require_mode(self, appliance: Appliance, mode: Any) -> None:
        tables = [self._modes[type_] for type_ in appliance.types if type_ in self._modes]
        if tables and not any(mode in table for table in tables):
            raise UnsupportedOperationError(str(mode))

    def _write_payload(self, interface: Interface, result: Any) -> dict[str, Any]:
        return reply_writer(interface.name).write(result, check=self._validate)

    def _call_single(self, key: str, turn: HomeTurn) -> Any:
        handler = self._registry.single.get(key)
        if handler is None:
            raise UnsupportedOperationError(key)
        return self._call(handler, turn)

    def _call(self, handler: HomeHandler, turn: HomeTurn) -> Any:
        function = self._ensure_sync(handler.function) if handler.is_async else handler.function
        arguments = {name: resolve(turn) for name, resolve in handler.resolvers}
        return function(turn.appliance, **arguments) if handler.owner else function(**arguments)


def _as_asked(interface: Interface, turn: HomeTurn) -> dict[str, Any]:
    """Return what a confirmation must hold: a handler that returns nothing did as it was asked."""
    values = turn.values
    return {
        field.name: values[field.name] for field in interface.gives if field.required and field.name in values
    }
