"""Replay transcripts: do each turn, and compare its answer with what the transcript expects."""

from __future__ import annotations

import fnmatch
import re
import reprlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...errors import ClovaError
from .cek import SimulatedCek
from .exchange import Exchange
from .reply import CekError, Reply
from .transcripts import Step, Transcript, is_pattern


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step led to.

    :ivar failures: what is not as the transcript expects.
    """

    step: Step
    exchanges: tuple[Exchange, ...]
    failures: tuple[str, ...]


def replay(transcript: Transcript, cek: SimulatedCek) -> Iterator[Outcome]:
    """Replay a transcript turn by turn."""
    cek.device.caller.become(transcript.user)
    for step in transcript.steps:
        try:
            exchanges = tuple(_ACTIONS[step.action](cek, step, step.now or transcript.now))
        except (ClovaError, TypeError, ValueError) as error:
            yield Outcome(step, (), (str(error),))
            continue
        yield Outcome(step, exchanges, tuple(_failures(step, exchanges)))


def _as(cek: SimulatedCek, step: Step, _now: datetime | None) -> list[Exchange]:
    cek.device.caller.become(step.argument)
    return []


def _event(cek: SimulatedCek, step: Step, _now: datetime | None) -> list[Exchange]:
    return cek.event(str(step.argument), step.details.get("fields") or {})


def _home(cek: SimulatedCek, step: Step, _now: datetime | None) -> list[Exchange]:
    appliance = str(step.details.get("appliance") or "")
    return cek.home(str(step.argument), step.details.get("fields") or {}, appliance)


_ACTIONS: dict[str, Callable[[SimulatedCek, Step, datetime | None], list[Exchange]]] = {
    "launch": lambda cek, _step, _now: cek.launch(),
    "say": lambda cek, step, now: cek.say(str(step.argument), now),
    "silence": lambda cek, _step, _now: cek.silence(),
    "end": lambda cek, _step, _now: cek.end(),
    "event": _event,
    "wait": lambda cek, step, _now: cek.wait(float(step.argument)),
    "home": _home,
    "as": _as,
}


def _failures(step: Step, exchanges: tuple[Exchange, ...]) -> Iterator[str]:
    for exchange in exchanges:
        yield from (f"{exchange.label}: {finding}" for finding in exchange.findings if finding.is_error)
    if not exchanges:
        if step.checks:
            yield "Nothing was sent, so there is no answer to check."
        return
    reply = exchanges[0].reply
    if reply.status_code != 200:
        return
    for name, expected in step.checks.items():
        try:
            got = _READ[name](reply)
        except (AttributeError, CekError, KeyError, TypeError) as error:
            yield f"{name}: the answer has none ({type(error).__name__})."
            continue
        if not _fits(name, expected, got):
            yield f"{name}: expected {_short(expected)}, got {_short(got)}."


def _slots(reply: Reply) -> dict[str, Any]:
    intent = reply.request["request"]["intent"]
    return {name: slot.get("value") for name, slot in (intent.get("slots") or {}).items()}


def _directives(reply: Reply) -> list[str]:
    return [f"{d['header']['namespace']}.{d['header']['name']}" for d in reply.directives]


_READ: dict[str, Callable[[Reply], Any]] = {
    "intent": lambda reply: reply.request["request"]["intent"]["name"],
    "slots": _slots,
    "speech": lambda reply: reply.speech,
    "reprompt": lambda reply: reply.reprompt,
    "asked_for": lambda reply: reply.asked_for,
    "state": lambda reply: reply.state,
    "card": lambda reply: reply.card,
    "attributes": lambda reply: reply.attributes,
    "ends": lambda reply: reply.should_end_session,
    "directives": _directives,
    "name": lambda reply: reply.name,
    "payload": lambda reply: reply.payload,
}
"""How what is checked is read from the first answer of a turn."""


def _fits(name: str, expected: Any, got: Any) -> bool:
    if name in ("speech", "reprompt") and isinstance(expected, str) and isinstance(got, str):
        if is_pattern(expected):
            return re.search(expected[1:-1], got) is not None
        return fnmatch.fnmatchcase(got, expected.replace("[", "[[]"))
    if name == "slots" and isinstance(expected, dict) and isinstance(got, dict):
        return {key: str(value) for key, value in expected.items()} == {k: str(v) for k, v in got.items()}
    if name == "card" and isinstance(got, dict):
        return _is_card(expected, got)
    return bool(expected == got)


def _is_card(expected: Any, got: dict[str, Any]) -> bool:
    """Whether a card is of a type, or has the parts that are expected of it."""
    if expected is None or isinstance(expected, str):
        return bool(got.get("type") == expected)
    return all(got.get(key) == value for key, value in expected.items())


_MAX_SHOWN = 500


def _short(value: Any) -> str:
    """Write a value for reading; by YAML's aliases a few lines can make one of any size."""
    if isinstance(value, (dict, list)):
        shortened = reprlib.Repr()
        shortened.maxlevel, shortened.maxdict, shortened.maxlist, shortened.maxstring = 6, 20, 20, 200
        return shortened.repr(value)[:_MAX_SHOWN]
    return repr(value)[:_MAX_SHOWN]
