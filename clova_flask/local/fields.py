"""Fields as they are typed: ``brightness=50 color={"hue": 120}``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any


def parse_fields(pairs: Iterable[str]) -> dict[str, Any]:
    """Read ``FIELD=VALUE`` pairs; a value is JSON, or else text.

    :raises ValueError: one is no pair.
    """
    fields: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise ValueError(f"{pair!r} is no FIELD=VALUE.")
        try:
            fields[key] = json.loads(text)
        except ValueError:
            fields[key] = text
    return fields
