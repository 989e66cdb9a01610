"""The verdict on the answer to an action of an appliance, and the order in which actions are done."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from ...texts.templated import Templated

BROKEN = frozenset(
    (
        "ActionFailedError",
        "DriverInternalError",
        "ExpiredAccessTokenError",
        "InvalidAccessTokenError",
        "NoSuchTargetError",
        "UnsupportedOperationError",
        "ValueNotSupportedError",
        "ValueOutOfRangeError",
    )
)
"""Errors that discovery has ruled out: the appliance is there, and has the action and the value."""

_REASONS = {
    "ActionFailedError": Templated("The action failed."),
    "ActionTemporarilyBlockedError": Templated("The action is blocked for now."),
    "ConditionsNotMetError": Templated("A condition of the action is not met."),
    "DeviceFailureError": Templated("The appliance is out of order."),
    "DriverInternalError": Templated("The extension itself failed; its log tells why."),
    "ExpiredAccessTokenError": Templated("The extension takes the access token for expired."),
    "InvalidAccessTokenError": Templated("The extension does not take the access token."),
    "NoSuchTargetError": Templated("The extension does not know the appliance that it told of."),
    "NotSupportedInCurrentModeError": Templated("The appliance cannot do it in the mode that it is in."),
    "TargetOfflineError": Templated("The appliance is offline."),
    "UnsupportedOperationError": Templated(
        "Discovery tells of the action, and the appliance does not have it."
    ),
    "ValueNotFoundError": Templated("The appliance has no such value now."),
    "ValueNotSupportedError": Templated("The value that was sent is one that discovery tells of."),
    "ValueOutOfRangeError": Templated("The value that was sent is within the limits that are known."),
}
_STEPS = ("Increment", "Decrement")
_ORDER = {"TurnOn": 0, "TurnOff": 3}
"""What is done first and last: other actions need an appliance that is on."""
_SETTING, _OTHER = 1, 2


class Verdict(Enum):
    """What an answer to an action means.

    An error message that tells of the appliance's state is neither right nor refused: it says nothing of
    whether the action works.
    """

    RIGHT = "right"
    AT_LIMIT = "at_limit"
    NOT_READY = "not_ready"
    BROKEN = "broken"


def verdict_of(action: str, answer: str) -> Verdict:
    """Judge an answer that the platform takes.

    :param action: ``DecrementBrightness``.
    :param answer: the name of the answer.
    """
    if action.startswith(_STEPS) and answer == "ValueOutOfRangeError":
        return Verdict.AT_LIMIT
    if not answer or answer in BROKEN:
        return Verdict.BROKEN
    return Verdict.NOT_READY if answer.endswith("Error") else Verdict.RIGHT


def reason_of(action: str, answer: str) -> str:
    """Say what an answer means where it is an error message; empty where it is none."""
    if verdict_of(action, answer) is Verdict.AT_LIMIT:
        return Templated("The appliance is at its limit, from where it takes no further step.")
    return _REASONS.get(answer, "")


def in_order(actions: Iterable[str]) -> list[str]:
    """Put actions into an order in which each can work, each once.

    The appliance is switched on first and off last. Values are set before steps are taken from them.
    """
    return sorted(dict.fromkeys(actions), key=_rank)


def _rank(action: str) -> int:
    return _ORDER.get(action, _SETTING if action.startswith("Set") else _OTHER)
