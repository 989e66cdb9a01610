"""Whether anybody can fetch a URL that an answer tells a device."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

MAX_SHOWN = 80
"""Characters of a URL that an error shows."""

_USUAL = re.compile(r"https://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?=[/?#]|\Z)")
"""How nearly every URL begins; to look at it more closely takes ten times as long."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # one letter is a drive of Windows
_USER = re.compile(r"(?<=//)[^/@]*@")
_NOT_IN_HOSTS = frozenset("\"<>\\^`{|}%!$&'()*+,;=")
_OWN_MACHINE = re.compile(r"(?:.*\.)?localhost\.?|127(?:\.\d+){3}|0\.0\.0\.0|::1?")
_PHONE = re.compile(r"[+＋(（]?\d[\d\s()（）+＋.,~*#/‐-―−－ー-]*")

_SERVE = "url_for('static', filename=…, _external=True) makes a URL of a file that your app serves."
_PROXY = "Behind a proxy url_for needs werkzeug's ProxyFix, or SERVER_NAME, to tell the public one."


def url_problem(url: str, *, no_http: str = "", is_public: bool = False, is_link: bool = False) -> str | None:
    """Explain why nobody can fetch a URL, and what to write; None when somebody can.

    Errors stay free of what a URL may carry in confidence: its user and its query.

    :param no_http: why it cannot be fetched by http; empty where it can.
    :param is_public: whether it must lead to another machine than this one.
    :param is_link: whether an app opens it, which may have a scheme of its own.
    """
    if _USUAL.match(url) and url.isprintable() and " " not in url and "localhost" not in url:
        return None
    odd = next((char for char in url if char == " " or not char.isprintable()), None)
    if odd is not None:
        fix = "strip() the text, or write the character as urllib.parse.quote does."
        return f"{shown(url)} has {odd!r}, which no URL has; {fix}"
    if url.lower().startswith("file:") or not _SCHEME.match(url):
        return f"{shown(url)} is not an absolute URL: no device can fetch it from your server. {_SERVE}"
    try:
        parts = urlsplit(url)
        _ = parts.port  # it is checked when it is read
    except ValueError as error:
        return f"{shown(url)} is not a URL: {error}."
    if parts.scheme in ("http", "https"):
        return _web_problem(url, parts, no_http, is_public)
    if is_link:
        return None
    return f"{shown(url)} must begin with https://; no device fetches {parts.scheme}:."


def _web_problem(url: str, parts: SplitResult, no_http: str, is_public: bool) -> str | None:
    host = parts.hostname
    if not host or parts.port == 0:
        return f"{shown(url)} names no host to fetch it from; write https://, the host, and the path."
    if _NOT_IN_HOSTS & set(host) or "" in host.removesuffix(".").split("."):
        return f"{shown(url)} is not a URL: {host[:MAX_SHOWN]!r} is not the name of a host."
    if no_http and parts.scheme == "http":
        return f"{shown(url)} must begin with https://. {no_http}{' ' + _PROXY if is_public else ''}"
    if is_public and _OWN_MACHINE.fullmatch(host):
        return f"{shown(url)} leads to this machine, where no device can fetch it. {_PROXY}"
    return None


def is_phone(text: str) -> bool:
    """Whether a text is a telephone number, as people write it."""
    return _PHONE.fullmatch(text) is not None


def shown(url: str) -> str:
    """Write a URL for an error, without its user and its query, which may hold a password or a signature."""
    bare, query, _ = _USER.sub("…@", url).partition("?")
    cut = len(bare) > MAX_SHOWN or bool(query)
    return f"{bare[:MAX_SHOWN] + '…' * cut!r}"
