"""Checks of the arguments of what builds answers; each names the argument and what was passed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import type_name


def require_str(name: str, value: object) -> None:
    """Require a str.

    :raises TypeError: it is not one.
    """
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type_name(value)}.")


def is_text(value: object) -> bool:
    """Whether a value is text, or an object that stands for text."""
    if isinstance(value, str):
        return True
    from ..wire.texts import stands_for_text  # most text is a str

    return stands_for_text(value)


def require_text(name: str, value: object) -> None:
    """Require text, or an object that stands for text.

    :raises TypeError: it is neither.
    """
    if not is_text(value):
        raise TypeError(f"{name} must be a str, not {type_name(value)}.")


def require_list(name: str, value: Any, of: str) -> None:
    """Require a list, or another iterable that is not one thing by itself.

    :param of: what it is a list of, in words.
    :raises TypeError: it is not one.
    """
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        raise TypeError(f"{name} must be a list of {of}, not {type_name(value)}.")
