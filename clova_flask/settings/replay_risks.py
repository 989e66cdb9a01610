"""The check of the replay guard's settings: valid, and perhaps not what protects."""

from __future__ import annotations

from ..findings import Finding
from . import Settings

MEMORY_URL = "memory://"


def check_replay_guard(settings: Settings) -> list[Finding]:
    """Check whether the replay guard, which is on, guards what it should."""
    findings = []
    if settings.replay_guard_url == MEMORY_URL:
        message = (
            "CLOVA_REPLAY_GUARD_URL is memory://, which each process has for itself: a message that is sent "
            "again is answered once by each worker. Set the URL of a Redis: redis://host:6379/0."
        )
        findings.append(Finding("settings.replay-guard-in-memory", message))
    tolerance, ttl = settings.timestamp_tolerance, settings.replay_guard_ttl
    if tolerance is not None and ttl < 2 * tolerance:
        message = (
            f"CLOVA_REPLAY_GUARD_TTL is {ttl:g} s, and CLOVA_TIMESTAMP_TOLERANCE {tolerance:g} s accepts a "
            f"message for {2 * tolerance:g} s, half of them before the time that it bears. It is forgotten "
            f"while it is still accepted. Set {2 * tolerance:g} or more."
        )
        findings.append(Finding("settings.replay-guard-forgets", message))
    return findings
