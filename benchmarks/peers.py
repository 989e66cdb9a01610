"""Other people's packages, installed into a folder of their own that git does not see."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SDK = "clova-cek-sdk==1.1.2"
FOLDER = Path(__file__).parent / ".peers"

_PACKAGES = FOLDER / "packages"
_BUILD = FOLDER / "build"

# Its setup.py reads the version with a module that Python has dropped since.
_IMP = """\
import runpy
from types import SimpleNamespace


def load_source(name, path):
    return SimpleNamespace(**runpy.run_path(path))
"""


def use() -> None:
    """Let the packages be imported; what is installed in the environment comes first."""
    if str(_PACKAGES) not in sys.path:
        sys.path.append(str(_PACKAGES))


def install() -> str | None:
    """Install LINE's SDK, unless it is there already.

    :return: why it cannot be installed, or None.
    """
    if (_PACKAGES / "cek").is_dir():
        return None
    _BUILD.mkdir(parents=True, exist_ok=True)
    (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    (_BUILD / "imp.py").write_text(_IMP, encoding="utf-8")
    return _pip(_BUILD, "setuptools") or _pip(
        _PACKAGES, "--no-deps", "--no-build-isolation", "--use-pep517", SDK
    )


def _pip(target: Path, *arguments: str) -> str | None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(_BUILD)}
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=120)
    except subprocess.CalledProcessError as error:
        return str(error.stderr).strip()
    except subprocess.TimeoutExpired:
        return "pip took longer than two minutes."
    return None
