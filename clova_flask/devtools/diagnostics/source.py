"""The source of handlers, and of the developer's functions that they call."""

from __future__ import annotations

import ast
import enum
import inspect
import linecache
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from werkzeug.local import LocalProxy

from ...findings import Place
from ...injection.callables import scope_of, written
from ..simulator.tracebacks import is_of_a_library

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Source:
    """The source of one function.

    :ivar name: the function's.
    :ivar names: what the names in it stand for: those of its module, and of functions around it.
    """

    name: str
    path: Path
    node: ast.AST
    names: dict[str, Any]

    def place(self, node: ast.expr) -> Place:
        """Return the place of an expression in it."""
        return Place(self.name, self.path, node.lineno)

    def value(self, node: ast.expr) -> Any:
        """Return what a name, or a dotted one, stands for; None where that cannot be told."""
        if isinstance(node, ast.Name):
            found = self.names.get(node.id)
            # Of a proxy, as flask.request, nothing may be asked outside of a request.
            return None if issubclass(type(found), LocalProxy) else found
        if isinstance(node, ast.Attribute):
            owner = self.value(node.value)
            if isinstance(owner, enum.EnumType):
                return owner.__members__.get(node.attr)
            if getattr(owner, "__name__", None) == "clova_flask":
                return getattr(owner, node.attr, None)  # it loads its names when they are asked for
            is_plain = inspect.ismodule(owner) or inspect.isclass(owner)
            return inspect.getattr_static(owner, node.attr, None) if is_plain else None
        return None


def sources_of(functions: Iterable[Any]) -> tuple[list[Source], bool]:
    """Read functions, and the functions of theirs that they call by name.

    :return: the sources, and whether those of all functions could be read.
    """
    waiting = [written(function) for function in functions]
    seen: set[Any] = set()
    sources: list[Source] = []
    is_whole = True
    while waiting:
        function = waiting.pop()
        code = getattr(function, "__code__", None)
        if code is None or code in seen:
            is_whole = is_whole and code is not None
            continue
        seen.add(code)
        node = _node(code)
        if node is None:
            is_whole = False
            continue
        module, around = scope_of(function)
        source = Source(function.__qualname__, Path(code.co_filename), node, {**module, **around})
        sources.append(source)
        waiting += _called(source)
    return sources, is_whole


def _called(source: Source) -> Iterator[Any]:
    """List the functions that are named in a function, but for those of libraries."""
    for node in ast.walk(source.node):
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load):
            function = written(source.value(node)) if source.value(node) is not None else None
            if inspect.isfunction(function) and not _is_of_a_library(function):
                yield function


def _is_of_a_library(function: Any) -> bool:
    return function.__module__.startswith("clova_flask.") or is_of_a_library(function.__code__.co_filename)


def parsed(file: str) -> ast.Module:
    """Parse a file of the developer's; one that cannot be read is empty."""
    return _parse(_text(file))


def _text(file: str) -> str:
    linecache.checkcache(file)
    return "".join(linecache.getlines(file))


@lru_cache(maxsize=64)  # many handlers stand in one file
def _parse(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def _node(code: Any) -> ast.AST | None:
    """Find the definition of a function by its first line; of several lambdas in a line, all of the line."""
    found = _functions(_text(code.co_filename)).get(code.co_firstlineno, [])
    if len(found) > 1:
        lambdas: list[ast.stmt] = [ast.Expr(node) for node in found if isinstance(node, ast.expr)]
        return ast.Module(body=lambdas, type_ignores=[])
    return found[0] if found else None


@lru_cache(maxsize=64)
def _functions(text: str) -> dict[int, list[ast.AST]]:
    """List the functions of a file by their first lines."""
    functions: dict[int, list[ast.AST]] = {}
    for node in ast.walk(_parse(text)):
        if isinstance(node, _FUNCTIONS):
            functions.setdefault(_first_line(node), []).append(node)
    return functions


def _first_line(node: Any) -> int:
    decorators = getattr(node, "decorator_list", None)
    line: int = decorators[0].lineno if decorators else node.lineno
    return line
