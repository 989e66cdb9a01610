"""``flask clova``: the command line."""

from __future__ import annotations

from .commands import clova

__all__ = ["clova"]
