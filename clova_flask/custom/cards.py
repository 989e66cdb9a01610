"""Build cards: the content templates of ``response.card``; public as :mod:`clova_flask.cards`.

Pass plain values: each is written as the object that its template requires, ``{"type": "string", "value":
…}``. Fields that are None are left out. From the guides' content templates Text, ImageText, ImageList and
CardList, and the fields that all templates share.
"""

from __future__ import annotations

import datetime as dt
import inspect
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..errors import nearest, type_name
from ..wire.names import camel_case
from .arguments import require_list

Card = dict[str, Any]

# The fields that are not strings, by their names on the wire.
_URIS = {
    "appLinkUrl",
    "bgUrl",
    "imageUrl",
    "item2Link",
    "linkUrl",
    "noticeLink",
    "pressIconUrl",
    "referenceUrl",
    "thumbImageUrl",
    "videoUrl",
}
_DATES = {"publishDate"}
_NUMBERS = {"highlightText"}
_LISTS = {"actionList", "description", "subTextList"}
_ROWS = {"cardList", "tableList", "thumbImageUrlList"}
_CARD_LIST_TYPES = ("Type1", "Type2", "Type3", "Type4")
_THUMB_IMAGE_TYPES = ("인물", "책", "앨범")


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

    :param table_list: rows, each a dict with ``item1``, ``item2``, ``item2_link`` and ``item3``.
    :param common: ``subtitle``, ``failure_message``, ``action_list`` (URIs of actions) and ``meta_version``.
    :raises TypeError: a field is unknown, or has a value of a wrong type.
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

    :param thumb_image_type: ``인물`` (a person), ``책`` (a book) or ``앨범`` (an album).
    :param common: as for :func:`text`.
    :raises TypeError: a field is unknown, or has a value of a wrong type.
    :raises ValueError: ``thumb_image_type`` is another one.
    """
    _require_choice("thumb_image_type", thumb_image_type, _THUMB_IMAGE_TYPES)
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
    :raises ValueError: ``sub_type`` is another one.
    """
    _require_choice("sub_type", sub_type, _CARD_LIST_TYPES)
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
_COMMON = ("action_list", "failure_message", "meta_version", "subtitle")


def _card(
    builder: Callable[..., Card], type_: str, fields: Mapping[str, Any], common: Mapping[str, Any]
) -> Card:
    for name in common:
        if name not in _COMMON:
            own = [parameter for parameter in inspect.signature(builder).parameters if parameter != "common"]
            raise _unknown(name, f"cards.{builder.__name__}", [*own, *_COMMON])
    if "main_text" in fields:
        _object("main_text", fields["main_text"])  # None, too, is refused
    card = {"type": type_, **_fields(fields), **_fields(_without(common, "meta_version"))}
    if common.get("meta_version") is not None:
        card["meta"] = {"version": _object("meta_version", common["meta_version"])}
    return card


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


def _require_choice(name: str, value: Any, choices: tuple[str, ...]) -> None:
    if value is not None and value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, not {value!r}.")


def _fields(fields: Mapping[str, Any]) -> Card:
    return {camel_case(name): _value(name, value) for name, value in fields.items() if value is not None}


def _value(name: str, value: Any) -> Any:
    if camel_case(name) in _LISTS:
        require_list(name, value, "str")
        return [_object(name, item, f"{name}[{index}]") for index, item in enumerate(value)]
    if camel_case(name) in _ROWS:
        return value  # written already
    return _object(name, value)


def _object(name: str, value: Any, called: str = "") -> Card:
    """Write a value as the object of its field.

    :param called: what an error calls the value, when that is not the name of the field.
    :raises TypeError: the value is not valid for that field.
    """
    key = camel_case(name)
    if key in _DATES:
        return {"type": "date", "value": _date(name, value)}
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not isinstance(value, str) and (key in _URIS or not is_number):
        raise TypeError(f"{called or name} must be a str, not {_given(value)}.")
    return {"type": _kind(key, is_number=is_number), "value": str(value)}


def _given(value: Any) -> str:
    return str(value) if isinstance(value, float) and not math.isfinite(value) else type_name(value)


def _kind(key: str, *, is_number: bool) -> str:
    if is_number and key in _NUMBERS:
        return "number"
    if key in _URIS:
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
