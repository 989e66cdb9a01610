"""Builders of the ``AudioPlayer`` directives."""

from __future__ import annotations

from .custom.audio import play, stream

__all__ = ["play", "stream"]
