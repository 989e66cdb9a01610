"""Printing what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from platform import python_implementation, python_version
from statistics import median

from .contenders import Contender

_PACKAGES = ("flask", "werkzeug", "cryptography", "marshmallow", "orjson", "gunicorn")


def print_versions() -> None:
    """Print what it all ran on."""
    print(f"{python_implementation()} {python_version()}", *map(_version, _PACKAGES), sep=", ")


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"no {package}"


def print_instructions(contenders: Sequence[Contender], counts: dict[str, float]) -> None:
    """Print the instructions of a request, in thousands, beside those of the floor with the same encoder.

    :param counts: by name, the instructions of one request.
    """
    print_row("Instructions a request", "thousands", "- floor", "× floor")
    for row in contenders:
        ours, floor = counts[row.name], counts[row.floor]
        print_row(row.title, f"{ours / 1e3:.1f}", f"{(ours - floor) / 1e3:+.1f}", f"{ours / floor:.3f}")


def print_costs(contenders: Sequence[Contender], times: dict[str, list[float]]) -> None:
    """Print microseconds a request, and how many times the floor with the same encoder that is.

    :param times: by name, the seconds of a request in each round.
    """
    print_row("In process", "median µs", "× floor", "min µs", "× floor")
    for row in contenders:
        ours, floor = times[row.name], times[row.floor]
        print_row(
            row.title,
            f"{median(ours) * 1e6:.1f}",
            f"{median(ours) / median(floor):.2f}",
            f"{min(ours) * 1e6:.1f}",
            f"{min(ours) / min(floor):.2f}",
        )


def print_rates(title: str, contenders: Sequence[Contender], times: dict[str, list[float]]) -> None:
    """Print requests a second, and which part of the rate of the floor with the same encoder that is.

    :param times: by name, the seconds of a request in each round.
    """
    print_row(title, "median 1/s", "× floor", "best 1/s", "× floor")
    for row in contenders:
        ours, floor = times[row.name], times[row.floor]
        print_row(
            row.title,
            f"{1 / median(ours):.0f}",
            f"{median(floor) / median(ours):.2f}",
            f"{1 / min(ours):.0f}",
            f"{min(floor) / min(ours):.2f}",
        )


def print_row(first: str, *cells: str) -> None:
    """Print a row of a table."""
    print(f"{first:<44}" + "".join(f"{cell:>12}" for cell in cells))
