"""What was entered in the inputs of a message."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.datastructures import MultiDict

from ...simulator.inputs import Input, put


def entered(inputs: list[Input], form: MultiDict[str, str]) -> dict[str, Any]:
    """Read what was entered, as the fields of a request; what is empty is left out.

    What is not of its kind is sent as it was entered: how an endpoint takes that is worth a test.
    """
    fields: dict[str, Any] = {}
    for one in inputs:
        text = form.get(one.name, "").strip()
        if text:
            put(fields, one, _value(one, text))
    return fields


def _value(one: Input, text: str) -> Any:
    if one.kind == "text":
        return text
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):  # no JSON, or a number that no message can have
        return text
    return value
