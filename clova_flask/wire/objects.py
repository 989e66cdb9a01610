"""What messages become: immutable objects that keep the fields the protocol's tables do not name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class _Nothing(dict[str, Any]):
    """An empty mapping that stays empty, and that is the same one when it is copied or unpickled."""

    def __setitem__(self, key: str, value: Any) -> None:
        raise TypeError("This mapping stands for one that was not there; it cannot be changed.")

    def update(self, *_: Any, **__: Any) -> None:
        """Refuse."""
        self["update"] = None

    def setdefault(self, *_: Any) -> Any:
        """Refuse."""
        self["setdefault"] = None

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(type(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return nothing, ()

    def __copy__(self) -> _Nothing:
        return self

    def __deepcopy__(self, _: Any) -> _Nothing:
        return self


NOTHING: Mapping[str, Any] = _Nothing()
"""The ``extra`` of an object whose message held nothing unknown."""


def nothing() -> Mapping[str, Any]:
    """Return :data:`NOTHING`, as the default of a dataclass field."""
    return NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class WireObject:
    """The base: ``extra`` holds the fields that are not in the protocol's tables."""

    extra: Mapping[str, Any] = field(default_factory=nothing, repr=False, hash=False)
