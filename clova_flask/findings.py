"""Findings: what checks of settings, handlers, models, discovery and answers tell the developer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The extension does not work, or does not pass the platform's review."""
    WARNING = "warning"
    """The extension works, and users or developers may be surprised."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to fix, or to know.

    :ivar code: a stable name, ``home.no-discover``; the part before the dot says what it is about.
    :ivar severity: how much it matters.
    :ivar message: what is wrong and what to do, without the place.
    :ivar where: the place: a file with its line, a function, a path in a message; empty when there is none.
    """

    code: str
    severity: Severity
    message: str
    where: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it keeps the extension from working or from passing review."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message
