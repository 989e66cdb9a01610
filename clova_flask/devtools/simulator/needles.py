"""Find many values in a text at once."""

from __future__ import annotations


class Needles:
    """Values to be found in texts, and what stands there instead.

    How long a text takes depends on its length, not on the number of values: at each place of the text, its
    next characters tell which lengths can begin there, and each length is one look into a dict.

    :param shortest: characters of the shortest value that is found.
    """

    def __init__(self, shortest: int) -> None:
        self._shortest = shortest
        self._by_start: dict[str, dict[int, dict[str, str]]] = {}

    def add(self, value: str, name: str) -> None:
        """Find a value from here on; the first name for it stays."""
        if len(value) >= self._shortest:
            by_length = self._by_start.setdefault(value[: self._shortest], {})
            if len(value) not in by_length:
                by_length[len(value)] = {}
                # The longest first, since one value may begin another.
                self._by_start[value[: self._shortest]] = dict(sorted(by_length.items(), reverse=True))
            self._by_start[value[: self._shortest]][len(value)].setdefault(value, name)

    def replace(self, text: str) -> str:
        """Return a text with names in place of the values."""
        if not self._by_start:
            return text
        parts: list[str] = []
        done = place = 0
        while place <= len(text) - self._shortest:
            found = self._at(text, place)
            if found is None:
                place += 1
                continue
            value, name = found
            parts += (text[done:place], name)
            done = place = place + len(value)
        return "".join([*parts, text[done:]]) if parts else text

    def _at(self, text: str, place: int) -> tuple[str, str] | None:
        by_length = self._by_start.get(text[place : place + self._shortest])
        for length, names in (by_length or {}).items():
            value = text[place : place + length]
            if value in names:
                return value, names[value]
        return None
