"""One extension on one app: what is made of its settings, its handlers and its stores."""

from __future__ import annotations

from .lookup import runtime_of, runtimes_of
from .runtime import MODEL_FOLDER, Runtime

__all__ = ["MODEL_FOLDER", "Runtime", "runtime_of", "runtimes_of"]
