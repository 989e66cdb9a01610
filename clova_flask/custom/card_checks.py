"""Whether a card is what its content template has, and whether its pictures and links lead anywhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..errors import nearest, type_name
from ..wire.schema import FieldError, join_path
from ..wire.texts import as_text, stands_for_text
from .card_templates import IMAGES, LINKS, PHONES, PLAIN, ROWS, SUB_TYPES, TEMPLATES
from .rules import AnswerRules
from .urls import is_phone, url_problem

_OBJECT = 'a dict such as {"type": "string", "value": "…"}, as clova_flask.cards writes it'


Path = tuple[str | int, ...]
"""The keys and indices that lead to a value; written as a path where something is wrong with it."""


def card_errors(card: Mapping[str, Any], rules: AnswerRules, path: str) -> Iterator[FieldError]:
    """List what is wrong with a card; ``{}`` is none.

    Templates and fields that the guides do not name are let through, unless they look misspelt; of fields
    that is told while the app is being developed, since to look for the nearest takes half a millisecond.

    :param path: the path of the card in its message.
    """
    for steps, text in _card_errors(card, rules) if card else ():
        where = path
        for step in steps:
            where = join_path(where, step)
        yield FieldError(where, text)


def _card_errors(card: Mapping[str, Any], rules: AnswerRules) -> Iterator[tuple[Path, str]]:
    name = card.get("type")
    if not isinstance(name, str):
        given = type_name(name) if "type" in card else "missing"
        yield ("type",), f"Must be the name of a content template, such as 'Text', not {given}."
    elif name in TEMPLATES:
        yield from _row_errors(card, TEMPLATES[name], rules, ())
    elif hint := nearest(name, TEMPLATES):
        yield ("type",), f"{name!r} is not a content template of the guides.{hint}"
    sub_type = card.get("subType")
    if isinstance(sub_type, str) and sub_type not in SUB_TYPES and nearest(sub_type, SUB_TYPES):
        known = ", ".join(SUB_TYPES)
        yield ("subType",), f"{sub_type!r} is not a subType of the guides. Use one of: {known}."


def _row_errors(
    row: Any, known: Collection[str], rules: AnswerRules, path: Path
) -> Iterator[tuple[Path, str]]:
    if not isinstance(row, Mapping):
        yield path, f"Must be a dict with {', '.join(known)}, not {type_name(row)}."
        return
    for key, value in row.items():
        if value is not None:
            yield from _field_errors(str(key), value, known, rules, (*path, key))


def _field_errors(
    key: str, value: Any, known: Collection[str], rules: AnswerRules, path: Path
) -> Iterator[tuple[Path, str]]:
    if key in PLAIN:
        if not isinstance(value, str):
            yield path, f"Must be a str, not {type_name(value)}."
    elif key not in known:
        hint = nearest(key, known) if rules.is_developed else ""
        if hint:
            yield path, f"The guides define no such field.{hint}"
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _value_errors(key, item, rules, (*path, index))
    else:
        yield from _value_errors(key, value, rules, path)


def _value_errors(key: str, value: Any, rules: AnswerRules, path: Path) -> Iterator[tuple[Path, str]]:
    if key in ROWS:
        yield from _row_errors(value, ROWS[key], rules, path)
        return
    if not isinstance(value, Mapping):
        yield path, f"Must be {_OBJECT}, not {type_name(value)}."
        return
    if not isinstance(value.get("type"), str):
        given = type_name(value["type"]) if "type" in value else "missing"
        yield (*path, "type"), f"Must be a str, such as 'string', not {given}."
    held = value.get("value")
    is_number = isinstance(held, (int, float)) and not isinstance(held, bool)
    if stands_for_text(held):
        yield from (((*path, "value"), text) for text in _url_problems(key, as_text(held), rules))
    elif not is_number or key in IMAGES or key in LINKS:
        given = type_name(held) if "value" in value else "missing"
        yield (*path, "value"), f"Must be a str, not {given}."


def _url_problems(key: str, url: str, rules: AnswerRules) -> Iterator[str]:
    """List what is wrong with the URL of a field, if it holds one; an empty one stands for none."""
    if not url or (key not in IMAGES and key not in LINKS):
        return
    if key in PHONES and is_phone(url):
        return
    problem = url_problem(url, is_link=True) if key in LINKS else rules.url_problem(url)
    for text in (problem, rules.length_problem(url)):
        if text:
            yield text
