"""What may be done with an extension from its review to its end, done: each act once, and noted."""

from __future__ import annotations

from collections.abc import Mapping

from ....wire.objects import NOTHING
from ..extensions import note
from ..fields.shared import LINE
from ..lifecycle import ACTIONS, IN_DEVELOPMENT, RETIRED, refusal
from ..models.store import copy_model
from ..records import Extension, Version, db, now
from ..texts import _

MAX_REQUEST = {LINE: 2000}
"""Characters of a request for review, where a platform limits them."""


class Refused(Exception):
    """Something may not be done; the text tells what to do first.

    :ivar fields: what is wrong with each field of the form; empty where it is none of them.
    """

    def __init__(self, text: str, fields: Mapping[str, str] = NOTHING) -> None:
        super().__init__(text)
        self.fields = dict(fields)


def why_refused(action: str, extension: Extension) -> str:
    """Tell why something may not be done, in the language of the page; empty where it may."""
    in_service = extension.service_version is not None
    text = refusal(action, extension.test_version.state, in_service=in_service)
    return _(text) if text else ""


def perform(extension: Extension, action: str, *, message: str = "", conforms: bool = False) -> None:
    """Do something with an extension.

    :param action: one of :data:`~.lifecycle.ACTIONS`, but for deleting.
    :param message: what its doer writes about it.
    :param conforms: whether the developer declares that the terms are kept, which LINE asks for.
    :raises Refused: it may not be done, now or so.
    :raises sqlalchemy.orm.exc.StaleDataError: somebody else has done something in the same moment.
    """
    problem = why_refused(action, extension)
    fields = {} if problem else _field_problems(extension, action, message, conforms)
    if problem or fields:
        raise Refused(problem or " ".join(fields.values()), fields)
    version = extension.test_version
    row = ACTIONS[action]
    if action in _EFFECTS:
        _EFFECTS[action](extension)
    _move(version, action, row.leads_to, message)
    note(version, action, message, actor=row.actor)
    db.session.commit()


def _field_problems(extension: Extension, action: str, message: str, conforms: bool) -> dict[str, str]:
    problems = {}
    longest = MAX_REQUEST.get(extension.platform) if action == "request_review" else None
    if ACTIONS[action].needs_message and not message:
        problems["message"] = _("Write a message first.")
    elif longest is not None and len(message) > longest:
        problems["message"] = _(
            "This has %(count)s characters; at most %(most)s are allowed.", count=len(message), most=longest
        )
    if action == "request_review" and extension.platform == LINE and not conforms:
        problems["conforms"] = _("Declare that the skill conforms to the terms first, by the box.")
    return problems


def _move(version: Version, action: str, state: str, message: str) -> None:
    """Note in the version what was done, so that of two who do something only one has done it."""
    before = version.state
    if action == "request_review":
        version.state_before, version.request = before, message
        version.ticked = []
    if action == "reject":
        version.message = message
    if action == "cancel_review":
        state = version.state_before or IN_DEVELOPMENT
    version.state = state or before
    version.changed_at = now()


def _release(extension: Extension) -> None:
    """Make a copy of the test version the next one. The former service version is only kept."""
    version = extension.test_version
    _retire(extension)
    following = Version(
        number=version.number + 1, state=IN_DEVELOPMENT, values=dict(version.values), changed_at=now()
    )
    extension.versions.append(following)
    copy_model(version, following)


def _retire(extension: Extension) -> None:
    former = extension.service_version
    if former is not None:
        former.state, former.changed_at = RETIRED, now()


_EFFECTS = {"deploy": _release, "stop": _retire, "suspend": _retire}
"""What an action does beside the state of the test version."""
