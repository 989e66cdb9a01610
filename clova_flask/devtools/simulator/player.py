"""The device's audio player, on a clock that goes only when it is told to.

From the guides' AudioPlayer and PlaybackController interfaces. Each step gives the events that the device
reports, one at a time: what is answered to one has been obeyed when the next is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .requests import event_request

Event = dict[str, Any]

DEFAULT_DURATION = 180_000
"""How long a stream plays whose length nobody tells, in milliseconds."""


@dataclass(eq=False, slots=True)
class Track:
    """Something to play.

    :ivar stream: its AudioStreamInfoObject.
    :ivar begin: where it began to play, in milliseconds.
    :ivar offset: where it is, in milliseconds.
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
        return _milliseconds(self.stream.get("durationInMilliseconds")) or DEFAULT_DURATION

    def next_stop(self, left: int) -> tuple[int, list[str]]:
        """Say where the clock stops next, and which progress reports fall due there.

        :param left: milliseconds that may pass at most.
        """
        due = [(at, kind) for at, kind in self._next_reports() if at > self.offset]
        end = max(min(self.offset + left, self.duration), self.offset)
        stop = min([end, *(at for at, _ in due)])
        return stop, [kind for at, kind in due if at == stop]

    def _next_reports(self) -> Iterator[tuple[int, str]]:
        """Give when each kind of report falls due next; delay and interval count from the beginning."""
        wanted = _object(self.stream.get("progressReport"))
        delay, interval, position = (
            _milliseconds(wanted.get(f"progressReport{kind}InMilliseconds"))
            for kind in ("Delay", "Interval", "Position")
        )
        if delay:
            yield self.begin + delay, "Delay"
        if interval:
            played = (self.offset - self.begin) // interval
            yield self.begin + (played + 1) * interval, "Interval"
        if position:
            yield position, "Position"


class Player:
    """The audio player of one device.

    :ivar activity: ``IDLE``, ``PLAYING``, ``PAUSED`` or ``STOPPED``.
    :ivar track: what is played, or was played last.
    :ivar queue: what is played after it.
    """

    def __init__(self) -> None:
        self.activity = "IDLE"
        self.track: Track | None = None
        self.queue: list[Track] = []
        self._busy = False  # with a track that plays, is paused, waits for its address or is just ending

    def context(self) -> dict[str, Any]:
        """Write ``context.AudioPlayer``."""
        track = self.track
        if track is None:
            return {"playerActivity": self.activity}
        return {
            "playerActivity": self.activity,
            "offsetInMilliseconds": track.offset,
            "totalInMilliseconds": track.duration,
            "stream": dict(track.stream),
        }

    def obey(self, directive: Any) -> Iterator[Event]:
        """Do what a directive says, and give the events that follow; one that is malformed does nothing."""
        header, payload = (
            _object(_object(directive).get("header")),
            _object(_object(directive).get("payload")),
        )
        match f"{header.get('namespace')}.{header.get('name')}":
            case "AudioPlayer.Play":
                item = _object(payload.get("audioItem"))
                stream = _object(item.get("stream"))
                begin = _milliseconds(stream.get("beginAtInMilliseconds"))
                track = Track(str(item.get("audioItemId", "")), stream, begin, begin)
                yield from self._take(track, payload.get("playBehavior"))
            case "AudioPlayer.StreamDeliver":
                yield from self._deliver(str(payload.get("audioItemId")), _object(payload.get("audioStream")))
            case "PlaybackController.Pause":
                yield from self._change("PLAYING", "PAUSED", "PlayPaused")
            case "PlaybackController.Resume":
                yield from self._change("PAUSED", "PLAYING", "PlayResumed")
            case "PlaybackController.Stop":
                self._busy = False
                self.queue.clear()
                yield from self._stop()

    def advance(self, milliseconds: float) -> Iterator[Event]:
        """Let time pass, and give what the device reports on the way."""
        left = _milliseconds(milliseconds)
        while left > 0 and self.track is not None and self.activity == "PLAYING":
            track = self.track
            stop, kinds = track.next_stop(left)
            left -= stop - track.offset
            track.offset = stop
            for kind in kinds:
                if self._plays(track):
                    yield self._report(f"ProgressReport{kind}Passed")
            if self._plays(track) and track.offset >= track.duration:
                yield from self._finish(track)

    def _plays(self, track: Track) -> bool:
        return self.track is track and self.activity == "PLAYING"

    def _take(self, track: Track, behavior: Any) -> Iterator[Event]:
        if behavior == "ENQUEUE":
            self.queue.append(track)
            if not self._busy:
                yield from self._next()
            return
        self.queue.clear()
        yield from self._stop()
        yield from self._start(track)

    def _start(self, track: Track) -> Iterator[Event]:
        self.track, self._busy = track, True
        if track.stream.get("urlPlayable") is False:
            self.activity = "STOPPED"
            stream = dict(track.stream)
            yield event_request(
                "AudioPlayer.StreamRequested", {"audioItemId": track.item_id, "audioStream": stream}
            )
            return
        self.activity = "PLAYING"
        yield self._report("PlayStarted")

    def _deliver(self, item_id: str, stream: Mapping[str, Any]) -> Iterator[Event]:
        track = self.track
        waits = track is not None and self._busy and self.activity == "STOPPED"
        if track is None or not waits or track.item_id != item_id or stream.get("urlPlayable") is not True:
            return
        yield from self._start(Track(item_id, {**track.stream, **stream}, track.begin, track.offset))

    def _change(self, before: str, after: str, event: str) -> Iterator[Event]:
        if self.activity == before:
            self.activity = after
            yield self._report(event)

    def _stop(self) -> Iterator[Event]:
        if self.activity in ("PLAYING", "PAUSED"):
            self.activity = "STOPPED"
            yield self._report("PlayStopped")

    def _finish(self, track: Track) -> Iterator[Event]:
        self.activity = "IDLE"
        yield self._report("PlayFinished")
        if self.track is track and self.activity == "IDLE":
            yield from self._next()

    def _next(self) -> Iterator[Event]:
        if self.queue:
            yield from self._start(self.queue.pop(0))
        else:
            self.track, self.activity, self._busy = None, "IDLE", False

    def _report(self, name: str) -> Event:
        track = self.track
        payload = {"token": track.token, "offsetInMilliseconds": track.offset} if track else {}
        return event_request(f"AudioPlayer.{name}", payload)


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _milliseconds(value: Any) -> int:
    """Take a time as it is; anything that is none counts as 0."""
    usable = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return max(0, round(value)) if usable else 0
