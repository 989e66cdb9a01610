"""The attributes of appliances, whoever makes their classes: dataclasses, attrs, an ORM, or Python alone.

Such makers look at the attributes of a class: dataclasses take one that is inherited for the default of a
field, and an ORM's row never calls ``__init__``. So a class has none, and its objects have all.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from ..errors import ClovaError, RegistrationError, nearest
from ..wire.objects import NOTHING

ATTRIBUTES: Mapping[str, Any] = {
    "type": None,
    "friendly_name": None,
    "friendly_description": None,
    "manufacturer_name": None,
    "model_name": None,
    "version": "1.0",
    "location": None,
    "is_ir": False,
    "is_reachable": True,
    "is_on": None,
    "tags": (),
    "actions": None,
    "confirm": (),
    "limits": NOTHING,
    "details": NOTHING,
}
"""What an appliance has where neither it nor its class says otherwise, besides its id."""

UNSET: Any = type("Unset", (), {"__repr__": lambda _: "…"})()
"""An argument that is not passed."""


class Attribute:
    """What an appliance has where neither it nor its class says otherwise.

    :param default: its value; a class keyword of the same name comes before it.
    """

    def __init__(self, name: str, default: Any) -> None:
        self.name = name
        self.default = default

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        keywords = owner.clova_keywords
        if self.name in keywords:
            return keywords[self.name]
        if instance is None:
            raise AttributeError(f"{owner.__name__} has no {self.name} of its own.")
        return self.default


class Types:
    """The types of an appliance as a tuple, made of its ``type``."""

    def __get__(self, instance: Any, owner: Any = None) -> tuple[Any, ...]:
        if instance is None:
            raise AttributeError("types")
        given = instance.type
        if given is None:
            given = owner.clova_keywords.get("type")
        return as_types(given)


def as_types(given: Any) -> tuple[Any, ...]:
    """Return the types of an appliance that is told one, several or none."""
    return (given,) if isinstance(given, str) else tuple(given or ())


def add_attributes(cls: type) -> None:
    """Give the objects of a class, and of those that derive from it, the attributes of an appliance."""
    for name, default in ATTRIBUTES.items():
        setattr(cls, name, Attribute(name, default))
    setattr(cls, "types", Types())  # noqa: B010 - to type checkers it is a tuple


def keep_keywords(cls: Any, given: Mapping[str, Any]) -> None:
    """Keep the keywords of a class as defaults of its objects.

    A class that is made anew, as dataclasses and attrs do for slots, has no keywords, but what is kept.

    :param given: those that are not None.
    """
    kept: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        kept |= vars(base).get("clova_keywords", {})
    cls.clova_keywords = {**kept, **given}
    for name, value in given.items():
        attribute = inspect.getattr_static(cls, name)
        # A field, a column or a property is read from the object; a plain value would hide the keyword.
        if not hasattr(type(attribute), "__get__"):
            setattr(cls, name, value)


def usual_values(cls: Any) -> dict[str, Any]:
    """Return what an object of a class has where it is told nothing: attributes that no class has changed.

    An object that holds them itself is read in half the time, and discovery reads all (2026-11-25).
    """
    owner, usual = cls.clova_usual
    if owner is not cls:  # only now has whoever changes the class done so
        found = {name: inspect.getattr_static(cls, name) for name in ATTRIBUTES}
        keywords = cls.clova_keywords
        usual = {n: keywords.get(n, a.default) for n, a in found.items() if isinstance(a, Attribute)}
        if "type" in usual:
            usual["types"] = as_types(usual["type"])
        cls.clova_usual = cls, usual
    values: dict[str, Any] = usual
    return values


def require_known(cls: type, base: type, others: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    """Require that some class takes the keywords that an appliance does not know.

    :param base: the class whose own keywords are known.
    :raises RegistrationError: none does.
    """
    after = cls.__mro__[cls.__mro__.index(base) + 1 : -1]
    if others and not any("__init_subclass__" in vars(one) for one in after):
        name = next(iter(others))
        raise RegistrationError(
            f"{name!r} is not a keyword of a class of appliances.{nearest(name, known, or_list=True)}"
        )


def describe_appliance(appliance: Any) -> str:
    """Name an appliance for the log, ``<Lamp 'lamp-1' LIGHT>``, without calling what a user has written.

    What fails to be read is left out: it is a problem of its own.
    """
    name = type(appliance).__name__
    try:
        return f"<{name} {_text(appliance.id)} {'/'.join(map(str, appliance.types)) or 'of no type'}>"
    except Exception:  # noqa: BLE001 - a property may raise anything
        return f"<{name}>"


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str.__repr__(value)
    return repr(value) if type(value) in (int, float, type(None)) else f"whose id is {type(value).__name__}"


def describe_error(error: Exception) -> str:
    """Write an exception as its class and its text, ``KeyError: 'power'``, for a sentence."""
    try:
        text = str(error).rstrip(".")
    except Exception:  # noqa: BLE001 - the text is a user's too
        text = ""
    if isinstance(error, ClovaError) or type(error) in (TypeError, ValueError):
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
