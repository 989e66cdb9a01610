"""What checks of a model find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import ModelError, place


@dataclass(frozen=True, slots=True)
class ModelFinding:
    """Something to mend in a model, or to know.

    :ivar fault: whether the platform, or a handler, will not do with it.
    :ivar text: what it is and what to do.
    :ivar path: the file, where there is one.
    :ivar line: its line, from 1; 0 when it is about the whole file.
    """

    fault: bool
    text: str
    path: Path | None = None
    line: int = 0

    def __str__(self) -> str:
        """Write it with its place in front: ``intents/OrderPizza.tsv:12: …``."""
        return f"{place(self.path, self.line)}{self.text}"


def raise_all(faults: Sequence[ModelError]) -> None:
    """Raise the faults that were gathered as one error; nothing when there are none.

    :raises ModelError: with every fault.
    """
    if faults:
        first, *others = faults
        raise ModelError(first.text, first.path, first.line, others=others)


def as_findings(error: ModelError) -> list[ModelFinding]:
    """List the faults of files that could not be read."""
    return [ModelFinding(True, fault.text, fault.path, fault.line) for fault in error.faults]
