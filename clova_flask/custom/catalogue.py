"""The names and fields of the custom-extension protocol, one row a fact.

From the guides' sections on custom extension messages, events, directives and built-in intents.
"""

from __future__ import annotations

from ..wire.rows import Rows, parse_objects

_AUDIO_STREAM: Rows = {
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

# What a StreamDeliver leaves out stays as Play told it.
_DELIVERED_STREAM: Rows = {
    path: kind if path in ("token", "url") else kind.replace("!", "") for path, kind in _AUDIO_STREAM.items()
}

_OBJECTS = parse_objects({"AudioStream": _AUDIO_STREAM, "DeliveredStream": _DELIVERED_STREAM})

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

_ITEM_CONTROLS = (
    "BACKWARD_15S|BACKWARD_30S|BACKWARD_60S|FORWARD_15S|FORWARD_30S|FORWARD_60S|LIKE_DISLIKE|MORE|NEXT|"
    "PLAY_PAUSE|PREVIOUS|PROGRESS_BAR|REPEAT|SUBSCRIBE_UNSUBSCRIBE"
)

_PLAYBACK_TARGET: Rows = {
    "target": "object",
    "target.namespace": "string! AudioPlayer|MediaPlayer",
}

_DIRECTIVES: dict[str, Rows] = {
    "AudioPlayer.Play": {
        "audioItem": "object!",
        "audioItem.artImageUrl": "string",
        "audioItem.audioItemId": "string!",
        "audioItem.headerText": "string",
        "audioItem.stream": "AudioStream!",
        "audioItem.titleSubText1": "string!",
        "audioItem.titleSubText2": "string",
        "audioItem.titleText": "string!",
        "playBehavior": "string! REPLACE_ALL|ENQUEUE",
        "source": "object!",
        "source.logoUrl": "string",
        "source.name": "string!",
    },
    "AudioPlayer.StreamDeliver": {"audioItemId": "string!", "audioStream|stream": "DeliveredStream!"},
    "PlaybackController.Pause": _PLAYBACK_TARGET,
    "PlaybackController.Resume": _PLAYBACK_TARGET,
    "PlaybackController.Stop": _PLAYBACK_TARGET,
    "TemplateRuntime.RenderPlayerInfo": {
        "displayType": "string! list|single",
        "controls[]": "object!",
        "controls[].enabled": "boolean!",
        "controls[].name": "string! NEXT|PLAY_PAUSE|PREVIOUS",
        "controls[].selected": "boolean!",
        "controls[].type": "string!",
        "playableItems[]": "object!",
        "playableItems[].artImageUrl": "string",
        "playableItems[].controls[]": "object",
        "playableItems[].controls[].enabled": "boolean!",
        "playableItems[].controls[].name": f"string! {_ITEM_CONTROLS}",
        "playableItems[].controls[].selected": "boolean!",
        "playableItems[].controls[].type": "string!",
        "playableItems[].headerText": "string",
        "playableItems[].isLive": "boolean",
        "playableItems[].lyrics[]": "object",
        "playableItems[].lyrics[].data": "string",
        "playableItems[].lyrics[].format": "string! LRC|PLAIN",
        "playableItems[].lyrics[].url": "string",
        "playableItems[].showAdultIcon": "boolean!",
        "playableItems[].titleSubText1": "string!",
        "playableItems[].titleSubText2": "string",
        "playableItems[].titleText": "string!",
        "playableItems[].token": "string!",
        "provider": "object",
        "provider.logoUrl": "string",
        "provider.name": "string!",
        "provider.smallLogoUrl": "string",
    },
}

DIRECTIVES = parse_objects(_DIRECTIVES, _OBJECTS)
"""The shape of each directive's payload by the directive's full name."""
