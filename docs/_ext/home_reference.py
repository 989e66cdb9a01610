"""Directives that write the tables of Clova Home into the documentation, from where the package has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from clova_flask.home import APPLIANCE_TYPES, ERRORS, INTERFACES, OPERATION_MODES
from clova_flask.home.shared_objects import OBJECTS
from clova_flask.wire.rows import Shape

Row = Sequence[str]


def _cell(text: str) -> str:
    return text or "—"


def _code(names: Sequence[str] | frozenset[str]) -> str:
    return " ".join(f"``{name}``" for name in sorted(names))


def _fields(shape: Shape) -> str:
    return "; ".join(_lines(shape))


def _lines(shape: Shape, within: str = "") -> Iterator[str]:
    for field in shape:
        path = f"{within}{'|'.join((field.name, *field.aliases))}{'[]' if field.many else ''}"
        kinds = "|".join(form.kind for form in (field, *field.others))
        choices = "".join(f" ``{choice}``" for choice in field.choices)
        yield f"``{path}`` {kinds}{'!' if field.required else ''}{choices}"
        if field.kind == "object" and field.shape is not None:
            yield from _lines(field.shape, f"{path}.")


def _interfaces() -> Iterator[Row]:
    yield "Action", "Request has", "Reply", "Reply has", "Platforms"
    for row in INTERFACES.values():
        takes, gives = _fields(row.takes), _fields(row.reply_shape)
        yield f"``{row.name}``", takes, row.reply, gives, " ".join(row.regions)


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
    for name, shape in OBJECTS.items():
        yield f"{name}InfoObject", _fields(shape)


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
