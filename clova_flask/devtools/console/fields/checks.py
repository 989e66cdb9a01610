"""Checks of what is entered: each returns a text for the developer where a value cannot be stored.

What is allowed while testing and refused by a review, such as an endpoint on this machine, is stored.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from ...model.invocation_names import reserved_word
from ..texts import _
from .rows import Field, Kind

_EXTENSION_ID = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)+"
)
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+")
_HOST = re.compile(r"[^\s/?#@\[\]]+")
DEVICE_PLACE = "{appliance}"
"""The place in a push message where the platform puts the name of the device."""
_PLACES = re.compile(r"\{[^{}]*\}")
_HTTP_FIELDS = frozenset({"endpoint_url"})
"""Fields whose URL may be http while testing, as NAVER's console takes it."""


def problem_of(field: Field, value: Any) -> str:
    """Check the value of a field.

    :param value: a string, a list of strings, or None, stripped.
    :return: what is wrong with it; empty for a value that can be stored, as an empty one always can.
    """
    if not value:
        return ""
    texts = value if isinstance(value, list) else [value]
    return _of_length(field, texts) or next(filter(None, (_of_kind(field, text) for text in texts)), "")


def _of_length(field: Field, texts: list[str]) -> str:
    if field.max_count is not None and len(texts) > field.max_count:
        return _("There are %(count)s; at most %(most)s are allowed.", count=len(texts), most=field.max_count)
    longest = max(map(len, texts))
    if field.max_length is not None and longest > field.max_length:
        return _(
            "This has %(count)s characters; at most %(most)s are allowed.",
            count=longest,
            most=field.max_length,
        )
    if field.kind in (Kind.LINES, Kind.TEXTS) and len(set(texts)) < len(texts):
        return _("One of them stands here twice.")
    return ""


def _of_kind(field: Field, text: str) -> str:
    if field.name == "extension_id":
        return _extension_id(text)
    if field.name == "domains":
        return _domain(text)
    if field.name == "scopes":
        return _("A scope must have no spaces. Write each on a line of its own.") if " " in text else ""
    if field.choices and text not in dict(field.choices):
        return _("%(text)s is not one of the choices.", text=text)
    check = _CHECKS.get(field.kind)
    return check(field, text) if check else ""


def _extension_id(text: str) -> str:
    if _EXTENSION_ID.fullmatch(text):
        return ""
    return _("%(text)s must be a reversed domain name, such as com.example.pizzabot.", text=text)


def _email(_field: Field, text: str) -> str:
    if _EMAIL.fullmatch(text):
        return ""
    return _("%(text)s must be an e-mail address, such as bora@example.com.", text=text)


def _url(field: Field, text: str) -> str:
    parts = _split(text)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return _("%(text)s must be a URL, such as https://example.com/path.", text=text)
    if parts.username or parts.password or parts.fragment:
        return _("A URL must have neither a user's name nor a fragment (#).")
    if parts.scheme == "http" and field.name not in _HTTP_FIELDS and not is_own_machine(parts.hostname):
        return _("The URL must begin with https://.")
    return ""


def _split(text: str) -> Any:
    if not text.isprintable() or " " in text:
        return None
    try:
        parts = urlsplit(text)
        _port = parts.port
    except ValueError:  # a port or an address in brackets
        return None
    return parts


def is_own_machine(host: str) -> bool:
    """Tell whether a host is this machine by its name or address."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _domain(text: str) -> str:
    bare = text.removeprefix("https://").removesuffix("/")
    if _HOST.fullmatch(bare):
        return ""
    return _("%(text)s must be a domain, such as login.example.com.", text=text)


_CHECKS: dict[Kind, Callable[[Field, str], str]] = {Kind.EMAIL: _email, Kind.URL: _url}


def remark_of(field: Field, value: Any, region: str) -> str:
    """Tell what a review would object to in a value that can be stored; empty for nothing.

    :param region: the platform's, ``KR`` or ``JP``.
    """
    if not value:
        return ""
    if field.kind is Kind.PUSH:
        return _of_messages([one["text"] for one in value["messages"]])
    texts = value if isinstance(value, list) else [value]
    if "invocation_name" in field.name or field.name == "name":
        return next(filter(None, (_of_name(text, region) for text in texts)), "")
    if field.kind is Kind.URL:
        return _of_url(texts[0])
    return ""


def unknown_places(text: str) -> list[str]:
    """List the places in a push message that are for nothing: it may have that of the device only."""
    return [place for place in _PLACES.findall(text) if place != DEVICE_PLACE]


def _of_messages(texts: list[str]) -> str:
    without = [text for text in texts if DEVICE_PLACE not in text]
    if not without:
        return ""
    return _(
        "Which device it is about is not told. Write {appliance} where its name is to stand: %(messages)s",
        messages=" / ".join(without),
    )


def _of_name(text: str, region: str) -> str:
    word = reserved_word(text, region)
    if word:
        return _("A review refuses %(text)s: %(word)s is the platform's own word.", text=text, word=word)
    if len(text.split()) == 1:
        return _(
            "A review refuses %(text)s, a single word, unless it is a brand or a service of your own.",
            text=text,
        )
    return ""


def _of_url(text: str) -> str:
    parts = urlsplit(text)
    if is_own_machine(parts.hostname or ""):
        return _("This is an address of your own machine. A review needs one that the platform reaches.")
    if parts.scheme == "http":
        return _("A review needs https.")
    if parts.port not in (None, 443):
        return _("A review needs port 443.")
    return ""
