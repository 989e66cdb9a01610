"""The names and fields of events and built-in intents, one row a fact.

From the guides' sections on custom extension messages, events and built-in intents; directives are in
:mod:`clova_flask.custom.directive_tables`.
"""

from __future__ import annotations

from ..wire.rows import Rows, parse_objects

AUDIO_STREAM: Rows = {
    "beginAtInMilliseconds": "number!",
    "customData": "string",
    "durationInMilliseconds": "number",
    "format": "string audio/mpeg|audio/mpegurl|audio/aac|application/vnd.apple.mpegurl",
    "progressReport": "object",
    "progressReport.progressReportDelayInMilliseconds": "number",
    "progressReport.progressReportIntervalInMilliseconds": "number",
    "progressReport.progressReportPositionInMilliseconds": "number",
    "token": "string!",
    "url": "string!",
    "urlPlayable": "boolean!",
}

_OBJECTS = parse_objects({"AudioStream": AUDIO_STREAM})

_POSITION_REPORT: Rows = {"token": "string!", "offsetInMilliseconds": "number!"}
_SPEECH_REPORT: Rows = {"token": "string!"}

_EVENTS: dict[str, Rows] = {
    "AudioPlayer.PlayStarted": _POSITION_REPORT,
    "AudioPlayer.PlayPaused": _POSITION_REPORT,
    "AudioPlayer.PlayResumed": _POSITION_REPORT,
    "AudioPlayer.PlayStopped": _POSITION_REPORT,
    "AudioPlayer.PlayFinished": _POSITION_REPORT,
    "AudioPlayer.ProgressReportDelayPassed": _POSITION_REPORT,
    "AudioPlayer.ProgressReportIntervalPassed": _POSITION_REPORT,
    "AudioPlayer.ProgressReportPositionPassed": _POSITION_REPORT,
    "AudioPlayer.StreamRequested": {"audioItemId": "string!", "audioStream|stream": "AudioStream!"},
    "SpeechSynthesizer.SpeechStarted": _SPEECH_REPORT,
    "SpeechSynthesizer.SpeechFinished": _SPEECH_REPORT,
    "SpeechSynthesizer.SpeechStopped": _SPEECH_REPORT,
    "TemplateRuntime.RequestPlayerInfo": {
        "token": "string!",
        "range": "object",
        "range.before": "number",
        "range.after": "number",
    },
    "ClovaSkill.SkillEnabled": {},  # JP; the payload is null
    "ClovaSkill.SkillDisabled": {},  # JP; the user's data must be deleted
}

EVENTS = parse_objects(_EVENTS, _OBJECTS)
"""The shape of each event's payload by the event's full name."""

_REGIONS_OF_EVENTS = {"SpeechSynthesizer": ("KR",), "TemplateRuntime": ("KR",), "ClovaSkill": ("JP",)}
"""Namespaces of events that not every platform sends, with those that do."""


def event_regions(event: str) -> tuple[str, ...]:
    """Return the platforms that send an event, ``SpeechSynthesizer.*`` too; empty where all may."""
    return _REGIONS_OF_EVENTS.get(event.partition(".")[0], ())


BUILT_IN_INTENTS: dict[str, tuple[str, ...]] = {
    "Clova.CancelIntent": ("KR", "JP"),
    "Clova.GuideIntent": ("KR", "JP"),
    "Clova.YesIntent": ("KR", "JP"),
    "Clova.NoIntent": ("KR", "JP"),
    "Clova.NextIntent": ("KR", "JP"),
    "Clova.PreviousIntent": ("KR", "JP"),
    "Clova.PauseIntent": ("KR", "JP"),
    "Clova.ResumeIntent": ("KR", "JP"),
    "Clova.StopIntent": ("KR",),
    "Clova.RequestAlternativesIntent": ("KR",),
    "Clova.FallbackIntent": ("JP",),
}
"""Built-in intents, with the platforms that send them."""

AUDIO_INTENTS: dict[str, tuple[str, ...]] = {
    name: BUILT_IN_INTENTS[name]
    for name in (
        "Clova.PauseIntent",
        "Clova.ResumeIntent",
        "Clova.StopIntent",
        "Clova.NextIntent",
        "Clova.PreviousIntent",
        "Clova.RequestAlternativesIntent",
    )
}
"""Built-in intents that an extension with audio has to answer."""
