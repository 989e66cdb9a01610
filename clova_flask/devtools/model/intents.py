"""One custom intent, one ``.tsv``: its slots, and the expressions that users say it with.

From the guides' sections on custom intents and their exchange files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...errors import ModelError, nearest
from ...texts.templated import Templated
from .expressions import parse_expression
from .findings import raise_all
from .objects import CustomIntent, Expression, IntentSlot
from .text import cells, content_lines, write_back

SLOTS, EXPRESSIONS = "[INTENT SLOT]", "[INTENT EXPRESSION]"

_SECTION = re.compile(r"\[[^\]]*\]")
_SLOT_NAME = re.compile(r"[^\s<>/]+")

_Line = tuple[int, str]


def read_intent(data: bytes, name: str, path: Path | None = None) -> CustomIntent:
    """Read the file of a custom intent.

    Space around an expression, and the empty cells that spreadsheets add, are ignored.

    :param data: the file's bytes.
    :param name: the intent's name, which the file does not hold.
    :param path: where it was read from.
    :raises ModelError: with every problem of the file.
    """
    return _Reader(name, path).read(data)


def write_intent(intent: CustomIntent) -> bytes:
    """Write the file of a custom intent; one that was read and not changed is written byte for byte.

    :raises ModelError: the intent has a value that the format cannot hold.
    """
    return write_back(intent, _lines(intent), lambda data: read_intent(data, intent.name), _content)


def _lines(intent: CustomIntent) -> Iterator[str]:
    yield SLOTS
    yield from (f"{slot.name}\t{slot.type}" for slot in intent.slots)
    yield ""
    yield EXPRESSIONS
    yield from (expression.text for expression in intent.expressions)


def _content(intent: CustomIntent) -> object:
    return [(slot.name, slot.type) for slot in intent.slots], [item.text for item in intent.expressions]


class _Reader:
    """Reads one file and collects its problems."""

    def __init__(self, name: str, path: Path | None) -> None:
        self._name = name
        self._path = path
        self._errors: list[ModelError] = []

    def read(self, data: bytes) -> CustomIntent:
        lines = content_lines(data, self._path)
        if not lines:
            raise ModelError(
                Templated(
                    "The file is empty. The file of an intent has %(slots)s and %(expressions)s.",
                    slots=SLOTS,
                    expressions=EXPRESSIONS,
                ),
                self._path,
            )
        sections = self._sections(lines)
        slots = self._slots(sections.get(SLOTS, []))
        expressions = self._expressions(sections.get(EXPRESSIONS, []))
        # An intent without slots needs no section for them.
        if SLOTS not in sections and any(expression.slots for expression in expressions):
            self._add(
                Templated(
                    "There is no section %(slots)s, but expressions tag slots. Declare them there.",
                    slots=SLOTS,
                )
            )
        raise_all(self._errors)
        return CustomIntent(self._name, slots, expressions, self._path, data)

    def _add(self, text: str, line: int = 0) -> None:
        self._errors.append(ModelError(text, self._path, line))

    def _sections(self, lines: list[_Line]) -> dict[str, list[_Line]]:
        sections: dict[str, list[_Line]] = {}
        section: list[_Line] | None = None
        for number, line in lines:
            if _SECTION.fullmatch(line.strip()):
                section = self._section(sections, line.strip(), number)
            elif section is not None:
                section.append((number, line))
            else:
                self._add(
                    Templated(
                        "This line is before the first section. The file must begin with %(slots)s.",
                        slots=SLOTS,
                    ),
                    number,
                )
                section = []  # the lines after it have the same problem
        if EXPRESSIONS not in sections:
            self._add(
                Templated(
                    "There is no section %(expressions)s. Files of slot types belong in slot_types/.",
                    expressions=EXPRESSIONS,
                )
            )
        return sections

    def _section(self, sections: dict[str, list[_Line]], title: str, number: int) -> list[_Line]:
        if title not in (SLOTS, EXPRESSIONS):
            hint = nearest(title, (SLOTS, EXPRESSIONS), or_list=True)
            self._add(Templated("%(title)s is not a section.%(hint)s", title=title, hint=hint), number)
            return []
        if title in sections:
            self._add(Templated("%(title)s is there twice. Merge the two sections.", title=title), number)
        return sections.setdefault(title, [])

    def _slots(self, lines: list[_Line]) -> tuple[IntentSlot, ...]:
        slots: dict[str, IntentSlot] = {}
        for number, line in lines:
            row = cells(line)
            problem = _slot_problem(row) or (
                row[0] in slots and Templated("The slot %(row)s is declared twice.", row=repr(row[0]))
            )
            if problem:
                self._add(problem, number)
            else:
                slots[row[0]] = IntentSlot(row[0], row[1], number)
        return tuple(slots.values())

    def _expressions(self, lines: list[_Line]) -> tuple[Expression, ...]:
        expressions = []
        for number, line in lines:
            row = cells(line)
            if len(row) > 1:
                self._add(
                    Templated("An expression must be one column, but there is a tab in this one."), number
                )
                continue
            try:
                expressions.append(parse_expression(row[0], number))
            except ModelError as error:
                self._add(error.text, number)
        return tuple(expressions)


def _slot_problem(row: list[str]) -> str | None:
    if len(row) > 2:
        return Templated(
            "The row of a slot must have two columns, name and type, not %(count)s.", count=len(row)
        )
    if not row[0]:
        return Templated("The slot has no name. Write its name, a tab, and its type.")
    if len(row) < 2:
        return Templated(
            "The slot %(row)s has no type. Write its name, a tab, and its type.", row=repr(row[0])
        )
    if not _SLOT_NAME.fullmatch(row[0]):
        return Templated(
            "The slot name %(row)s cannot be a tag. Remove spaces, '<', '>' and '/'.", row=repr(row[0])
        )
    return None
