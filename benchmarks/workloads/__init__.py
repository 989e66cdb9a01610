"""What is measured: messages, each with the answer that every contender has to return."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import brightness, intent


@dataclass(frozen=True, slots=True)
class Workload:
    """A message and its answer.

    :ivar title: what the message is, in words.
    :ivar message: writes it; the number tells one user, session and request from another.
    :ivar answer: what every contender has to return for number 0.
    """

    name: str
    title: str
    message: Callable[[int], dict[str, Any]]
    answer: dict[str, Any]


WORKLOADS = {
    row.name: row
    for row in (
        Workload("intent", "IntentRequest", intent.message, intent.ANSWER),
        Workload("brightness", "SetBrightnessRequest", brightness.message, brightness.ANSWER),
    )
}
