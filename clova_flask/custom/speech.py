"""Speech: what Clova is to say or to play.

From the guides' ``SpeechInfoObject``, ``SimpleSpeech``, ``SpeechList`` and ``SpeechSet``.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

HLS = "application/vnd.apple.mpegurl"


@dataclass(frozen=True, slots=True)
class Speech:
    """A text to be spoken.

    :param text: at most 200 characters a sentence and 1000 in all.
    :param lang: ``ko``, ``ja`` or ``en``; the request's language when None.
    :param token: a UUID v4; asks for ``SpeechSynthesizer.*`` events that carry it.
    """

    text: str
    lang: str | None = None
    token: str | uuid.UUID | None = None

    def to_wire(self, lang: str) -> dict[str, Any]:
        """Write it as a SpeechInfoObject."""
        info = {"type": "PlainText", "lang": self.lang or lang, "value": self.text}
        return info if self.token is None else {**info, "token": str(self.token)}


@dataclass(frozen=True, slots=True)
class AudioURL:
    """Audio to be played in place of speech.

    :param url: at most 2048 bytes.
    :param hls: the URL is an HTTP Live Streaming playlist.
    :param token: a UUID v4; asks for ``SpeechSynthesizer.*`` events that carry it.
    """

    url: str
    hls: bool = False
    token: str | uuid.UUID | None = None

    def to_wire(self, lang: str) -> dict[str, Any]:
        """Write it as a SpeechInfoObject."""
        info = {"type": "URL", "lang": "", "value": self.url}
        if self.hls:
            info["contentType"] = HLS
        return info if self.token is None else {**info, "token": str(self.token)}


OneSpeech = str | Speech | AudioURL
"""One thing to say."""


@dataclass(frozen=True, slots=True)
class SpeechSet:
    """A short speech, and a long one for devices without a screen.

    :param brief: what every device says.
    :param verbose: what a device without a screen says besides.
    """

    brief: OneSpeech
    verbose: OneSpeech | Sequence[OneSpeech]


AnySpeech = OneSpeech | Sequence[OneSpeech] | SpeechSet
"""Everything that can be said at once."""


def output_speech(speech: AnySpeech | None, lang: str) -> dict[str, Any]:
    """Write an ``outputSpeech``.

    :param speech: what is to be said; None and an empty list give ``{}``.
    :param lang: the language of texts that name none.
    :raises TypeError: it holds something that cannot be said.
    """
    if isinstance(speech, SpeechSet):
        verbose = output_speech(speech.verbose, lang)
        return {"type": "SpeechSet", "brief": _info(speech.brief, lang), "verbose": verbose}
    if speech is None:
        return {}
    if isinstance(speech, (str, Speech, AudioURL)):
        return {"type": "SimpleSpeech", "values": _info(speech, lang)}
    if not isinstance(speech, (list, tuple)):
        raise _unspeakable(speech)
    values = [_info(item, lang) for item in speech]
    if len(values) == 1:
        return {"type": "SimpleSpeech", "values": values[0]}
    return {"type": "SpeechList", "values": values} if values else {}


def _info(speech: object, lang: str) -> dict[str, Any]:
    if isinstance(speech, str):
        return {"type": "PlainText", "lang": lang, "value": speech}
    if isinstance(speech, (Speech, AudioURL)):
        return speech.to_wire(lang)
    raise _unspeakable(speech)


def _unspeakable(speech: object) -> TypeError:
    return TypeError(f"{type(speech).__name__} cannot be said; give str, Speech or AudioURL.")
