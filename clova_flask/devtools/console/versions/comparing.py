"""What differs between two versions of an extension: their fields and their interaction models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...model.diff import Change, diff_models
from ..fields.rows import Field, Kind, Step, Values
from ..fields.tables import CUSTOM, form_of
from ..models.store import differing_models
from ..records import Version
from ..texts import _


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two versions fill in differently.

    :ivar before: its value in the first, as lines of text; a digest for an image.
    :ivar after: its value in the second, likewise.
    """

    step: Step
    field: Field
    before: tuple[str, ...]
    after: tuple[str, ...]


def differing_fields(first: Version, second: Version) -> list[Difference]:
    """List the fields that differ, in the order of the form.

    Of what is secret it is only told that it differs.
    """
    extension = first.extension
    return [
        Difference(step, row, lines_of(row, first.values), lines_of(row, second.values))
        for step in form_of(extension.kind, extension.platform)
        for row in step.fields
        if row.kind is not Kind.SHOWN
        and (first.values.get(row.name) or None) != (second.values.get(row.name) or None)
    ]


def model_changes(first: Version, second: Version) -> list[Change]:
    """List the differences of the interaction models; none for Clova Home, which has no model."""
    if first.extension.kind != CUSTOM:
        return []
    return diff_models(*differing_models(first, second))


def lines_of(row: Field, values: Values) -> tuple[str, ...]:
    """Write the value of a field as lines of text; none where it is not filled in."""
    value = values.get(row.name)
    if value in (None, "", [], {}):
        return ()
    return _WRITERS.get(row.kind, _text)(row, value)


def _text(row: Field, value: Any) -> tuple[str, ...]:
    return tuple(str(value).splitlines())


def _secret(row: Field, value: Any) -> tuple[str, ...]:
    return ("••••••••",)


def _list(row: Field, value: list[str]) -> tuple[str, ...]:
    return tuple(value)


def _yes_no(row: Field, value: bool) -> tuple[str, ...]:
    return (_("Yes") if value else _("No"),)


def _choices(row: Field, value: Any) -> tuple[str, ...]:
    labels: dict[str, str] = dict(row.choices)
    chosen: list[str] = value if isinstance(value, list) else [value]
    return tuple(_(labels.get(one, one)) for one in chosen)


def _appliances(row: Field, value: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(
        f"{one['type']}: {', '.join(model['name'] for model in one.get('models', ()) if model['name'])}"
        for one in value
    )


def _push(row: Field, value: dict[str, Any]) -> tuple[str, ...]:
    texts = [message["text"] for message in value.get("messages") or ()]
    key = (f"{_('API key')}: ••••••••",) if value.get("key") else ()
    return (*_yes_no(row, bool(value.get("use"))), *key, *texts)


_WRITERS: dict[Kind, Callable[[Field, Any], tuple[str, ...]]] = {
    Kind.SECRET: _secret,
    Kind.TEXTS: _list,
    Kind.LINES: _list,
    Kind.YES_NO: _yes_no,
    Kind.AGREED: _yes_no,
    Kind.CHOICE: _choices,
    Kind.CHOICES: _choices,
    Kind.APPLIANCES: _appliances,
    Kind.PUSH: _push,
}
