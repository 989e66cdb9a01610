"""The device's audio player, on a clock that goes only when it is told to.

From the guides' AudioPlayer and PlaybackController interfaces. Each step gives the events that the device
reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..caller import event_request

Event = dict[str, Any]

DEFAULT_DURATION = 180_000
"""How long a stream plays whose length nobody tells, in milliseconds."""


@dataclass(slots=True)
class Track:
    """Something to play.

    :ivar stream: its AudioStreamInfoObject.
    :ivar offset: where it is, in milliseconds.
    """

    item_id: str
    stream: Mapping[str, Any]
    offset: float = 0
    reported: set[str] = field(default_factory=set)

    @property
    def token(self) -> str:
        """The extension's name for the stream."""
        return str(self.stream.get("token", ""))

    @property
    def duration(self) -> float:
        """How long it is, in milliseconds."""
        return float(self.stream.get("durationInMilliseconds") or DEFAULT_DURATION)


class Player:
    """The audio player of one device."""

    def __init__(self) -> None:
        self.activity = "IDLE"
        self.track: Track | None = None
        self.queue: list[Track] = []

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

    def obey(self, directive: Mapping[str, Any]) -> Iterator[Event]:
        """Do what a directive says, and give the events that follow."""
        header, payload = directive["header"], directive["payload"]
        match f"{header['namespace']}.{header['name']}":
            case "AudioPlayer.Play":
                item = payload.get("audioItem") or {}
                track = Track(str(item.get("audioItemId", "")), item.get("stream") or {})
                track.offset = track.stream.get("beginAtInMilliseconds") or 0
                yield from self._take(track, payload.get("playBehavior"))
            case "AudioPlayer.StreamDeliver":
                yield from self._deliver(str(payload.get("audioItemId")), payload.get("audioStream") or {})
            case "PlaybackController.Pause":
                yield from self._change("PLAYING", "PAUSED", "PlayPaused")
            case "PlaybackController.Resume":
                yield from self._change("PAUSED", "PLAYING", "PlayResumed")
            case "PlaybackController.Stop":
                yield from self._stop()

    def advance(self, milliseconds: float) -> Iterator[Event]:
        """Let time pass, and give what the device reports on the way."""
        while self.track is not None and self.activity == "PLAYING" and milliseconds > 0:
            track = self.track
            step = min(milliseconds, max(track.duration - track.offset, 0))
            yield from self._progress(track, track.offset, track.offset + step)
            track.offset += step
            milliseconds -= step
            if track.offset >= track.duration:
                yield self._report("PlayFinished")
                yield from self._next()

    def _take(self, track: Track, behavior: Any) -> Iterator[Event]:
        if behavior == "ENQUEUE" and self.track is not None and self.activity in ("PLAYING", "PAUSED"):
            self.queue.append(track)
            return
        if self.activity in ("PLAYING", "PAUSED"):
            yield self._report("PlayStopped")
        self.queue.clear()
        yield from self._start(track)

    def _start(self, track: Track) -> Iterator[Event]:
        self.track = track
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
        if self.track is None or self.track.item_id != item_id or stream.get("urlPlayable") is not True:
            return
        track = Track(item_id, {**self.track.stream, **stream}, self.track.offset)
        yield from self._start(track)

    def _change(self, before: str, after: str, event: str) -> Iterator[Event]:
        if self.activity == before:
            self.activity = after
            yield self._report(event)

    def _stop(self) -> Iterator[Event]:
        if self.activity in ("PLAYING", "PAUSED"):
            self.activity = "STOPPED"
            self.queue.clear()
            yield self._report("PlayStopped")

    def _next(self) -> Iterator[Event]:
        if self.queue:
            yield from self._start(self.queue.pop(0))
        else:
            self.track, self.activity = None, "IDLE"

    def _progress(self, track: Track, start: float, end: float) -> Iterator[Event]:
        """Give the reports that the stream asks for, in the order they fall due."""
        wanted = track.stream.get("progressReport") or {}
        due: list[tuple[float, str]] = []
        for kind in ("Delay", "Position"):
            at = wanted.get(f"progressReport{kind}InMilliseconds")
            if at is not None and start < at <= end and kind not in track.reported:
                track.reported.add(kind)
                due.append((at, kind))
        interval = wanted.get("progressReportIntervalInMilliseconds") or 0
        if interval > 0:
            first = int(start // interval) + 1
            due += [(n * interval, "Interval") for n in range(first, int(end // interval) + 1)]
        for at, kind in sorted(due):
            track.offset = at
            yield self._report(f"ProgressReport{kind}Passed")
        track.offset = start

    def _report(self, name: str) -> Event:
        track = self.track
        payload = {"token": track.token, "offsetInMilliseconds": track.offset} if track else {}
        return event_request(f"AudioPlayer.{name}", payload)
