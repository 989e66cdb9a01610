"""Events by form: which one, and its fields, as far as they are known filled in from the audio player."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ....errors import ClovaError
from ....platforms import PLATFORMS
from ....wire.objects import NOTHING
from ...simulator.inputs import Input, event_inputs, events_of
from ...simulator.player import Player
from ..extensions import asked_version
from ..page import extension_page
from ..records import Version
from ..texts import _
from ..told import told_error
from .conversations import Conversation
from .entered import entered
from .trying import conversation_of

blueprint = Blueprint("events", __name__, url_prefix="/extensions/<int:key>/test/events")

OTHER = "other"
"""The choice of an event of a namespace that was agreed on."""
MAX_BEFORE, MAX_AFTER = 0, 10
"""Items of the player's list that are asked for, as the simulated device asks."""


class _Unsendable(ValueError):
    """An event that was written by hand cannot be sent.

    :ivar fields: what is wrong with each field of the form.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


@blueprint.get("/")
def show(key: int) -> ResponseReturnValue:
    """Show which events there are, and the fields of the one that is chosen."""
    version = asked_version(key)
    conversation = conversation_of(version)
    name = request.args.get("name", "")
    return _page(version, conversation, name, _known(name, conversation.cek.device.player))


@blueprint.post("/")
def report(key: int) -> ResponseReturnValue:
    """Report an event."""
    version = asked_version(key)
    conversation = conversation_of(version)
    chosen = request.form.get("event", "")
    try:
        name, fields = _own() if chosen == OTHER else _of_platform(version, chosen)
        with conversation.lock:
            conversation.report(name, fields)
    except _Unsendable as error:
        return _page(version, conversation, chosen, request.form.to_dict(), error.fields), 422
    except (ClovaError, ValueError, RecursionError) as error:
        flash(told_error(error), "warning")
        return _page(version, conversation, chosen, request.form.to_dict())
    return redirect(url_for("tests.show", key=key, _anchor="say"), 303)


def _of_platform(version: Version, name: str) -> tuple[str, dict[str, Any]]:
    if name not in _names(version):
        raise ValueError(_("The platform has no such event."))
    return name, entered(event_inputs(name), request.form)


def _names(version: Version) -> list[str]:
    return events_of(PLATFORMS[version.extension.platform].region)


def _own() -> tuple[str, dict[str, Any]]:
    """Read an event that was written by hand.

    :raises _Unsendable: its name or its payload cannot be sent, or neither can.
    """
    problems = {}
    name, payload = request.form.get("full_name", "").strip(), request.form.get("payload", "").strip()
    namespace, _dot, own = name.rpartition(".")
    if not namespace or not own:
        problems["full_name"] = _("Name the event with its namespace: MyNamespace.MyEvent.")
    try:
        fields = json.loads(payload or "{}")
        json.dumps(fields, allow_nan=False)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        problems["payload"] = _("The payload must be a JSON object.")
    if problems:
        raise _Unsendable(problems)
    return name, fields


def _known(name: str, player: Player) -> dict[str, str]:
    """Return values for the fields of an event, as the player would report them."""
    values: dict[str, Any] = {"range.before": MAX_BEFORE, "range.after": MAX_AFTER}
    track = player.track
    if track is not None and not name.startswith("SpeechSynthesizer."):
        values |= {"token": track.token, "offsetInMilliseconds": track.offset, "audioItemId": track.item_id}
        values |= {f"audioStream.{part}": value for part, value in track.stream.items()}
    return {field: _shown(value) for field, value in values.items()}


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _page(
    version: Version,
    conversation: Conversation,
    name: str,
    given: dict[str, str],
    problems: Mapping[str, str] = NOTHING,
) -> str:
    names = _names(version)
    inputs: list[Input] = event_inputs(name) if name in names else []
    return extension_page(
        "event",
        version,
        conversation=conversation,
        names=names,
        name=name if name in (*names, OTHER) else "",
        inputs=inputs,
        given=given,
        problems=problems,
        OTHER=OTHER,
    )
