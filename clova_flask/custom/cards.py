"""Build cards: the content templates of ``response.card``; public as :mod:`clova_flask.cards`.

Pass plain values: each is written as the object that its template requires, ``{"type": "string", "value":
…}``; such an object is taken as it is. Fields that are None are left out. The URL of a picture is
absolute and https, on NAVER also http while an extension is tested; ``""`` stands for none. Only NAVER
shows cards. From the guides' content templates Text, ImageText, ImageList and CardList, and the fields
that all templates share.
"""

from __future__ import annotations

import datetime as dt
import inspect
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..errors import nearest, type_name
from ..wire.names import camel_case
from ..wire.numbers import as_number
from .arguments import is_text, require_list
from .card_templates import DATES, IMAGES, LINKS, LISTS, NUMBERS, PHONES, ROWS, SUB_TYPES
from .speech import as_spoken
from .urls import is_phone, url_problem

Card = dict[str, Any]

_NUMBER = re.compile(r"[+-]?\d+(,\d{3})*(\.\d+)?")
"""A number as text, ``1,119``."""


def text(
    main_text: str,
    *,
    sub_text: str | None = None,
    highlight_text: str | float | None = None,
    paragraph_text: str | None = None,
    sentence_text: str | None = None,
    table_list: Iterable[Mapping[str, str]] | None = None,
    image_url: str | None = None,
    link_url: str | None = None,
    bg_url: str | None = None,
    reference_text: str | None = None,
    reference_url: str | None = None,
    emotion_code: str | None = None,
    motion_code: str | None = None,
    **common: Any,
) -> Card:
    """Build a ``Text`` card.

    :param highlight_text: text, or a number, also as text, ``"1,119"``.
    :param table_list: rows, each a dict with ``item1``, ``item2``, ``item2_link`` (a URL or a telephone
        number) and ``item3``.
    :param common: ``subtitle``, ``failure_message``, ``action_list`` (URIs of actions), and ``meta``, a
        dict with ``version``, or ``meta_version``.
    :raises TypeError: a field is unknown, or has a value of a wrong type.
    :raises ValueError: no device can fetch a URL.
    """
    fields = {
        "main_text": main_text,
        "sub_text": sub_text,
        "highlight_text": highlight_text,
        "paragraph_text": paragraph_text,
        "sentence_text": sentence_text,
        "table_list": _rows("table_list", table_list, _TABLE_ROW),
        "image_url": image_url,
        "link_url": link_url,
        "bg_url": bg_url,
        "reference_text": reference_text,
        "reference_url": reference_url,
        "emotion_code": emotion_code,
        "motion_code": motion_code,
    }
    return _card(text, "Text", fields, common)


def image_text(
    main_text: str,
    *,
    image_url: str | None = None,
    sub_text_list: Iterable[str] | None = None,
    thumb_image_url: str | None = None,
    thumb_image_type: str | None = None,
    link_url: str | None = None,
    app_link_url: str | None = None,
    reference_text: str | None = None,
    reference_url: str | None = None,
    **common: Any,
) -> Card:
    """Build an ``ImageText`` card.

    :param thumb_image_type: ``인물`` (a person), ``책`` (a book), ``앨범`` (an album), ``キャラクター``, or
        another word, such as the name of a service.
    :param common: as for :func:`text`.
    :raises TypeError: a field is unknown, or has a value of a wrong type.
    :raises ValueError: no device can fetch a URL.
    """
    fields = {
        "main_text": main_text,
        "image_url": image_url,
        "sub_text_list": sub_text_list,
        "thumb_image_url": thumb_image_url,
        "thumb_image_type": thumb_image_type,
        "link_url": link_url,
        "app_link_url": app_link_url,
        "reference_text": reference_text,
        "reference_url": reference_url,
    }
    return _card(image_text, "ImageText", fields, common)


def image_list(images: Iterable[Mapping[str, str]], **common: Any) -> Card:
    """Build an ``ImageList`` card.

    :param images: each a dict with ``image_url``, ``thumb_image_url``, ``image_title``, ``image_reference``,
        ``reference_text`` and ``reference_url``.
    :param common: as for :func:`text`.
    :raises TypeError: a field is unknown, or has a value of a wrong type.
    :raises ValueError: no device can fetch a URL.
    """
    fields = {"thumb_image_url_list": _rows("images", images, _IMAGE)}
    return _card(image_list, "ImageList", fields, common)


def card_list(
    cards: Iterable[Mapping[str, Any]],
    *,
    sub_type: str | None = None,
    notice_text: str | None = None,
    notice_link: str | None = None,
    **common: Any,
) -> Card:
    """Build a ``CardList`` card.

    :param cards: each a dict with ``title``, ``description`` (a list of texts), ``image_url``, ``link_url``,
        ``video_url``, ``press``, ``press_icon_url``, ``publish_date``, ``content_provider_text``,
        ``reference_text`` and ``reference_url``.
    :param sub_type: ``Type1`` to ``Type4``.
    :param common: as for :func:`text`.
    :raises TypeError: a field is unknown, or has a value of a wrong type.
    :raises ValueError: ``sub_type`` is another one, or no device can fetch a URL.
    """
    if sub_type is not None and sub_type not in SUB_TYPES:
        raise ValueError(f"sub_type must be one of {', '.join(SUB_TYPES)}, not {sub_type!r}.")
    rows = _rows("cards", cards, _CARD)
    fields = {"card_list": rows, "notice_text": notice_text, "notice_link": notice_link}
    card = _card(card_list, "CardList", fields, common)
    return card if sub_type is None else {**card, "subType": sub_type}


