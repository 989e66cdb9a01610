"""What to write instead of options of ``@clova.intent`` that other libraries have.

Only who makes such a mistake waits for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import nearest

_OPTIONS = {
    "mapping": "slots={}: the slot of each parameter; pizza_type needs none for pizzaType",
    "convert": "annotations, as in def order(amount: int)",
    "default": "defaults, as in def order(amount=1)",
}
"""Options of flask-ask and flask-clova, and what they are here."""

_KNOWN = ("state", "slots", "prompts")


def explain_option(given: Mapping[str, Any]) -> str:
    """Write what to do about an argument that ``@clova.intent`` does not have."""
    name, value = next(iter(given.items()))
    if name in _OPTIONS:
        return f"@clova.intent has no {name}=. Write {_OPTIONS[name].format(repr(value))}."
    return f"{name!r} is not an argument of @clova.intent.{nearest(name, _KNOWN, or_list=True)}"
