"""Builders of the ``PlaybackController`` directives."""

from __future__ import annotations

from .custom.playback import pause, resume, stop

__all__ = ["pause", "resume", "stop"]