_TABLE_ROW = ("item1", "item2", "item2_link", "item3")
_IMAGE = (
    "image_reference",
    "image_title",
    "image_url",
    "reference_text",
    "reference_url",
    "thumb_image_url",
)
_CARD = (
    "content_provider_text",
    "description",
    "image_url",
    "link_url",
    "press",
    "press_icon_url",
    "publish_date",
    "reference_text",
    "reference_url",
    "title",
    "video_url",
)
_COMMON = ("action_list", "failure_message", "meta", "meta_version", "subtitle")


def _card(
    builder: Callable[..., Card], type_: str, fields: Mapping[str, Any], common: Mapping[str, Any]
) -> Card:
    for name in common:
        if name not in _COMMON:
            own = [parameter for parameter in inspect.signature(builder).parameters if parameter != "common"]
            raise _unknown(name, f"cards.{builder.__name__}", [*own, *_COMMON])
    if "main_text" in fields:
        _object("main_text", fields["main_text"])  # None, too, is refused
    card = {"type": type_, **_fields(fields), **_fields(_without(common, "meta", "meta_version"))}
    meta = _meta(common)
    return {**card, "meta": meta} if meta else card


def _meta(common: Mapping[str, Any]) -> Card:
    meta = common.get("meta")
    if meta is not None:
        return _row("meta", meta, ("version",))
    version = common.get("meta_version")
    return {} if version is None else {"version": _object("meta_version", version)}


def _rows(name: str, rows: Iterable[Mapping[str, Any]] | None, known: Iterable[str]) -> list[Card] | None:
    if rows is None:
        return None
    require_list(name, rows, "dicts")
    return [_row(f"{name}[{index}]", row, known) for index, row in enumerate(rows)]


def _row(name: str, row: Any, known: Iterable[str]) -> Card:
    if not isinstance(row, Mapping):
        raise TypeError(f"{name} must be a dict with {', '.join(known)}, not {type_name(row)}.")
    for key in row:
        if key not in known:
            raise _unknown(key, name, known)
    return _fields(row)


def _unknown(name: Any, where: str, known: Iterable[str]) -> TypeError:
    return TypeError(f"{name!r} is not a field of {where}.{nearest(name, known, or_list=True)}")


def _fields(fields: Mapping[str, Any]) -> Card:
    return {camel_case(name): _value(name, value) for name, value in fields.items() if value is not None}


def _value(name: str, value: Any) -> Any:
    if camel_case(name) in LISTS:
        require_list(name, value, "str")
        return [_object(name, item, f"{name}[{index}]") for index, item in enumerate(value)]
    if camel_case(name) in ROWS:
        return value  # written already
    return _object(name, value)


def _object(name: str, value: Any, called: str = "") -> Card:
    """Write a value as the object of its field.

    :param called: what an error calls the value, when that is not the name of the field.
    :raises TypeError: the value is not valid for that field.
    :raises ValueError: it is a URL that no device can fetch.
    """
    key, called, value = camel_case(name), called or name, as_number(value)
    if isinstance(value, Mapping):
        return _object_by_hand(key, value, called)
    if key in DATES:
        return {"type": "date", "value": _date(name, value)}
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if is_number and key not in IMAGES and key not in LINKS:
        return {"type": "number" if key in NUMBERS else "string", "value": str(value)}
    if not is_text(value):
        raise TypeError(f"{called} must be a str, not {_given(value)}.")
    if key in IMAGES or key in LINKS:
        value = as_spoken(value)
        _require_url(key, value, called)
    return {"type": _kind(key, value), "value": value}


def _object_by_hand(key: str, value: Mapping[str, Any], called: str) -> Card:
    """Return an object in wire form, which has a type that the builders do not know."""
    kind, held = value.get("type"), value.get("value")
    if not isinstance(kind, str) or not is_text(held):
        raise TypeError(f'{called} must be a str, or a dict {{"type": "…", "value": "…"}} with text in both.')
    _require_url(key, as_spoken(held), called)
    return dict(value)


def _require_url(key: str, value: str, called: str) -> None:
    """Require a URL where a field holds one; an empty one stands for none."""
    if not value or key not in IMAGES | LINKS or (key in PHONES and is_phone(value)):
        return
    problem = url_problem(value, is_link=key in LINKS)
    if problem:
        raise ValueError(f"{called}: {problem}")


def _given(value: Any) -> str:
    return str(value) if isinstance(value, float) and not math.isfinite(value) else type_name(value)


def _kind(key: str, value: Any) -> str:
    if key in NUMBERS and _NUMBER.fullmatch(as_spoken(value)):
        return "number"
    if key in PHONES and is_phone(value):
        return "phone"
    if key in IMAGES or key in LINKS:
        return "url"
    return "action" if key == "actionList" else "string"


def _date(name: str, value: Any) -> str:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    raise TypeError(f"{name} must be a datetime.date or a str, not {type_name(value)}.")


def _without(fields: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}
