"""What each kind of setting accepts, and what it becomes.

A converter takes a value of ``app.config``, where environment variables are strings, or of the constructor.
It raises :class:`NotValid` with what the value must be; the caller names the setting and shows the value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from datetime import tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import nearest
from ..platforms import PLATFORMS, Platform
from .pems import PEM_START, split_pems

MAX_LIFETIME = 31_536_000
"""Seconds of a year; what is kept longer is beyond what some stores can count."""

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_FLAGS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


class NotValid(Exception):
    """A value that a setting cannot have.

    :param expected: what the value must be, as it follows "must be".
    :param fix: further sentences: what to do.
    """

    def __init__(self, expected: str, fix: str = "") -> None:
        super().__init__(expected)
        self.expected = expected
        self.fix = fix


def flag(value: Any) -> bool:
    """Convert a bool, or a word for one."""
    known = _FLAGS.get(str(value).strip().lower())
    if known is None:
        raise NotValid("true or false")
    return known


def seconds(value: Any) -> float:
    """Convert a number of seconds."""
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not 0 < number < math.inf:
        raise NotValid("a number of seconds above 0")
    return number


def seconds_or_none(value: Any) -> float:
    """Convert a number of seconds, of which 0 turns a thing off."""
    try:
        return 0.0 if float(value) == 0 else seconds(value)
    except (NotValid, TypeError, ValueError):
        raise NotValid("a number of seconds, or 0") from None


def lifetime(value: Any) -> float:
    """Convert the number of seconds that something is kept."""
    try:
        number = seconds(value)
    except NotValid:
        number = math.nan
    if not 1 <= number <= MAX_LIFETIME:
        raise NotValid(f"a number of seconds from 1 to {MAX_LIFETIME:,}")
    return number


def size(value: Any) -> int:
    """Convert a number of bytes."""
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise NotValid("a number of bytes above 0")
    return value


def prefix(value: Any) -> str:
    """Convert the path of an endpoint; a slash at its end does not count."""
    if not isinstance(value, str) or (value and not value.startswith("/")):
        raise NotValid("a path that starts with '/'")
    return value.rstrip("/")


def host(value: Any) -> str:
    """Convert a host or a subdomain to what Werkzeug compares: lower case, and IDNA for 음성.example.com."""
    if not isinstance(value, str) or not value.strip():
        raise NotValid("a host name")
    # Variables such as <tenant> stay as they are.
    parts = re.split("(<[^>]*>)", value.strip())
    try:
        written = "".join(part if part.startswith("<") else _idna(part) for part in parts)
    except UnicodeError:
        raise NotValid("a host name", "A label of it is not valid.") from None
    if re.search(r"[\s/@?#\\]", re.sub("<[^>]*>", "", written)):
        raise NotValid("a host name", "Leave out the scheme and the path.")
    return written


def _idna(part: str) -> str:
    labels = [label.lower() for label in part.split(".")]
    return ".".join(label if label.isascii() else label.encode("idna").decode() for label in labels)


def strings(value: Any) -> tuple[str, ...]:
    """Convert one string, or several."""
    listed = _listed(value)
    if not listed or not all(isinstance(item, str) and item.strip() for item in listed):
        raise NotValid("a string or a list of strings")
    return listed


def text(value: Any) -> str:
    """Convert a string that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise NotValid("a string that is not empty")
    return value


def engine(value: Any) -> Any:
    """Accept an engine of SQLAlchemy, or a function that returns one."""
    if not callable(value) and not hasattr(value, "begin"):
        raise NotValid("an SQLAlchemy engine, or a function that returns one", "Pass lambda: db.engine.")
    return value


def provider(method: str) -> Callable[[Any], Any]:
    """Make the converter of a provider of OpenTelemetry, which has this method."""

    def convert(value: Any) -> Any:
        if not callable(getattr(value, method, None)):
            raise NotValid(f"a provider of OpenTelemetry, with {method}()")
        return value

    return convert


def folder(value: Any) -> Path:
    """Convert the path of a folder."""
    if not isinstance(value, (str, Path)) or not str(value).strip():
        raise NotValid("the path of a folder")
    return Path(value)


def one_of(choices: tuple[str, ...]) -> Callable[[Any], str]:
    """Make the converter of a string that must be one of these."""

    def convert(value: Any) -> str:
        if value not in choices:
            raise NotValid(f"one of {', '.join(choices)}", nearest(str(value), choices).strip())
        return str(value)

    return convert


def platform(value: Any) -> Platform:
    """Convert the name of a platform."""
    return PLATFORMS[one_of(tuple(PLATFORMS))(value)]


def timezone(value: Any) -> tzinfo:
    """Convert the name of a time zone."""
    from .zones import zone  # most servers need none

    try:
        return zone(value)
    except ValueError as error:
        raise NotValid("the name of a time zone, such as Asia/Seoul", str(error).strip()) from None


def header_value(value: Any) -> str:
    """Convert what is sent as the value of an HTTP header."""
    if not fits_a_header(text(value)):
        raise NotValid(
            "a text of ASCII characters without a line break, or a space at an end",
            "It is sent in an HTTP header, which can have no other. Copy it again from where you have it.",
        )
    return str(value)


def fits_a_header(value: str) -> bool:
    """Whether a text can be the value of an HTTP header."""
    return value.isascii() and value.isprintable() and value == value.strip()


def url(value: Any) -> str:
    """Convert the URL that a key is fetched from; plain HTTP would let anybody replace the key."""
    if not isinstance(value, str) or not (value.startswith("https://") or _is_on_loopback(value)):
        raise NotValid("an https:// URL", "A key that is fetched over plain HTTP proves nothing.")
    return value


def _is_on_loopback(address: str) -> bool:
    """Whether a URL is one of this machine; what stands before an ``@`` is a user's name and no host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "http" and parts.hostname in _LOOPBACK and "@" not in parts.netloc


def public_keys(value: Any) -> tuple[str, ...]:
    """Convert PEMs, and paths of files that hold PEMs, to one PEM a key."""
    listed = _listed(value)
    if not listed or not all(isinstance(item, (str, Path)) and str(item).strip() for item in listed):
        raise NotValid("a PEM, a list of PEMs, or the path of a PEM file")
    return tuple(pem for item in listed for pem in split_pems(_read(item)))


def _listed(value: Any) -> tuple[Any, ...]:
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes, Path)):
        return tuple(value)
    return (value,)


def _read(item: str | Path) -> str:
    if isinstance(item, str) and PEM_START in item:
        return item
    try:
        return Path(item).read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a text file"
        raise NotValid(
            "a PEM, a list of PEMs, or the path of a PEM file",
            f"The file {str(item)!r} cannot be read: {reason}.",
        ) from None
