"""From a Clova Home request to its handler, and from what the handler gives back to the reply.

Every error is mapped here, and only here. No Flask.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from ..errors import AccountLinkingRequired, AnswerError
from ..injection.current import current_turn
from ..users import LoadUser, User
from ..wire.json import describe_unwritable, encode, encode_in_parts
from .appliance_types import OPERATION_MODES
from .appliances import Appliance
from .binding import HomeHandler
from .defaults import default_handler
from .discovery import Discoverer, write_commands, write_scene
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
    write_payload,
)
from .payloads import read_value
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
    :param on_handled: called with each request and its answer, a dict, once the answer is written.
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
        on_handled: Callable[[Any, dict[str, Any]], None] | None = None,
    ) -> None:
        self._registry = registry
        self._regions = tuple(regions)
        self._validate = validate
        self._load_user = load_user
        self._ensure_sync = ensure_sync
        self._on_failure = on_failure
        self._on_handled = on_handled
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

    def _write(self, request: HomeRequest, reply: dict[str, Any]) -> bytes:
        write = encode_in_parts if request.name == _DISCOVERY else encode
        try:
            written = write(reply)
        except (TypeError, ValueError, RecursionError) as error:
            where = describe_unwritable(reply) or str(error)
            raise AnswerError(f"The answer cannot be written as JSON: {where}.") from None
        if self._on_handled is not None:
            self._on_handled(request, reply)
        return written

    def dispatch(self, request: HomeRequest, write: Callable[[dict[str, Any]], Written]) -> Written:
        """Answer a verified request.

        :param write: turns the reply into what is sent; when it cannot, that is the handler's error as well.
        """
        try:
            return write(self._answer_or_error(request))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is answered
            self._on_failure(request, error)
            return write(error_message(request, DriverInternalError()))

    def _answer_or_error(self, request: HomeRequest) -> dict[str, Any]:
        try:
            return self._answer(request)
        except HomeError as error:
            logger.info("%s was answered with %s. %s", request.name, error.name, error)
            return error_message(request, error)

    def discovery_faults(self, access_token: str) -> list[str]:
        """Say what is wrong with the appliances that discovery gives a user.

        :raises HomeError: the access token is not good.
        """
        header = Header(NAMESPACE, "DiscoverAppliancesRequest")
        turn = HomeTurn(
            HomeRequest(header, {"accessToken": access_token}),
            INTERFACES["DiscoverAppliances"],
            access_token,
            None,
        )
        turn.user = self._user(access_token)
        return self._discoverer.discover(self._listed("discover", turn))[1]

    def _answer(self, request: HomeRequest) -> dict[str, Any]:
        interface = request.interface
        if interface is None:
            raise UnsupportedOperationError(request.name)
        token = request.access_token
        if token is None:
            raise InvalidAccessTokenError
        turn = HomeTurn(request, interface, token, None)
        reset = current_turn.set(turn)
        try:
            turn.user = self._user(token)
            payload = self._payload(turn, interface)
        finally:
            current_turn.reset(reset)
        return reply_message(request, interface.reply, payload)

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
            scenes = [write_scene(scene) for scene in self._listed("scenes", turn)]
            return self._write_payload(interface, {"discoveredScenes": scenes})
        turn.scene = read_value(interface, "scene", turn.request.payload, check_choices=True)
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

        :param none: what None stands for; a user may have no commands, but has to have a list of appliances.
        :raises AnswerError: it gives no list.
        """
        listed = self._call_single(key, turn)
        listed = none if listed is None else listed
        if isinstance(listed, (str, Mapping)) or not isinstance(listed, Iterable):
            raise AnswerError(f"home.{key} gave {type(listed).__name__}; it gives a list, empty for none.")
        return listed

    def _control(self, turn: HomeTurn, interface: Interface) -> dict[str, Any]:
        turn.appliance = appliance = self._appliance(turn)
        handler = self._find(appliance, interface.name)
        if handler is not None:
            self._read_values(turn, interface, handler)
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
        inner = HomeTurn(turn.request, INTERFACES[name], turn.access_token, turn.user)
        inner.appliance = appliance
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

    def _read_values(self, turn: HomeTurn, interface: Interface, handler: HomeHandler) -> None:
        """Read the payload and see that the appliance takes it, before its handler runs."""
        limits = handler.limits
        for key in interface.takes:
            own_limits = bool(limits) and key == interface.value_field
            value = read_value(interface, key, turn.request.payload, check_choices=not own_limits)
            turn.values[key] = value
            if own_limits and value is not None:
                limits.check(key, value)
            if key == "mode" and turn.appliance:
                self._require_mode(turn.appliance, value)

    def _require_mode(self, appliance: Appliance, mode: Any) -> None:
        tables = [OPERATION_MODES[type_] for type_ in appliance.types if type_ in OPERATION_MODES]
        if tables and not any(mode in table.allowed(self._regions) for table in tables):
            raise UnsupportedOperationError(str(mode))

    def _write_payload(self, interface: Interface, result: Any) -> dict[str, Any]:
        return write_payload(interface, result, check=self._validate)

    def _call_single(self, key: str, turn: HomeTurn) -> Any:
        handler = self._registry.single.get(key)
        if handler is None:
            raise UnsupportedOperationError(key)
        return self._call(handler, turn)

    def _call(self, handler: HomeHandler, turn: HomeTurn) -> Any:
        function = self._ensure_sync(handler.function) if handler.is_async else handler.function
        arguments = handler.arguments(turn)
        return function(turn.appliance, **arguments) if handler.owner else function(**arguments)


def _as_asked(interface: Interface, turn: HomeTurn) -> dict[str, Any]:
    """Give what a confirmation has to hold: a handler that returns nothing did as it was asked."""
    required = [key for key, row in interface.gives.items() if row.partition(" ")[0].endswith("!")]
    return {key: turn.values[key] for key in required if key in turn.values}
