"""A conversation of the history, as a transcript."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import tzinfo

from ....platforms import PLATFORMS
from ....settings.zones import zone
from ...simulator.dialog_writing import Said, Written, write_dialog
from ...simulator.reply import Reply
from ...simulator.talk import Kind
from ..attached.process import attached_app
from ..displayed import parsed
from ..records import Extension
from ..testing.turn_records import MESSAGE, Turn

MAX_TURNS = 500
"""Turns of a conversation that are written; what is said first stands for the rest."""


def written(turns: Iterable[Turn], extension: Extension) -> Written:
    """Write a conversation as a transcript."""
    users_zone = zone(PLATFORMS[extension.platform].timezone)
    return write_dialog(_lines(turns, users_zone), extension=_name_in_app(extension.extension_id))


def file_name(turns: Iterable[Turn]) -> str:
    """Return a name for the file: that of the first intent."""
    first = next((turn.intent for turn in turns if turn.intent), "launch")
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[^\w]+", "-", first).strip("-").lower()
    return f"{words[:60] or 'dialog'}.dialog.yaml"


def _name_in_app(extension_id: str) -> str:
    """Return the extension's name, where the app beside has several and so a transcript has to tell."""
    attached = attached_app()
    described = attached.described() if attached else []
    if len({one.name for one in described}) < 2:
        return ""
    return next((one.name for one in described if one.extension_id == extension_id), "")


def _lines(turns: Iterable[Turn], users_zone: tzinfo) -> Iterator[Said]:
    group: list[Turn] = []
    for turn in turns:
        if turn.line and group:
            yield _said(group, users_zone)
            group = []
        if turn.line or group:  # what was sent by hand before anything was said is no line
            group.append(turn)
    if group:
        yield _said(group, users_zone)


def _said(group: list[Turn], users_zone: tzinfo) -> Said:
    first = group[0]
    messages = [turn for turn in group if turn.kind == MESSAGE]
    return Said(
        first.line,
        first.at.astimezone(users_zone),
        reply_of(first) if first.kind == MESSAGE else None,
        any(turn.has_errors for turn in messages),
        first.kind != Kind.PROBLEM,
    )


def reply_of(turn: Turn) -> Reply:
    """Return the answer of a turn, to be read."""
    return Reply(turn.request, turn.status, parsed(turn.answer), turn.answer)
