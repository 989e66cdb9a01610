"""What an answer plays: whether the extension may, and in which format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ...findings import Finding
from ...texts.templated import Templated
from ..simulator.reply import Reply, json_object


def plays_of(reply: Reply) -> list[Any]:
    """List the directives of an answer that play audio."""
    directives = json_object(json_object(reply.json).get("response")).get("directives")
    return list(filter(_is_play, directives if isinstance(directives, list) else []))


def check_played(label: str, reply: Reply, plays_audio: bool | None) -> Iterator[Finding]:
    """Check what an answer plays.

    :param label: what is answered.
    :param plays_audio: whether the extension is registered as one that uses AudioPlayer; None where it is not
        known.
    """
    for directive in plays_of(reply):
        if plays_audio is False:
            text = Templated(
                "%(label)s: audio is played, and the extension is registered without AudioPlayer.",
                label=label,
            )
            yield Finding("review.audio-flag", text)
        if any(map(_is_aac, _texts(directive))):
            text = Templated("%(label)s: AAC is played, which is not supported.", label=label)
            yield Finding("review.audio-format", text)


def _is_play(directive: Any) -> bool:
    header = json_object(json_object(directive).get("header"))
    return (header.get("namespace"), header.get("name")) == ("AudioPlayer", "Play")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _is_aac(text: str) -> bool:
    try:
        path = urlsplit(text).path
    except ValueError:
        return False
    return text == "audio/aac" or path.lower().endswith((".aac", ".m4a"))
