"""From a Clova Home request to its handler, and from what the handler returns to the reply.

Every error becomes a message here, and only here. No Flask.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from marshmallow import ValidationError

from ..errors import AccountLinkingRequired, AnswerError, MalformedMessage, line_in_log
from ..findings import Finding
from ..injection.current import current_turn
from ..injection.parameters import describe_function
from ..signals import Notifier, message_handled
from ..users import LoadUser, User
from ..wire.derive import compiled
from ..wire.json import decode, encode_answer
from ..wire.objects import NOTHING
from ..wire.schema import summary
from .control import Controller
from .conversion import READERS
from .discovery import Discoverer, join_reply, write_commands
from .errors import DriverInternalError, HomeError, InvalidAccessTokenError, UnsupportedOperationError
from .interfaces import INTERFACES, REGIONS, Interface
from .messages import (
    NAMESPACE,
    Header,
    HomeRequest,
    error_message,
    reply_header,
    reply_message,
)
from .registry import HomeRegistry
from .turn import Caller, HomeTurn

logger = logging.getLogger("clova_flask")

_DISCOVERY = INTERFACES["DiscoverAppliances"]


class HomeService:
    """Answers Clova Home messages: finds handlers, calls them, and writes their replies.

    :param registry: what the extension has declared.
    :param regions: whose tables count, ``KR`` and ``JP``.
    :param validate: whether replies are checked before they are sent.
    :param load_user: makes a user of an access token; None when there is no ``user_loader``.
    :param ensure_sync: makes an ``async def`` handler callable.
    :param on_failure: called with an exception that is not a :class:`HomeError`; it may raise it again.
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
        self._load_user = load_user
        self._on_failure = on_failure
        self._notify = notify
        self._schema = compiled(HomeRequest)
        self._caller = Caller(registry, ensure_sync)
        self._discoverer = Discoverer(registry, regions)
        self._controller = Controller(
            registry, self._caller, self._discoverer, regions=regions, validate=validate
        )

    def load(self, data: dict[str, Any]) -> HomeRequest:
        """Load a Clova Home request.

        :param data: the parsed JSON of a verified body.
        :raises MalformedMessage: it is not a message of Clova Home.
        """
        try:
            request: HomeRequest = self._schema.load(data)
        except ValidationError as error:
            raise MalformedMessage(summary(error.messages)) from None
        # A payload that is not an object has no access token, for which there is an error message.
        return request if isinstance(request.payload, dict) else replace(request, payload=NOTHING)

    def answer(self, request: HomeRequest) -> bytes:
        """Answer a verified request.

        :return: the reply, JSON in UTF-8; an error message when the handler's own reply cannot be sent.
        """
        try:
            try:
                return self._act(request)
            except HomeError as error:
                logger.info(
                    "%s was answered with %s. %s", line_in_log(request.name), error.name, line_in_log(error)
                )
                return self._write(request, error_message(request, error))
        except Exception as error:  # noqa: BLE001 - whatever a handler raises is answered
            self._on_failure(request, error)
            return self._write(request, error_message(request, DriverInternalError()))

    def check_discovery(self, access_token: str) -> list[Finding]:
        """Check what discovery lists for a user.

        :return: what is wrong with the appliances and custom commands that are left out.
        :raises HomeError: the request would be answered with this error.
        """
        header = Header(namespace=NAMESPACE, name=_DISCOVERY.request)
        request = HomeRequest(header=header, payload={"accessToken": access_token})
        turn = HomeTurn(request, _DISCOVERY, access_token)
        reset = current_turn.set(turn)
        try:
            turn.user = self._user(access_token)
            return self._discovered(turn)[2]
        finally:
            current_turn.reset(reset)

    def _write(self, request: HomeRequest, reply: dict[str, Any] | bytes) -> bytes:
        written = reply if isinstance(reply, bytes) else encode_answer(reply)
        if message_handled.receivers:
            answer = decode(reply) if isinstance(reply, bytes) else reply
            self._notify(message_handled, message=request, answer=answer)
        return written

    def _act(self, request: HomeRequest) -> bytes:
        """Do what a request asks for and write the reply.

        :raises HomeError: the error message that is the answer.
        """
        interface, token = request.interface, request.access_token
        if interface is None:
            raise UnsupportedOperationError("There is no request of this name.")
        if token is None:
            raise InvalidAccessTokenError("The request has no access token.")
        turn = HomeTurn(request, interface, token)
        reset = current_turn.set(turn)
        try:
            turn.user = self._user(token)
            if interface is _DISCOVERY:
                return self._write(request, self._discover(turn))
            payload = self._payload(turn, interface)
            return self._write(request, reply_message(request, interface.reply, payload))
        except AnswerError as error:
            if turn.handler is not None:
                error.add_note(f"The answer is that of {describe_function(turn.handler.function)}.")
            raise
        finally:
            current_turn.reset(reset)

    def _user(self, token: str) -> Any:
        if self._load_user is None:
            return User(access_token=token)
        try:
            user = self._load_user(token)
        except AccountLinkingRequired:
            user = None
        if user is None:
            raise InvalidAccessTokenError("The user_loader found no user for the access token.")
        return user

    def _payload(self, turn: HomeTurn, interface: Interface) -> dict[str, Any]:
        if interface.appliance:
            return self._controller.control(turn, interface)
        if interface.name == "DiscoverScenes":
            scenes = [scene.to_wire() for scene in self._caller.listed("scenes", turn)]
            return self._controller.write(interface, {"discoveredScenes": scenes})
        [(_, read_scene)] = READERS[interface.name]
        turn.scene = read_scene(turn.request.payload)
        return self._controller.write(interface, self._caller.single("scene_action", turn))

    def _discover(self, turn: HomeTurn) -> bytes:
        appliances, commands, findings = self._discovered(turn)
        for finding in findings:
            logger.error("Discovery leaves out %s", finding)
        return join_reply(reply_header(turn.request, _DISCOVERY.reply), appliances, commands)

    def _discovered(self, turn: HomeTurn) -> tuple[list[bytes], list[dict[str, Any]], list[Finding]]:
        appliances, findings = self._discoverer.write(self._caller.listed("discover", turn))
        if "custom_commands" not in self._registry.single:
            return appliances, [], findings
        commands, further = write_commands(self._caller.listed("custom_commands", turn, none=()))
        return appliances, commands, findings + further
