"""The local CEK: sessions, silence, playback, users and devices, and the messages that they make."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from ..caller import (
    Caller,
    event_request,
    home_fields,
    home_request,
    launch_request,
    session_ended_request,
)
from ..codec import encode
from ..delivery import Delivered
from ..devkey import sign
from ..errors import ClovaError
from ..reply import Reply
from ..signature import HEADER
from .conversation import Listener
from .judge import judge
from .player import Player

Deliver = Callable[[bytes, Mapping[str, str]], Delivered]
"""Posts a body with headers, and gives what came back."""

_MOST_EVENTS = 50
"""Events that one turn may set off; an extension that answers each with another would go on for ever."""


class NotListening(ClovaError):
    """Nobody is listening: there is no session."""


@dataclass(frozen=True)
class Exchange:
    """One message and its answer.

    :ivar label: what set it off, in words.
    :ivar reply: the answer.
    :ivar faults: what the platform would hold against the answer.
    :ivar why: why the utterance was taken for this request; empty for others.
    """

    label: str
    reply: Reply
    faults: tuple[str, ...]
    why: str = ""


class LocalCek:
    """Talks to an extension as CEK would.

    :param deliver: posts to the extension.
    :param key: the key that messages are signed with.
    :param caller: who speaks, and through which device.
    :param listener: makes requests of utterances; None when there is no interaction model.
    """

    def __init__(
        self, deliver: Deliver, key: rsa.RSAPrivateKey, caller: Caller, listener: Listener | None = None
    ) -> None:
        self._deliver = deliver
        self._key = key
        self.caller = caller
        self.listener = listener
        self.player = Player()
        self._reprompt_left = False

    @property
    def listening(self) -> bool:
        """Whether a session is open."""
        return self.caller.session_id is not None

    def say(self, utterance: str, now: datetime | None = None) -> list[Exchange]:
        """Say something.

        :return: the exchange it makes, and those that its answer sets off.
        :raises NotListening: there is no interaction model to understand it with.
        """
        if self.listener is None:
            raise NotListening("There is no interaction model to understand this with; make one first.")
        heard = self.listener.hear(utterance, in_session=self.listening, now=now)
        if heard.starts:
            self.caller.end_session()
        if heard.request["type"] == "SessionEndedRequest":
            return self.end()
        return list(self._exchange(utterance, heard.request, heard.why))

    def launch(self) -> list[Exchange]:
        """Start the extension in a new session."""
        self.caller.end_session()
        return list(self._exchange("launch", launch_request()))

    def silence(self) -> list[Exchange]:
        """Say nothing: the reprompt is heard once, and then the session ends.

        :return: nothing while the reprompt is being said.
        :raises NotListening: there is no session.
        """
        if not self.listening:
            raise NotListening("Nobody is listening; there is no session to be silent in.")
        if self._reprompt_left:
            self._reprompt_left = False
            return []
        return self.end()

    def end(self) -> list[Exchange]:
        """End the session; its answer is not spoken.

        :raises NotListening: there is no session.
        """
        if not self.listening:
            raise NotListening("There is no session to end.")
        exchange = self._send("end", self.caller.message(session_ended_request()))
        self.caller.end_session()
        return [exchange]

    def event(self, full_name: str, payload: Mapping[str, Any]) -> list[Exchange]:
        """Report something, ``AudioPlayer.PlayFinished``."""
        return list(self._exchange(full_name, event_request(full_name, payload)))

    def enable(self) -> list[Exchange]:
        """Enable the skill, which the platform does outside any session (JP)."""
        return [self._send("enabled", self._sessionless("ClovaSkill.SkillEnabled"))]

    def disable(self) -> list[Exchange]:
        """Disable the skill (JP)."""
        self.caller.end_session()
        return [self._send("disabled", self._sessionless("ClovaSkill.SkillDisabled"))]

    def wait(self, seconds: float) -> list[Exchange]:
        """Let time pass for the audio player."""
        return self._follow(self.player.advance(seconds * 1000))

    def player_info(self, *, before: int = 0, after: int = 10) -> list[Exchange]:
        """Ask what the player is to show."""
        token = self.player.track.token if self.player.track else ""
        payload = {"token": token, "range": {"before": before, "after": after}}
        return self.event("TemplateRuntime.RequestPlayerInfo", payload)

    def home(self, name: str, fields: Mapping[str, Any] | None = None, appliance: str = "") -> list[Exchange]:
        """Send a Clova Home request.

        :param name: the action, ``TurnOn``.
        :param fields: the payload's, in snake_case and unwrapped.
        :param appliance: id of the appliance it is about.
        """
        payload: dict[str, Any] = (
            {"accessToken": self.caller.access_token} if self.caller.access_token else {}
        )
        if appliance:
            payload["appliance"] = {"applianceId": appliance}
        return [self._send(name, home_request(name, {**payload, **home_fields(name, fields or {})}))]

    def _sessionless(self, full_name: str) -> dict[str, Any]:
        return self.caller.message(event_request(full_name, {}), sessionless=True)

    def _exchange(self, label: str, request: Mapping[str, Any], why: str = "") -> Iterator[Exchange]:
        exchange = self._send(label, self._message(request), why)
        yield exchange
        if exchange.reply.status_code != 200 or (exchange.faults and not _is_usable(exchange.reply)):
            return  # the session stays as it was
        is_event = request["type"] == "EventRequest"
        self._keep_session(exchange.reply, is_event=is_event)
        yield from self._follow(self._consequences(exchange.reply))

    def _message(self, request: Mapping[str, Any]) -> dict[str, Any]:
        message = self.caller.message(request)
        message["context"]["AudioPlayer"] = self.player.context()
        return message

    def send(self, label: str, message: dict[str, Any]) -> Exchange:
        """Send any message; the session stays as it is."""
        return self._send(label, message)

    def _send(self, label: str, message: dict[str, Any], why: str = "") -> Exchange:
        body = encode(message)
        delivered = self._deliver(body, {HEADER: sign(self._key, body)})
        text = delivered.body.decode(errors="replace")
        try:
            answer = json.loads(text)
        except ValueError:
            answer = None
        reply = Reply(message, delivered.status_code, answer, text)
        return Exchange(label, reply, tuple(judge(reply)), why)

    def _keep_session(self, reply: Reply, *, is_event: bool) -> None:
        if reply.should_end_session:
            self.caller.end_session()
            self._reprompt_left = False
            return
        self.caller.attributes = reply.json["sessionAttributes"]
        if not is_event:
            self._reprompt_left = reply.reprompt is not None

    def _consequences(self, reply: Reply) -> Iterator[dict[str, Any]]:
        """Give the events that follow an answer: speech that is reported on, and what the player does."""
        for token in speech_tokens(reply.output_speech):
            yield event_request("SpeechSynthesizer.SpeechStarted", {"token": token})
            yield event_request("SpeechSynthesizer.SpeechFinished", {"token": token})
        for directive in reply.directives:
            yield from self.player.obey(directive)

    def _follow(self, events: Iterator[dict[str, Any]]) -> list[Exchange]:
        """Send events, and those that their answers set off in turn."""
        exchanges: list[Exchange] = []
        waiting = list(events)
        while waiting and len(exchanges) < _MOST_EVENTS:
            request = waiting.pop(0)
            event = request["event"]
            exchange = self._send(f"{event['namespace']}.{event['name']}", self._message(request))
            exchanges.append(exchange)
            if exchange.reply.status_code == 200 and _is_usable(exchange.reply):
                if self.listening:
                    self._keep_session(exchange.reply, is_event=True)
                waiting = [*self._consequences(exchange.reply), *waiting]
        return exchanges


def _is_usable(reply: Reply) -> bool:
    """Whether an answer with faults still has what the session goes on with."""
    response = reply.json.get("response") if isinstance(reply.json, dict) else None
    return (
        isinstance(response, dict)
        and isinstance(response.get("outputSpeech"), dict)
        and isinstance(response.get("directives"), list)
        and isinstance(response.get("shouldEndSession"), bool)
        and isinstance(reply.json.get("sessionAttributes"), dict)
    )


def speech_tokens(output_speech: Mapping[str, Any]) -> list[str]:
    """List the tokens of an ``outputSpeech``, in the order it is spoken."""
    values = output_speech.get("values", [])
    infos = [output_speech.get("brief"), *(values if isinstance(values, list) else [values])]
    verbose = output_speech.get("verbose")
    tokens = [info["token"] for info in infos if isinstance(info, dict) and info.get("token")]
    return tokens + (speech_tokens(verbose) if isinstance(verbose, dict) else [])
