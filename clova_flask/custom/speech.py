"""Speech: what Clova speaks or plays.

From the guides' ``SpeechInfoObject``, ``SimpleSpeech``, ``SpeechList`` and ``SpeechSet``.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import type_name
from .arguments import require_str

HLS = "application/vnd.apple.mpegurl"
MAX_SENTENCE = 200
"""Characters of a sentence, at most."""
MAX_TEXT = 1000
"""Characters of a text, at most."""
MAX_URL_BYTES = 2048


@dataclass(frozen=True, slots=True)
class Speech:
    """A text to speak.

    :param text: at most 200 characters a sentence and 1000 in all.
    :param lang: ``ko``, ``ja`` or ``en``; None for the request's language.
    :param token: a UUID v4; CEK then sends ``SpeechSynthesizer.*`` events with it.
    :raises TypeError: ``text`` is not a str.
    """

    text: str
    lang: str | None = None
    token: str | uuid.UUID | None = None

    def __post_init__(self) -> None:
        require_str("Speech: text", self.text)

    def to_wire(self, lang: str) -> dict[str, Any]:
        """Write it as a SpeechInfoObject."""
        info = {"type": "PlainText", "lang": self.lang or lang, "value": self.text}
        return info if self.token is None else {**info, "token": str(self.token)}


@dataclass(frozen=True, slots=True)
class AudioURL:
    """Audio to play in place of speech.

    :param url: at most 2048 bytes.
    :param hls: whether the URL is an HTTP Live Streaming playlist.
    :param token: a UUID v4; CEK then sends ``SpeechSynthesizer.*`` events with it.
    :raises TypeError: ``url`` is not a str.
    """

    url: str
    hls: bool = False
    token: str | uuid.UUID | None = None

    def __post_init__(self) -> None:
        require_str("AudioURL: url", self.url)

    def to_wire(self, lang: str) -> dict[str, Any]:
        """Write it as a SpeechInfoObject."""
        info = {"type": "URL", "lang": "", "value": self.url}
        if self.hls:
            info["contentType"] = HLS
        return info if self.token is None else {**info, "token": str(self.token)}


OneSpeech = str | Speech | AudioURL
"""One text or one audio."""


@dataclass(frozen=True, slots=True)
class SpeechSet:
    """A short speech, and a long one for devices without a screen.

    :param brief: the short speech, for every device.
    :param verbose: the long speech, for devices without a screen.
    :raises TypeError: one of them is not speech.
    """

    brief: OneSpeech
    verbose: OneSpeech | Sequence[OneSpeech]

    def __post_init__(self) -> None:
        _require_one("brief", self.brief)
        _require_one_or_more("verbose", self.verbose)


AnySpeech = OneSpeech | Sequence[OneSpeech] | SpeechSet
"""Everything that can be spoken in one answer."""


def require_speech(name: str, speech: object) -> None:
    """Require a text or audio, a list of them, or a :class:`SpeechSet`.

    :param name: name of the argument, for the error.
    :raises TypeError: it is none of these, or an item of the list is not a text or audio.
    """
    if not isinstance(speech, SpeechSet):
        _require_one_or_more(name, speech)


def require_words(name: str, speech: object) -> None:
    """Require what :func:`require_speech` does, and that it says something.

    :raises TypeError: it is not speech, or is empty.
    """
    require_speech(name, speech)
    if speech in ("", [], ()):
        raise TypeError(f"{name} must not be empty: a user who hears nothing does not know what to say.")


def _require_one_or_more(name: str, speech: object) -> None:
    if not isinstance(speech, (list, tuple)):
        _require_one(name, speech)
        return
    for index, item in enumerate(speech):
        _require_one(f"{name}[{index}]", item)


def _require_one(name: str, speech: object) -> None:
    if not isinstance(speech, (str, Speech, AudioURL)):
        raise TypeError(f"{name} must be a str, Speech or AudioURL, not {type_name(speech)}.")
