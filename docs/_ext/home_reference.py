"""Directives that write the tables of Clova Home into the documentation, from where the package has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from clova_flask.home import APPLIANCE_TYPES, ERRORS, INTERFACES, OPERATION_MODES, Interface
from clova_flask.home.shared_objects import OBJECTS
from clova_flask.wire.rows import Rows

Row = Sequence[str]


def _cell(text: str) -> str:
    return text or "—"


def _code(names: Sequence[str] | frozenset[str]) -> str:
    return " ".join(f"``{name}``" for name in sorted(names))


def _fields(rows: Rows) -> str:
    return "; ".join(f"``{path}`` {row}" for path, row in rows.items())


def _interfaces() -> Iterator[Row]:
    yield "Action", "Request has", "Reply", "Reply has", "Platforms"
    for row in INTERFACES.values():
        yield f"``{row.name}``", _fields(row.takes), row.reply, _reply_fields(row), " ".join(row.regions)


def _reply_fields(row: Interface) -> str:
    stamp = {"applianceResponseTimestamp": "string"} if row.timestamp else {}
    return _fields({**row.gives, **stamp})


def _types() -> Iterator[Row]:
    yield "Type", "Actions of both platforms", "KR only", "JP only"
    for name, actions in APPLIANCE_TYPES.items():
        kr, jp = actions.kr, actions.jp
        yield f"``{name}``", _code(kr & jp), _code(kr - jp), _code(jp - kr)


def _modes() -> Iterator[Row]:
    yield "Type", "Modes of both platforms", "KR only", "JP only"
    for name, modes in OPERATION_MODES.items():
        kr, jp = modes.kr, modes.jp
        yield f"``{name}``", _code(kr & jp), _code(kr - jp), _code(jp - kr)


def _objects() -> Iterator[Row]:
    yield "Object", "Fields"
    for name, rows in OBJECTS.items():
        yield f"{name}InfoObject", _fields(rows)


def _errors() -> Iterator[Row]:
    yield "Error", "When"
    for name, error in ERRORS.items():
        yield f"``{name}``", (error.__doc__ or "").splitlines()[0]


_TABLES = {
    "interfaces": _interfaces,
    "types": _types,
    "modes": _modes,
    "objects": _objects,
    "errors": _errors,
}


class HomeTable(SphinxDirective):
    """``.. home-table:: interfaces``."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Write one of the tables."""
        lines = [".. list-table::", "   :header-rows: 1", ""]
        for row in _TABLES[self.arguments[0]]():
            for index, cell in enumerate(row):
                lines.append(f"   {'* -' if index == 0 else '  -'} {_cell(cell)}")
        container = nodes.container()
        self.state.nested_parse(StringList(lines, source="home-table"), self.content_offset, container)
        return container.children


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("home-table", HomeTable)
    return {"parallel_read_safe": True}
