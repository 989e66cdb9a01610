"""What a review finds by what an endpoint answers, whatever it is written with.

It needs nothing but that the endpoint trusts the key. Its handlers run, for a user whom nobody knows.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from ...custom.catalogue import AUDIO_INTENTS, BUILT_IN_INTENTS
from ...custom.rules import answer_rules
from ...findings import Finding
from ...platforms import PLATFORMS, Platform
from ...security.devkey import sign
from ...security.signature import HEADER
from ...texts.templated import Templated, labelled
from ...wire.json import encode
from ..model.catalogue import slot_kind
from ..model.objects import CustomIntent, InteractionModel
from ..simulator.device import Device
from ..simulator.exchange import judged
from ..simulator.reply import NO_ANSWER, Reply, json_object
from ..simulator.requests import event_request, intent_request, launch_request, session_ended_request
from .audio_answers import check_played, plays_of
from .audio_review import review_audio
from .connection import HOME, Endpoint, check_connection
from .home_review import review_home
from .token_review import Asked, review_tokens
from .unchecked import unchecked

UNKNOWN_INTENT = "Review.NoSuchIntent"
"""An intent that no extension has: what is answered to it is no answer to another."""

_REQUIRED = {
    "KR": ("Clova.GuideIntent", "Clova.CancelIntent", "Clova.YesIntent", "Clova.NoIntent"),
    "JP": ("Clova.GuideIntent",),
}
"""Built-in intents that each platform's review asks for."""


MAX_SECONDS = 120.0
"""How long intents are sent; what is left then is told."""


MAX_NAMED = 20
"""Intents that were left out, and are named."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reviewed.

    :ivar endpoint: where it is.
    :ivar key: the key that it trusts.
    :ivar model: its interaction model; None where it is not known.
    :ivar plays_audio: whether it is registered as one that uses AudioPlayer; None where that is not known.
    :ivar token: a user's access token, with which discovery is reviewed, too.
    :ivar links: whether accounts are linked; a token tells that as well.
    :ivar appliance_types: the types that are entered on a home's form; None where they are not known.
    :ivar tries_actions: whether every action of a home is done, which moves what is connected.
    """

    endpoint: Endpoint
    key: rsa.RSAPrivateKey
    model: InteractionModel | None = None
    plays_audio: bool | None = None
    token: str | None = field(default=None, repr=False)
    links: bool = False
    tries_actions: bool = False
    appliance_types: tuple[str, ...] | None = None

    @property
    def platform(self) -> Platform:
        """Its platform."""
        return PLATFORMS[self.endpoint.platform]


def review_endpoint(subject: Subject) -> list[Finding]:
    """Review what an endpoint answers.

    :return: what a review would object to, and what could not be checked.
    """
    signed, *refused = check_connection(subject.endpoint, subject.key)
    if signed.status == NO_ANSWER:
        text = Templated("The endpoint does not answer, so nothing of what it does could be checked.")
        return [*signed.findings, unchecked("C2", text)]
    found = list(_refusals([(probe.name, probe.passed is not False, probe.status) for probe in refused]))
    found += _in_small_letters(subject)
    if subject.endpoint.kind == HOME:
        return [*found, *_of_home(subject)]
    return [*found, *_Conversation(subject).findings()]


def _of_home(subject: Subject) -> Iterator[Finding]:
    return review_home(
        subject.endpoint,
        subject.key,
        subject.token,
        tries_actions=subject.tries_actions,
        appliance_types=subject.appliance_types,
    )


def _refusals(probes: list[tuple[str, bool, int]]) -> Iterator[Finding]:
    names = {"unsigned": Templated("without a signature"), "forged": Templated("signed with another key")}
    for name, passed, status in probes:
        if not passed:
            text = Templated(
                "A message %(how)s was answered with HTTP %(status)s. It must be refused, by a 4xx.",
                how=names[name],
                status=status,
            )
            yield Finding("review.not-refused", text)


def _in_small_letters(subject: Subject) -> Iterator[Finding]:
    """Send the header in small letters, as HTTP allows: a proxy may write it so."""
    endpoint, key = subject.endpoint, subject.key
    if endpoint.kind == HOME:
        return
    body = encode(endpoint.caller().message(launch_request()))
    reply = endpoint.sender(key).post(body, {HEADER.lower(): sign(key, body)})
    if reply.status_code in (400, 401, 403):
        status = reply.status_code
        text = Templated(
            "With its header written %(header)s a signed message was refused: HTTP %(status)s.",
            header=HEADER.lower(),
            status=status,
        )
        yield Finding("answer.status", text)


