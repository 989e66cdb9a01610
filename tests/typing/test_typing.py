"""What type checkers are shown runs as well; what is wrong is in functions that nobody calls."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

EXAMPLES = sorted(path for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_is_typed_right_is_registered_and_built(path: Path) -> None:
    runpy.run_path(str(path))
