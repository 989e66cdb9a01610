"""The invocation names of a form, as a model has them: a list in the order of the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..fields.checks import problem_of
from ..fields.rows import Field
from ..fields.shared import LINE
from ..fields.tables import fields_of, form_of
from ..records import Version
from ..texts import _


def names_of(version: Version) -> tuple[str, ...]:
    """Return the invocation names that are entered, the main one first."""
    values = version.values
    if values.get("invocation_name"):
        return (values["invocation_name"], *filter(None, values.get("sub_invocation_names") or ()))
    return tuple(filter(None, values.get("invocation_names") or ()))


def field_of_names(version: Version) -> tuple[str, Field]:
    """Return the field that the main name is entered in, after the name of its step."""
    extension = version.extension
    (name, *_others) = as_values(extension.platform, ("",))
    steps = form_of(extension.kind, extension.platform)
    return next((step.name, field) for step in steps for field in step.fields if field.name == name)


def as_values(platform: str, names: Sequence[str]) -> dict[str, Any]:
    """Return names as values of the form's fields; nothing where there are none."""
    if not names:
        return {}
    if platform == LINE:
        return {"invocation_name": names[0], "sub_invocation_names": list(names[1:])}
    return {"invocation_names": list(names)}


def problem_of_names(version: Version, names: Sequence[str]) -> str:
    """Tell why names cannot be those of the form; empty where they can."""
    extension = version.extension
    fields = fields_of(extension.kind, extension.platform)
    for name, value in as_values(extension.platform, names).items():
        problem = problem_of(fields[name], value)
        if problem:
            return f"{_(fields[name].label)}: {problem}"
    return ""


def store_names(version: Version, names: Sequence[str]) -> None:
    """Put names into the form; committed by the caller."""
    empty = dict.fromkeys(as_values(version.extension.platform, ("",)))
    version.values = {**version.values, **empty, **as_values(version.extension.platform, names)}
