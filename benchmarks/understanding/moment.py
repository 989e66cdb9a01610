"""When the utterances are said."""

from __future__ import annotations

from datetime import datetime

NOW = datetime.fromisoformat("2026-11-20T10:00:00+09:00")
"""A Friday morning, in Korea as in Japan."""
