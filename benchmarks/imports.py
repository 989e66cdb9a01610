"""What importing the package costs, against what it is built on: ``python -m benchmarks.imports``."""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from . import instructions
from .signing import make_key, public_pem, sign
from .tables import print_row, print_versions
from .workloads import WORKLOADS

BASIS = (
    "import flask, marshmallow\n"
    "from cryptography.hazmat.primitives import hashes, serialization\n"
    "from cryptography.hazmat.primitives.asymmetric import padding, rsa\n"
)
"""What the package cannot do without."""

_TIMED = "import time\nstart = time.perf_counter()\n{}print(time.perf_counter() - start)\n"


@dataclass(frozen=True, slots=True)
class Case:
    """Two pieces of code that are compared, each in a fresh process."""

    title: str
    basis: str
    ours: str


IMPORTS = (
    # The package loads its public names when they are asked for: only the next rows tell what an app pays.
    Case("import clova_flask", BASIS, "import clova_flask\n"),
    Case("from clova_flask import Clova, ask, tell", BASIS, "from clova_flask import Clova, ask, tell\n"),
    Case(
        "the same, and clova_flask.home",
        BASIS,
        "from clova_flask import Clova\nfrom clova_flask.home import Appliance, action\n",
    ),
)


def main() -> None:
    """Print the time and the instructions of each case."""
    options = _options()
    print_versions()
    with TemporaryDirectory() as folder:
        cases = [*IMPORTS, *_first_answers(Path(folder))]
        if options.only != "instructions":
            _print_times(cases, 3 if options.quick else 21)
        if options.only != "time":
            _print_instructions(cases)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.imports", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three runs each, to see that it works")
    parser.add_argument("--only", choices=["time", "instructions"], help="one of the two measurements")
    return parser.parse_args()


def _first_answers(folder: Path) -> list[Case]:
    """Return the cases in which an app is made and answers, so that nothing is left for later.

    :param folder: where the message, its signature and the key are laid out.
    """
    key = make_key()
    cases = []
    for workload in WORKLOADS.values():
        place = folder / workload.name
        place.mkdir()
        instructions.lay_out(place, public_pem(key), sign(key, workload.message(0)))
        floor, ours = (_answering(workload.name, name, place) for name in ("floor-json", "ours-json"))
        cases.append(Case(f"up to the first {workload.title}", floor, ours))
    return cases


def _answering(workload: str, name: str, place: Path) -> str:
    arguments = [instructions.CONTENDERS, workload, name, str(place), "1"]
    return f"import sys\nsys.argv[1:] = {arguments}\nfrom benchmarks.counted import main\nmain()\n"


def _print_times(cases: list[Case], rounds: int) -> None:
    print()
    print_row("Milliseconds, median", "basis", "ours", "× basis")
    for case in cases:
        # In turn, so that noise hits both alike; files may not be in memory before the first round.
        pairs = [(_seconds(case.basis), _seconds(case.ours)) for _ in range(rounds + 1)][1:]
        basis, ours = (median(column) * 1e3 for column in zip(*pairs, strict=True))
        ratio = median(ours / basis for basis, ours in pairs)
        print_row(case.title, f"{basis:.1f}", f"{ours:.1f}", f"{ratio:.2f}")


def _seconds(code: str) -> float:
    command = [sys.executable, "-c", _TIMED.format(code)]
    return float(subprocess.run(command, cwd=instructions.ROOT, check=True, capture_output=True).stdout)


def _print_instructions(cases: list[Case]) -> None:
    print()
    if not instructions.is_available():
        print("Instructions are not counted: valgrind is not installed.")
        return
    print_row("Millions of instructions", "basis", "ours", "× basis")
    codes = dict.fromkeys(["pass\n", *(code for case in cases for code in (case.basis, case.ours))])
    counts = dict(zip(codes, instructions.count_all([["-c", code] for code in codes]), strict=True))
    for case in cases:
        basis, ours = (counts[code] - counts["pass\n"] for code in (case.basis, case.ours))
        print_row(case.title, f"{basis / 1e6:.0f}", f"{ours / 1e6:.0f}", f"{ours / basis:.3f}")


if __name__ == "__main__":
    main()
