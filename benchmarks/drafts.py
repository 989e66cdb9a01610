"""What filling a draft saves against building the object itself: ``python -m benchmarks.drafts``.

The generated loaders fill an object of a twin class whose attributes can be set, and then make it an object
of the frozen dataclass. The whole request is counted with that, and with each of the plain ways in its place.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask

from . import contenders
from .ways import compare

Lines = Iterator[str]
Write = Callable[[Any, type, dict[str, str]], Lines]


def by_constructor(writer: Any, model: type, variables: dict[str, str]) -> Lines:
    """Write the call of the dataclass' own constructor, its arguments by place where they can be: faster."""
    fields = dataclasses.fields(model)
    placed = [variables[field.name] for field in fields if not field.kw_only]
    named = [f"{field.name}={variables[field.name]}" for field in fields if field.kw_only]
    arguments = ", ".join([*placed, *named])
    yield f"return {writer.bind('model', model)}({arguments})"


def by_setattr(writer: Any, model: type, variables: dict[str, str]) -> Lines:
    """Write what the constructor does, without the call of it."""
    new, set_ = writer.bind("new", object.__new__), writer.bind("set", object.__setattr__)
    yield f"result = {new}({writer.bind('model', model)})"
    for target, variable in variables.items():
        yield f"{set_}(result, {target!r}, {variable})"
    yield "return result"


WAYS: dict[str, tuple[str, Write | None]] = {
    "draft": ("a draft, as the package does", None),
    "constructor": ("the dataclass' constructor", by_constructor),
    "setattr": ("object.__new__ and object.__setattr__", by_setattr),
}


def main() -> None:
    """Print the instructions of a request for each way, message and encoder."""
    compare("benchmarks.drafts:make_app", {way: title for way, (title, _) in WAYS.items()})


def make_app(workload: str, name: str, public_key: str) -> Flask:
    """Make a contender's app, in which objects are built in one of the ways.

    :param name: the way, a colon, and the contender.
    """
    way, _, contender = name.partition(":")
    write = WAYS[way][1]
    if write is not None:
        contenders.choose_encoder(contender.partition("-")[2])
        _build_by(write)
    return contenders.make_app(workload, contender, public_key)


def _build_by(write: Write) -> None:
    """Have the loaders generated with other lines; this is all that is known of the inside of the package."""
    from clova_flask.wire import compiler_writer  # loads none of the modules that have loaders generated

    compiler_writer.Writer._object = write  # type: ignore[method-assign, assignment]  # noqa: SLF001


if __name__ == "__main__":
    main()
