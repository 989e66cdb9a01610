"""Writes the Python of a schema's functions, for :mod:`clova_flask.wire.compiler`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import EXCLUDE, INCLUDE, RAISE, Schema, ValidationError, fields, missing

from .compiler_fields import FIELDS, NotCompilable, has_hooks, validator_lines
from .objects import NOTHING
from .schema import MessageSchema


class Refused(Exception):
    """The generated function does not take this input."""


_KNOWN_HOOKS = {"normalise", "make_object"}
_OWN_MEANING = ("load", "_do_load", "_deserialize", "handle_error", "dict_class", *_KNOWN_HOOKS)


class Writer:
    """Writes one function a schema, innermost first."""

    def __init__(self, *, build: bool) -> None:
        self.build = build
        self.lines: list[str] = []
        self.names: dict[str, Any] = {
            "Refused": Refused,
            "ValidationError": ValidationError,
            "missing": missing,
            "NOTHING": NOTHING,
        }
        self._written: dict[int, str] = {}
        self._open: list[type] = []

    @property
    def source(self) -> str:
        """What was written."""
        return "\n".join(self.lines)

    def whole(self, schema: Schema) -> None:
        """Write the function ``compiled``, which leaves to marshmallow what it does not accept itself."""
        self.names["by_marshmallow"] = schema.load
        name = self.schema(schema)
        self.lines += [
            "def compiled(data):",
            "    try:",
            f"        return {name}(data)",
            "    except (Refused, ValidationError):",
            "        pass",
            "    return by_marshmallow(data)",
        ]

    def bind(self, prefix: str, value: Any) -> str:
        """Name a Python object in the generated module, and return the name."""
        name = f"{prefix}_{len(self.names)}"
        self.names[name] = value
        return name

    def schema(self, schema: Schema) -> str:
        """Write the function for a schema and return its name."""
        if id(schema) in self._written:
            return self._written[id(schema)]
        if type(schema) in self._open:
            raise NotCompilable("recursive")
        _require_plain(schema)
        self._open.append(type(schema))
        body = list(self._body(schema))
        self._open.pop()
        name = self.bind("load", None)
        self.lines += [f"def {name}(data):", *("    " + line for line in body)]
        self._written[id(schema)] = name
        return name

    def _body(self, schema: Schema) -> Iterator[str]:
        yield "if type(data) is not dict: raise Refused"
        lenient = isinstance(schema, MessageSchema)
        # Most fields are there most of the time, so those that are not are counted.
        yield "absent = 0"
        variables: dict[str, str] = {}
        for index, (name, field) in enumerate(schema.load_fields.items()):
            target = field.attribute or name
            if "." in target:
                raise NotCompilable("dotted attribute")
            variables[target] = variable = f"v{index}"
            key = field.data_key if field.data_key is not None else name
            yield f"{variable} = data.get({key!r}{'' if lenient else ', missing'})"
            yield from self._aliases(schema, key, variable)
            yield f"if {variable} is {'None' if lenient else 'missing'}:"
            yield from ("    " + line for line in self._absent(field, variable, lenient=lenient))
            present = list(self.value(field, variable, may_be_none=not lenient))
            if present:
                yield "else:"
                yield from ("    " + line for line in present)
        yield from self._unknown(schema, variables)
        yield from self._result(schema, variables)

    def _aliases(self, schema: Schema, key: str, variable: str) -> Iterator[str]:
        for alias, name in getattr(schema, "aliases", {}).items():
            if name == key:
                yield f"if not {variable} and {alias!r} in data: raise Refused"

    def _absent(self, field: fields.Field[Any], variable: str, *, lenient: bool) -> Iterator[str]:
        if field.required:
            yield "raise Refused"
            return
        yield "absent += 1"
        default = field.load_default
        if default is missing:
            if lenient:
                yield f"{variable} = missing"
        elif callable(default) and default not in (dict, list):
            # Called here, it would be called again when marshmallow has to help.
            raise NotCompilable("a default that is made")
        elif default is not None or not lenient:
            yield f"{variable} = {self.bind('default', default)}{'()' if callable(default) else ''}"

    def _unknown(self, schema: Schema, variables: Mapping[str, str]) -> Iterator[str]:
        complete = f"len(data) + absent == {len(variables)}"
        if isinstance(schema, MessageSchema):
            if self.build and schema.model is not None:
                yield f"if {complete}:"
                yield "    extra = NOTHING"
                yield "else:"
                yield from ("    " + line for line in self._extra(schema))
        elif schema.unknown in (RAISE, INCLUDE):  # marshmallow merges what is included
            yield f"if not ({complete}): raise Refused"

    def _extra(self, schema: MessageSchema) -> Iterator[str]:
        """Write the lines that collect what the schema does not know."""
        known = {field.data_key for field in schema.load_fields.values()} | set(schema.aliases)
        yield "extra = {}"
        yield "for key in data:"
        yield f"    if key not in {self.bind('known', frozenset(known))}: extra[key] = data[key]"
        yield "if not extra: extra = NOTHING"

    def _result(self, schema: Schema, variables: dict[str, str]) -> Iterator[str]:
        if not self.build:
            yield "return data"
            return
        model = schema.model if isinstance(schema, MessageSchema) else None
        optional = [
            name
            for name, field in schema.load_fields.items()
            if not field.required and field.load_default is missing
        ]
        if model is not None and not optional and _is_plain_dataclass(model, {*variables, "extra"}):
            yield from self._object(model, {**variables, "extra": "extra"})
            return
        pairs = ", ".join(f"{target!r}: {variable}" for target, variable in variables.items())
        yield f"result = {{{pairs}}}"
        if optional:
            yield "result = {k: x for k, x in result.items() if x is not missing}"
        if model is not None:
            yield f"return {self.bind('model', model)}(**result, extra=extra)"
        else:
            yield "return result"

    def _object(self, model: type, variables: dict[str, str]) -> Iterator[str]:
        """Fill a draft of the object, and make it the real one."""
        yield f"result = {self.bind('draft', _draft(model))}()"
        for target, variable in variables.items():
            yield f"result.{target} = {variable}"
        yield f"result.__class__ = {self.bind('model', model)}"
        yield "return result"

    def value(self, field: fields.Field[Any], variable: str, *, may_be_none: bool = True) -> Iterator[str]:
        """Write the lines that check a value that is there, and convert it in place."""
        if has_hooks(field):
            raise NotCompilable("field hooks")
        write = FIELDS.get(type(field))
        if write is None:
            raise NotCompilable(type(field).__name__)
        lines = [*write(self, field, variable), *validator_lines(self, field, variable)]
        if not may_be_none:
            yield from lines
        elif field.allow_none:
            yield f"if {variable} is not None:"
            yield from ("    " + line for line in lines or ["pass"])
        elif type(field) is fields.Raw:
            yield f"if {variable} is None: raise Refused"
            yield from lines
        else:
            yield from lines

    def item(self, field: fields.Field[Any]) -> str:
        """Write the function for one item of a list and return its name."""
        body = list(self.value(field, "v"))
        if not field.allow_none:
            body.insert(0, "if v is None: raise Refused")
        name = self.bind("item", None)
        self.lines += [f"def {name}(v):", *("    " + line for line in body), "    return v"]
        return name


def _require_plain(schema: Schema) -> None:
    base = MessageSchema if isinstance(schema, MessageSchema) else Schema
    overridden = [
        name for name in _OWN_MEANING if getattr(type(schema), name, None) is not getattr(base, name, None)
    ]
    hooks = {entry[0] for entries in schema._hooks.values() for entry in entries}  # noqa: SLF001
    if overridden or hooks - _KNOWN_HOOKS or schema.many or schema.partial:
        raise NotCompilable("hooks")
    if isinstance(schema, MessageSchema) and schema.unknown != EXCLUDE:
        raise NotCompilable("unknown")


def _draft(model: type) -> type:
    """Make a class of the same layout as a frozen one, whose attributes can be set.

    Frozen dataclasses set theirs by ``object.__setattr__``, which takes three times as long; an object may
    change its class for one of the same layout.
    """
    open_again = {
        "__init__": object.__init__,
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
    }
    own_slots = vars(model)["__slots__"]
    return type(f"{model.__name__}Draft", model.__bases__, {"__slots__": own_slots, **open_again})


def _is_plain_dataclass(model: Any, names: set[str]) -> bool:
    """Whether setting these slots is all that the class's constructor would do."""
    return (
        "__dataclass_params__" in vars(model)  # itself, not a class it derives from
        and {field.name for field in dataclasses.fields(model)} == names
        and all(hasattr(getattr(model, name, None), "__set__") for name in names)
        and not hasattr(model, "__post_init__")
        and model.__init__.__code__.co_filename == "<string>"  # the constructor that dataclasses write
    )
