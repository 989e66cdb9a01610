"""``model.toml`` with its comments, when a value of it changes."""

from __future__ import annotations

import codecs
from collections import Counter
from typing import Any

import tomlkit
from tomlkit.items import Array

from ...model.config import KEYS, read_config
from ...model.objects import InteractionModel


def with_comments(source: bytes, model: InteractionModel) -> bytes:
    """Write the values of a model into its ``model.toml``; all that is not changed stays as it is.

    :param source: the file as it is.
    :raises ModelError: it cannot be read.
    """
    before = read_config(source)
    mark = codecs.BOM_UTF8 if source.startswith(codecs.BOM_UTF8) else b""
    document = tomlkit.parse(source.decode("utf-8-sig"))
    for key in KEYS:
        old, new = getattr(before, key), getattr(model, key)
        if isinstance(new, str) and new != old:
            document[key] = new
        elif new != old:
            document[key] = _changed(document.get(key), list(new))
    return mark + tomlkit.dumps(document).encode()


def _changed(array: Any, new: list[str]) -> Any:
    """Change a list in its place, so that the comments of what stays in it stay."""
    if not isinstance(array, Array):
        return new
    for word, count in (Counter(map(str, array)) - Counter(new)).items():
        for _time in range(count):
            array.remove(word)
    for word in (Counter(new) - Counter(map(str, array))).elements():
        array.append(word)
    return array if list(map(str, array)) == new else new
