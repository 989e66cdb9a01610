"""Speech: what Clova speaks or plays.

From the guides' ``SpeechInfoObject``, ``SimpleSpeech``, ``SpeechList`` and ``SpeechSet``.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import type_name
from .arguments import is_text, require_str, require_text

HLS = "application/vnd.apple.mpegurl"


@dataclass(frozen=True, slots=True)
class Speech:
    """A text to speak.

    :param text: on NAVER at most 200 characters a sentence and 1000 in all. An object that stands for
        text, such as a lazy translation, becomes text when the answer is written.
    :param lang: ``ko``, ``ja`` or ``en``; None for the request's language.
    :param token: a UUID v4; CEK then sends ``SpeechSynthesizer.*`` events with it (NAVER).
    :raises TypeError: ``text`` is not text.
    """

    text: str
    lang: str | None = None
    token: str | uuid.UUID | None = None

    def __post_init__(self) -> None:
        require_text("Speech: text", self.text)

    def to_wire(self, lang: str) -> dict[str, Any]:
        """Write it as a SpeechInfoObject."""
        info = {"type": "PlainText", "lang": self.lang or lang, "value": as_spoken(self.text)}
        return info if self.token is None else {**info, "token": str(self.token)}


@dataclass(frozen=True, slots=True)
class AudioURL:
    """Audio to play in place of speech.

    :param url: an absolute https URL; on NAVER at most 2048 bytes, and while the app is in debug or
        testing also http.
    :param hls: whether the URL is an HTTP Live Streaming playlist.
    :param token: a UUID v4; CEK then sends ``SpeechSynthesizer.*`` events with it (NAVER).
    :raises TypeError: ``url`` is not a str.
    :raises ValueError: no device can fetch ``url``: a path, ``file:``, no host, a space or a line break.
    """

    url: str
    hls: bool = False
    token: str | uuid.UUID | None = None

    def __post_init__(self) -> None:
        require_str("AudioURL: url", self.url)
        if self.url:
            from .urls import url_problem  # not every extension plays anything

            problem = url_problem(self.url)
            if problem:
                raise ValueError(f"AudioURL: {problem}")

    def to_wire(self, lang: str) -> dict[str, Any]:
        """Write it as a SpeechInfoObject."""
        info = {"type": "URL", "lang": "", "value": self.url}
        if self.hls:
            info["contentType"] = HLS
        return info if self.token is None else {**info, "token": str(self.token)}


def as_spoken(text: Any) -> str:
    """Return a text to speak, also where an object stands for it."""
    if type(text) is str:
        return text
    from ..wire.texts import as_text  # translations and the like are rare

    return as_text(text)


OneSpeech = str | Speech | AudioURL
"""One text or one audio; an object that stands for text is text."""


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
    if isinstance(speech, (str, list, tuple)) and not speech:  # a lazy text is not asked before its time
        raise TypeError(f"{name} must not be empty: a user who hears nothing does not know what to say.")


def _require_one_or_more(name: str, speech: object) -> None:
    if not isinstance(speech, (list, tuple)):
        _require_one(name, speech)
        return
    for index, item in enumerate(speech):
        _require_one(f"{name}[{index}]", item)


def _require_one(name: str, speech: object) -> None:
    if not (isinstance(speech, (str, Speech, AudioURL)) or is_text(speech)):
        raise TypeError(f"{name} must be a str, Speech or AudioURL, not {type_name(speech)}.")
