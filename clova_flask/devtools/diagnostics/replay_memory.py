"""The check of what the replay guard remembers messages in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import StorageUnavailable
from ...findings import Finding

if TYPE_CHECKING:
    from ...security.replay import ReplayGuard


def check_replay_memory(guard: ReplayGuard | None) -> list[Finding]:
    """Check that the memory of the replay guard can be used; an extension without one has no findings."""
    if guard is None:
        return []
    try:
        guard.memory.check()
    except StorageUnavailable as error:
        return [Finding("settings.replay-guard-away", str(error))]
    return []
