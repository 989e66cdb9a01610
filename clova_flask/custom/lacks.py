"""What a platform has not: told while an extension is developed, since no error comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..platforms import Platform
from ..wire.schema import FieldError
from .parts import warn
from .rules import AnswerRules

TEXTS = {
    "card": "{} shows no cards. Say what the card has.",
    "player_info": "{} has no TemplateRuntime.RenderPlayerInfo, and never asks for it.",
    "playback_target": "{} has no target; its PlaybackController means the AudioPlayer.",
    "speech_token": "{} reports nothing about speech, so a token has no use.",
    "content_type": "{} has no contentType of speech.",
}
"""What is told of each part that a platform may lack, by its name in :mod:`clova_flask.platforms`."""


def warn_of_lacks(response: Mapping[str, Any], rules: AnswerRules) -> None:
    """Log what the platform has not of a response whose envelope is right."""
    warn(lacking(response, rules.platform))


def lacking(response: Mapping[str, Any], platform: Platform) -> Iterator[FieldError]:
    """List the parts of a response that the platform has not, or advises against."""
    for name, path in _parts(response):
        if name in platform.lacks:
            yield FieldError(f"response.{path}", TEXTS[name].format(platform.title))
    yield from _long_windedness(response, platform)


def _parts(response: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """List the parts of a response that a platform may lack, each with its path."""
    if response["card"]:
        yield "card", "card"
    for index, directive in enumerate(response["directives"]):
        header, payload = directive["header"], directive["payload"]
        if (header["namespace"], header["name"]) == ("TemplateRuntime", "RenderPlayerInfo"):
            yield "player_info", f"directives[{index}]"
        if header["namespace"] == "PlaybackController" and payload.get("target"):
            yield "playback_target", f"directives[{index}].payload.target"
    for path, info in _infos(response):
        if "token" in info:
            yield "speech_token", f"{path}.token"
        if "contentType" in info:
            yield "content_type", f"{path}.contentType"


def _long_windedness(response: Mapping[str, Any], platform: Platform) -> Iterator[FieldError]:
    most, longest = platform.good_speeches, platform.good_text
    count = sum(1 for _ in _spoken(response["outputSpeech"], ""))
    if most is not None and count > most:
        text = f"{count} texts and URLs; {platform.title} recommends at most {most}."
        yield FieldError("response.outputSpeech", text)
    for path, info in _infos(response):
        length = len(info["value"]) if info["type"] == "PlainText" else 0
        if longest is not None and length > longest:
            text = f"{length} characters; {platform.title} recommends at most {longest}."
            yield FieldError(f"response.{path}.value", text)


def _infos(response: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """List everything that is spoken, each with its path."""
    yield from _spoken(response["outputSpeech"], "outputSpeech")
    if "reprompt" in response:
        yield from _spoken(response["reprompt"]["outputSpeech"], "reprompt.outputSpeech")


def _spoken(speech: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if "brief" in speech:
        yield f"{path}.brief", speech["brief"]
        yield from _spoken(speech["verbose"], f"{path}.verbose")
    values = speech.get("values", ())
    if isinstance(values, (list, tuple)):
        yield from ((f"{path}.values[{index}]", info) for index, info in enumerate(values))
    else:
        yield f"{path}.values", values
