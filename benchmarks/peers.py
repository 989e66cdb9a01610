"""Other people's packages, installed into a folder of their own that git does not see."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

SDK = "clova-cek-sdk==1.1.2"
FOLDER = Path(__file__).parent / ".peers"

_PACKAGES = FOLDER / "packages"

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
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / ".gitignore").write_text("*\n", encoding="utf-8")
    with TemporaryDirectory() as name:
        tools = Path(name)
        (tools / "imp.py").write_text(_IMP, encoding="utf-8")
        return _pip(tools, tools, "setuptools") or _pip(
            tools, _PACKAGES, "--no-deps", "--no-build-isolation", "--use-pep517", SDK
        )


def _pip(tools: Path, target: Path, *arguments: str) -> str | None:
    """Install into a folder, building with what is in another; return what went wrong, or None."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(tools)}
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=120)
    except subprocess.CalledProcessError as error:
        return str(error.stderr).strip()
    except subprocess.TimeoutExpired:
        return "pip took longer than two minutes."
    return None
