"""Conversations with an extension: the simulated CEK, kept from one page to the next.

What a conversation is in the middle of, its session and its audio player, is in memory; what was said is kept
in the database.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask import current_app

from ....custom.rules import answer_rules
from ....platforms import PLATFORMS
from ....security.devkey import sign
from ....texts.templated import as_json
from ....wire.http import HttpResponse
from ....wire.json import encode
from ...simulator.caller import SCREENS, Caller
from ...simulator.cek import SimulatedCek
from ...simulator.device import Device
from ...simulator.exchange import Exchange
from ...simulator.linking_account import Account
from ...simulator.refusals import Target
from ...simulator.requests import any_event_request
from ...simulator.start import LOCALES
from ...simulator.talk import Remark, Shown, Talk
from ...simulator.transport import DeliveryError, Sender, deliver_over_http
from ...simulator.wording import asked, said
from ..attached.keys import signing_key
from ..attached.process import attached_app
from ..found import placed
from ..masking import MASK, masked, masked_json, tokens_in, without_tokens
from ..models.understanders import Known, LazyListener, NoListener, zone_of
from ..records import Version, now
from ..texts import _
from .turn_records import MESSAGE, Turn, keep

MAX_LINE = 2000
"""Characters of a line that is typed."""
RELOAD_TIMEOUT = 15.0
"""Seconds that a message waits for a change of the app to be loaded."""
LOG_TIMEOUT = 2.0
"""Seconds that the lines of a turn are waited for; they come over a pipe, beside the answer."""

_WITHOUT_ANYWHERE = frozenset({"home", "link", "token", "json", "quit"})
_WITHOUT = {
    "KR": _WITHOUT_ANYWHERE | {"enable", "disable"},
    "JP": _WITHOUT_ANYWHERE,
}
"""Commands of a terminal that a page has forms for or no use of, and those of the other platform."""


class Conversation:
    """A conversation with one extension.

    :param url: the endpoint; empty where none is entered, and messages are made without being delivered.
    :ivar id: what its turns are kept under.
    :ivar lock: held while something is said: a device says one thing at a time.
    """

    def __init__(self, version: Version, known: Known | None, user: Mapping[str, Any]) -> None:
        extension = version.extension
        platform = PLATFORMS[extension.platform]
        self.id = secrets.token_hex(8)
        self.lock = threading.Lock()
        self.user = dict(user)
        self._url = endpoint_of(version)
        self._key = signing_key()
        self._extension_key = extension.id
        self._milliseconds: dict[bytes, float] = {}
        self._tokens: set[str] = set()
        self._zone = zone_of(version)
        caller = Caller(
            extension.extension_id, version=platform.version, locale=LOCALES[platform.language], **user
        )
        sender = Sender(self._deliver, self._key, Target(self._url, extension.extension_id))
        device = Device(sender, caller, self._listener(known))
        self.cek = SimulatedCek(device, answer_rules(platform, is_developed=True))
        self._talk = Talk(self.cek, without=_WITHOUT[platform.region])

    def keep_up(self, url: str, known: Known | None) -> None:
        """Deliver to a URL, and understand by a model: they may have been changed since it began.

        A turn that is under way goes on as it began; what was changed counts from the next one on.
        """
        if not self.lock.acquire(blocking=False):
            return
        try:
            if url != self._url:
                self._url = url
                sender = self.cek.device.sender
                sender.target = replace(sender.target, url=url)
            if known != self._known:
                self.cek.device.listener = self._listener(known)
        finally:
            self.lock.release()

    def _listener(self, known: Known | None) -> LazyListener | NoListener:
        self._known = known
        return LazyListener(known, self._zone) if known is not None else NoListener()

    @property
    def attributes(self) -> str:
        """The attributes of its session, as JSON; empty for none."""
        found = self.cek.device.caller.attributes
        return self._masked(_written(found)) if found else ""

    @property
    def is_linked(self) -> bool:
        """Whether it speaks for the account that is linked in the console."""
        return self.cek.account is not None

    def link(self, account: Account) -> None:
        """Speak for a linked account from here on; its token is refreshed when it has expired.

        :raises LinkingError: it has expired, and is not refreshed.
        """
        self.cek.become(account)

    def use_screen(self, screen: str) -> None:
        """Go on with a device of another screen; one that there is not changes nothing."""
        if screen in SCREENS:
            self.user["screen"] = self.cek.device.caller.screen = screen

    def say(self, line: str) -> list[Turn]:
        """Say a line, or do the command that it is; keep what came of it."""
        return self._kept(line, self._talk.line(line[:MAX_LINE]))

    def send(self, message: Any) -> list[Turn]:
        """Send a message as it is; the session stays as it was."""
        token = self.cek.device.caller.access_token
        return self._kept("", [self.cek.send(_("sent again"), _replaced(message, MASK, token or MASK))])

    def report(self, name: str, payload: Mapping[str, Any]) -> list[Turn]:
        """Report any event, with what follows from its answer."""
        return self._kept(
            f"/event {name}", self.cek.report(any_event_request(name, payload), moves_player=True)
        )

    def home(self, name: str, fields: Mapping[str, Any], appliance: str = "") -> list[Turn]:
        """Send a Clova Home request.

        :raises UnknownName: there is no such action, or a field of it is misspelt.
        """
        return self._kept("", self.cek.home(name, fields, appliance))

    def _deliver(self, body: bytes, headers: Mapping[str, str]) -> HttpResponse:
        attached = attached_app()
        if attached is not None and self._url.startswith(f"{attached.url}/"):
            attached.settle(RELOAD_TIMEOUT)
        started = time.perf_counter()
        try:
            if not self._url:
                raise DeliveryError(_("Enter the endpoint's URL first, under Server."))
            return deliver_over_http(self._url, body, headers)
        finally:
            self._milliseconds[body] = (time.perf_counter() - started) * 1000

    def _kept(self, line: str, shown: Iterable[Shown]) -> list[Turn]:
        started = now()
        # What is said may refresh the token: the one before is in none of its messages, and yet a secret.
        self._tokens.add(self.cek.device.caller.access_token or "")
        turns = [self._turn(one) for one in shown]
        if turns:
            turns[0].line = self._masked(line)
            turns[0].at = started  # what "in half an hour" was counted from
        self._milliseconds.clear()
        keep(turns)
        return turns

    def _turn(self, shown: Shown) -> Turn:
        if isinstance(shown, Remark):
            return Turn(
                extension_key=self._extension_key,
                conversation=self.id,
                kind=str(shown.kind),
                label=self._masked(shown.text),
                words=self._masked(shown.text),
            )
        reply = shown.reply
        self._tokens |= tokens_in(reply.request)  # one may be pasted into a message
        return Turn(
            extension_key=self._extension_key,
            conversation=self.id,
            kind=MESSAGE,
            label=self._masked(asked(reply.request)),
            words=self._masked(asked(reply.request)),
            why=self._masked(shown.why),
            said=self._masked(speech_of(reply.json)),
            message=written_without(reply.request, self._tokens),
            answer=masked_json(reply.text, self._tokens),
            status=reply.status_code,
            milliseconds=self._milliseconds.get(encode(reply.request), 0.0),
            findings=[[finding.code, as_json(self._masked(placed(finding)))] for finding in shown.findings],
            log=[[*where, self._masked(text)] for *where, text in self._log(shown)],
        )

    def _masked(self, text: str) -> str:
        self._tokens.add(self.cek.device.caller.access_token or "")
        return masked(text, self._tokens)

    def _log(self, exchange: Exchange) -> list[list[str]]:
        attached = attached_app()
        if attached is None or not self._url.startswith(f"{attached.url}/") or not exchange.reply.status_code:
            return []
        # The signature of a body is the same each time, and the app knows the turn by it.
        signature = sign(self._key, encode(exchange.reply.request))
        lines = attached.lines_when_done(signature, LOG_TIMEOUT)
        return [[line.level, line.logger, line.text] for line in lines]


def endpoint_of(version: Version) -> str:
    """Return the URL that is stored of an extension's endpoint; empty for none."""
    return str(version.values.get("endpoint_url", ""))


