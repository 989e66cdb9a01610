"""Rows of the protocol's tables: written compactly, and parsed once, when their table is imported.

A row is ``path: "kind"``. The path is the protocol's own: ``audioItem.titleText``, ``controls[].name``, with
``[]`` after a list, and ``audioStream|stream`` for a field that the guides' examples name otherwise. The kind
is ``string``, ``number``, ``boolean``, ``object``, ``any``, ``number|string``, or the name of a shared
object; ``!`` after it makes the field required; the values that it may have follow after a space:
``string! list|single``. Of several kinds, ``Mode|PreviousMode``, the first is the table's, and the others are
those of the guides' examples; the values belong to the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from .names import snake_case
from .objects import NOTHING

Rows = Mapping[str, str]

PLAIN = frozenset({"string", "number", "boolean", "object", "any", "number|string"})
"""Kinds that are not shared objects."""

_ROW = re.compile(r"(?P<kind>[A-Za-z|]+)(?P<required>!)?(?: (?P<choices>.+))?")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object of the protocol: one row of its table.

    :ivar name: its name on the wire, ``targetTemperature``.
    :ivar python_name: its name in Python, ``target_temperature``.
    :ivar kind: ``string``, ``number``, ``boolean``, ``object``, ``any``, ``number|string``, or the name of a
        shared object, ``Temperature``; of a list, the kind of its items.
    :ivar required: whether it must be there.
    :ivar many: whether it is a list.
    :ivar choices: the values that it, or the ``value`` in it, may have; empty when any will do.
    :ivar aliases: other names on the wire, under which the guides' examples have it.
    :ivar others: the field as the guides' examples have it, where that is another kind of value.
    :ivar shape: the fields of the object that it is; None for a plain value, and for an object of any fields.
    :ivar value: the field ``value`` of an object that holds nothing else; Python sees the value itself.
    :ivar scalar: the kind of the plain value that Python sees, without an object around it; None for an
        object.
    """

    name: str
    python_name: str
    kind: str
    required: bool = False
    many: bool = False
    choices: tuple[str | int, ...] = ()
    aliases: tuple[str, ...] = ()
    others: tuple[Field, ...] = ()
    shape: Shape | None = None
    value: Field | None = field(init=False)
    scalar: str | None = field(init=False)

    def __post_init__(self) -> None:
        value = self.shape.lone_value if self.shape is not None else None
        scalar = self.kind if self.shape is None else getattr(value, "kind", None)
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "scalar", scalar)


class Shape(tuple[Field, ...]):
    """The fields of one object, in the order of its table.

    :ivar by_name: the fields by their names on the wire.
    :ivar by_python_name: the fields by their names in Python, and by those of their aliases.
    :ivar names: the fields by either, and by a short name where no other field has it: ``battery`` for
        ``battery_info``.
    :ivar lone_value: the field ``value``, when there is no other.
    :ivar lone_required: the required field, when there is exactly one.
    """

    by_name: Mapping[str, Field]
    by_python_name: dict[str, Field]
    names: Mapping[str, Field]
    lone_value: Field | None
    lone_required: Field | None

    def __new__(cls, fields: Iterable[Field] = ()) -> Self:
        """Make a shape of fields."""
        shape = super().__new__(cls, fields)
        shape.by_name = {field.name: field for field in shape}
        shape.by_python_name = {snake_case(name): field for field in shape for name in field.aliases}
        shape.by_python_name |= {field.python_name: field for field in shape}
        short = {name.removesuffix("_info"): field for name, field in shape.by_python_name.items()}
        shape.names = {**short, **shape.by_python_name, **shape.by_name}
        shape.lone_value = shape[0] if len(shape) == 1 and shape[0].name == "value" else None
        required = [field for field in shape if field.required]
        shape.lone_required = required[0] if len(required) == 1 else None
        return shape

    def renamed(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return values with each alias replaced by the name of its field; the same where there is none."""
        names = {alias: field.name for field in self for alias in field.aliases if field.name not in values}
        if names.keys().isdisjoint(values):
            return values
        return {names.get(key, key): value for key, value in values.items()}

    def __repr__(self) -> str:
        return f"Shape({', '.join(self.by_name)})"


NO_FIELDS = Shape()


def parse_rows(rows: Rows, shared: Mapping[str, Shape]) -> Shape:
    """Parse the rows of one object.

    :param rows: by path; the rows of an inner object follow under its path.
    :param shared: the objects that the rows may name.
    :raises ValueError: a row cannot be parsed.
    """
    if not rows:
        return NO_FIELDS
    inner: dict[str, dict[str, str]] = {}
    for path, row in rows.items():
        head, dot, rest = path.partition(".")
        if dot:
            inner.setdefault(head, {})[rest] = row
    return Shape(
        _parse_row(path, row, parse_rows(inner[path], shared) if path in inner else None, shared)
        for path, row in rows.items()
        if "." not in path
    )


def parse_objects(tables: Mapping[str, Rows], shared: Mapping[str, Shape] = NOTHING) -> dict[str, Shape]:
    """Parse the rows of objects by name; each may also name those before it.

    :param shared: further objects that the rows may name.
    """
    shapes: dict[str, Shape] = {}
    for name, rows in tables.items():
        shapes[name] = parse_rows(rows, {**shared, **shapes})
    return shapes


def _parse_row(path: str, row: str, inner: Shape | None, shared: Mapping[str, Shape]) -> Field:
    match = _ROW.fullmatch(row)
    kind, *others = _kinds(match["kind"]) if match else ["none"]
    if match is None or not all(kind in PLAIN or kind in shared for kind in (kind, *others)):
        raise ValueError(f"{path}: {row!r} is not a valid row.")
    shape = inner or shared.get(kind)
    choices = _parse_choices(kind, shape, match["choices"])
    value = shape.lone_value if shape is not None else None
    if value is not None and choices:
        shape = Shape([replace(value, choices=choices)])
    elif value is not None:
        choices = value.choices
    plain = path.removesuffix("[]")
    name, *aliases = plain.split("|")
    return Field(
        name=name,
        python_name=snake_case(name),
        kind=kind,
        required=match["required"] is not None,
        many=plain != path,
        choices=choices,
        aliases=tuple(aliases),
        others=tuple(_parse_row(path, other, None, shared) for other in others),
        shape=shape,
    )


def _kinds(text: str) -> list[str]:
    return [text] if text in PLAIN else text.split("|")


def _parse_choices(kind: str, shape: Shape | None, text: str | None) -> tuple[str | int, ...]:
    if not text:
        return ()
    value = shape.lone_value if shape is not None else None
    is_number = (value.kind if value is not None else kind) == "number"
    return tuple(int(choice) if is_number else choice for choice in text.split("|"))
