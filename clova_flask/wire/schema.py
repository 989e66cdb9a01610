"""The marshmallow bases of the message schemas.

Keys are camelCase on the wire and snake_case in Python. Fields that a schema does not know are kept in the
object's ``extra``. A schema with a ``model`` loads to that class. These rules are class attributes, so that
:mod:`clova_flask.wire.compiler` can follow them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

from marshmallow import EXCLUDE, RAISE, Schema, fields, post_load, pre_load

from .names import camel_case
from .objects import NOTHING


class MessageSchema(Schema):
    """A message or a part of one that CEK sends: known fields are checked, unknown ones kept.

    Null is the same as missing: traffic has either, and a field has one default for both.

    :cvar model: the class that it loads to; a dict when None.
    :cvar aliases: wire keys that are read where another is missing or empty, ``{"intent": "name"}``.
    """

    model: Any = None
    aliases: ClassVar[Mapping[str, str]] = {}

    class Meta:
        unknown = EXCLUDE  # make_object collects them from the original
        register = False  # or a user's fields.Nested("UserSchema") would find ours as well

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Set the wire name of a field."""
        if field_obj.data_key is None:
            field_obj.data_key = camel_case(field_name)

    @pre_load
    def normalise(self, data: Any, **_: Any) -> Any:
        """Drop nulls, and read a field from the key that older traffic used."""
        if not isinstance(data, Mapping):
            return data
        present = {key: value for key, value in data.items() if value is not None}
        for alias, name in self.aliases.items():
            if not present.get(name) and alias in present:
                present[name] = present[alias]
        return present

    @post_load(pass_original=True)
    def make_object(self, data: dict[str, Any], original: Any, **_: Any) -> Any:
        """Build the model, with the fields that the schema does not know in ``extra``."""
        if self.model is None:
            return data
        known = {field.data_key for field in self.load_fields.values()} | set(self.aliases)
        extra = {key: value for key, value in original.items() if key not in known}
        return self.model(**data, extra=extra or NOTHING)


class StrictSchema(Schema):
    """A message or a part of one that an extension sends: nothing unknown, nothing guessed."""

    class Meta:
        unknown = RAISE
        register = False

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Set the wire name of a field."""
        if field_obj.data_key is None:
            field_obj.data_key = camel_case(field_name)


class FieldError(NamedTuple):
    """What is wrong with one field: its path, and marshmallow's sentence about it."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}" if self.path else self.text


def describe(messages: Any, path: str = "") -> Iterator[str]:
    """Write marshmallow's nested error messages as lines, each with the path of its field.

    :param messages: ``ValidationError.messages`` or a part of it.
    :param path: the path that part is at, ``response.directives[0]``.
    :return: lines such as ``response.card: Missing data for required field.``
    """
    return map(str, field_errors(messages, path))


def field_errors(messages: Any, path: str = "") -> Iterator[FieldError]:
    """List marshmallow's nested error messages, each with the path of its field.

    :param messages: ``ValidationError.messages`` or a part of it.
    :param path: the path that part is at, ``response.directives[0]``.
    """
    if isinstance(messages, dict):
        for key, inner in messages.items():
            yield from field_errors(inner, path if key == "_schema" else join_path(path, key))
    else:
        for text in messages if isinstance(messages, list) else [messages]:
            yield FieldError(path, str(text))


def join_path(path: str, key: Any) -> str:
    """Return the path of a field, or of an item of a list: ``response.directives[0]``."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    # A line break in a name would forge a line of the log.
    name = "".join(char if char.isprintable() else repr(char)[1:-1] for char in str(key))
    return f"{path}.{name}" if path else name


MAX_ERRORS = 10
"""Errors that a summary names."""


def summary(messages: Any) -> str:
    """Write marshmallow's error messages on one line, the first :data:`MAX_ERRORS` of them."""
    errors = list(describe(messages))
    more = [f"and {len(errors) - MAX_ERRORS} more"] if len(errors) > MAX_ERRORS else []
    return "; ".join(errors[:MAX_ERRORS] + more)
