"""What is spoken, part by part: a text in its language, or an audio file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SpeechPart:
    """A part of what is spoken.

    :ivar is_url: whether it is the address of an audio file.
    :ivar lang: the language of a text, ``ko``; empty where the answer tells none.
    """

    value: str
    is_url: bool = False
    lang: str = ""


def speech_parts(answer: Any) -> list[SpeechPart]:
    """List what is spoken for an answer, in order; what is malformed, which the judge tells, is left out."""
    response = answer.get("response") if isinstance(answer, dict) else None
    speech = response.get("outputSpeech") if isinstance(response, dict) else None
    return list(_parts(speech, 2))


def _parts(speech: Any, depth: int) -> Iterator[SpeechPart]:
    if not isinstance(speech, dict) or not depth:
        return
    values = speech.get("values")
    for info in (speech.get("brief"), *(values if isinstance(values, list) else [values])):
        if isinstance(info, dict) and isinstance(info.get("value"), str) and info["value"]:
            lang = info.get("lang")
            is_url = str(info.get("type")).upper() == "URL"
            yield SpeechPart(info["value"], is_url, lang if isinstance(lang, str) else "")
    yield from _parts(speech.get("verbose"), depth - 1)
