"""The key of a turn, by which both processes know it."""

from __future__ import annotations

import hashlib


def turn_key(signature: str) -> str:
    """Return the key of the turn of a message: a digest of its signature."""
    return hashlib.sha256(signature.encode("utf-8", "surrogatepass")).hexdigest()[:16]
