"""The states of a version, and what may be done in each.

From the guides' pages on deploying, updating and removing. What they leave open is decided so: *preparing
deployment* only shows; cancelling a review goes back to the state before it; stopping the service leaves the
test version, whose work would be lost otherwise; a version that was in service is kept, to be compared.
"""

from __future__ import annotations

from dataclasses import dataclass

from .texts import N_

IN_DEVELOPMENT = "in_development"
ATTENTION = "attention"
IN_REVIEW = "in_review"
PREPARING = "preparing"
IN_SERVICE = "in_service"
RETIRED = "retired"

STATES = {
    IN_DEVELOPMENT: N_("In development"),
    ATTENTION: N_("Attention needed"),
    IN_REVIEW: N_("In review"),
    PREPARING: N_("Preparing deployment"),
    IN_SERVICE: N_("In service"),
    RETIRED: N_("Out of service"),
}
"""The states and what they are called."""

TESTED = (IN_DEVELOPMENT, ATTENTION, IN_REVIEW, PREPARING)
"""The states of a test version; a version in one of the others was released."""

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
    :ivar leads_to: the state of the test version after it; empty where it is told in :mod:`.transitions`.
    :ivar needs_message: whether it must have a message.
    :ivar needs_service: whether there must be a service version; None where it does not matter.
    """

    title: str
    states: frozenset[str]
    actor: str
    leads_to: str = ""
    needs_message: bool = False
    needs_service: bool | None = None


ACTIONS = {
    "request_review": Action(N_("Request review"), EDITABLE, DEVELOPER, IN_REVIEW, needs_message=True),
    "cancel_review": Action(N_("Cancel review"), frozenset({IN_REVIEW}), DEVELOPER),
    "reject": Action(N_("Reject"), frozenset({IN_REVIEW}), REVIEWER, ATTENTION, needs_message=True),
    "approve": Action(N_("Approve"), frozenset({IN_REVIEW}), REVIEWER, PREPARING),
    "deploy": Action(N_("Deploy"), frozenset({PREPARING}), PLATFORM, IN_SERVICE),
    "stop": Action(N_("Stop service"), EDITABLE, DEVELOPER, IN_DEVELOPMENT, needs_service=True),
    "suspend": Action(
        N_("Suspend service"), frozenset(TESTED), REVIEWER, needs_message=True, needs_service=True
    ),
    "delete": Action(N_("Delete"), EDITABLE, DEVELOPER, needs_service=False),
}
"""The actions by name."""

CHANGE = "change"
"""What a page does that stores something: no action of the list, and refused like one."""

_NOT_REQUESTED = N_("It is not in review. Request a review first.")
_CANCEL_FIRST = N_("It is in review. Cancel the review first.")
_DEPLOY_FIRST = N_("It is approved. Deploy it first; then its next version can be worked on.")
_APPROVED = N_("It is approved already. Deploy it.")
_STOP_FIRST = N_("A version is in service. Stop the service first.")

_REFUSALS = {
    IN_DEVELOPMENT: {"deploy": _NOT_REQUESTED},
    ATTENTION: {"deploy": _NOT_REQUESTED},
    IN_REVIEW: {
        "request_review": N_("It is in review already."),
        "deploy": N_("It is not approved yet. Approve it first."),
    },
    PREPARING: dict.fromkeys(("cancel_review", "reject", "approve"), _APPROVED),
}
_ELSE = {
    IN_DEVELOPMENT: _NOT_REQUESTED,
    ATTENTION: _NOT_REQUESTED,
    IN_REVIEW: _CANCEL_FIRST,
    PREPARING: _DEPLOY_FIRST,
    IN_SERVICE: N_("This version is in service. Change the test version, and request its review."),
    RETIRED: N_("This version is out of service, and only kept to be compared. Change the test version."),
}


def refusal(action: str, state: str, *, in_service: bool = False) -> str:
    """Tell why something may not be done with a version, and what to do first; empty where it may.

    :param action: one of :data:`ACTIONS`, or :data:`CHANGE`.
    :param state: the version's state.
    :param in_service: whether there is a service version.
    :return: a text in English.
    """
    row = ACTIONS.get(action)
    states = EDITABLE if row is None else row.states
    if state not in states:
        return _REFUSALS.get(state, {}).get(action) or _ELSE[state]
    if row is None or row.needs_service in (None, in_service):
        return ""
    return N_("No version is in service, so there is nothing to stop.") if row.needs_service else _STOP_FIRST


def allowed(state: str, *, in_service: bool) -> list[str]:
    """List what may be done with a test version.

    :param state: its state.
    :param in_service: whether there is a service version, too.
    """
    return [name for name in ACTIONS if not refusal(name, state, in_service=in_service)]
