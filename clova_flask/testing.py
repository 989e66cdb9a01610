"""A CEK for tests: signs real messages, posts them to the app, and keeps the session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask

from .caller import (
    HEADERS,
    Caller,
    event_request,
    home_fields,
    home_request,
    intent_request,
    launch_request,
    session_ended_request,
)
from .codec import encode
from .custom.session import MEMORY_KEY
from .devkey import generate_key, sign
from .errors import ClovaError
from .schema import NOTHING
from .signature import HEADER
from .state import ExtensionState


class CekError(ClovaError, AssertionError):
    """The extension did not answer as a test expected it to."""


@dataclass(frozen=True)
class Reply:
    """What the extension answered.

    :ivar request: the message that was sent.
    :ivar status_code: HTTP status.
    :ivar json: the body, parsed; None when it is not JSON.
    """

    request: Any
    status_code: int
    json: Any
    text: str = field(repr=False, default="")

    @property
    def speech(self) -> str:
        """Everything that is said, texts and URLs in order, joined by a space; ``""`` for nothing."""
        return " ".join(spoken(self._response["outputSpeech"]))

    @property
    def reprompt(self) -> str | None:
        """What is said when the user keeps silent; None when there is no reprompt."""
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
        """Whether the session ends here."""
        return bool(self._response["shouldEndSession"])

    @property
    def attributes(self) -> dict[str, Any]:
        """The session attributes that handlers have set; see :attr:`state` for the dialog state."""
        attributes = self._ok["sessionAttributes"]
        return {key: value for key, value in attributes.items() if key != MEMORY_KEY}

    @property
    def state(self) -> str | None:
        """The dialog state from here on."""
        state: str | None = self._ok["sessionAttributes"].get(MEMORY_KEY, {}).get("state")
        return state

    @property
    def asked_for(self) -> str | None:
        """The slot that was asked for with ``ask_for``, or that a SlotError asked for again."""
        asked: str | None = self._ok["sessionAttributes"].get(MEMORY_KEY, {}).get("asked", {}).get("slot")
        return asked

    @property
    def name(self) -> str:
        """Name of a Clova Home reply: ``TurnOnConfirmation``, or of an error message."""
        name: str = self._ok["header"]["name"]
        return name

    @property
    def payload(self) -> dict[str, Any]:
        """Payload of a Clova Home reply."""
        payload: dict[str, Any] = self._ok["payload"]
        return payload

    @property
    def error(self) -> str | None:
        """Why the message was refused; None when it was answered."""
        return self.json.get("error") if self.status_code != 200 and isinstance(self.json, dict) else None

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


def spoken(output_speech: Mapping[str, Any]) -> list[str]:
    """List what an ``outputSpeech`` says, in order; of a SpeechSet first the brief part."""
    match output_speech.get("type"):
        case "SimpleSpeech":
            return [output_speech["values"]["value"]]
        case "SpeechList":
            return [info["value"] for info in output_speech["values"]]
        case "SpeechSet":
            return [output_speech["brief"]["value"], *spoken(output_speech["verbose"])]
    return []


@cache
def testing_key() -> rsa.RSAPrivateKey:
    """Give the key that clients sign with, made once a process."""
    return generate_key()


class CekClient:
    """Talks to an extension as CEK does: every message is really signed, and really verified.

    A session begins with the first turn, brings back what the extension put into it, and ends when the
    extension or :meth:`end` ends it.

    :param app: the app; it comes to trust the client's key.
    :param name: the extension, when the app has several.
    :param user_id: who speaks.
    :param access_token: the linked account's token; None before account linking.
    :param locale: ``ko-KR``, ``ja-JP``…
    :param screen: ``none``, ``s100``, ``m100``, ``l100`` or ``xl100``.
    """

    def __init__(
        self,
        app: Flask,
        *,
        name: str = "clova",
        user_id: str = "test-user",
        access_token: str | None = None,
        locale: str = "ko-KR",
        screen: str = "l100",
    ) -> None:
        state = extension_state(app, name)
        self.key = testing_key()
        state.verifier.trust(self.key.public_key())
        settings = state.settings
        ids = settings.extension_ids
        self.caller = Caller(
            extension_id=ids[0] if ids else "com.example.extension",
            version=settings.platform.version if settings.platform else "1.0",
            user_id=user_id,
            access_token=access_token,
            locale=locale,
            screen=screen,
        )
        self.path = settings.url_prefix or "/"
        self.turns: list[Reply] = []
        self._details: dict[str, dict[str, Any]] = {}
        self._client = app.test_client()

    def launch(self) -> Reply:
        """Start the extension in a new session."""
        self.caller.end_session()
        return self._turn(launch_request())

    def intent(self, name: str, /, **slots: Any) -> Reply:
        """Say something.

        :param name: the intent.
        :param slots: values by slot name; a :class:`~clova_flask.Slot` brings unit and value type along.
        """
        return self._turn(intent_request(name, slots))

    def event(self, name: str, /, **payload: Any) -> Reply:
        """Report something.

        :param name: ``AudioPlayer.PlayFinished``.
        :param payload: its fields, in snake_case or camelCase.
        """
        return self._turn(event_request(name, payload), sessionless=name.startswith("ClovaSkill."))

    def end(self) -> Reply:
        """End the session, as silence or "stop" does."""
        reply = self._turn(session_ended_request())
        self.caller.end_session()
        return reply

    def discover(self) -> Reply:
        """Ask for the user's appliances."""
        return self.home("DiscoverAppliances")

    def control(self, name: str, appliance_id: str, /, **fields: Any) -> Reply:
        """Ask something of an appliance.

        :param name: the action, ``SetBrightness``.
        :param appliance_id: which appliance; what discovery said of it comes along.
        :param fields: the payload's, in snake_case and unwrapped: ``brightness=50``.
        """
        appliance = {"applianceId": appliance_id, **self._details.get(appliance_id, {})}
        return self.home(name, {"appliance": appliance, **home_fields(name, fields)})

    def home(self, name: str, payload: Mapping[str, Any] = NOTHING) -> Reply:
        """Send any Clova Home request.

        :param name: the action, ``DiscoverScenes``.
        :param payload: its payload in wire form, besides the access token.
        """
        token = self.caller.access_token
        tokens = {} if token is None else {"accessToken": token}
        reply = self.send(home_request(name, {**tokens, **payload}))
        if name == "DiscoverAppliances" and reply.status_code == 200:
            self._remember(reply.payload.get("discoveredAppliances", []))
        return reply

    def _remember(self, appliances: list[Any]) -> None:
        key = "additionalApplianceDetails"
        self._details = {item["applianceId"]: {key: item[key]} for item in appliances if key in item}

    def send(self, message: Any) -> Reply:
        """Sign any message and post it.

        :param message: the message, or the bytes of a body.
        """
        body = message if isinstance(message, bytes) else encode(message)
        return self.post(body, {HEADER: sign(self.key, body)}, message)

    def post(self, body: bytes, headers: Mapping[str, str], message: Any = None) -> Reply:
        """Post any body with any headers; nothing is signed here."""
        response = self._client.post(self.path, data=body, headers={**HEADERS, **headers})
        reply = Reply(message, response.status_code, response.get_json(silent=True), response.text)
        self.turns.append(reply)
        return reply

    def _turn(self, request: Mapping[str, Any], *, sessionless: bool = False) -> Reply:
        reply = self.send(self.caller.message(request, sessionless=sessionless))
        if reply.status_code == 200 and not sessionless:
            if reply.should_end_session:
                self.caller.end_session()
            else:
                self.caller.attributes = reply.json["sessionAttributes"]
        return reply


def extension_state(app: Flask, name: str) -> ExtensionState:
    """Find an extension of an app.

    :raises LookupError: it has none of that name.
    """
    states: dict[str, ExtensionState] = app.extensions.get("clova", {})
    if name in states:
        return states[name]
    if not states:
        raise LookupError("This app has no Clova extension; call clova.init_app(app) in its factory.")
    raise LookupError(f"This app has no Clova extension {name!r}; it has {', '.join(states)}.")
