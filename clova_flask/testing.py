"""The test client: it speaks to an app as CEK does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Literal

from flask import Flask
from flask.testing import FlaskClient

from .custom.objects import AudioPlayer
from .devtools.simulator.address import Where, address_of
from .devtools.simulator.device import Device
from .devtools.simulator.in_process import deliver_in_process
from .devtools.simulator.linking_account import Account, Linking
from .devtools.simulator.linking_app import AppLinker
from .devtools.simulator.linking_steps import LinkingError
from .devtools.simulator.reply import CekError, Reply
from .devtools.simulator.requests import event_request, intent_request, launch_request, write_fields_of
from .devtools.simulator.slot_names import require_slots
from .devtools.simulator.start import make_caller, make_listener, read_model, trusted_sender, users_zone
from .runtime import runtime_of
from .security.devkey import testing_key
from .wire.objects import NOTHING

__all__ = ["CekClient", "CekError", "Linking", "LinkingError", "Reply"]


class CekClient:
    """Speaks to an extension as CEK does: each message is really signed, and really verified.

    A session begins with the first turn, brings back the attributes that the extension set, and ends when the
    extension or :meth:`end` ends it. What a handler raises is raised in the test while the app is in testing
    or in debug.

    Each turn is a request of its own, as on a server: with its own app context and :data:`flask.g`, whatever
    context surrounds the test, and torn down when the turn is over. In a coroutine a turn runs in another
    thread, so that asynchronous handlers get a loop of their own.

    :param app: the app; it trusts the client's key from here on.
    :param name: the extension, when the app has several; without it, the only one.
    :param user_id: who speaks.
    :param access_token: the token of the linked account; None before account linking.
    :param locale: ``ko-KR``, ``ja-JP``…; None for that of ``CLOVA_DEFAULT_LANG``.
    :param screen: ``none``, ``s100``, ``m100``, ``l100`` or ``xl100``.
    :param base_url: scheme and host at which CEK calls the app, ``https://voice.example.com``; without it,
        those of ``PREFERRED_URL_SCHEME`` and ``SERVER_NAME``.
    :param view_args: values for the variables in the prefix, the host or the subdomain of the extension.
    :ivar caller: who speaks, with the session.
    :ivar key: the key that messages are signed with.
    :ivar path: the path of the extension's endpoint.
    :ivar turns: every answer, the oldest first.
    :raises LookupError: the app has no extension of that name, or several and none is named.
    :raises ClovaError: the screen, the base URL or the values of the address are not valid.
    """

    def __init__(
        self,
        app: Flask,
        *,
        name: str | None = None,
        user_id: str = "test-user",
        access_token: str | None = None,
        locale: str | None = None,
        screen: str = "l100",
        base_url: str | None = None,
        view_args: Mapping[str, Any] = NOTHING,
    ) -> None:
        self._runtime = runtime_of(app, name)
        self._zone = users_zone(self._runtime.settings)
        self.key = testing_key()
        address = address_of(app, self._runtime, Where(base_url=base_url, view_args=view_args))
        self.path = address.path
        user = {"user_id": user_id, "access_token": access_token, "locale": locale, "screen": screen}
        self.caller = make_caller(self._runtime, None, user)
        deliver = partial(deliver_in_process, app, address)
        self._device = Device(trusted_sender(self._runtime, address, deliver, self.key), self.caller)
        self.turns: list[Reply] = []
        self._linker = AppLinker(app, self._runtime, address)
        self._account: Account | None = None

    def link(
        self,
        user: object = None,
        *,
        browser: FlaskClient | None = None,
        decision: Literal["allow", "refuse"] = "allow",
        scopes: Iterable[str] = (),
        platform: str | None = None,
        authentication: Literal["basic", "body"] = "basic",
    ) -> Linking:
        """Link an account, as the user does it in the platform's app; the turns that follow bring its token.

        It goes the whole way through the app's :class:`~clova_flask.linking.AccountLinking`: the consent page
        is opened and answered, the code is redeemed. The platform's client, with id and secret, is made where
        there is none. A token that has expired is refreshed before a turn, as CEK does it. A session that was
        open is over.

        :param user: the id of who is signed in, for this browser alone; ``current_user_id`` is not called.
        :param browser: instead of a user, a test client of the app that has signed in by its own page.
        :param decision: what the user presses; after ``refuse`` there is no token, and the ``error`` of
            what is returned is ``access_denied``.
        :param scopes: what the platform asks for.
        :param platform: whose redirect URL is used, ``naver`` or ``line``; None for ``CLOVA_PLATFORM``.
        :param authentication: how the platform proves itself, by HTTP Basic or in the body.
        :raises LinkingError: the account is not linked; the text tells why.
        """
        linking, account = self._linker.link(
            user,
            browser=browser,
            decision=decision,
            scopes=scopes,
            platform=platform,
            authentication=authentication,
        )
        self._account = account
        self._device.link(account)
        return linking

    def unlink(self) -> None:
        """Forget the account, as the platform does when the user disables the extension.

        The app is not told: its link stays valid, and nobody has its tokens any more.
        """
        self._account = None
        self._device.link(None)

    def expire_token(self, *, refresh: bool = True) -> None:
        """Let the access token of the linked account expire now, in the app's store.

        :param refresh: whether it is refreshed before the next turn, as CEK does it; else the next turns
            bring the token that has expired.
        :raises LinkingError: no account was linked by :meth:`link`.
        """
        if self._account is None:
            raise LinkingError("No account is linked. Call link first: cek.link(user=…).")
        self._linker.expire(self._account.tokens.access_token)
        self._account.expire(refreshes=refresh)

    def launch(self) -> Reply:
        """Start the extension in a new session."""
        return self._keep(self._device.turn(launch_request(), starts=True))

    def intent(self, name: str, /, **slots: Any) -> Reply:
        """Send an intent.

        :param name: the intent.
        :param slots: values by slot name, written as the platforms write them: ``timedelta(minutes=3)`` is
            sent as ``PT3M``. A date with time that has no zone is in that of the
            users, ``CLOVA_TIMEZONE``. A :class:`~clova_flask.Slot` brings its unit and value type.
        :raises TypeError: no slot has such a value.
        :raises ClovaError: a slot is misspelt; the text has the one that was meant.
        """
        require_slots(self._runtime.registry.custom, name, slots)
        return self._keep(self._device.turn(intent_request(name, slots, self._zone)))

    def say(self, utterance: str, *, now: datetime | None = None) -> Reply:
        """Send what the extension's interaction model understands of an utterance.

        :param utterance: what a user says; the name of the extension in it starts the extension.
        :param now: the time it is said at, from which "tomorrow" counts; None is the real time.
        :raises ModelError: there is no interaction model, or it cannot be read.
        :raises ImportError: ``clova-flask[local]`` is not installed.
        """
        if self._device.listener is None:
            self._device.listener = make_listener(read_model(self._runtime), self._zone)
        heard = self._device.hear(utterance, now)
        if heard.ends:
            return self.end()
        return self._keep(self._device.turn(heard.request, starts=heard.starts))

    def event(
        self, name: str, /, *, audio_player: AudioPlayer | Mapping[str, Any] | None = None, **payload: Any
    ) -> Reply:
        """Report an event.

        :param name: ``AudioPlayer.PlayFinished``.
        :param audio_player: ``context.AudioPlayer`` of the message; None for what the client plays.
        :param payload: its fields, in snake_case or camelCase.
        :raises ClovaError: the event, or a field of it, is misspelt; :meth:`send` sends any message.
        """
        player = None if audio_player is None else write_fields_of(audio_player)
        return self._keep(self._device.report(event_request(name, payload), player))

    def end(self) -> Reply:
        """End the session, as silence or "stop" does."""
        return self._keep(self._device.end())

    def discover(self) -> Reply:
        """Ask for the user's appliances."""
        return self.home("DiscoverAppliances")

    def control(self, name: str, appliance_id: str, /, **fields: Any) -> Reply:
        """Send a Clova Home request about an appliance.

        :param name: the action, ``SetBrightness``.
        :param appliance_id: the appliance; what discovery told about it is sent along.
        :param fields: the fields of the payload, in snake_case and unwrapped: ``brightness=50``.
        :raises ClovaError: the action or a field of it is misspelt; :meth:`home` sends any.
        """
        return self._keep(self._device.control(name, appliance_id, fields))

    def home(self, name: str, payload: Mapping[str, Any] = NOTHING) -> Reply:
        """Send any Clova Home request.

        :param name: the action, ``DiscoverScenes``.
        :param payload: its payload in wire form, without the access token.
        """
        return self._keep(self._device.home(name, payload))

    def send(self, message: Any) -> Reply:
        """Sign any message and post it.

        :param message: the message, or the bytes of a body.
        """
        return self._keep(self._device.sender.send(message))

    def post(self, body: bytes, headers: Mapping[str, str], message: Any = None) -> Reply:
        """Post any body with any headers, without signing it.

        :param message: the message that the reply is about.
        """
        return self._keep(self._device.sender.post(body, headers, message))

    def _keep(self, reply: Reply) -> Reply:
        self.turns.append(reply)
        for _ in self._device.obey(reply):
            pass  # a test reports for itself what the device would
        return reply
