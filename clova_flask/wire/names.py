"""Names as they are on the wire and in Python: ``pizzaType`` and ``pizza_type``."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache


def camel_case(name: str) -> str:
    """``pizza_type`` → ``pizzaType``."""
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)


@lru_cache(maxsize=1024)  # the same few names come with every message
def snake_case(name: str) -> str:
    """``pizzaType`` and ``PizzaType`` → ``pizza_type``."""
    spaced = re.sub(r"(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z])(?=[a-z])", r"_\1\2", name)
    return re.sub(r"[^\w]+", "_", spaced).lower()


def spellings(name: str) -> tuple[str, ...]:
    """Return a parameter's name, and its name on the wire when that is another."""
    return (name, camel_case(name)) if camel_case(name) != name else (name,)


def find_key(values: Collection[str], wanted: tuple[str, ...]) -> str | None:
    """Find the key that one of these spellings, or another of the same name, stands for.

    :param values: the keys there are, usually a mapping.
    :param wanted: from :func:`spellings`.
    """
    for name in wanted:
        if name in values:
            return name
    names = {snake_case(name) for name in wanted}
    return next((name for name in values if snake_case(name) in names), None)


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter is missing, added or replaced, or two neighbours are swapped."""
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(other)) == 1
    left, right = one[start:], other[start:]
    is_swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return is_swapped or left[1:] in (right[1:], right) or left == right[1:]
