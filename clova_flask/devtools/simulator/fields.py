"""Fields as they are typed: ``brightness=50 color={"hue": 120}``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from ...texts.templated import Templated


def split_fields(text: str) -> list[str]:
    """Split a line of ``FIELD=VALUE`` pairs; a value reaches up to the next ``FIELD=``.

    Quotes around a value, as a shell needs them, are dropped.
    """
    pairs = re.split(r"\s+(?='?[^\W\d]\w*=)", text.strip()) if text.strip() else []
    return [re.sub(r"\A(\w+=)?'(\w+=)?(.*)'\Z", r"\1\2\3", pair, flags=re.DOTALL) for pair in pairs]


def parse_fields(pairs: Iterable[str]) -> dict[str, Any]:
    """Parse ``FIELD=VALUE`` pairs; a value that is not JSON is text.

    :raises ValueError: one is not such a pair.
    """
    fields: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise ValueError(Templated("%(pair)s must have the form FIELD=VALUE.", pair=repr(pair)))
        try:
            fields[key] = json.loads(text)
        except ValueError:
            fields[key] = text
    return fields
