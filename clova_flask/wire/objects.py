"""What messages become: immutable objects that keep the fields the protocol's tables do not name.

A class declares its part of a message: :mod:`clova_flask.wire.derive` makes the schema that reads it from the
types and defaults of its fields, and from what :func:`on_wire` adds to them.

They are frozen dataclasses with slots. What a dataclass would make anew for each class, ``==``, ``hash`` and
``repr``, they inherit: to make them is a tenth of what importing the package costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from reprlib import recursive_repr
from typing import Any, Final, NamedTuple, TypeVar, dataclass_transform

from .names import camel_case


class _Nothing(dict[str, Any]):
    """An empty mapping that stays empty, and that is the same one when it is copied or unpickled."""

    def __setitem__(self, key: str, value: Any) -> None:
        raise TypeError("This mapping stands for one that the message did not have. It cannot be changed.")

    def update(self, *_: Any, **__: Any) -> None:
        """Raise: it cannot be changed."""
        self["update"] = None

    def setdefault(self, *_: Any) -> Any:
        """Raise: it cannot be changed."""
        self["setdefault"] = None

    def __ior__(self, _: Any) -> Any:  # type: ignore[misc]
        self["|="] = None

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(type(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return nothing, ()

    def __copy__(self) -> _Nothing:
        return self

    def __deepcopy__(self, _: Any) -> _Nothing:
        return self


NOTHING: Mapping[str, Any] = _Nothing()
"""The mapping of an object whose message had none, such as ``extra`` where every field is known."""


def nothing() -> Mapping[str, Any]:
    """Return :data:`NOTHING`, as the default of a dataclass field."""
    return NOTHING


_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def wire_object(class_: type[_T]) -> type[_T]:
    """Make a class of objects: a frozen dataclass with slots, to be derived from :class:`WireObject`."""
    return dataclass(frozen=True, slots=True, eq=False, repr=False)(class_)


@wire_object
class WireObject:
    """The base of all objects; ``extra`` holds the fields that are not in the protocol's tables."""

    extra: Mapping[str, Any] = field(default_factory=nothing, repr=False, hash=False, kw_only=True)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, each.name) == getattr(other, each.name) for each in fields(self))

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, each.name) for each in fields(self) if each.hash is not False))

    @recursive_repr()
    def __repr__(self) -> str:
        shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"


class Kinds(NamedTuple):
    """The classes that an object may be of, chosen by one of its fields.

    :ivar key: the wire key that tells, ``type``.
    :ivar classes: the class for each value.
    :ivar other: the class for any other value.
    """

    key: str
    classes: Mapping[str, type[WireObject]]
    other: type[WireObject]


UNSET: Final = object()
"""Stands for a rule that is not set, where None is a value."""


class OnWire(NamedTuple):
    """How a field is read where its name, type and default do not tell.

    :ivar key: its wire key; its name in camelCase when None.
    :ivar older_key: the wire key that older traffic used, read where the field is missing or empty.
    :ivar required: a message without it is refused; a required string must not be empty.
    :ivar absent: what it is where a message lacks it, when that is not the default.
    :ivar choices: the only values that a string may have.
    :ivar or_number: a string that may come as a number.
    :ivar raw: any JSON value is accepted, as it is.
    :ivar name_key: of the objects in a mapping, the wire key that repeats their name.
    :ivar kinds: the classes that the object may be of.
    """

    key: str | None = None
    older_key: str | None = None
    required: bool = False
    absent: Any = UNSET
    choices: tuple[str, ...] = ()
    or_number: bool = False
    raw: bool = False
    name_key: str | None = None
    kinds: Kinds | None = None


_PLAIN = OnWire()


def on_wire(key: str | None = None, **rules: Any) -> Mapping[str, OnWire]:
    """Make the ``metadata`` of a dataclass field.

    :param key: the wire key.
    :param rules: see :class:`OnWire`.
    """
    return {"wire": OnWire(key=key, **rules)}


def rules_of(declared: Field[Any]) -> OnWire:
    """Return how a dataclass field is read."""
    rules: OnWire = declared.metadata.get("wire", _PLAIN)
    return rules


def wire_key(declared: Field[Any]) -> str:
    """Return the wire key of a dataclass field."""
    return rules_of(declared).key or camel_case(declared.name)


def write_object(value: Any) -> Any:
    """Write an object as it goes over the wire.

    Nothing is converted, so that what checks the message sees what the object holds; fields that are None are
    left out.

    :param value: an object; anything else is returned as it is.
    """
    if not isinstance(value, WireObject):
        return value
    written = {}
    for declared in fields(value):
        inner = getattr(value, declared.name)
        if declared.name != "extra" and inner is not None:
            written[wire_key(declared)] = write_object(inner)
    return {**written, **value.extra}
