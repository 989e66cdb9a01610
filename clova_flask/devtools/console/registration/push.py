"""Push messages of a Clova Home extension: whether they are used, the API key, and the texts with their ids.

From the guide's page on push settings. A key is made at each press of its button; ids are given when the page
is saved.
"""

from __future__ import annotations

import secrets
from typing import Any

from werkzeug.datastructures import MultiDict

from ..fields.checks import unknown_places
from ..fields.rows import Field
from ..texts import _

PREFIX = "test-msg-"
"""Of the ids before the extension has passed its review."""


def entered(row: Field, form: MultiDict[str, str], stored: Any) -> tuple[dict[str, Any], str]:
    """Read the settings.

    The page has ``use``, the button ``renew`` for the key, a button ``drop`` for each message, and ``text``
    for a new one. Where it cannot be stored, it has a tick in the place of each button that was pressed.

    :return: the value, and what is wrong with it.
    """
    before = stored or {"use": False, "key": "", "messages": []}
    messages = [one for one in before["messages"] if one["id"] not in form.getlist("drop")]
    text = form.get("text", "").replace("\r\n", "\n").strip()
    problem = _problem(row, text, messages)
    if text and not problem:
        messages.append({"id": f"{PREFIX}{secrets.token_hex(16)}", "text": text})
    key = secrets.token_hex(16) if "renew" in form else before["key"]
    return {"use": form.get("use") == "yes", "key": key, "messages": messages}, problem


def not_stored(stored: Any, value: Any) -> dict[str, Any]:
    """Return the settings to show where they could not be stored: nothing is that was made for them."""
    return {**(stored or {}), "use": (value or stored or {}).get("use", False)}


def _problem(row: Field, text: str, messages: list[dict[str, str]]) -> str:
    longest, most = row.max_length or 0, row.max_count or 0
    if len(text) > longest:
        return _(
            "This has %(count)s characters; at most %(most)s are allowed.", count=len(text), most=longest
        )
    unknown = unknown_places(text)
    if unknown:
        return _(
            "The platform puts nothing in the place of %(places)s. Only {appliance} stands for something: "
            "the device.",
            places=", ".join(unknown),
        )
    if text and len(messages) >= most:
        return _("There are %(most)s messages already. Remove one first.", most=most)
    if any(one["text"] == text for one in messages):
        return _("There is such a message already.")
    return ""
