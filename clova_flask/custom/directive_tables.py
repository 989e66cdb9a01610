"""The directives and the fields of their payloads, one row a fact.

From the guides' AudioPlayer, PlaybackController and TemplateRuntime interfaces.
"""

from __future__ import annotations

from ..wire.rows import Rows, parse_objects
from .catalogue import AUDIO_STREAM

# What a StreamDeliver leaves out stays as Play told it.
_DELIVERED_STREAM: Rows = {
    path: kind if path in ("token", "url") else kind.replace("!", "") for path, kind in AUDIO_STREAM.items()
}

_OBJECTS = parse_objects({"AudioStream": AUDIO_STREAM, "DeliveredStream": _DELIVERED_STREAM})

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

FETCHED: dict[str, tuple[str, ...]] = {
    "AudioPlayer.Play": ("audioItem.stream.url", "audioItem.artImageUrl", "source.logoUrl"),
    "AudioPlayer.StreamDeliver": ("audioStream.url", "stream.url"),
    "TemplateRuntime.RenderPlayerInfo": (
        "playableItems[].artImageUrl",
        "playableItems[].lyrics[].url",
        "provider.logoUrl",
        "provider.smallLogoUrl",
    ),
}
"""The URLs in each payload that the device fetches."""
