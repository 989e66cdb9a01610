"""The bytes of a model's files as lines of text, and back.

The exchange format is UTF-8. The platforms' consoles and spreadsheets write it with and without a byte order
mark, and with any line end.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, TypeVar

from ...errors import ModelError
from ...texts.templated import Templated

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
# str.splitlines() would also split at U+0085 and U+2028, which may stand inside an expression.
_LINE_END = re.compile("\r\n|\n|\r")


class _Sourced(Protocol):
    @property
    def source(self) -> bytes: ...


Item = TypeVar("Item", bound=_Sourced)


def decode(data: bytes, path: Path | None = None) -> str:
    """Decode a file as UTF-8, with or without a byte order mark.

    :raises ModelError: the file has another encoding.
    """
    if data.startswith(_WIDE_MARKS) or b"\0" in data:
        raise ModelError(
            Templated("The file must be UTF-8; it looks like UTF-16, or is not text. Save it as UTF-8."), path
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(_LINE_END.split(error.object[: error.start].decode()))
        byte = f"0x{error.object[error.start]:02X}"
        text = Templated(
            "The byte %(byte)s is not UTF-8. Spreadsheets write CP949 or Shift_JIS; save the file as UTF-8.",
            byte=byte,
        )
        raise ModelError(text, path, line) from None


def content_lines(data: bytes, path: Path | None = None) -> list[tuple[int, str]]:
    """List the lines that are not blank, with their numbers from 1.

    :raises ModelError: the file is not UTF-8.
    """
    # A byte order mark inside a file is left over from files that were joined, and is invisible.
    text = decode(data, path).replace("\ufeff", "")
    lines = enumerate(_LINE_END.split(text), start=1)
    return [(number, line) for number, line in lines if line.strip()]


def cells(line: str) -> list[str]:
    """Split a row into its cells, without the empty ones that spreadsheets append to short rows."""
    row = [cell.strip() for cell in line.split("\t")]
    while row and not row[-1]:
        row.pop()
    return row


def write_back(
    item: Item, lines: Iterable[str], read: Callable[[bytes], Item], content: Callable[[Item], object]
) -> bytes:
    """Write a file: the bytes it was read from while their content is still the same, else the lines.

    So what is imported and exported again is equal byte for byte, and a changed file keeps its line ends
    and byte order mark. Values that the format cannot hold are found by reading what was written.

    :param item: an intent, a slot type or a model.
    :param lines: the lines of the new file.
    :param read: reads a file of this kind.
    :param content: returns the content of an item, for comparison.
    :raises ModelError: the item has a value that the format cannot hold, such as a tab in a word.
    """
    if item.source and _content_of(item.source, read, content) == content(item):
        return item.source
    end = "\r\n" if b"\r\n" in item.source else "\n"
    mark = codecs.BOM_UTF8 if item.source.startswith(codecs.BOM_UTF8) else b""
    # A lone surrogate cannot be encoded; its replacement is not read back as it was.
    data = mark + "".join(line + end for line in lines).encode(errors="replace")
    if content(read(data)) != content(item):
        raise ModelError(
            Templated(
                "A name, a word or an expression has a tab, a line break, or space around it, which "
                "would be read back as something else. Remove it."
            )
        )
    return data


def _content_of(data: bytes, read: Callable[[bytes], Item], content: Callable[[Item], object]) -> object:
    try:
        return content(read(data))
    except ModelError:
        return None
