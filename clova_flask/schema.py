"""The marshmallow base of every message schema.

Keys are camelCase on the wire and snake_case in Python; what a schema does not know is kept in the
object's ``extra``; a schema with a ``model`` loads to that class. The rules of this base are declarative,
so that :mod:`clova_flask.compiled` can honour them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from marshmallow import EXCLUDE, RAISE, Schema, fields, post_dump, post_load, pre_load

NOTHING: Mapping[str, Any] = MappingProxyType({})
"""The ``extra`` of an object whose message held nothing unknown."""


def camel_case(name: str) -> str:
    """``pizza_type`` → ``pizzaType``."""
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)


def snake_case(name: str) -> str:
    """``pizzaType`` and ``PizzaType`` → ``pizza_type``."""
    spaced = re.sub(r"(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z])(?=[a-z])", r"_\1\2", name)
    return re.sub(r"[^\w]+", "_", spaced).lower()


class MessageSchema(Schema):
    """A message or a part of one that CEK sends: known fields checked, unknown ones kept.

    Null is the same as missing: traffic writes either, and a field has one default for both.

    :cvar model: the class an object of this schema becomes; None leaves a dict.
    :cvar aliases: wire keys read in place of another that is missing or empty, ``{"intent": "name"}``.
    """

    model: Any = None
    aliases: ClassVar[Mapping[str, str]] = {}

    class Meta:
        unknown = EXCLUDE  # make_object collects them from the original

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give the field its wire name."""
        if field_obj.data_key is None:
            field_obj.data_key = camel_case(field_name)

    @pre_load
    def normalise(self, data: Any, **_: Any) -> Any:
        """Drop nulls, and read a field from the key that older traffic used for it."""
        if not isinstance(data, Mapping):
            return data
        present = {key: value for key, value in data.items() if value is not None}
        for alias, name in self.aliases.items():
            if not present.get(name) and alias in present:
                present[name] = present[alias]
        return present

    @post_load(pass_original=True)
    def make_object(self, data: dict[str, Any], original: Any, **_: Any) -> Any:
        """Build the model, with what the schema does not know in ``extra``."""
        if self.model is None:
            return data
        known = {field.data_key for field in self.load_fields.values()} | set(self.aliases)
        extra = {key: value for key, value in original.items() if key not in known}
        return self.model(**data, extra=extra or NOTHING)

    @post_dump(pass_original=True)
    def restore(self, data: dict[str, Any], original: Any, **_: Any) -> dict[str, Any]:
        """Leave out what was never there, and put back what the schema does not know."""
        present = {key: value for key, value in data.items() if value is not None}
        return {**present, **getattr(original, "extra", NOTHING)}


class StrictSchema(Schema):
    """A message or a part of one that an extension sends: nothing unknown, nothing guessed."""

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give the field its wire name."""
        if field_obj.data_key is None:
            field_obj.data_key = camel_case(field_name)


def describe(messages: Any, path: str = "") -> Iterator[str]:
    """Turn marshmallow's nested error messages into lines that name a path each.

    :param messages: ``ValidationError.messages`` or a part of it.
    :param path: the path that part is at, ``response.directives[0]``.
    :return: ``response.card: Missing data for required field.``, one line a fault.
    """
    if isinstance(messages, dict):
        for key, inner in messages.items():
            step = f"[{key}]" if isinstance(key, int) else f".{key}" if path else str(key)
            yield from describe(inner, path if key == "_schema" else path + step)
    else:
        for text in messages if isinstance(messages, list) else [messages]:
            yield f"{path}: {text}" if path else str(text)
