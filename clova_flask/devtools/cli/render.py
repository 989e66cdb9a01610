"""Exchanges for reading: what was heard, what is said, shown and played, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from ..simulator.cek import Exchange
from ..simulator.reply import Reply, spoken


def render(exchange: Exchange, *, as_json: bool = False) -> Iterator[str]:
    """Write an exchange as coloured lines.

    :param as_json: also show both messages whole.
    """
    reply = exchange.reply
    yield click.style(f"  → {asked(reply.request)}", fg="cyan")
    if exchange.why:
        yield click.style(f"    {exchange.why}", dim=True)
    if as_json:
        yield from _json("request", reply.request)
        yield from _json("answer", reply.json if reply.json is not None else reply.text)
    if reply.status_code == 200 and isinstance(reply.json, dict):
        yield from _home(reply) if "header" in reply.json else _custom(reply)
    for finding in exchange.findings:
        yield click.style(f"  ✗ {finding}", fg="red")


def asked(message: Mapping[str, Any]) -> str:
    """Name what a message asks, with its slots or payload."""
    if "header" in message:
        payload = {key: value for key, value in message["payload"].items() if key != "accessToken"}
        return f"{message['header']['name']} {_short(payload) if payload else ''}".rstrip()
    request = message.get("request", {})
    match request.get("type"):
        case "IntentRequest":
            intent = request["intent"]
            return " ".join([str(intent["name"]), *_slots(intent.get("slots") or {})])
        case "EventRequest":
            event = request["event"]
            payload = event.get("payload")
            return f"{event['namespace']}.{event['name']} {_short(payload) if payload else ''}".rstrip()
        case other:
            return str(other)


def _slots(slots: Mapping[str, Any]) -> Iterator[str]:
    for name, slot in slots.items():
        unit = f" {slot['unit']}" if slot.get("unit") else ""
        yield f"{name}={slot.get('value')}{unit}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return f"{text[:120]}…" if len(text) > 120 else text


def _json(title: str, message: Any) -> Iterator[str]:
    yield click.style(f"  {title}:", dim=True)
    yield from ("    " + line for line in json.dumps(message, ensure_ascii=False, indent=2).splitlines())


def _home(reply: Reply) -> Iterator[str]:
    header = reply.json["header"]
    name = str(header.get("name") if isinstance(header, dict) else header)
    yield click.style(f"Home: {name}", bold=True, fg="red" if name.endswith("Error") else None)
    payload = reply.json.get("payload")
    if payload:
        yield from ("  " + line for line in json.dumps(payload, ensure_ascii=False, indent=2).splitlines())


def _custom(reply: Reply) -> Iterator[str]:
    response = reply.json.get("response")
    if not isinstance(response, dict):
        return
    for text in _spoken(response.get("outputSpeech")):
        yield click.style(f"Clova: {text}", bold=True)
    reprompt = response.get("reprompt")
    if isinstance(reprompt, dict):
        for text in _spoken(reprompt.get("outputSpeech")):
            yield click.style(f"  (after silence) {text}", dim=True)
    if response.get("card"):
        card = response["card"]
        kind = card.get("type", "?") if isinstance(card, dict) else "?"
        yield f"  [card {kind}] {' · '.join(_values(card))}".rstrip()
    directives = response.get("directives")
    for directive in directives if isinstance(directives, list) else []:
        yield f"  [{_name(directive)}] {' · '.join(_titles(directive))}".rstrip()


def _spoken(output_speech: Any) -> list[str]:
    try:
        return spoken(output_speech)
    except (AttributeError, KeyError, TypeError):
        return []  # the judge says what is wrong with it


def _name(directive: Any) -> str:
    header = directive.get("header") if isinstance(directive, dict) else None
    return f"{header.get('namespace')}.{header.get('name')}" if isinstance(header, dict) else "?"


def _values(card: Any) -> Iterator[str]:
    """List the texts of a card, at every level."""
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
