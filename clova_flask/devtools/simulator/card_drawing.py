"""Cards as a device's screen shows them: what is the title, the picture, the rows, and what can be opened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from .card_roles import ROLES, ROWS, Roles

MAX_ROWS = 50
"""Rows of a card that are drawn."""
MAX_TEXT = 2000
"""Characters of a text of a card that are drawn."""
_MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Link:
    """What can be opened.

    :ivar url: empty where a browser must not open it; the text then has it.
    """

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture.

    :ivar url: empty where no browser can show it.
    :ivar text: what stands in its place.
    """

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A card, or a row of one.

    :ivar large: what is written large, such as a temperature.
    """

    title: str = ""
    large: str = ""
    texts: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A card, drawn.

    :ivar template: its ``type``.
    :ivar whole: what is drawn of the card itself; None for a template without a drawing.
    :ivar fields: path and value of each field, for a template without a drawing.
    """

    template: str
    subtitle: str = ""
    whole: Part | None = None
    rows: tuple[Part, ...] = ()
    fields: tuple[tuple[str, str], ...] = field(default=())


def draw(card: Any) -> Drawing | None:
    """Draw a card.

    :param card: ``response.card``, of whatever an extension has answered.
    :return: None where there is no card.
    """
    if not isinstance(card, dict) or not card:
        return None
    template = _text(card.get("type"))
    subtitle = _text(card.get("subtitle"))
    roles = ROLES.get(template)
    if roles is None:
        found = _fields({key: value for key, value in card.items() if key != "type"}, "", _MAX_DEPTH)
        return Drawing(template, subtitle, fields=tuple(found)[: MAX_ROWS * 4])
    rows = card.get(roles.rows) if roles.rows else None
    row_roles = ROWS.get(roles.rows, Roles())
    drawn = [_part(row, row_roles) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return Drawing(template, subtitle, _part(card, roles), tuple(drawn[:MAX_ROWS]))


def _part(given: Mapping[str, Any], roles: Roles) -> Part:
    return Part(
        _text(given.get(roles.title)),
        _text(given.get(roles.large)),
        tuple(text for name in roles.texts for text in _texts(given.get(name))),
        tuple(_pictures(given, roles)),
        tuple(_links(given, roles)),
    )


def _pictures(given: Mapping[str, Any], roles: Roles) -> Iterator[Picture]:
    """Yield the first picture that there is: the others are the same in another size."""
    for url in filter(None, (_text(given.get(name)) for name in roles.pictures)):
        yield Picture(url if _can_open(url, ("http", "https")) else "", url)
        return


def _links(given: Mapping[str, Any], roles: Roles) -> Iterator[Link]:
    for text_name, url_name in roles.links:
        text, url = _text(given.get(text_name)), _text(given.get(url_name))
        if url_name == "item2Link" and url and ":" not in url:
            url = f"tel:{url}"
        opens = _can_open(url, ("http", "https", "tel"))
        if opens:
            yield Link(text or url, url)
        elif url:
            yield Link(f"{text} ({url})" if text else url, "")
        elif text:
            yield Link(text, "")


def _can_open(url: str, schemes: tuple[str, ...]) -> bool:
    try:
        return urlsplit(url).scheme in schemes and url.isprintable()
    except ValueError:
        return False


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in map(_text, values[:MAX_ROWS]) if text]


def _text(value: Any) -> str:
    """Return the text of a field: an object with type and value, or plain."""
    if isinstance(value, dict) and "value" in value:
        value = value["value"]
    if value is None or value == {} or value == []:
        return ""
    if isinstance(value, str):
        return value[:MAX_TEXT]
    try:
        return json.dumps(value, ensure_ascii=False)[:MAX_TEXT]
    except RecursionError:
        return "…"


def _fields(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value and not set(value) <= {"type", "value"} and depth:
        for key, inner in value.items():
            yield from _fields(inner, f"{path}.{key}" if path else str(key), depth - 1)
    elif isinstance(value, list) and value and depth:
        for index, inner in enumerate(value[:MAX_ROWS]):
            yield from _fields(inner, f"{path}[{index}]", depth - 1)
    else:
        yield path, _text(value)
