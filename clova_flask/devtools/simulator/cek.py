"""The simulated CEK: what is said and done, with everything that follows from the answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from ...custom.catalogue import event_regions
from ...custom.rules import AnswerRules
from ...findings import Finding
from ...texts.templated import Templated
from ...wire.objects import NOTHING
from .device import Device, SimulatorError
from .exchange import Exchange, judged
from .linking_account import Account, Linking
from .linking_app import AppLinker
from .linking_by_url import UrlLinker
from .linking_steps import LinkingError
from .reply import Reply
from .requests import event_request, launch_request

MAX_WAIT = 86_400
"""Seconds that may pass at once."""

_MAX_CHAINED = 50
"""Events that may set each other off; an extension may answer each with another, without end."""

_MAX_SENT = 1000
"""Events that are sent for one turn in all."""

_ENDLESS = Finding(
    "answer.endless-events", Templated("One event followed another without end; no more are sent.")
)


class NotListening(SimulatorError):
    """There is no session."""


class SimulatedCek:
    """Speaks to an extension as CEK does, and judges its answers as the platform does.

    Each method returns the exchanges in the order in which they were made: its own, and those that the
    answers set off, such as reports of the audio player.

    :param device: the device of the user who speaks.
    :param rules: what an answer of the extension may be; None where its platform is not known.
    :param linker: links accounts; None where nothing does.
    :ivar account: the account that the user has linked here; None for none.
    """

    def __init__(
        self,
        device: Device,
        rules: AnswerRules | None = None,
        linker: AppLinker | UrlLinker | None = None,
    ) -> None:
        self.device = device
        self.linker = linker
        self.account: Account | None = None
        self._judged = partial(judged, rules=rules)
        self._region = rules.platform.region if rules else None

    def say(self, utterance: str, now: datetime | None = None) -> list[Exchange]:
        """Say something.

        :param now: the time it is said at; None is the real time.
        :raises SimulatorError: there is no interaction model to understand it with.
        """
        heard = self.device.hear(utterance, now)
        if heard.ends:
            return self.end()
        return self._turn(utterance, heard.request, heard.why, starts=heard.starts)

    def turn(self, label: str, request: Mapping[str, Any], *, starts: bool = False) -> list[Exchange]:
        """Send a request in the session, such as an intent that nobody has to say.

        :param label: what it is called in the exchange.
        :param request: from :mod:`clova_flask.devtools.simulator.requests`.
        :param starts: whether it begins a session of its own.
        """
        return self._turn(label, request, starts=starts)

    def launch(self) -> list[Exchange]:
        """Start the extension in a new session."""
        return self._turn("launch", launch_request(), starts=True)

    def silence(self) -> list[Exchange]:
        """Say nothing. The user hears the reprompt once; after that, silence ends the session.

        :return: nothing while Clova says the reprompt, which :attr:`Device.reprompt` has.
        :raises NotListening: there is no session.
        """
        if not self.device.is_listening:
            raise NotListening(Templated("There is no session to be silent in. Launch the extension first."))
        if self.device.has_reprompt:
            self.device.has_reprompt = False
            return []
        return self.end()

    def end(self) -> list[Exchange]:
        """End the session; Clova does not say the answer.

        :raises NotListening: there is no session.
        """
        if not self.device.is_listening:
            raise NotListening(Templated("There is no session to end."))
        return [self._judged("end", self.device.end())]

    def event(self, full_name: str, payload: Mapping[str, Any] = NOTHING) -> list[Exchange]:
        """Report something, ``AudioPlayer.PlayFinished``; it begins no session."""
        return self.report(event_request(full_name, payload))

    def report(self, request: Mapping[str, Any], *, moves_player: bool = False) -> list[Exchange]:
        """Report an event that is written already.

        :param request: an ``EventRequest``.
        :param moves_player: whether the device's player comes into the state that the event tells of.
        """
        event = request["event"]
        if (event["namespace"], event["name"]) == ("ClovaSkill", "SkillDisabled"):
            self.device.caller.end_session()
        told = dict(request)
        events = self.device.player.reported(told) if moves_player else (told,)
        return list(self._follow(events))

    def enable(self) -> list[Exchange]:
        """Enable the skill, outside any session (JP)."""
        return self.event("ClovaSkill.SkillEnabled")

    def disable(self) -> list[Exchange]:
        """Disable the skill, which also ends the session (JP)."""
        return self.event("ClovaSkill.SkillDisabled")

    def wait(self, seconds: float) -> list[Exchange]:
        """Let time pass for the audio player.

        :param seconds: from 0 to :data:`MAX_WAIT`.
        :raises SimulatorError: it is another number.
        """
        if not 0 <= seconds <= MAX_WAIT:
            raise SimulatorError(
                Templated(
                    "wait must be a number of seconds from 0 to %(max_wait)s, not %(seconds)s.",
                    max_wait=MAX_WAIT,
                    seconds=seconds,
                )
            )
        return list(self._follow(self.device.player.advance(seconds * 1000)))

    def player_info(self, *, before: int = 0, after: int = 10) -> list[Exchange]:
        """Ask for what the screen of the audio player shows.

        :param before: how many items before the current one.
        :param after: how many items after it.
        """
        track = self.device.player.track
        payload = {"token": track.token if track else "", "range": {"before": before, "after": after}}
        return self.event("TemplateRuntime.RequestPlayerInfo", payload)

    def link(self, user: str, scopes: Iterable[str] = ()) -> Linking:
        """Link the account of a user of the app in this process; the messages that follow bring its token.

        :raises LinkingError: it is not linked; the text tells why.
        """
        if not isinstance(self.linker, AppLinker):
            raise LinkingError(
                Templated(
                    "The extension is elsewhere, and nobody can be signed in there from here. Write "
                    "/link alone, which tells what to open in a browser."
                )
            )
        linking, account = self.linker.link(user, scopes=scopes)
        self.become(account)
        return linking

    def become(self, account: Account | None) -> None:
        """Speak for a linked account, or for none, in a session of their own."""
        self.account = account
        self.device.link(account)

    def home(self, name: str, fields: Mapping[str, Any] = NOTHING, appliance: str = "") -> list[Exchange]:
        """Send a Clova Home request.

        :param name: the action, ``TurnOn``.
        :param fields: the fields of the payload, in snake_case and unwrapped.
        :param appliance: the id of an appliance; empty for a request about none.
        """
        return [self._judged(name, self.device.control(name, appliance, fields))]

    def send(self, label: str, message: Any) -> Exchange:
        """Send any message; the session stays as it is."""
        return self._judged(label, self.device.sender.send(message))

    def _turn(self, label: str, request: Mapping[str, Any], why: str = "", *, starts: bool) -> list[Exchange]:
        exchange = self._judged(label, self.device.turn(request, starts=starts), why)
        return [exchange, *self._follow(self._obey(exchange.reply))]

    def _follow(self, events: Iterable[dict[str, Any]]) -> Iterator[Exchange]:
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
                if chained == _MAX_CHAINED or sent == _MAX_SENT:
                    yield replace(exchange, findings=(*exchange.findings, _ENDLESS))
                    return
                yield exchange
                pending.append(self._obey(exchange.reply))

    def _obey(self, reply: Reply) -> Iterator[dict[str, Any]]:
        """Do what an answer says, and yield the events that the platform then sends."""
        for event in self.device.obey(reply):
            regions = event_regions(event["event"]["namespace"])
            if not regions or self._region is None or self._region in regions:
                yield event

    def _report(self, request: Mapping[str, Any]) -> Exchange:
        event = request["event"]
        return self._judged(f"{event['namespace']}.{event['name']}", self.device.report(request))
