"""Lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

PAGE = 50
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """The rows of one page.

    :ivar total: the rows of all pages.
    :ivar number: the page, from 1.
    :ivar pages: how many there are.
    """

    rows: Sequence[T]
    total: int
    number: int
    pages: int


def page_of(rows: Sequence[T], number: int) -> Rows[T]:
    """Return one page of a list; the nearest one where there is none of that number."""
    pages = max(1, -(-len(rows) // PAGE))
    number = min(max(1, number), pages)
    return Rows(rows[(number - 1) * PAGE : number * PAGE], len(rows), number, pages)
