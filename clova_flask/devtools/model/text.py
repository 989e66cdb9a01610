"""The bytes of a model's files as lines of text, and back.

The exchange format is UTF-8; the vendors' consoles and spreadsheets write it with and without a byte order
mark, and with any line end.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from ...errors import ModelError

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# str.splitlines() would also split at U+0085 and U+2028, which may stand inside an expression.
_LINE_END = re.compile("\r\n|\n|\r")


class _Sourced(Protocol):
    @property
    def source(self) -> bytes: ...


Item = TypeVar("Item", bound=_Sourced)


def decode(data: bytes, path: Path | None = None) -> str:
    """Read a file as UTF-8, with or without a byte order mark.

    :raises ModelError: it is in another encoding.
    """
    if data.startswith(_WIDE_MARKS) or b"\0" in data:
        raise ModelError("This is UTF-16, or no text at all; save it as UTF-8.", path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(_LINE_END.split(error.object[: error.start].decode()))
        byte = f"0x{error.object[error.start]:02X}"
        text = f"This is not UTF-8: byte {byte}. Spreadsheets write CP949 or Shift_JIS; save it as UTF-8."
        raise ModelError(text, path, line) from None


def content_lines(data: bytes, path: Path | None = None) -> list[tuple[int, str]]:
    """List the lines that are not blank, with their numbers from 1.

    :raises ModelError: it is not UTF-8.
    """
    # A byte order mark inside a file is left over from files that were joined, and cannot be seen.
    text = decode(data, path).replace("\ufeff", "")
    lines = enumerate(_LINE_END.split(text), start=1)
    return [(number, line) for number, line in lines if line.strip()]


def cells(line: str) -> list[str]:
    """Take a row apart; spreadsheets fill short rows up with empty cells, which are left out."""
    row = [cell.strip() for cell in line.split("\t")]
    while row and not row[-1]:
        row.pop()
    return row


def write_back(
    item: Item, lines: Iterable[str], read: Callable[[bytes], Item], content: Callable[[Item], object]
) -> bytes:
    """Write a file: the bytes it was read from while they still say the same, else afresh.

    So what was imported and exported again is equal to the byte, and a changed file keeps its line ends
    and byte order mark. What no file can hold is found by reading what was written.

    :param item: an intent, a slot type or a model.
    :param lines: how it is written afresh.
    :param read: reads a file of its kind.
    :param content: what a file of its kind says.
    :raises ModelError: it holds what the format cannot, such as a tab in a word.
    """
    if item.source and _says(item.source, read, content) == content(item):
        return item.source
    end = "\r\n" if b"\r\n" in item.source else "\n"
    mark = codecs.BOM_UTF8 if item.source.startswith(codecs.BOM_UTF8) else b""
    # A lone surrogate is no text; what stands in for it is not read back as it was.
    data = mark + "".join(line + end for line in lines).encode(errors="replace")
    if content(read(data)) != content(item):
        raise ModelError(
            "This cannot be written: a tab, a line break, or space around it in a name, a word or an "
            "expression would be read back as something else."
        )
    return data


def _says(data: bytes, read: Callable[[bytes], Item], content: Callable[[Item], object]) -> object:
    try:
        return content(read(data))
    except ModelError:
        return None
