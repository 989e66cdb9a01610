"""Files of utterances with the intents that they are to be understood as.

::

    utterance<TAB>intent
    <pizzaType>페퍼로니</pizzaType> 두 판<TAB>OrderPizza
    메뉴 뭐 있어<TAB>ShowMenu
    내일 비 와<TAB>-

Two columns, separated by tabs (TSV) or commas (CSV), UTF-8 with or without a byte order mark, any line end,
cells in quotes where a spreadsheet puts them. The slots of an utterance are tagged as in a model's
expressions. ``-``, or ``Clova.FallbackIntent``, stands for what no intent is to be understood by. The first
row may name the columns; then they may stand in any order, and further ones, such as notes, are ignored.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...errors import ModelError
from ...texts.templated import Templated
from ..model.expressions import tagged
from ..model.findings import raise_all
from ..model.text import content_lines
from .cases import Case, contradictions, make_case

UTTERANCE, INTENT = "utterance", "intent"
"""The names of the columns."""

TAB, COMMA = "\t", ","
_MIXED = Templated(
    "The line has a comma and no tab, where other lines have tabs between their columns. Do not mix the two: "
    "write a tab here, or commas in every line."
)


def read_cases(data: bytes, path: Path | None = None) -> tuple[Case, ...]:
    """Read a file of utterances.

    :param data: the file's bytes.
    :param path: where it was read from.
    :raises ModelError: with every problem of the file.
    """
    lines = content_lines(data, path)
    errors: list[ModelError] = []
    cases: list[Case] = []
    for line, row in _rows(lines, errors):
        try:
            cases.append(make_case(*row, line))
        except ModelError as error:
            errors.append(error)
    if not (cases or errors):
        text = Templated(
            "There is no utterance in the file. Write one a line: the %(utterance)s, a tab, its %(intent)s.",
            utterance=UTTERANCE,
            intent=INTENT,
        )
        errors.append(ModelError(text))
    errors += contradictions(cases)
    errors.sort(key=lambda error: error.line)
    raise_all([ModelError(error.text, path, error.line) for error in errors])
    return tuple(cases)


def write_cases(cases: Iterable[Case], *, for_spreadsheets: bool = False) -> bytes:
    """Write a file of utterances.

    :param for_spreadsheets: write commas, and a byte order mark, by which spreadsheets know UTF-8.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=COMMA if for_spreadsheets else TAB, lineterminator="\n")
    writer.writerow((UTTERANCE, INTENT))
    writer.writerows((tagged(case.expression.parts), case.intent) for case in cases)
    mark = codecs.BOM_UTF8 if for_spreadsheets else b""
    return mark + text.getvalue().encode(errors="replace")


def _rows(lines: list[tuple[int, str]], errors: list[ModelError]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Return the two cells of each line; what cannot be read is added to the errors."""
    delimiter = TAB if any(TAB in line for _, line in lines) else COMMA
    columns: tuple[int, int] | None = None
    for index, (number, line) in enumerate(lines):
        try:
            cells = _cells(line, delimiter)
            if delimiter == TAB and TAB not in line and COMMA in line:
                raise ModelError(_MIXED)
            if index == 0 and (columns := _named(cells)):
                continue
            yield number, _two(cells, columns)
        except ModelError as error:
            errors.append(ModelError(error.text, line=number))


def _cells(line: str, delimiter: str) -> list[str]:
    # Each line alone, so that a quote that is not closed costs one line and not the rest of the file.
    try:
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, strict=True))]
    except csv.Error as error:
        text = Templated(
            "The quotes of the line cannot be read: %(error)s. A cell with quotes in it stands "
            'in quotes, and has its own twice: "say ""yes""". A cell has no line break.',
            error=error,
        )
        raise ModelError(text) from None
    while len(cells) > 2 and not cells[-1]:
        cells.pop()
    return cells


def _named(cells: list[str]) -> tuple[int, int] | None:
    """Return the places of the columns where the row names them."""
    names = [cell.lower() for cell in cells]
    return (names.index(UTTERANCE), names.index(INTENT)) if {UTTERANCE, INTENT} <= set(names) else None


def _two(cells: list[str], columns: tuple[int, int] | None) -> tuple[str, str]:
    if columns is not None:
        cells = cells + [""] * (max(columns) + 1 - len(cells))
        return cells[columns[0]], cells[columns[1]]
    if len(cells) == 2:
        return cells[0], cells[1]
    if len(cells) == 1:
        raise ModelError(
            Templated(
                "The line must have two columns, the %(utterance)s, a tab or comma, and its %(intent)s.",
                utterance=UTTERANCE,
                intent=INTENT,
            )
        )
    raise ModelError(
        Templated(
            "The line has %(count)s columns, not two. Put an utterance with a comma in quotes. "
            "Where there are further columns, name them in the first line: %(utterance)s, "
            "%(intent)s.",
            count=len(cells),
            utterance=UTTERANCE,
            intent=INTENT,
        )
    )
