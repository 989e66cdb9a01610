"""What tags of numbers and units enclose: LINE has types for units alone, and for numbers with their units.

From LINE's guide on built-in slot types.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Finding, Place
from ...texts.templated import Templated
from .objects import CustomIntent

_UNITS = ("CLOVA.UNIT", "CLOVA.UNIT_")
_WITH_UNITS = frozenset(
    f"CLOVA.{name}"
    for name in (
        "GENERIC_NUMBER", "AREA", "INFORMATION", "LENGTH", "MONEY", "SPEED", "TEMPERATURE", "VOLUME", "WEIGHT"
    )
)  # fmt: skip
"""Types of a number with its unit; of a ratio either may be in a word, as in 半分."""


def check_tag_spans(intent: CustomIntent, regions: frozenset[str]) -> Iterator[Finding]:
    """Check the phrases of slots for numbers and units."""
    for expression in intent.expressions if regions == {"JP"} else ():
        for part in expression.parts:
            type_ = intent.slot_type(part.slot) if part.slot is not None else None
            problem = _problem(type_, part.text) if type_ else ""
            if problem:
                message = Templated(
                    "<%(slot)s> encloses %(text)s, but %(kind)s %(problem)s.",
                    slot=part.slot,
                    text=repr(part.text),
                    kind=type_,
                    problem=problem,
                )
                yield Finding("model.tag-span", message, Place(path=intent.path, line=expression.line))


def _problem(type_: str, phrase: str) -> str:
    numeric = [char.isnumeric() for char in phrase if not char.isspace() and char not in ".,"]
    if type_ == _UNITS[0] or type_.startswith(_UNITS[1]):
        return Templated("is for the unit alone") if any(numeric) else ""
    if type_ in _WITH_UNITS and (all(numeric) or not any(numeric)):
        return Templated("is for a number with its unit")
    return ""
