"""Which extra brings what a part of the package needs."""

from __future__ import annotations

from importlib.util import find_spec

SQL = ("alembic", "sqlalchemy")
"""What the extra ``sqlalchemy`` brings."""


def missing(packages: tuple[str, ...]) -> str | None:
    """Return the first package that is not installed; they are looked for, and not imported."""
    return next((name for name in packages if find_spec(name) is None), None)


def require(part: str, extra: str, packages: tuple[str, ...]) -> None:
    """Check that what a part of the package needs is installed.

    :param part: what needs it, as it is imported.
    :param extra: the extra that brings it.
    :raises ImportError: it is not, with the command that installs it.
    """
    name = missing(packages)
    if name is not None:
        raise ImportError(
            f"{part} needs {name}, which the extra {extra} brings: pip install 'clova-flask[{extra}]'",
            name=name,
        )
