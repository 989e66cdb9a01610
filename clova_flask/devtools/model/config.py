"""``model.toml``: the parts of a model that have no file in the exchange format."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...errors import ModelError, nearest
from ...findings import Place
from ...settings import LANGUAGES
from ...texts.templated import Templated
from .findings import raise_all
from .objects import InteractionModel
from .text import decode, write_back

CONFIG_NAME = "model.toml"

_TEXTS = ("extension_id", "language")
_LISTS = ("invocation_names", "built_in_intents", "built_in_slot_types")
KEYS = (*_TEXTS, *_LISTS)
"""The keys of the file, which are the fields of :class:`InteractionModel`."""


def read_config(data: bytes, path: Path | None = None) -> InteractionModel:
    """Read ``model.toml`` as a model without intents and slot types.

    :param data: the file's bytes.
    :param path: where it was read from.
    :raises ModelError: with every problem of the file.
    """
    text = decode(data, path)
    if not text.strip():
        raise ModelError(
            Templated("The file is empty. Write %(names)s into it.", names=", ".join(KEYS)), path
        )
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError is a ValueError
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else len(text.splitlines())
        raise ModelError(
            Templated("The file is not valid TOML: %(error)s.", error=error), path, line
        ) from None
    problems = ((key, _problem(key, value)) for key, value in values.items())
    raise_all([ModelError(found, path, _line_of_key(text, key)) for key, found in problems if found])
    fields: dict[str, Any] = {k: v if isinstance(v, str) else tuple(v) for k, v in values.items()}
    return InteractionModel(**fields, source=data)


def write_config(model: InteractionModel) -> bytes:
    """Write ``model.toml``; one that was read and not changed is written byte for byte, with its comments.

    :raises ModelError: the model has a value that cannot be written.
    """
    return write_back(model, _lines(model), read_config, _content)


def config_place(model: InteractionModel, word: str | None = None) -> Place:
    """Return the place of a quoted word in the model's ``model.toml``; without a word, the file."""
    path = model.folder / CONFIG_NAME if model.folder else None
    return Place(path=path, line=0 if word is None else line_of(model, word))


def line_of(model: InteractionModel, word: str) -> int:
    """Return the number of the line of ``model.toml`` that has a quoted word, from 1; 0 for none."""
    lines = model.source.decode("utf-8-sig", errors="replace").splitlines()
    quoted = (f'"{word}"', f"'{word}'")
    return next((n for n, line in enumerate(lines, start=1) if any(q in line for q in quoted)), 0)


def _problem(key: str, value: Any) -> str | None:
    if key not in KEYS:
        return Templated(
            "%(key)s is not a key of %(config_name)s.%(hint)s",
            key=repr(key),
            config_name=CONFIG_NAME,
            hint=nearest(key, KEYS, or_list=True),
        )
    if key in _TEXTS and not isinstance(value, str):
        return Templated(
            '%(key)s must be a string, not %(value)s. Write %(key)s = "…".', key=key, value=repr(value)
        )
    if key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        return Templated(
            '%(key)s must be a list of strings, not %(value)s. Write %(key)s = ["…"].',
            key=key,
            value=repr(value),
        )
    if key == "language" and value not in LANGUAGES:
        return Templated(
            "language must be one of %(names)s, not %(value)s.", names=", ".join(LANGUAGES), value=repr(value)
        )
    return None


def _line_of_key(text: str, key: str) -> int:
    match = re.search(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 0


def _lines(model: InteractionModel) -> Iterator[str]:
    for key in _TEXTS:
        yield f"{key} = {_quoted(getattr(model, key))}"
    for key in _LISTS:
        items = getattr(model, key)
        if len(items) < 3:
            yield f"{key} = [{', '.join(map(_quoted, items))}]"
        else:
            yield f"{key} = ["
            yield from (f"    {_quoted(item)}," for item in items)
            yield "]"


def _quoted(text: str) -> str:
    # TOML's basic strings are JSON's, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _content(model: InteractionModel) -> object:
    return [getattr(model, key) for key in KEYS]