class _Conversation:
    """Talks to a custom extension."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._platform = subject.platform
        self._rules = answer_rules(self._platform, is_developed=False)  # it is going to be served
        self._sender = subject.endpoint.sender(subject.key)
        self._start: Mapping[str, Any] | None = None  # the first request that was answered with audio

    def findings(self) -> Iterator[Finding]:
        """Launch it, ask each intent, and what the platform sends beside."""
        caller = self._caller()
        launched, found = self._asked("launch", caller.message(launch_request()))
        yield from found
        yield from self._intents(json_object(launched.json).get("sessionAttributes"))
        yield from self._ended(caller)
        if self._platform.region == "JP":
            yield from self._only_line()
        yield from self._audio()
        if self._subject.links or self._subject.token is not None:
            yield from review_tokens(*self._token_review())

    def _token_review(self) -> tuple[Endpoint, rsa.RSAPrivateKey, str | None, list[Asked]]:
        """Return what messages with and without a token are sent for: the launch, and each intent."""
        subject = self._subject
        intents = subject.model.intents.values() if subject.model else ()
        asked = [(one.name, intent_request(one.name, _slots(one))) for one in intents]
        requests: list[Asked] = [("launch", launch_request()), *asked]
        return subject.endpoint, subject.key, subject.token, requests

    def _caller(self) -> Any:
        return self._subject.endpoint.caller(access_token=self._subject.token)

    def _asked(self, label: str, message: Mapping[str, Any]) -> tuple[Reply, list[Finding]]:
        started = time.perf_counter()
        reply = self._sender.send(message)
        seconds = time.perf_counter() - started
        rules = self._rules
        found = [
            Finding(finding.code, labelled(label, finding.message), finding.where)
            for finding in judged(label, reply, rules=rules).findings
        ]
        if self._start is None and plays_of(reply):
            self._start = message["request"]
        limit = self._platform.answer_seconds
        if limit is not None and seconds > limit:
            text = Templated(
                "%(label)s: answered after %(seconds)s s; %(platform)s waits for %(limit)s s.",
                label=label,
                seconds=f"{seconds:.1f}",
                platform=self._platform.title,
                limit=f"{limit:g}",
            )
            found.append(Finding("review.slow", text))
        return reply, [*found, *check_played(label, reply, self._subject.plays_audio)]

    def _intents(self, attributes: Any) -> Iterator[Finding]:
        unknown, _ = self._asked(UNKNOWN_INTENT, self._intent(UNKNOWN_INTENT, {}, attributes))
        wanted: list[tuple[str, dict[str, str]]] = [(name, {}) for name in self._built_in()]
        model = self._subject.model
        if model is None:
            text = Templated("The interaction model is not known, so only built-in intents were sent.")
            yield unchecked("B1", text)
        else:
            wanted += [(intent.name, _slots(intent)) for intent in model.intents.values()]
        ends = time.monotonic() + MAX_SECONDS
        for index, (name, slots) in enumerate(wanted):
            if time.monotonic() > ends:
                yield _time_is_up([name for name, _ in wanted[index:]])
                return
            reply, found = self._asked(name, self._intent(name, slots, attributes))
            yield from found
            if reply.status_code == 200 and _said(reply) == _said(unknown):
                text = Templated(
                    "%(name)s gets the same answer as an intent that no extension has (sent as %(other)s).",
                    name=name,
                    other=UNKNOWN_INTENT,
                )
                yield Finding("review.not-answered", text)

    def _built_in(self) -> list[str]:
        region = self._platform.region
        model = self._subject.model
        named = [*_REQUIRED[region], *(model.built_in_intents if model else ())]
        if self._subject.plays_audio:
            named += [name for name, regions in AUDIO_INTENTS.items() if region in regions]
        return [name for name in dict.fromkeys(named) if region in BUILT_IN_INTENTS.get(name, ())]

    def _intent(self, name: str, slots: Mapping[str, Any], attributes: Any) -> dict[str, Any]:
        caller = self._caller()
        caller.session_id = str(uuid.uuid4())  # it is open: LINE sends intents only after the launch
        caller.attributes = dict(json_object(attributes))
        written: dict[str, Any] = caller.message(intent_request(name, slots))
        return written

    def _ended(self, caller: Any) -> Iterator[Finding]:
        reply = self._sender.send(caller.message(session_ended_request()))
        if reply.status_code != 200:
            yield Finding(
                "answer.status",
                Templated("SessionEndedRequest: HTTP %(status_code)s.", status_code=reply.status_code),
            )

    def _only_line(self) -> Iterator[Finding]:
        other = self._subject.endpoint.caller()
        other.extension_id = f"{other.extension_id}.other"
        message = other.message(launch_request())
        message["request"]["extensionId"] = other.extension_id
        reply = self._sender.send(message)
        if not 400 <= reply.status_code < 500:
            text = Templated(
                "A message for %(extension_id)s was answered with HTTP %(status_code)s.",
                extension_id=other.extension_id,
                status_code=reply.status_code,
            )
            yield Finding("review.not-refused", text)
        # Without the token: what is disabled here is no account of the developer's.
        caller = self._subject.endpoint.caller()
        for event in ("ClovaSkill.SkillEnabled", "ClovaSkill.SkillDisabled"):
            reply = self._sender.send(caller.message(event_request(event, {}), sessionless=True))
            if reply.status_code != 200:
                yield Finding(
                    "answer.status",
                    Templated(
                        "%(event)s: HTTP %(status_code)s. It must be answered by 200.",
                        event=event,
                        status_code=reply.status_code,
                    ),
                )

    def _audio(self) -> Iterator[Finding]:
        if self._start is not None:
            yield from review_audio(Device(self._sender, self._caller()), self._rules, self._start)
        elif self._subject.plays_audio:
            text = Templated("It is registered with AudioPlayer, but no answer here played audio.")
            yield from (unchecked(rule, text) for rule in ("B6", "B7"))


def _time_is_up(left: list[str]) -> Finding:
    names = ", ".join(left[:MAX_NAMED]) + (", …" if len(left) > MAX_NAMED else "")
    text = Templated(
        "After %(seconds)s s no more intents were sent. %(count)s are left: %(names)s.",
        seconds=f"{MAX_SECONDS:g}",
        count=len(left),
        names=names,
    )
    return unchecked("B1", text)


def _slots(intent: CustomIntent) -> dict[str, str]:
    """Fill the slots of an intent's first expression whose values are as spoken: not of built-in types."""
    if not intent.expressions:
        return {}
    parts = {part.slot: part.text for part in intent.expressions[0].parts if part.slot is not None}
    return {name: text for name, text in parts.items() if slot_kind(intent.slot_type(name) or "") is None}


def _said(reply: Reply) -> Any:
    return json_object(reply.json).get("response")
