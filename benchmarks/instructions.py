"""Counting instructions with valgrind's cachegrind: the same from run to run, where times are not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from .signing import SignedRequest

ROOT = Path(__file__).resolve().parent.parent

CONTENDERS = "benchmarks.contenders:make_app"
"""Where the apps are made that are compared."""

FEW, MANY = 200, 1_200
"""Requests of the two runs of which the difference counts: start and warm-up are in both."""

_CACHEGRIND = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")
_TOTAL = re.compile(r"I\s+refs:\s+([\d,]+)")


def is_available() -> bool:
    """Whether valgrind is installed."""
    return shutil.which("valgrind") is not None


def count(*arguments: str) -> int:
    """Count the instructions of a Python process.

    :param arguments: of the interpreter, ``-c`` or ``-m`` and what follows.
    :raises RuntimeError: the process failed.
    """
    _run(sys.executable, *arguments)  # compiling to __pycache__, once after each change, must not count
    with TemporaryDirectory() as folder:
        log = Path(folder) / "valgrind.log"
        _run(*_CACHEGRIND, f"--log-file={log}", sys.executable, *arguments)
        total = _TOTAL.search(log.read_text(encoding="utf-8", errors="replace"))
    if total is None:
        raise RuntimeError("valgrind has logged no number of instructions.")
    return int(total[1].replace(",", ""))


def _run(*command: str) -> None:
    done = subprocess.run(command, env=_environment(), cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr.strip()}")


def _environment() -> dict[str, str]:
    """Return an environment that does not depend on who runs this: its size and the hash seed would count."""
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}


def count_all(commands: Sequence[Sequence[str]]) -> list[int]:
    """Count several processes, as many at a time as there are cores: it does not change what is counted."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda arguments: count(*arguments), commands))


def per_request(
    workload: str,
    names: Sequence[str],
    public_key: str,
    signed: SignedRequest,
    *,
    factory: str = CONTENDERS,
) -> dict[str, float]:
    """Count the instructions that a request takes.

    :param names: of the contenders.
    :param factory: where the app is made, ``module:function``; it takes workload, name and public key.
    :return: by name, the instructions of one request.
    """
    with TemporaryDirectory() as folder:
        lay_out(Path(folder), public_key, signed)
        runs = [(name, requests) for name in names for requests in (FEW, MANY)]
        counts = count_all(
            [("-m", "benchmarks.counted", factory, workload, name, folder, str(n)) for name, n in runs]
        )
    totals = dict(zip(runs, counts, strict=True))
    return {name: (totals[name, MANY] - totals[name, FEW]) / (MANY - FEW) for name in names}


def lay_out(folder: Path, public_key: str, signed: SignedRequest) -> None:
    """Write what :mod:`benchmarks.counted` reads."""
    (folder / "key.pem").write_text(public_key, encoding="ascii")
    (folder / "body.json").write_bytes(signed.body)
    (folder / "signature").write_text(signed.signature, encoding="ascii")
