"""What a row of the table of codes holds."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The extension does not work, or does not pass the platform's review."""
    WARNING = "warning"
    """The extension works, but users or developers may be surprised."""


class Code(NamedTuple):
    """One kind of finding.

    :ivar name: ``home.no-discover``; the part before the dot is the subject. A released name does not change.
    :ivar severity: how much it matters.
    :ivar meaning: what the problem is and what follows from it.
    :ivar fix: what to do.
    """

    name: str
    severity: Severity
    meaning: str
    fix: str

    @property
    def subject(self) -> str:
        """The part of the name before the dot."""
        return self.name.partition(".")[0]
