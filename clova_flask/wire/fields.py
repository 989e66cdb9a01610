"""The marshmallow fields of the protocol's own shapes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from marshmallow import Schema, ValidationError, fields

from ..errors import nearest

if TYPE_CHECKING:
    Field = fields.Field[Any]
else:
    Field = fields.Field  # no generic in marshmallow 3


class Number(Field):
    """A JSON number, kept as it is: ``1`` stays an int and ``1.5`` a float.

    :param lenient: also take a number in a string, as some traffic writes it.
    """

    default_error_messages = {"invalid": "Not a number."}

    def __init__(self, *, lenient: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.lenient = lenient

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> int | float:
        if self.lenient and isinstance(value, str):
            value = _number_in(value)
        if not _is_number(value):
            raise self.make_error("invalid")
        return cast("int | float", value)


def _number_in(text: str) -> int | float | None:
    if re.fullmatch(r"\s*[-+]?\d{1,300}\s*", text):
        return int(text)
    try:
        return float(text)
    except ValueError:
        return None


def _is_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


class StrictBoolean(Field):
    """``true`` or ``false``; not ``1`` and not ``"yes"``."""

    default_error_messages = {"invalid": "Not true or false."}

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> bool:
        if isinstance(value, bool):
            return value
        raise self.make_error("invalid")


class Object(Field):
    """Any JSON object, as it is."""

    default_error_messages = {"invalid": "Not an object."}

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        raise self.make_error("invalid")


class Polymorphic(Field):
    """An object whose schema is chosen by one of its own keys.

    :param key: the wire key that tells, ``"type"``.
    :param schemas: the schema for each of its values.
    :param default: the schema for any other value; None refuses it.
    :param empty: take ``{}`` as it is.
    """

    default_error_messages = {"invalid": "Not an object."}

    def __init__(
        self,
        key: str,
        schemas: Mapping[str, type[Schema]],
        *,
        default: type[Schema] | None = None,
        empty: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.key = key
        self.empty = empty
        self.schemas = {name: schema() for name, schema in schemas.items()}
        self.otherwise = default() if default else None

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        if self.empty and not value:
            return value
        return self._choose(value.get(self.key)).load(value)

    def _choose(self, name: Any) -> Schema:
        if not isinstance(name, str):
            raise ValidationError({self.key: ["Missing, or not a string."]})
        schema = self.schemas.get(name, self.otherwise)
        if schema is None:
            known = ", ".join(self.schemas)
            text = f"{name!r} is not one of {known}.{nearest(name, self.schemas)}"
            raise ValidationError({self.key: [text]})
        return schema


class MapOf(Field):
    """An object that maps names to objects of one schema; entries that are null are dropped.

    :param schema: the schema of the entries.
    :param name_key: the entry's wire key that repeats its name, filled in when missing.
    """

    default_error_messages = {"invalid": "Not an object."}

    def __init__(self, schema: type[Schema], *, name_key: str, **options: Any) -> None:
        super().__init__(**options)
        self.schema = schema()
        self.name_key = name_key

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.make_error("invalid")
        loaded, errors = {}, {}
        for name, entry in value.items():
            try:
                if entry is not None:
                    loaded[name] = self.schema.load(self._named(name, entry))
            except ValidationError as error:
                errors[name] = error.messages
        if errors:
            raise ValidationError(errors)
        return loaded

    def _named(self, name: str, entry: Any) -> Any:
        if isinstance(entry, dict) and not entry.get(self.name_key):
            return {**entry, self.name_key: name}
        return entry


class Either(Field):
    """A value that one of several fields accepts.

    :param choices: the fields; what is wrong with a value is told by the first.
    """

    def __init__(self, choices: Sequence[fields.Field[Any]], **options: Any) -> None:
        super().__init__(**options)
        self.choices = choices

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        first, *others = self.choices
        try:
            return first.deserialize(value, attr, data)
        except ValidationError:
            for other in others:
                try:
                    return other.deserialize(value, attr, data)
                except ValidationError:
                    continue
            raise


class Scalar(Field):
    """A value that is text, or a number that is read as the text it would be."""

    default_error_messages = {"invalid": "Not text and not a number."}

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> str:
        if isinstance(value, str):
            return value
        if _is_number(value):
            return str(value)
        raise self.make_error("invalid")


class NumberOrString(Field):
    """A number or text, as it is."""

    default_error_messages = {"invalid": "Not a number and not text."}

    def _deserialize(self, value: Any, attr: Any, data: Any, **_: Any) -> Any:
        if isinstance(value, str) or _is_number(value):
            return value
        raise self.make_error("invalid")
