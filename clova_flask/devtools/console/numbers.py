"""Whole numbers in addresses and forms: none that a database cannot look for."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

MAX_NUMBER = 2**31 - 1
"""The greatest number that a column of every database has."""


def whole(text: str) -> int:
    """Read a number, as the ``type`` of a value in a form or a query.

    :raises ValueError: it is none, or one that no database has.
    """
    number = int(text)
    if abs(number) > MAX_NUMBER:
        raise ValueError(f"{number} is out of range")
    return number


class WholeConverter(IntegerConverter):
    """The numbers of addresses, ``<int:key>``; a greater one is at no address."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002
        options.setdefault("max", MAX_NUMBER)
        super().__init__(map, *args, **options)
