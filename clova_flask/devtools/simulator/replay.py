"""Replaying transcripts: each turn is taken, and what comes of it compared with what was to come."""

from __future__ import annotations

import fnmatch
import re
import reprlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...errors import ClovaError
from .cek import Exchange, LocalCek
from .reply import CekError
from .transcripts import Step, Transcript, is_pattern


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step: its exchanges, and what is not as it was to be."""

    step: Step
    exchanges: tuple[Exchange, ...]
    failures: tuple[str, ...]


def replay(transcript: Transcript, cek: LocalCek) -> Iterator[Outcome]:
    """Run a transcript turn by turn."""
    _become(cek, transcript.user)
    for step in transcript.steps:
        try:
            exchanges = tuple(_ACTIONS[step.action](cek, step, transcript.now))
        except (ClovaError, TypeError, ValueError) as error:
            yield Outcome(step, (), (str(error),))
            continue
        yield Outcome(step, exchanges, tuple(_failures(step, exchanges)))


def _become(cek: LocalCek, user: Mapping[str, Any]) -> None:
    for key, value in user.items():
        setattr(cek.caller, key, value)


def _as(cek: LocalCek, step: Step, _now: datetime | None) -> list[Exchange]:
    cek.caller.end_session()
    _become(cek, step.argument)
    return []


def _event(cek: LocalCek, step: Step, _now: datetime | None) -> list[Exchange]:
    return cek.event(str(step.argument), step.details.get("fields") or {})


def _home(cek: LocalCek, step: Step, _now: datetime | None) -> list[Exchange]:
    appliance = str(step.details.get("appliance") or "")
    return cek.home(str(step.argument), step.details.get("fields"), appliance)


_ACTIONS: dict[str, Callable[[LocalCek, Step, datetime | None], list[Exchange]]] = {
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
        yield from (f"{exchange.label}: {finding}" for finding in exchange.findings)
    if not exchanges:
        if step.checks:
            yield "Nothing was sent, so there is no answer to check."
        return
    reply = exchanges[0].reply
    if reply.status_code != 200:
        return
    for name, wanted in step.checks.items():
        try:
            got = _READ[name](exchanges)
        except (AttributeError, CekError, KeyError, TypeError) as error:
            yield f"{name}: the answer has none ({type(error).__name__})."
            continue
        if not _fits(name, wanted, got):
            yield f"{name}: expected {_short(wanted)}, got {_short(got)}."


def _slots(exchanges: tuple[Exchange, ...]) -> dict[str, Any]:
    intent = exchanges[0].reply.request["request"]["intent"]
    return {name: slot.get("value") for name, slot in (intent.get("slots") or {}).items()}


def _directives(exchanges: tuple[Exchange, ...]) -> list[str]:
    return [f"{d['header']['namespace']}.{d['header']['name']}" for d in exchanges[0].reply.directives]


_READ: dict[str, Callable[[tuple[Exchange, ...]], Any]] = {
    "intent": lambda exchanges: exchanges[0].reply.request["request"]["intent"]["name"],
    "slots": _slots,
    "speech": lambda exchanges: exchanges[0].reply.speech,
    "reprompt": lambda exchanges: exchanges[0].reply.reprompt,
    "state": lambda exchanges: exchanges[0].reply.state,
    "attributes": lambda exchanges: exchanges[0].reply.attributes,
    "ends": lambda exchanges: exchanges[0].reply.should_end_session,
    "directives": _directives,
    "name": lambda exchanges: exchanges[0].reply.name,
    "payload": lambda exchanges: exchanges[0].reply.payload,
}


def _fits(name: str, wanted: Any, got: Any) -> bool:
    if name in ("speech", "reprompt") and isinstance(wanted, str) and isinstance(got, str):
        if is_pattern(wanted):
            return re.search(wanted[1:-1], got) is not None
        return fnmatch.fnmatchcase(got, wanted.replace("[", "[[]"))
    if name == "slots" and isinstance(wanted, dict) and isinstance(got, dict):
        return {key: str(value) for key, value in wanted.items()} == {k: str(v) for k, v in got.items()}
    return bool(wanted == got)


_MOST_SHOWN = 500


def _short(value: Any) -> str:
    """Write a value for reading; YAML's aliases can make one of any size out of little."""
    if isinstance(value, (dict, list)):
        shortened = reprlib.Repr()
        shortened.maxlevel, shortened.maxdict, shortened.maxlist, shortened.maxstring = 6, 20, 20, 200
        return shortened.repr(value)[:_MOST_SHOWN]
    return repr(value)[:_MOST_SHOWN]
