"""Checks of dialog states: those that handlers are for, and those that answers ask for.

What the code of the handlers says is read, and that of the developer's functions that they call. Where a
state is made as the program runs, nothing is said about states that nobody asks for.
"""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...custom.answers import ask
from ...custom.registry import CustomRegistry
from ...errors import nearest
from ...findings import Finding, Place
from ...injection.handler import Handler
from ...injection.parameters import place_of
from ...registry import Registry
from ...texts.spelling import misspelt
from .source import Source, parsed, sources_of


@dataclass
class _Asked:
    """What the code of the handlers tells of states.

    :ivar by_ask: the states that ``ask`` is called with, and where.
    :ivar anywhere: those that are set in any way.
    :ivar is_whole: whether there are no others.
    :ivar is_read: whether a handler reads the state itself.
    """

    by_ask: dict[str, Place] = field(default_factory=dict)
    anywhere: set[str] = field(default_factory=set)
    is_whole: bool = True
    is_read: bool = False


def check_states(registry: Registry) -> Iterator[Finding]:
    """Check that each state that is asked for has a handler, and that each that has one is asked for."""
    custom = registry.custom
    handled = dict(_handled(custom))
    if not handled:
        return
    asked = _read(custom)
    unhandled = {state: where for state, where in asked.by_ask.items() if state not in handled}
    for state, where in unhandled.items() if not asked.is_read else ():
        message = f"No handler is for the state {state!r}.{nearest(state, handled)}"
        yield Finding("handlers.state-not-handled", message, where)
    meant = {misspelt(state, handled) for state in unhandled}
    for state, handler in handled.items() if asked.is_whole else ():
        if state not in asked.anywhere | meant:
            message = f"No answer asks for the state {state!r}, so this is never called."
            yield Finding("handlers.state-not-asked-for", message, place_of(handler.function))


def _handled(custom: CustomRegistry) -> Iterator[tuple[str, Handler]]:
    for (_, state), handler in custom.intents.items():
        if state is not None:
            yield state, handler
    for fallback_state, handler in custom.fallbacks.items():
        if fallback_state is not None:
            yield fallback_state, handler


def _read(custom: CustomRegistry) -> _Asked:
    sources, is_whole = sources_of(handler.function for handler in custom.handlers())
    asked = _Asked(is_whole=is_whole)
    for source in sources:
        for node in _without_decorators(source.node):
            _read_node(source, node, asked)
    # A partial of ask, or a method, may stand anywhere in the same files.
    for path, source in {source.path: source for source in sources}.items():
        for node in _without_decorators(parsed(str(path))):
            _read_node(source, node, asked, counts=False)
    return asked


def _without_decorators(node: ast.AST) -> Iterator[ast.AST]:
    """Go through code without its decorators, whose ``state`` is the one that a handler is for."""
    yield node
    decorators = getattr(node, "decorator_list", [])
    for child in ast.iter_child_nodes(node):
        if child not in decorators:
            yield from _without_decorators(child)


def _read_node(source: Source, node: ast.AST, asked: _Asked, *, counts: bool = True) -> None:
    match node:
        case ast.Call(func=func, keywords=keywords) if not _registers(func):
            is_ask = counts and source.value(func) is ask
            for keyword in keywords:
                if keyword.arg == "state":
                    _take(source, keyword.value, asked, is_ask=is_ask)
                asked.is_whole &= keyword.arg is not None
        case ast.Assign(targets=[ast.Attribute(attr="state")], value=value):
            _take(source, value, asked)
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "state":
                    _take(source, value, asked)
        case ast.Attribute(attr="state", ctx=ast.Load()) if counts:
            asked.is_read = True


def _registers(func: ast.expr) -> bool:
    """Whether a call is ``clova.intent(…)``, written without the ``@`` of a decorator."""
    return isinstance(func, ast.Attribute) and func.attr in ("intent", "fallback")


def _take(source: Source, node: ast.expr, asked: _Asked, *, is_ask: bool = False) -> None:
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            _take(source, body, asked, is_ask=is_ask)
            _take(source, orelse, asked, is_ask=is_ask)
            return
        case ast.Constant(value=value):
            state = value
        case _:
            state = source.value(node)
            state = state.value if isinstance(state, enum.Enum) and not isinstance(state, str) else state
            asked.is_whole &= isinstance(state, str)
    if isinstance(state, str):
        asked.anywhere.add(str(state))
        if is_ask:
            asked.by_ask.setdefault(str(state), source.place(node))
