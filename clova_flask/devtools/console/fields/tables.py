"""The consoles' forms, by kind of extension and platform."""

from __future__ import annotations

from .home import NAVER_HOME
from .line import LINE_CUSTOM
from .naver import NAVER_CUSTOM
from .rows import Field, Step
from .shared import LINE, NAVER

CUSTOM = "custom"
HOME = "home"

FORMS: dict[tuple[str, str], tuple[Step, ...]] = {
    (CUSTOM, NAVER): NAVER_CUSTOM,
    (CUSTOM, LINE): LINE_CUSTOM,
    (HOME, NAVER): NAVER_HOME,
}
"""The steps of each form, by kind of extension and platform. LINE's console takes no Clova Home extension."""


def form_of(kind: str, platform: str) -> tuple[Step, ...]:
    """Return the steps of a form."""
    return FORMS[kind, platform]


def fields_of(kind: str, platform: str) -> dict[str, Field]:
    """Return all fields of a form by name."""
    return {field.name: field for step in form_of(kind, platform) for field in step.fields}
