"""The table of codes."""

from __future__ import annotations

from .answer_codes import ANSWER_CODES
from .rows import Code

CODES: dict[str, Code] = {code.name: code for code in (*ANSWER_CODES,)}
"""Every code of a finding, by its name."""
