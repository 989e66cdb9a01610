"""Problems of files that cannot be read, raised as one error, and the same as findings."""

from __future__ import annotations

from collections.abc import Sequence

from ...errors import ModelError
from ...findings import Finding, Place


def raise_all(errors: Sequence[ModelError]) -> None:
    """Raise the errors that were gathered as one; do nothing when there are none.

    :raises ModelError: with every error.
    """
    if errors:
        first, *others = errors
        raise ModelError(first.text, first.path, first.line, others=others)


def as_findings(error: ModelError) -> list[Finding]:
    """Return a finding for each problem of files that cannot be read."""
    return [
        Finding("model.unreadable", one.text, Place(path=one.path, line=one.line)) for one in error.problems
    ]
