"""The names of a model's files, and the intents and slot types that they are of.

A console's download of an intent is named ``<extension id>_intent_<IntentName>.tsv``: the intent is what
follows ``_intent_``. A file of the developer's own is named after its intent or slot type alone.
"""

from __future__ import annotations

import unicodedata

from ...errors import ModelError
from ...texts.templated import Templated
from .objects import CustomIntent, CustomSlotType

_INTENT = "_intent_"

_MAX_NAME_SIZE = 200  # bytes that every file system has room for


def intent_name(file: str, extension_id: str = "") -> str:
    """Return the intent that a file is of.

    :param file: its name, ``com.example.pizzabot_intent_OrderPizza.tsv`` or ``OrderPizza.tsv``.
    :param extension_id: the model's; with one, an intent of yours may be named ``set_intent_value``.
    """
    stem = _stem(file)
    own = f"{extension_id}{_INTENT}"
    if extension_id and stem.startswith(own) and stem != own:
        return stem.removeprefix(own)
    before, _, name = stem.partition(_INTENT)
    # The id of an extension is a domain name; one that is copied may have kept the files of the other.
    is_console_name = not extension_id or not before or "." in before
    return name if name and is_console_name else stem


def slot_type_name(file: str) -> str:
    """Return the slot type that a file is of."""
    return _stem(file)


def intent_file(intent: CustomIntent, extension_id: str) -> str:
    """Return the name of an intent's file: the one that it was read from, else one that is read as its.

    :raises ModelError: the name of the intent cannot be the name of a file.
    """
    if intent.path is not None and intent_name(intent.path.name, extension_id) == intent.name:
        return intent.path.name
    file = _file_name(intent.name)
    return file if intent_name(file, extension_id) == intent.name else _file_name(f"{_INTENT}{intent.name}")


def slot_type_file(slot_type: CustomSlotType) -> str:
    """Return the name of a slot type's file.

    :raises ModelError: the name of the slot type cannot be the name of a file.
    """
    return _file_name(slot_type.name)


def _stem(file: str) -> str:
    stem = file[:-4] if file.lower().endswith(".tsv") else file
    # Some systems decompose the letters of file names, Korean and Japanese ones too.
    return unicodedata.normalize("NFC", stem)


def _file_name(name: str) -> str:
    if not name or name.startswith(".") or set(name) & set('/\\:*?"<>|\0\n\r\t'):
        raise ModelError(
            Templated(
                "%(name)s cannot be the name of a file. Use letters, digits, '_' and '.'.", name=repr(name)
            )
        )
    if len(name.encode(errors="replace")) > _MAX_NAME_SIZE or not name.isprintable():
        raise ModelError(
            Templated(
                "%(name)s… cannot be the name of a file. Use a shorter name of letters and digits.",
                name=repr(name[:40]),
            )
        )
    return f"{name}.tsv"
