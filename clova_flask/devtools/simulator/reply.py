"""The answer of an extension, to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...custom.session import MEMORY_KEY
from ...errors import ClovaError, MalformedMessage
from ...wire.http import HttpResponse
from ...wire.json import decode

NO_ANSWER = 0
"""The status of a reply that never came."""


class CekError(ClovaError, AssertionError):
    """A part of an answer was read that the answer does not have, since the message was refused."""


@dataclass(frozen=True)
class Reply:
    """The answer of an extension.

    :ivar request: the message that was sent.
    :ivar status_code: the HTTP status.
    :ivar json: the body, parsed; None when it is not JSON.
    :ivar text: the body as it is.
    :ivar cause: what refused the message before the extension had it, and what to do; else empty.
    """

    # Not compared: a failing comparison would print it, and with it the access token.
    request: Any = field(repr=False, compare=False)
    status_code: int
    json: Any
    text: str = field(repr=False, default="")
    cause: str = field(repr=False, default="")

    @property
    def speech(self) -> str:
        """Everything that Clova says, texts and URLs in order, joined by spaces; ``""`` for nothing."""
        return " ".join(spoken(self._response["outputSpeech"]))

    @property
    def reprompt(self) -> str | None:
        """What Clova says when the user keeps silent; None without a reprompt."""
        reprompt = self._response.get("reprompt")
        return " ".join(spoken(reprompt["outputSpeech"])) if reprompt else None

    @property
    def output_speech(self) -> Any:
        """``outputSpeech`` as it was sent."""
        return self._response["outputSpeech"]

    @property
    def card(self) -> Any:
        """The card, ``{}`` for none."""
        return self._response["card"]

    @property
    def directives(self) -> list[Any]:
        """The directives, in wire form."""
        directives: list[Any] = self._response["directives"]
        return directives

    @property
    def should_end_session(self) -> bool:
        """Whether the answer ends the session."""
        return bool(self._response["shouldEndSession"])

    @property
    def attributes(self) -> dict[str, Any]:
        """The session attributes that handlers have set; see :attr:`state` for the dialog state."""
        attributes = self._ok["sessionAttributes"]
        return {key: value for key, value in attributes.items() if key != MEMORY_KEY}

    @property
    def state(self) -> str | None:
        """The dialog state after the answer; None for none."""
        state: str | None = self._ok["sessionAttributes"].get(MEMORY_KEY, {}).get("state")
        return state

    @property
    def asked_for(self) -> str | None:
        """The slot that the answer asks for, by ``ask_for`` or because of a SlotError; None for none."""
        asked: str | None = self._ok["sessionAttributes"].get(MEMORY_KEY, {}).get("asked", {}).get("slot")
        return asked

    @property
    def name(self) -> str:
        """The name of a Clova Home reply, ``TurnOnConfirmation``, or of an error message."""
        name: str = self._ok["header"]["name"]
        return name

    @property
    def payload(self) -> dict[str, Any]:
        """The payload of a Clova Home reply."""
        payload: dict[str, Any] = self._ok["payload"]
        return payload

    @property
    def error(self) -> str | None:
        """Why the message was refused; None when it was not."""
        if self.cause or self.status_code == 200:
            return self.cause or None
        return self.json.get("error") if isinstance(self.json, dict) else None

    @property
    def _ok(self) -> Any:
        if self.status_code != 200 or self.json is None:
            raise CekError(f"There is no answer: {self.status_code} {self.error or self.text[:500]}")
        return self.json

    @property
    def _response(self) -> Any:
        return self._ok["response"]

    def __str__(self) -> str:
        if self.status_code != 200 or not isinstance(self.json, dict):
            return f"{self.status_code} {self.error or self.text[:200]}"
        if "header" in self.json:
            return f"{self.name} {self.payload or ''}".rstrip()
        lines = [f"{'tell' if self.should_end_session else 'ask'}: {self.speech or '(nothing is said)'}"]
        if self.reprompt:
            lines.append(f"reprompt: {self.reprompt}")
        names = [f"{d['header']['namespace']}.{d['header']['name']}" for d in self.directives]
        lines += [f"directive: {name}" for name in names]
        lines += [f"{key} = {value!r}" for key, value in self.attributes.items()]
        return "\n".join(lines + ([f"state: {self.state}"] if self.state else []))


def read_reply(message: Any, response: HttpResponse, cause: str) -> Reply:
    """Read what came back for a message.

    :param cause: what refused it before the extension had it.
    """
    try:
        answer = decode(response.body)
    except MalformedMessage:
        answer = None
    text = response.body.decode(errors="replace")
    return Reply(message, response.status_code, answer, text, cause)


def spoken(output_speech: Mapping[str, Any]) -> list[str]:
    """List what an ``outputSpeech`` says, in order; a SpeechSet says the brief part first."""
    match output_speech.get("type"):
        case "SimpleSpeech":
            return [output_speech["values"]["value"]]
        case "SpeechList":
            return [info["value"] for info in output_speech["values"]]
        case "SpeechSet":
            return [output_speech["brief"]["value"], *spoken(output_speech["verbose"])]
    return []


def json_object(value: Any) -> Mapping[str, Any]:
    """Return an object as it is; anything else counts as an empty one."""
    return value if isinstance(value, dict) else {}
