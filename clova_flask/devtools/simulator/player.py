"""The audio player of a device, on a clock that moves only when it is told to.

From the guides' AudioPlayer and PlaybackController interfaces. Each step yields the events that the device
reports, one at a time: the answer to one is obeyed before the next is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .reply import json_object
from .requests import event_request
from .track import Track, milliseconds

Event = dict[str, Any]

_REPORTED = {
    "AudioPlayer.PlayStarted": "PLAYING",
    "AudioPlayer.PlayResumed": "PLAYING",
    "AudioPlayer.PlayPaused": "PAUSED",
    "AudioPlayer.PlayStopped": "STOPPED",
    "AudioPlayer.PlayFinished": "IDLE",
}
"""The activity of a player that has reported an event."""


class Player:
    """The audio player of one device.

    :ivar activity: ``IDLE``, ``PLAYING``, ``PAUSED`` or ``STOPPED``.
    :ivar track: the track that plays, or played last.
    :ivar queue: the tracks that play after it.
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
        """Do what a directive says, and yield the events that follow; a malformed one does nothing."""
        header, payload = (
            json_object(json_object(directive).get("header")),
            json_object(json_object(directive).get("payload")),
        )
        match f"{header.get('namespace')}.{header.get('name')}":
            case "AudioPlayer.Play":
                item = json_object(payload.get("audioItem"))
                stream = json_object(item.get("stream"))
                begin = milliseconds(stream.get("beginAtInMilliseconds"))
                track = Track(str(item.get("audioItemId", "")), stream, begin, begin)
                yield from self._take(track, payload.get("playBehavior"))
            case "AudioPlayer.StreamDeliver":
                stream = json_object(payload.get("audioStream", payload.get("stream")))
                yield from self._deliver(str(payload.get("audioItemId")), stream)
            case "PlaybackController.Pause":
                yield from self._change("PLAYING", "PAUSED", "PlayPaused")
            case "PlaybackController.Resume":
                yield from self._change("PAUSED", "PLAYING", "PlayResumed")
            case "PlaybackController.Stop":
                self._busy = False
                self.queue.clear()
                yield from self._stop()

    def reported(self, event: Event) -> Iterator[Event]:
        """Come into the state that an event tells of, and yield it with what the device reports after it.

        :param event: an ``EventRequest`` that somebody has written. One of another stream changes nothing.
        """
        name = f"{event['event']['namespace']}.{event['event']['name']}"
        payload = json_object(event["event"].get("payload"))
        track = self.track
        if name in _REPORTED and track is not None and payload.get("token", track.token) == track.token:
            track.offset = milliseconds(payload.get("offsetInMilliseconds", track.offset))
            self.activity = _REPORTED[name]
            self._busy = self.activity != "STOPPED"
            if not self._busy:
                self.queue.clear()
        else:
            track = None
        yield event
        if track is not None and self.track is track and self.activity == "IDLE":
            yield from self._next()

    def advance(self, time: float) -> Iterator[Event]:
        """Let time pass, and yield what the device reports on the way."""
        left = milliseconds(time)
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
        if track is None or not waits or track.item_id != item_id or stream.get("urlPlayable") is False:
            return
        delivered = {**track.stream, "urlPlayable": True, **stream}
        yield from self._start(Track(item_id, delivered, track.begin, track.offset))

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
