"""Send a body that has failed again: ``python -m tests.fuzz line BASE64``, with ``-`` from standard input."""

from __future__ import annotations

import base64
import sys

from .cases import PLATFORMS
from .harness import replay

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in PLATFORMS:
        raise SystemExit(f"python -m tests.fuzz {'|'.join(PLATFORMS)} BASE64")
    written = sys.stdin.read() if sys.argv[2] == "-" else sys.argv[2]
    replay(sys.argv[1], [base64.b64decode(written)])
