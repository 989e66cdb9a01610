"""A home under test: what discovery told, and the outcome of its actions."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ....findings import Finding
from ....home.interfaces import INTERFACES
from ...diagnostics.home_trial import MAX_SECONDS
from ...diagnostics.home_verdicts import Verdict, in_order, reason_of, verdict_of
from ...simulator.inputs import example_fields, inputs_of
from .conversations import Conversation
from .turn_records import Turn

DISCOVER = "DiscoverAppliances"
_LIST = "payload.discoveredAppliances"


@dataclass(frozen=True, slots=True)
class Card:
    """An appliance, as discovery told it.

    :ivar told: its object on the wire.
    :ivar problems: what the platform would refuse in it.
    """

    told: Mapping[str, Any]
    problems: tuple[Finding, ...]

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.told.get("applianceId", ""))

    @property
    def types(self) -> list[str]:
        """Its types."""
        return _texts(self.told.get("applianceTypes"))

    @property
    def actions(self) -> list[str]:
        """What it can do."""
        return _texts(self.told.get("actions"))


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def cards_of(turn: Turn | None) -> list[Card]:
    """List the appliances that an answer to discovery tells, each with what is wrong with it."""
    try:
        answer = json.loads(turn.answer) if turn else {}
    except (ValueError, RecursionError):
        return []
    payload = answer.get("payload") if isinstance(answer, dict) else None
    told = payload.get("discoveredAppliances") if isinstance(payload, dict) else None
    appliances = told if isinstance(told, list) else []
    problems = turn.found if turn else []
    return [
        Card(one, tuple(problem for problem in problems if f"{_LIST}[{index}]" in problem.message))
        for index, one in enumerate(appliances)
        if isinstance(one, dict)
    ]


class Left(Enum):
    """Why an action was not done."""

    UNKNOWN = "unknown"  # the protocol does not have it
    VALUE = "value"  # it needs a value that nobody has entered
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action.

    :ivar action: its name.
    :ivar turn: the message with its answer; None where it was not sent.
    :ivar answer: the name of the answer.
    :ivar left: why it was not sent.
    """

    action: str
    turn: Turn | None
    answer: str = ""
    left: Left | None = None

    @property
    def verdict(self) -> Verdict:
        """What the answer means: as in a review."""
        turn = self.turn
        if turn is None or turn.status != 200 or turn.has_errors:
            return Verdict.BROKEN
        return verdict_of(self.action, self.answer)

    @property
    def reason(self) -> str:
        """What the answer means, in words, where it is an error message."""
        return reason_of(self.action, self.answer)


def try_all(conversation: Conversation, card: Card) -> Iterator[Outcome]:
    """Do each action of an appliance for which a value can be known, in an order in which each can work."""
    end = time.monotonic() + MAX_SECONDS
    for action in in_order(card.actions):
        fields = example_fields(inputs_of(action, card.told))
        if action not in INTERFACES:
            yield Outcome(action, None, left=Left.UNKNOWN)
        elif fields is None:
            yield Outcome(action, None, left=Left.VALUE)
        elif time.monotonic() > end:
            yield Outcome(action, None, left=Left.LATE)
        else:
            (turn,) = conversation.home(action, fields, card.id)
            yield Outcome(action, turn, answer_name(turn))


def answer_name(turn: Turn) -> str:
    """Return the name of an answer; empty where it has none."""
    try:
        answer = json.loads(turn.answer)
    except (ValueError, RecursionError):
        return ""
    header = answer.get("header") if isinstance(answer, dict) else None
    return str(header.get("name", "")) if isinstance(header, dict) else ""
