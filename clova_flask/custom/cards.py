"""Builders of cards: the content templates that ``response.card`` carries.

Each field is given as a plain value and written as the object that its template wants, ``{"type": "string",
"value": …}``; those not given are left out. From the guides' content templates Text, ImageText, ImageList and
CardList, and the fields all templates share.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any

from ..wire.names import camel_case

Card = dict[str, Any]

# What a field is when it is not a string, by its name on the wire.
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

    :param table_list: rows of ``item1``, ``item2``, ``item2_link`` and ``item3``.
    :param common: ``subtitle``, ``failure_message``, ``action_list`` (URIs of actions) and ``meta_version``.
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
    return _card("Text", fields, common)


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
    """
    if thumb_image_type not in (None, "인물", "책", "앨범"):
        raise ValueError(f"thumb_image_type is {thumb_image_type!r}; it must be 인물, 책 or 앨범.")
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
    return _card("ImageText", fields, common)


def image_list(images: Iterable[Mapping[str, str]], **common: Any) -> Card:
    """Build an ``ImageList`` card.

    :param images: of ``image_url``, ``thumb_image_url``, ``image_title``, ``image_reference``,
        ``reference_text`` and ``reference_url`` each.
    :param common: as for :func:`text`.
    """
    return _card("ImageList", {"thumb_image_url_list": _rows("images", images, _IMAGE)}, common)


def card_list(
    cards: Iterable[Mapping[str, Any]],
    *,
    sub_type: str | None = None,
    notice_text: str | None = None,
    notice_link: str | None = None,
    **common: Any,
) -> Card:
    """Build a ``CardList`` card.

    :param cards: of ``title``, ``description`` (a list of texts), ``image_url``, ``link_url``, ``video_url``,
        ``press``, ``press_icon_url``, ``publish_date``, ``content_provider_text``, ``reference_text`` and
        ``reference_url`` each.
    :param sub_type: ``Type1`` to ``Type4``.
    :param common: as for :func:`text`.
    """
    if sub_type not in (None, *_CARD_LIST_TYPES):
        raise ValueError(f"sub_type is {sub_type!r}; it must be one of {', '.join(_CARD_LIST_TYPES)}.")
    rows = _rows("cards", cards, _CARD)
    fields = {"card_list": rows, "notice_text": notice_text, "notice_link": notice_link}
    card = _card("CardList", fields, common)
    return card if sub_type is None else {**card, "subType": sub_type}


_TABLE_ROW = {"item1", "item2", "item2_link", "item3"}
_IMAGE = {
    "image_reference",
    "image_title",
    "image_url",
    "reference_text",
    "reference_url",
    "thumb_image_url",
}
_CARD = {
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
}
_COMMON = {"action_list", "failure_message", "meta_version", "subtitle"}


def _card(type_: str, fields: Mapping[str, Any], common: Mapping[str, Any]) -> Card:
    _require_known(f"a {type_} card", common, _COMMON)
    if "main_text" in fields and fields["main_text"] is None:
        raise TypeError(f"main_text is None; a {type_} card is nothing without it.")
    card = {"type": type_, **_fields(fields), **_fields(_without(common, "meta_version"))}
    if common.get("meta_version") is not None:
        card["meta"] = {"version": _object("meta_version", common["meta_version"])}
    return card


def _rows(what: str, rows: Iterable[Mapping[str, Any]] | None, known: set[str]) -> list[Card] | None:
    if rows is None:
        return None
    written = []
    for row in [rows] if isinstance(rows, (str, Mapping)) else rows:
        if not isinstance(row, Mapping) or row is rows:
            raise TypeError(f"{what} is a list of dicts, with {', '.join(sorted(known))} in each.")
        _require_known(f"an entry of {what}", row, known)
        written.append(_fields(row))
    return written


def _require_known(where: str, given: Mapping[str, Any], known: set[str]) -> None:
    for name in given:
        if name not in known:
            raise TypeError(f"{name!r} is no field of {where}; those are {', '.join(sorted(known))}.")


def _fields(fields: Mapping[str, Any]) -> Card:
    return {camel_case(name): _value(name, value) for name, value in fields.items() if value is not None}


def _value(name: str, value: Any) -> Any:
    if camel_case(name) in _LISTS:
        if isinstance(value, (str, Mapping)) or not isinstance(value, Iterable):
            raise TypeError(f"{name} is {type(value).__name__}; it is a list of texts.")
        return [_object(name, item) for item in value]
    if camel_case(name) in _ROWS:
        return value  # written already
    return _object(name, value)


def _object(name: str, value: Any) -> Card:
    """Write a value as the object its field wants.

    :raises TypeError: it is no value for that field.
    """
    key = camel_case(name)
    if key in _DATES:
        return {"type": "date", "value": _date(name, value)}
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not isinstance(value, str) and (key in _URIS or not is_number):
        raise TypeError(f"{name} is {type(value).__name__}; it is a text.")
    return {"type": _kind(key, is_number=is_number), "value": str(value)}


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
    raise TypeError(f"{name} is {type(value).__name__}; it is a date.")


def _without(fields: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}
