"""A track of the audio player: where it is, and what it reports next."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .reply import json_object

DEFAULT_DURATION = 180_000
"""How long a stream plays that tells no length, in milliseconds."""


@dataclass(eq=False, slots=True)
class Track:
    """Something to play.

    :ivar stream: its AudioStreamInfoObject.
    :ivar begin: where playback began, in milliseconds.
    :ivar offset: where playback is, in milliseconds.
    """

    item_id: str
    stream: Mapping[str, Any]
    begin: int
    offset: int

    @property
    def token(self) -> str:
        """The extension's name for the stream."""
        return str(self.stream.get("token", ""))

    @property
    def duration(self) -> int:
        """How long it is, in milliseconds."""
        return milliseconds(self.stream.get("durationInMilliseconds")) or DEFAULT_DURATION

    def next_stop(self, left: int) -> tuple[int, list[str]]:
        """Return where the clock stops next, and which progress reports are due there.

        :param left: milliseconds that may pass at most.
        """
        due = [(at, kind) for at, kind in self._next_reports() if at > self.offset]
        end = max(min(self.offset + left, self.duration), self.offset)
        stop = min([end, *(at for at, _ in due)])
        return stop, [kind for at, kind in due if at == stop]

    def _next_reports(self) -> Iterator[tuple[int, str]]:
        """Yield when each kind of report is due next; delay and interval count from the beginning."""
        wanted = json_object(self.stream.get("progressReport"))
        delay, interval, position = (
            milliseconds(wanted.get(f"progressReport{kind}InMilliseconds"))
            for kind in ("Delay", "Interval", "Position")
        )
        if delay:
            yield self.begin + delay, "Delay"
        if interval:
            played = (self.offset - self.begin) // interval
            yield self.begin + (played + 1) * interval, "Interval"
        if position:
            yield position, "Position"


def milliseconds(value: Any) -> int:
    """Return a time in milliseconds; anything else counts as 0."""
    usable = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return max(0, round(value)) if usable else 0
