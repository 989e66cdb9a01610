"""The local CEK: sessions, silence, playback, users and devices, and the messages that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from ...errors import ClovaError, MalformedMessage
from ...findings import Finding
from ...security.devkey import sign
from ...security.signature import HEADER
from ...wire.http import HttpResponse
from ...wire.json import decode, encode
from .judge import judge
from .listener import Listener
from .player import Player
from .reply import Reply
from .requests import (
    Caller,
    event_request,
    home_fields,
    home_request,
    launch_request,
    session_ended_request,
)
from .transport import DeliveryError

Deliver = Callable[[bytes, Mapping[str, str]], HttpResponse]
"""Posts a body with headers, and gives what came back."""

_MOST_CHAINED = 50
"""Events that may set each other off; an extension that answers each with another would go on for ever."""

_MOST_SENT = 1000
"""Events that are sent for one turn in all."""

_ENDLESS = Finding("answer.endless-events", "One event followed another without end; no more are sent.")

_NO_ANSWER = 0
"""Status of a reply that never came."""


class NotListening(ClovaError):
    """Nobody is listening: there is no session."""


@dataclass(frozen=True)
class Exchange:
    """One message and its answer.

    :ivar label: what set it off, in words.
    :ivar reply: the answer.
    :ivar findings: what the platform would refuse in the answer.
    :ivar why: why the utterance was taken for this request; empty for others.
    """

    label: str
    reply: Reply
    findings: tuple[Finding, ...]
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
        self._details: dict[str, Any] = {}

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
        if heard.request["type"] == "SessionEndedRequest":
            return self.end()
        return list(self._turn(utterance, heard.request, heard.why, starts=heard.starts))

    def launch(self) -> list[Exchange]:
        """Start the extension in a new session."""
        return list(self._turn("launch", launch_request(), starts=True))

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
        exchange = self.send("end", self._message(session_ended_request()))
        self.caller.end_session()
        return [exchange]

    def event(self, full_name: str, payload: Mapping[str, Any]) -> list[Exchange]:
        """Report something, ``AudioPlayer.PlayFinished``; it begins no session."""
        request = event_request(full_name, payload)
        if full_name.startswith("ClovaSkill."):
            return [self.send(full_name, self.caller.message(request, sessionless=True))]
        return list(self._follow(iter((request,))))

    def enable(self) -> list[Exchange]:
        """Enable the skill, which the platform does outside any session (JP)."""
        return self.event("ClovaSkill.SkillEnabled", {})

    def disable(self) -> list[Exchange]:
        """Disable the skill (JP)."""
        self.caller.end_session()
        return self.event("ClovaSkill.SkillDisabled", {})

    def wait(self, seconds: float) -> list[Exchange]:
        """Let time pass for the audio player."""
        return list(self._follow(self.player.advance(seconds * 1000)))

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
            payload["appliance"] = {"applianceId": appliance, **self._details.get(appliance, {})}
        exchange = self.send(name, home_request(name, {**payload, **home_fields(name, fields or {})}))
        if name == "DiscoverAppliances" and not exchange.findings:
            self._remember(exchange.reply.payload.get("discoveredAppliances", []))
        return [exchange]

    def _remember(self, appliances: list[Any]) -> None:
        """Keep what discovery said of appliances, which comes along when something is asked of them."""
        key = "additionalApplianceDetails"
        self._details = {item["applianceId"]: {key: item[key]} for item in appliances if key in item}

    def _turn(
        self, label: str, request: Mapping[str, Any], why: str = "", *, starts: bool
    ) -> Iterator[Exchange]:
        caller = self.caller
        before = caller.session_id, caller.attributes
        if starts:
            caller.end_session()
        exchange = self.send(label, self._message(request), why)
        yield exchange
        if not _is_usable(exchange.reply):
            caller.session_id, caller.attributes = before
            return
        self._keep_session(exchange.reply, is_event=False)
        yield from self._follow(self._consequences(exchange.reply))

    def _message(self, request: Mapping[str, Any]) -> dict[str, Any]:
        message = self.caller.message(request)
        message["context"]["AudioPlayer"] = self.player.context()
        return message

    def send(self, label: str, message: dict[str, Any], why: str = "") -> Exchange:
        """Send any message; the session stays as it is.

        :return: the exchange; when there is no answer, its finding tells why.
        """
        body = encode(message)
        try:
            delivered = self._deliver(body, {HEADER: sign(self._key, body)})
        except DeliveryError as error:
            none = Finding("answer.none", str(error))
            return Exchange(label, Reply(message, _NO_ANSWER, None, str(error)), (none,), why)
        try:
            answer = decode(delivered.body)
        except MalformedMessage:
            answer = None
        reply = Reply(message, delivered.status_code, answer, delivered.body.decode(errors="replace"))
        return Exchange(label, reply, tuple(judge(reply)), why)

    def _keep_session(self, reply: Reply, *, is_event: bool) -> None:
        if reply.should_end_session:
            self.caller.end_session()
            self._reprompt_left = False
            return
        self.caller.attributes = reply.json["sessionAttributes"]
        if not is_event:
            self._reprompt_left = bool(reply.json["response"].get("reprompt"))

    def _consequences(self, reply: Reply) -> Iterator[dict[str, Any]]:
        """Give the events that follow an answer: speech that is reported on, and what the player does."""
        for token in speech_tokens(reply.output_speech):
            yield event_request("SpeechSynthesizer.SpeechStarted", {"token": token})
            yield event_request("SpeechSynthesizer.SpeechFinished", {"token": token})
        for directive in reply.directives:
            yield from self.player.obey(directive)

    def _follow(self, events: Iterator[dict[str, Any]]) -> Iterator[Exchange]:
        """Send events as they come, each with those that its answer sets off."""
        sent = 0
        for event in events:
            pending, chained = [iter((event,))], 0
            while pending:
                request = next(pending[-1], None)
                if request is None:
                    pending.pop()
                    continue
                exchange = self._report(request)
                sent, chained = sent + 1, chained + 1
                if chained == _MOST_CHAINED or sent == _MOST_SENT:
                    yield replace(exchange, findings=(*exchange.findings, _ENDLESS))
                    return
                yield exchange
                if _is_usable(exchange.reply):
                    pending.append(self._consequences(exchange.reply))

    def _report(self, request: Mapping[str, Any]) -> Exchange:
        """Send an event, in the session when there is one."""
        event, listening = request["event"], self.listening
        exchange = self.send(f"{event['namespace']}.{event['name']}", self._message(request))
        if not listening:
            self.caller.end_session()
        elif _is_usable(exchange.reply):
            self._keep_session(exchange.reply, is_event=True)
        return exchange


def _is_usable(reply: Reply) -> bool:
    """Whether an answer, with findings or without, has what the session goes on with."""
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
    """List the tokens of an ``outputSpeech``, in the order it is spoken."""
    values = output_speech.get("values", [])
    infos = [output_speech.get("brief"), *(values if isinstance(values, list) else [values])]
    verbose = output_speech.get("verbose")
    tokens = [
        info["token"] for info in infos if isinstance(info, dict) and isinstance(info.get("token"), str)
    ]
    return tokens + (speech_tokens(verbose) if isinstance(verbose, dict) else [])
