"""One finding, and the place it is about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ..errors import nearest, place
from .codes import CODES
from .rows import Severity


class Place(NamedTuple):
    """The place that a finding is about; an empty one is falsy.

    A page can link to ``path`` and ``line``; ``str()`` writes it for reading: ``intents/OrderPizza.tsv:12``,
    ``order (handlers.py:31)``, ``response.directives[0].header``.

    :ivar name: a function, or the path of a field in a message.
    :ivar path: the file.
    :ivar line: the line in it, from 1; 0 for the whole file.
    """

    name: str = ""
    path: Path | None = None
    line: int = 0

    def __bool__(self) -> bool:
        return bool(self.name or self.path)

    def __str__(self) -> str:
        file = place(self.path, self.line).removesuffix(": ")
        return f"{self.name} ({file})" if self.name and file else self.name or file


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to fix, or to know.

    :ivar code: its name in :data:`~clova_flask.findings.CODES`, ``home.no-discover``.
    :ivar message: what is wrong in this case and what to do, without the place.
    :ivar where: the place.
    :raises ValueError: the code is not in the table.
    """

    code: str
    message: str
    where: Place = Place()

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"{self.code!r} is not the code of a finding.{nearest(self.code, CODES)}")

    @property
    def severity(self) -> Severity:
        """How much it matters, which its code decides."""
        return CODES[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether it keeps the extension from working or from passing review."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message
