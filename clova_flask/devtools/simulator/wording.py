"""Messages in words, for the terminal, test reports and pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...texts.templated import Templated
from .reply import spoken

_MAX_SHOWN = 120


def asked(message: Any) -> str:
    """Name what a message asks, with its slots or its payload; access tokens stay out."""
    match message:
        case {"header": {"name": name}, "payload": dict(payload)}:
            shown = {key: value for key, value in payload.items() if key != "accessToken"}
            return _with(name, shown)
        case {"request": {"type": "IntentRequest", "intent": {"name": name} as intent}}:
            return " ".join([str(name), *_slots(intent.get("slots"))])
        case {"request": {"type": "EventRequest", "event": {"namespace": namespace, "name": name} as event}}:
            return _with(f"{namespace}.{name}", event.get("payload"))
        case {"request": {"type": name}}:
            return str(name)
    return Templated("a message that CEK does not send")


def _with(name: Any, payload: Any) -> str:
    return f"{name} {_short(payload)}" if payload else str(name)


def _slots(slots: Any) -> Iterator[str]:
    for name, slot in slots.items() if isinstance(slots, dict) else ():
        if isinstance(slot, dict):
            unit = f" {slot['unit']}" if slot.get("unit") else ""
            yield f"{name}={slot.get('value')}{unit}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"{text[:_MAX_SHOWN]}…" if len(text) > _MAX_SHOWN else text


def said(output_speech: Any) -> list[str]:
    """List what an ``outputSpeech`` says; nothing where it is malformed, which the judge tells."""
    try:
        return spoken(output_speech)
    except (AttributeError, KeyError, TypeError):
        return []


def card_in_words(card: Any) -> str:
    """Name a card and the texts in it: ``[card Text] 페퍼로니``."""
    kind = card.get("type", "?") if isinstance(card, dict) else "?"
    return f"[card {kind}] {' · '.join(_values(card))}".rstrip()


def directive_in_words(directive: Any) -> str:
    """Name a directive and the titles in it: ``[AudioPlayer.Play] 오븐 앞에서``."""
    header = directive.get("header") if isinstance(directive, dict) else None
    name = f"{header.get('namespace')}.{header.get('name')}" if isinstance(header, dict) else "?"
    return f"[{name}] {' · '.join(_titles(directive))}".rstrip()


def _values(card: Any) -> Iterator[str]:
    """Yield the texts of a card, at every level."""
    if isinstance(card, dict):
        if set(card) == {"type", "value"}:
            yield str(card["value"])
        else:
            for inner in card.values():
                yield from _values(inner)
    elif isinstance(card, list):
        for inner in card:
            yield from _values(inner)


def _titles(directive: Any) -> Iterator[str]:
    """Yield what a directive of the audio player shows, and the same of each item in its list."""
    payload = directive.get("payload") if isinstance(directive, dict) else None
    if isinstance(payload, dict):
        audio_item = payload.get("audioItem")
        item = audio_item if isinstance(audio_item, dict) else payload
        for key in ("titleText", "titleSubText1", "displayType"):
            if isinstance(item.get(key), str):
                yield item[key]
        tracks = payload.get("playableItems")
        for track in tracks if isinstance(tracks, list) else []:
            yield from _titles({"payload": track})
