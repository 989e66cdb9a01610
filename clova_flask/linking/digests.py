"""How secrets are stored."""

from __future__ import annotations

import hashlib


def digest(*values: str) -> str:
    """Return the SHA-256 of one value, or of several, as it is stored."""
    return hashlib.sha256("\0".join(values).encode("utf-8", "surrogatepass")).hexdigest()
