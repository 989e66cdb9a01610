"""What two browsers have changed at once: what a page showed, and what is stored now, field by field."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app

from ..fields.rows import Field, Kind, Step, Values

_LENGTH = 12
"""Characters of the digest of a field."""


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What was changed elsewhere since a page was shown.

    :ivar open: the names of fields that were changed both elsewhere and here; the user chooses.
    :ivar left: those that were changed elsewhere alone, which stay as they are stored.
    """

    open: frozenset[str]
    left: frozenset[str]


def seen_of(step: Step, values: Values) -> str:
    """Return digests of what is stored of a step's fields, which tell whether one of them has changed.

    They are made with the console's key: one of the fields is a secret.
    """
    return " ".join(_digest(row, _value_of(row, values)) for row in step.fields)


def meanwhile(step: Step, stored: Values, entered: Values, seen: str) -> Meanwhile:
    """Compare what was entered, what the page had shown, and what is stored now.

    :param seen: what :func:`seen_of` had returned.
    """
    shown = seen.split(" ")
    before = dict(zip((row.name for row in step.fields), shown, strict=False)) if seen else {}
    changed = [row for row in step.fields if before.get(row.name) != _digest(row, _value_of(row, stored))]
    differing = [row for row in changed if _differ(row, stored, entered)]
    left = {row.name for row in differing if _digest(row, entered[row.name]) == before.get(row.name)}
    return Meanwhile(frozenset(row.name for row in differing) - left, frozenset(left))


def _differ(row: Field, stored: Values, entered: Values) -> bool:
    if row.name not in entered:
        return False
    return bool(_plain(row, entered[row.name]) != _plain(row, _value_of(row, stored)))


def _value_of(row: Field, values: Values) -> Any:
    return values.get(row.name, row.default)


def _plain(row: Field, value: Any) -> Any:
    """Return a value so that nothing entered is nothing stored."""
    if row.kind is Kind.AGREED:
        return bool(value)
    return None if value in ("", [], {}) else value


def _digest(row: Field, value: Any) -> str:
    text = json.dumps(_plain(row, value), ensure_ascii=False, sort_keys=True)
    key = str(current_app.secret_key).encode()
    return hmac.new(key, text.encode(errors="replace"), hashlib.sha256).hexdigest()[:_LENGTH]


def chosen(entered: Mapping[str, Any], taken: Mapping[str, str]) -> dict[str, Any]:
    """Leave out the fields of which the user takes what is stored: ``take-NAME`` is ``stored``."""
    return {name: value for name, value in entered.items() if taken.get(f"take-{name}") != "stored"}
