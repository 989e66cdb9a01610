"""Straight-line Python made from the marshmallow schemas.

A schema is declared once, in marshmallow. For each one this module makes a plain function that takes what
is valid in a few microseconds. Whatever the function does not take, for whatever reason, goes to marshmallow
itself, which either loads it or says what is wrong with it. So the two agree by construction on what is
refused, and a property test compares what they load.

A part the generator does not know (another hook, field or validator) is never guessed at: a schema that holds
one, at any depth, is left to marshmallow whole, so that no hook runs twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import Schema

from .compiler_fields import NotCompilable
from .compiler_writer import Writer


class CompiledSchema:
    """One schema, compiled when it is first used.

    :param make: makes the schema when it is first used: a schema's class, or a function that returns a
        schema. Changes that are made to the class afterwards have no effect.
    :ivar load: load what came over the wire. It takes parsed JSON, which it does not change and whose plain
        containers the result may share, and returns and raises what ``schema.load`` does.
    :ivar check: check what is about to be sent and build nothing; raises what ``schema.load`` does.
    """

    __slots__ = ("_make", "check", "load")

    def __init__(self, make: Callable[[], Schema]) -> None:
        self._make = make
        self.load: Callable[[Any], Any] = self._first_load
        self.check: Callable[[Any], Any] = self._first_check

    @property
    def source(self) -> str | None:
        """The Python that is generated to load; None when marshmallow does all the work."""
        return _source(self._make(), build=True)

    @property
    def check_source(self) -> str | None:
        """The Python that is generated to check; None when marshmallow does all the work."""
        return _source(self._make(), build=False)

    def _first_load(self, data: Any) -> Any:
        self.load = _compile(self._make(), build=True)
        return self.load(data)

    def _first_check(self, data: Any) -> None:
        self.check = _compile(self._make(), build=False)
        self.check(data)


def _compile(schema: Schema, *, build: bool) -> Callable[[Any], Any]:
    writer = _write(schema, build=build)
    if writer is None:
        return schema.load
    exec(compile(writer.source, f"<compiled {type(schema).__name__}>", "exec"), writer.names)  # noqa: S102
    compiled: Callable[[Any], Any] = writer.names["compiled"]
    return compiled


def _source(schema: Schema, *, build: bool) -> str | None:
    writer = _write(schema, build=build)
    return writer.source if writer else None


def _write(schema: Schema, *, build: bool) -> Writer | None:
    writer = Writer(build=build)
    try:
        writer.whole(schema)
    except NotCompilable:
        return None
    return writer
