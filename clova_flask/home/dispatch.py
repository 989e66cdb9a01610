"""From a Clova Home request to its handler, and from what that returns to the reply; without Flask."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from ..errors import MalformedMessage, NoUserLoader, failures, line_in_log
from ..findings import Finding
from ..injection.current import current_turn
from ..injection.handler import Handler
from ..injection.missing_users import needs_missing_user
from ..injection.refusals import call_before_hook
from ..injection.users import LoadUser
from ..signals import Notifier
from ..wire.derive import compiled
from ..wire.json import decode, encode_answer
from ..wire.objects import NOTHING
from ..wire.schema import summary
from .binding import HomeHandler
from .control import Controller
from .conversion import READERS
from .details import advise
from .discovery import Discoverer, join_reply
from .errors import DriverInternalError, HomeError, UnsupportedOperationError
from .interfaces import INTERFACES, REGIONS, Interface
from .lists import log_findings, write_commands, write_scenes
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

if TYPE_CHECKING:
    from ..injection.watching import Watch
    from ..telemetry.trace import Trace
    from ..user_data.turn import TurnData

logger = logging.getLogger("clova_flask")

_DISCOVERY = INTERFACES["DiscoverAppliances"]


class HomeService:
    """Answers Clova Home messages: finds handlers, calls them, and writes their replies.

    :param registry: what the extension has declared.
    :param regions: whose tables count, ``KR`` and ``JP``.
    :param lang: the language of users, ``ko``: a request names none.
    :param validate: whether replies are checked before they are sent.
    :param refusal: why each message is refused; empty when it is not.
    :param load_user: makes a user of an access token; None when there is no ``user_loader``.
    :param ensure_sync: makes an ``async def`` handler callable.
    :param on_failure: called with an exception that has no other answer than ``DriverInternalError``; it may
        raise it again.
    :param is_trapped: whether the app treats an HTTPException as any other exception.
    :param notify: sends signals.
    :param watch: watches how long turns take; None where no time is too long.
    :param data_of: finds the user data of a turn; None where there is no store.
    """

    def __init__(
        self,
        registry: HomeRegistry,
        *,
        regions: Sequence[str] = REGIONS,
        lang: str,
        validate: bool = True,
        refusal: str = "",
        load_user: LoadUser | None,
        ensure_sync: Callable[[Callable[..., Any]], Callable[..., Any]],
        on_failure: Callable[[Any, Exception], None],
        is_trapped: Callable[[HTTPException], bool],
        notify: Notifier,
        watch: Watch | None,
        data_of: Callable[[HomeTurn], TurnData] | None = None,
    ) -> None:
        self._registry = registry
        self._load_user = load_user
        self._validate = validate
        self._refusal = refusal
        self._notify = notify
        self._watch = watch
        self._schema = compiled(HomeRequest)
        self._data_of = data_of
        self._caller = Caller(registry, ensure_sync)
        self._discoverer = Discoverer(registry, regions)
        self._controller = Controller(
            registry,
            self._caller,
            self._discoverer,
            regions=regions,
            lang=lang,
            validate=validate,
            on_failure=on_failure,
        )
        from .recovery import HomeRecovery  # it is made when the app opens; an import need not wait for it

        self._recovery = HomeRecovery(
            registry, self, on_failure=on_failure, is_trapped=is_trapped, notify=notify
        )

    def load(self, data: dict[str, Any]) -> HomeRequest:
        """Load a Clova Home request.

        :param data: the parsed JSON of a verified body.
        :raises MalformedMessage: it is not a message of Clova Home.
        :raises NoUserLoader: nothing tells whose home it is for.
        """
        if self._refusal:
            raise NoUserLoader(self._refusal)
        try:
            request: HomeRequest = self._schema.load(data)
        except ValidationError as error:
            raise MalformedMessage(summary(error.messages)) from None
        # A payload that is not an object has no access token, for which there is an error message.
        return request if isinstance(request.payload, dict) else replace(request, payload=NOTHING)

    def answer(self, request: HomeRequest, trace: Trace | None = None) -> bytes:
        """Answer a verified request.

        :param trace: notes how it goes; None where nobody watches.
        :return: the reply, JSON in UTF-8; an error message when the handler's own reply cannot be sent.
        """
        turn = self._turn(request, request.interface, trace)
        turn.clock = None if self._watch is None else self._watch.start()
        reset = current_turn.set(turn)
        try:
            try:
                return self._write(turn, self._act(turn))
            except failures() as error:
                return self._recovery.answer(turn, error)
        finally:
            current_turn.reset(reset)
            if turn.clock is not None:
                turn.clock.end("takes it for failed")

    def _turn(self, request: HomeRequest, row: Interface | None, trace: Trace | None = None) -> HomeTurn:
        turn = HomeTurn(request, row, self._load_user, trace)
        turn.data_of = self._data_of
        return turn

    def call(self, handler: Handler, turn: HomeTurn, subject: Any) -> Any:
        """Call an errorhandler or a hook."""
        return self._caller.call(cast(HomeHandler, handler), turn, subject)

    def finish(self, turn: HomeTurn, result: Any) -> bytes:
        """Write what an errorhandler returned, or the error message that answers an exception."""
        return self._write(turn, self._reply(turn, result))

    def apologize(self, turn: HomeTurn) -> bytes:
        """Write the error message that can always be sent."""
        message = error_message(turn.request, DriverInternalError())
        change = partial(self._changed_apology, turn)
        message = self._recovery.change_apology(message, self._registry.after, change)
        if turn.data is not None:
            turn.data.discard()  # to save it could fail, and this answer may not
        return self._write(turn, message, is_last=True)

    def check_discovery(self, access_token: str) -> list[Finding]:
        """Check what discovery lists for a user, with the hooks that run before and after it.

        :return: what is wrong with the appliances and custom commands that are left out, and what the
            platform's review will ask for.
        :raises HomeError: the request would be answered with this error.
        :raises AnswerError: what a hook returns or makes of the reply cannot be sent.
        """
        header = Header(namespace=NAMESPACE, name=_DISCOVERY.request)
        request = HomeRequest(header=header, payload={"accessToken": access_token})
        turn = self._turn(request, _DISCOVERY)
        reset = current_turn.set(turn)
        try:
            answered = self._answer_of_hooks(turn)
            if answered is not None:
                name = answered["header"]["name"]
                message = f"A before_request hook answers discovery with {name}; no appliances are listed."
                return [Finding("home.discovery-failed", message)]
            turn.require_user()
            listed = list(self._caller.listed("discover", turn))
            appliances, commands, findings = self._discovered(turn, listed)
            if self._registry.after:
                reply = join_reply(reply_header(request, _DISCOVERY.reply), appliances, commands)
                self._changed(turn, self._registry.after, decode(reply))
            return [*findings, *advise(listed, findings)]
        except Exception as error:
            answer = self._recovery.as_answer(error)
            if answer is None:
                raise
            raise answer from error
        finally:
            current_turn.reset(reset)

    def _act(self, turn: HomeTurn) -> dict[str, Any] | bytes:
        """Do what a request asks for and write the reply.

        :raises HomeError: the error message that is the answer.
        """
        if self._registry.before:
            answer = self._answer_of_hooks(turn)
            if answer is not None:
                return answer
        interface = turn.row
        if interface is None:
            raise UnsupportedOperationError("There is no request of this name.")
        turn.require_user()
        if interface is _DISCOVERY:
            return self._discover(turn)
        return reply_message(turn.request, interface.reply, self._payload(turn, interface))

    def _answer_of_hooks(self, turn: HomeTurn) -> dict[str, Any] | None:
        from .hooks import require_home_answer  # only those who have hooks load what checks them

        for hook in self._registry.before:
            result = call_before_hook(self._caller.call, hook, turn)
            if result is not None:
                require_home_answer(hook, result)
                return self._reply(turn, result)
        return None

    def _reply(self, turn: HomeTurn, result: Any) -> dict[str, Any]:
        """Write what a hook or an errorhandler returned: an error, or a reply's payload."""
        error = result() if isinstance(result, type) else result
        if isinstance(error, HomeError):
            why = f" {line_in_log(error)}" if str(error) else ""
            logger.info("%s was answered with %s.%s", line_in_log(turn.request.name), error.name, why)
            return error_message(turn.request, error)
        if turn.row is None:
            raise UnsupportedOperationError("There is no request of this name.")
        return reply_message(turn.request, turn.row.reply, self._controller.write(turn.row, result))

    def _write(self, turn: HomeTurn, reply: dict[str, Any] | bytes, *, is_last: bool = False) -> bytes:
        """Write a reply, after the hooks have seen it.

        :param is_last: whether they have: the error message that can always be sent.
        """
        if turn.trace is not None:
            turn.trace.ended("handle")
        if self._registry.after and not is_last:
            message = decode(reply) if isinstance(reply, bytes) else deepcopy(reply)
            reply = self._changed(turn, self._registry.after, message)
        written = reply if isinstance(reply, bytes) else encode_answer(reply)
        if turn.data is not None:
            turn.data.save()
        if turn.trace is not None:
            turn.trace.handled(self._notify, turn.request, reply)
        return written

    def _changed(self, turn: HomeTurn, hooks: Iterable[HomeHandler], reply: dict[str, Any]) -> dict[str, Any]:
        for hook in hooks:
            if not needs_missing_user(hook, turn):
                reply = self._caller.call(hook, turn, reply) or reply
        if self._validate:
            from .hooks import check_reply

            check_reply(turn.row, reply)
        return reply

    def _changed_apology(self, turn: HomeTurn, hook: Handler, reply: dict[str, Any]) -> dict[str, Any]:
        reply = self._changed(turn, [cast(HomeHandler, hook)], reply)
        encode_answer(reply)
        return reply

    def _payload(self, turn: HomeTurn, interface: Interface) -> dict[str, Any]:
        if interface.appliance:
            return self._controller.control(turn, interface)
        if interface.name == "DiscoverScenes":
            scenes, findings = write_scenes(self._caller.listed("scenes", turn))
            log_findings(findings)
            return self._controller.write(interface, {"discoveredScenes": scenes})
        [(_, read_scene)] = READERS[interface.name]
        turn.scene = read_scene(turn.request.payload)
        return self._controller.write(interface, self._caller.single("scene_action", turn))

    def _discover(self, turn: HomeTurn) -> bytes:
        appliances, commands, findings = self._discovered(turn, self._caller.listed("discover", turn))
        log_findings(findings)
        return join_reply(reply_header(turn.request, _DISCOVERY.reply), appliances, commands)

    def _discovered(
        self, turn: HomeTurn, listed: Iterable[Any]
    ) -> tuple[list[bytes], list[dict[str, Any]], list[Finding]]:
        appliances, findings = self._discoverer.write(listed)
        if "custom_commands" not in self._registry.single:
            return appliances, [], findings
        commands, further = write_commands(self._caller.listed("custom_commands", turn, none=()))
        return appliances, commands, findings + further
