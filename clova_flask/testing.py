"""A CEK for tests: signs real messages, posts them to the app, and keeps the session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from .devtools.simulator.reply import CekError, Reply
from .devtools.simulator.requests import (
    HEADERS,
    Caller,
    event_request,
    home_fields,
    home_request,
    intent_request,
    launch_request,
    session_ended_request,
)
from .runtime import runtime_of
from .security.devkey import sign, testing_key
from .security.signature import HEADER
from .wire.json import encode
from .wire.objects import NOTHING

__all__ = ["CekClient", "CekError", "Reply"]


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
        runtime = runtime_of(app, name)
        self._runtime = runtime
        self._listener: Any = None
        self.key = testing_key()
        runtime.verifier.trust(self.key.public_key())
        settings = runtime.settings
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

    def say(self, utterance: str) -> Reply:
        """Say something, and have it understood by the extension's interaction model.

        :param utterance: what a user would say; the extension's name in it starts it.
        :raises ModelError: there is no interaction model, or it cannot be read.
        :raises ImportError: ``clova-flask[local]`` is not installed.
        """
        heard = self._hear(utterance)
        if heard.starts:
            self.caller.end_session()
        if heard.request["type"] == "SessionEndedRequest":
            return self.end()
        return self._turn(heard.request)

    def _hear(self, utterance: str) -> Any:
        if self._listener is None:
            # Understanding is an extra, and only for those who use it.
            from .devtools.simulator.start import make_listener, read_model

            self._listener = make_listener(read_model(self._runtime))
        return self._listener.hear(utterance, in_session=self.caller.session_id is not None)

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
