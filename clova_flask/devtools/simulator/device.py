"""A user's device: one message at a time, and what stays from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol

from ...errors import ClovaError
from ...texts.templated import Templated, text_of
from ...wire.objects import NOTHING
from .caller import Caller
from .listener import Heard, Hears, SaidToClova
from .player import Player
from .reply import Reply, json_object
from .requests import event_request, home_fields, home_request, session_ended_request
from .transport import Sender


class SimulatorError(ClovaError):
    """The simulated CEK cannot do what it was told to do."""


class LinkedAccount(Protocol):
    """An account that the user has linked."""

    def access_token(self) -> str:
        """Return an access token that is valid, refreshed where it has expired."""


class Device:
    """A user's device. It keeps the session, plays audio, and remembers what discovery told.

    Each method that returns a :class:`~clova_flask.testing.Reply` sends one message. A turn that is not
    answered as the protocol demands leaves the session as it was.

    :param sender: signs and delivers messages.
    :param caller: who speaks.
    :param listener: makes requests of utterances; None without an interaction model.
    :param option: what names the extension on a command line.
    :ivar has_reprompt: whether silence leads to a reprompt.
    :ivar reprompt: the last one, as it was answered.
    """

    def __init__(
        self, sender: Sender, caller: Caller, listener: Hears | None = None, *, option: str = ""
    ) -> None:
        self._option = option
        self.sender = sender
        self.caller = caller
        self.listener = listener
        self.player = Player()
        self.has_reprompt = False
        self.reprompt: Any = None
        self._account: LinkedAccount | None = None
        self._token = caller.access_token

    def link(self, account: LinkedAccount | None) -> None:
        """Speak for a linked account from here on, in a session of its own; None for no account.

        Its token is refreshed before a message when it has expired. A token that is set on :attr:`caller` by
        somebody else ends that.
        """
        self._token = None if account is None else account.access_token()
        self.caller.become({"access_token": self._token})
        self._account = account

    def _refresh_token(self) -> None:
        if self._account is not None and self.caller.access_token == self._token:
            self._token = self._account.access_token()
            self.caller.renew(self._token)

    @property
    def is_listening(self) -> bool:
        """Whether a session is open."""
        return self.caller.session_id is not None

    def hear(self, utterance: str, now: datetime | None = None) -> Heard:
        """Understand an utterance.

        :param now: the time it is said at; None is the real time.
        :raises SimulatorError: there is no interaction model.
        """
        if self.listener is None:
            raise SimulatorError(
                Templated(
                    "There is no interaction model to understand an utterance with. Make one first: "
                    "flask clova model new%(option)s",
                    option=self._option,
                )
            )
        asked = self.caller.asked_for
        try:
            return self.listener.hear(utterance, in_session=self.is_listening, now=now, asked=asked)
        except SaidToClova as error:
            if self.player.track is None:
                raise
            raise SaidToClova(
                Templated(
                    "%(why)s What controls its audio, such as “next” or “stop”, is tried in the same ways.",
                    why=text_of(error),
                )
            ) from None

    def turn(self, request: Mapping[str, Any], *, starts: bool = False) -> Reply:
        """Send a request in the session, and keep the session that the answer leaves.

        :param starts: whether it begins a session of its own.
        """
        caller = self.caller
        before = caller.session_id, caller.attributes
        if starts:
            caller.end_session()
        answered = False
        try:
            reply = self._send(request)
            answered = is_usable(reply)
        finally:
            if not answered:
                caller.session_id, caller.attributes = before
        if answered:
            self._keep_session(reply)
            self.reprompt = reply.json["response"].get("reprompt")
            self.has_reprompt = bool(self.reprompt)
        return reply

    def report(self, request: Mapping[str, Any], player: Mapping[str, Any] | None = None) -> Reply:
        """Send an event, in the session where one is open; an event begins no session.

        :param player: ``context.AudioPlayer``; None for the device's own player.
        """
        if request["event"]["namespace"] == "ClovaSkill":
            self._refresh_token()
            return self.sender.send(self.caller.message(request, sessionless=True))
        was_listening = self.is_listening
        try:
            reply = self._send(request, player)
        finally:
            if not was_listening:
                self.caller.end_session()
        if was_listening and is_usable(reply):
            self._keep_session(reply)
        return reply

    def end(self) -> Reply:
        """End the session, as the user does with a word or by silence."""
        try:
            return self._send(session_ended_request())
        finally:
            self.caller.end_session()

    def home(self, name: str, payload: Mapping[str, Any] = NOTHING) -> Reply:
        """Send a Clova Home request.

        :param name: the action, ``DiscoverAppliances``.
        :param payload: its payload in wire form, without the access token.
        """
        self._refresh_token()
        token = self.caller.access_token
        tokens = {} if token is None else {"accessToken": token}
        reply = self.sender.send(home_request(name, {**tokens, **payload}))
        answered = json_object(json_object(reply.json).get("payload"))
        self.caller.remember(answered.get("discoveredAppliances"))
        return reply

    def control(self, name: str, appliance_id: str, fields: Mapping[str, Any]) -> Reply:
        """Send a Clova Home request about an appliance.

        :param appliance_id: the appliance; empty for a request about none.
        :param fields: the fields of the payload, in snake_case and unwrapped.
        :raises UnknownName: the action or a field of it is misspelt.
        """
        self._refresh_token()
        appliance = {"appliance": self.caller.appliance(appliance_id)} if appliance_id else {}
        return self.home(name, {**appliance, **home_fields(name, fields)})

    def obey(self, reply: Reply) -> Iterator[dict[str, Any]]:
        """Do what an answer tells the device, and yield the events that it would report, one by one."""
        if not is_usable(reply):
            return
        for token in speech_tokens(reply.output_speech):
            yield event_request("SpeechSynthesizer.SpeechStarted", {"token": token})
            yield event_request("SpeechSynthesizer.SpeechFinished", {"token": token})
        for directive in reply.directives:
            yield from self.player.obey(directive)

    def _send(self, request: Mapping[str, Any], player: Mapping[str, Any] | None = None) -> Reply:
        self._refresh_token()
        message = self.caller.message(request)
        message["context"]["AudioPlayer"] = self.player.context() if player is None else player
        return self.sender.send(message)

    def _keep_session(self, reply: Reply) -> None:
        if reply.should_end_session:
            self.caller.end_session()
        else:
            self.caller.attributes = reply.json["sessionAttributes"]


def is_usable(reply: Reply) -> bool:
    """Whether an answer, whatever else is wrong with it, has the parts that a session goes on with."""
    response = reply.json.get("response") if isinstance(reply.json, dict) else None
    return (
        reply.status_code == 200
        and isinstance(response, dict)
        and isinstance(response.get("outputSpeech"), dict)
        and isinstance(response.get("directives"), list)
        and isinstance(response.get("shouldEndSession"), bool)
        and isinstance(reply.json.get("sessionAttributes"), dict)
    )


def speech_tokens(output_speech: Mapping[str, Any]) -> list[str]:
    """List the tokens of an ``outputSpeech``, in the order in which it is spoken."""
    values = output_speech.get("values", [])
    infos = [output_speech.get("brief"), *(values if isinstance(values, list) else [values])]
    verbose = output_speech.get("verbose")
    tokens = [
        info["token"] for info in infos if isinstance(info, dict) and isinstance(info.get("token"), str)
    ]
    return tokens + (speech_tokens(verbose) if isinstance(verbose, dict) else [])
