"""Printing what was measured."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from platform import python_implementation, python_version
from statistics import median

from .contenders import FLOOR, Contender

_PACKAGES = ("flask", "werkzeug", "cryptography", "marshmallow", "orjson", "gunicorn")


def print_versions() -> None:
    """Say what it all ran on."""
    print(f"{python_implementation()} {python_version()}", *map(_version, _PACKAGES), sep=", ")


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"no {package}"


def print_costs(title: str, contenders: Sequence[Contender], times: dict[str, list[float]]) -> None:
    """Print microseconds a request, and how many times the floor that is.

    :param times: by name, the seconds of a request in each round.
    """
    floor = times[FLOOR]
    _print_row(title, "median µs", "× floor", "min µs", "× floor")
    for row in contenders:
        middle, least = median(times[row.name]), min(times[row.name])
        _print_row(
            row.title,
            f"{middle * 1e6:.1f}",
            f"{middle / median(floor):.2f}",
            f"{least * 1e6:.1f}",
            f"{least / min(floor):.2f}",
        )


def print_rates(title: str, contenders: Sequence[Contender], times: dict[str, list[float]]) -> None:
    """Print requests a second, and which part of the floor's that is.

    :param times: by name, the seconds of a request in each round.
    """
    floor = times[FLOOR]
    _print_row(title, "median 1/s", "× floor", "best 1/s", "× floor")
    for row in contenders:
        middle, least = median(times[row.name]), min(times[row.name])
        _print_row(
            row.title,
            f"{1 / middle:.0f}",
            f"{median(floor) / middle:.2f}",
            f"{1 / least:.0f}",
            f"{min(floor) / least:.2f}",
        )


def _print_row(first: str, *cells: str) -> None:
    print(f"{first:<44}" + "".join(f"{cell:>12}" for cell in cells))