def speech_of(answer: Any) -> str:
    """Return what Clova says for an answer."""
    response = answer.get("response") if isinstance(answer, dict) else None
    speech = response.get("outputSpeech") if isinstance(response, dict) else None
    return " ".join(map(str, said(speech)))


def written_without(message: Any, tokens: Iterable[str]) -> str:
    """Write a message without its access tokens, as it is kept and shown."""
    return masked(_written(without_tokens(message)), tokens)


def _written(message: Any) -> str:
    return json.dumps(message, ensure_ascii=False, indent=2)


def _replaced(value: Any, old: str, new: str) -> Any:
    """Put a token in the places of another, in a message."""
    match value:
        case dict():
            return {key: _replaced(item, old, new) for key, item in value.items()}
        case list():
            return [_replaced(item, old, new) for item in value]
        case str() if value == old:
            return new
    return value


class Conversations:
    """The conversation that is going on with each version of an extension: they may have other endpoints."""

    def __init__(self) -> None:
        self._going_on: dict[tuple[int, int], Conversation] = {}
        self._lock = threading.Lock()

    def of(self, version: Version, known: Known | None) -> Conversation:
        """Return the conversation with a version; begin one where there is none."""
        with self._lock:
            found = self._going_on.get(_key_of(version))
            if found is None:
                found = self._going_on[_key_of(version)] = Conversation(version, known, {})
            found.keep_up(endpoint_of(version), known)
            return found

    def begin(self, version: Version, known: Known | None, user: Mapping[str, Any]) -> Conversation:
        """Begin another conversation, as another user."""
        with self._lock:
            begun = self._going_on[_key_of(version)] = Conversation(version, known, user)
            return begun

    def forget_account(self, extension_key: int) -> None:
        """Forget the conversations with an extension that speak for the account linked in the console."""
        self._forget(extension_key, lambda conversation: conversation.is_linked)

    def forget(self, extension_key: int) -> None:
        """Forget the conversations with an extension."""
        self._forget(extension_key, lambda _conversation: True)

    def _forget(self, extension_key: int, is_meant: Callable[[Conversation], bool]) -> None:
        with self._lock:
            for key, conversation in [*self._going_on.items()]:
                if key[0] == extension_key and is_meant(conversation):
                    del self._going_on[key]


def _key_of(version: Version) -> tuple[int, int]:
    return version.extension.id, version.number


def conversations() -> Conversations:
    """Return those of this console."""
    found: Conversations = current_app.extensions["clova_console_conversations"]
    return found
