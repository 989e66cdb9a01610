"""The states of a version, and what may be done in each.

From the guides' pages on deploying, updating and removing. What they leave open is decided so: *preparing
deployment* only shows; cancelling a review goes back to the state before it; stopping the service leaves the
test version, whose work would be lost otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from .texts import N_

IN_DEVELOPMENT = "in_development"
ATTENTION = "attention"
IN_REVIEW = "in_review"
PREPARING = "preparing"
IN_SERVICE = "in_service"

STATES = {
    IN_DEVELOPMENT: N_("In development"),
    ATTENTION: N_("Attention needed"),
    IN_REVIEW: N_("In review"),
    PREPARING: N_("Preparing deployment"),
    IN_SERVICE: N_("In service"),
}
"""The states and what they are called."""

EDITABLE = frozenset({IN_DEVELOPMENT, ATTENTION})
"""The states in which a version is changed; in the others it is shown."""

DEVELOPER = "developer"
REVIEWER = "reviewer"
PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Action:
    """What may be done with the test version.

    :ivar states: the states in which it may be.
    :ivar actor: who does it.
    :ivar leads_to: the state after it; empty where it is told in :mod:`.transitions`.
    :ivar needs_message: whether it must have a message.
    """

    title: str
    states: frozenset[str]
    actor: str
    leads_to: str = ""
    needs_message: bool = False


ACTIONS = {
    "request_review": Action(N_("Request review"), EDITABLE, DEVELOPER, IN_REVIEW, needs_message=True),
    "cancel_review": Action(N_("Cancel review"), frozenset({IN_REVIEW}), DEVELOPER),
    "reject": Action(N_("Reject"), frozenset({IN_REVIEW}), REVIEWER, ATTENTION, needs_message=True),
    "approve": Action(N_("Approve"), frozenset({IN_REVIEW}), REVIEWER, PREPARING),
    "deploy": Action(N_("Deploy"), frozenset({PREPARING}), PLATFORM, IN_SERVICE),
    "stop": Action(N_("Stop service"), EDITABLE, DEVELOPER, IN_DEVELOPMENT),
    "delete": Action(N_("Delete"), EDITABLE, DEVELOPER),
}
"""The actions by name."""


def allowed(state: str, *, in_service: bool) -> list[str]:
    """List what may be done with a test version.

    :param state: its state.
    :param in_service: whether there is a service version, too.
    """
    refused = {"delete"} if in_service else {"stop"}
    return [name for name, action in ACTIONS.items() if state in action.states and name not in refused]
