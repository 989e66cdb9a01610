"""The names and fields of the custom-extension protocol, one row a fact.

From the guides' sections on custom extension messages, events, directives and built-in intents.
"""

from __future__ import annotations

from ..wire.rows import Rows

POSITION_REPORT: Rows = {"token": "string!", "offsetInMilliseconds": "number!"}
SPEECH_REPORT: Rows = {"token": "string!"}

EVENTS: dict[str, Rows] = {
    "AudioPlayer.PlayStarted": POSITION_REPORT,
    "AudioPlayer.PlayPaused": POSITION_REPORT,
    "AudioPlayer.PlayResumed": POSITION_REPORT,
    "AudioPlayer.PlayStopped": POSITION_REPORT,
    "AudioPlayer.PlayFinished": POSITION_REPORT,
    "AudioPlayer.ProgressReportDelayPassed": POSITION_REPORT,
    "AudioPlayer.ProgressReportIntervalPassed": POSITION_REPORT,
    "AudioPlayer.ProgressReportPositionPassed": POSITION_REPORT,
    "AudioPlayer.StreamRequested": {"audioItemId": "string!", "audioStream": "AudioStream!"},
    "SpeechSynthesizer.SpeechStarted": SPEECH_REPORT,
    "SpeechSynthesizer.SpeechFinished": SPEECH_REPORT,
    "SpeechSynthesizer.SpeechStopped": SPEECH_REPORT,
    "TemplateRuntime.RequestPlayerInfo": {
        "token": "string!",
        "range": "object",
        "range.before": "number",
        "range.after": "number",
    },
    "ClovaSkill.SkillEnabled": {},  # JP; the payload is null
    "ClovaSkill.SkillDisabled": {},  # JP; the user's data must be deleted
}
"""Events by full name, with the rows of their payloads."""

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

ITEM_CONTROLS = (
    "BACKWARD_15S|BACKWARD_30S|BACKWARD_60S|FORWARD_15S|FORWARD_30S|FORWARD_60S|LIKE_DISLIKE|MORE|NEXT|"
    "PLAY_PAUSE|PREVIOUS|PROGRESS_BAR|REPEAT|SUBSCRIBE_UNSUBSCRIBE"
)

PLAYBACK_TARGET: Rows = {
    "target": "object",
    "target.namespace": "string! AudioPlayer|MediaPlayer",
}

DIRECTIVES: dict[str, Rows] = {
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
    "AudioPlayer.StreamDeliver": {"audioItemId": "string!", "audioStream": "AudioStream!"},
    "PlaybackController.Pause": PLAYBACK_TARGET,
    "PlaybackController.Resume": PLAYBACK_TARGET,
    "PlaybackController.Stop": PLAYBACK_TARGET,
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
        "playableItems[].controls[].name": f"string! {ITEM_CONTROLS}",
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
"""Directives by full name, with the rows of their payloads."""
