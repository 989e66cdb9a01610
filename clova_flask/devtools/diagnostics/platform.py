"""Checks of what an extension has that its platform has not: no error comes of it, and no effect."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from ...custom.answers import ask, ask_for, tell
from ...custom.audio import play, stream
from ...custom.catalogue import BUILT_IN_INTENTS, event_regions
from ...custom.lacks import TEXTS
from ...custom.playback import pause, resume, stop
from ...custom.player import player_info
from ...custom.registry import CustomRegistry
from ...custom.rules import answer_rules
from ...custom.speech import AudioURL, Speech
from ...findings import Finding
from ...injection.parameters import place_of
from ...platforms import PLATFORMS, Platform
from .source import Source, sources_of

_CODE = "handlers.not-on-platform"

_KEYWORDS: dict[Any, dict[str, str]] = {
    tell: {"card": "card"},
    ask: {"card": "card"},
    ask_for: {"card": "card"},
    Speech: {"token": "speech_token"},
    AudioURL: {"token": "speech_token", "hls": "content_type"},
    pause: {"target": "playback_target"},
    resume: {"target": "playback_target"},
    stop: {"target": "playback_target"},
}
"""Keywords of what builds an answer, with the part of the answer that each makes."""

_POSITIONS = {pause: "playback_target", resume: "playback_target", stop: "playback_target"}
_PLAYERS = (AudioURL, play, stream)


def check_platform(custom: CustomRegistry, platform: Platform | None) -> Iterator[Finding]:
    """Check for handlers that a platform never calls, and for parts of answers that it does not have.

    What is read is the code of the handlers, and of the developer's functions that they call.

    :param platform: None where it is not known; nothing is found then.
    """
    if platform is None:
        return
    yield from _check_handlers(custom, platform)
    sources, _ = sources_of(handler.function for handler in custom.handlers())
    for source in sources:
        for node in ast.walk(source.node):
            if isinstance(node, ast.Call):
                for text in _problems(source, node, platform):
                    yield Finding(_CODE, text, source.place(node))


def check_address(base_url: str | None, platform: Platform | None) -> Iterator[Finding]:
    """Check that a platform calls extensions at such an address.

    :param base_url: the address as the developer tells it; None where it is not told.
    """
    if base_url is None or platform is None:
        return
    parts = urlsplit(base_url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    if port not in platform.ports:
        ports = " or ".join(map(str, platform.ports))
        message = f"{platform.title} calls an extension on port {ports}, not at {base_url}."
        yield Finding("app.port", message)


def _check_handlers(custom: CustomRegistry, platform: Platform) -> Iterator[Finding]:
    """Check for functions that handle only what other platforms send."""
    kinds: list[tuple[str, Any, Callable[[str], tuple[str, ...]]]] = [
        *((name, handler, _intent_regions) for (name, _), handler in custom.intents.items()),
        *((name, handler, event_regions) for name, handler in custom.events.items()),
    ]
    called = {
        handler.function
        for name, handler, regions in kinds
        if not regions(name) or platform.region in regions(name)
    }
    for name, handler, regions in kinds:
        having = regions(name)
        if having and platform.region not in having and handler.function not in called:
            titles = " and ".join(one.title for one in PLATFORMS.values() if one.region in having)
            message = f"Handles {name}, which only {titles} sends; {platform.title} never does."
            yield Finding(_CODE, message, place_of(handler.function))


def _intent_regions(name: str) -> tuple[str, ...]:
    return BUILT_IN_INTENTS.get(name, ())


def _problems(source: Source, call: ast.Call, platform: Platform) -> Iterator[str]:
    called = source.value(call.func)
    try:
        keywords = _KEYWORDS.get(called, {})
    except TypeError:  # what cannot be hashed is none of them
        return
    parts = [keywords[one.arg] for one in call.keywords if one.arg in keywords and not _is_none(one.value)]
    if called is player_info:
        parts.append("player_info")
    if called in _POSITIONS and call.args and not _is_none(call.args[0]):
        parts.append(_POSITIONS[called])
    yield from (TEXTS[part].format(platform.title) for part in parts if part in platform.lacks)
    if called in _PLAYERS:
        yield from _url_problems(call, platform)


def _url_problems(call: ast.Call, platform: Platform) -> Iterator[str]:
    rules = answer_rules(platform, is_developed=False)  # it is going to be served
    for argument in [*call.args, *(keyword.value for keyword in call.keywords)]:
        if isinstance(argument, ast.Constant) and str(argument.value).startswith("http://"):
            problem = rules.url_problem(str(argument.value))
            if problem:
                yield problem


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in (None, False)
