"""The forms in which one value stands in addresses, headers, markup and text within text."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus


def forms_of(value: str) -> set[str]:
    """Return a value as it is, and in each encoding that it may stand in."""
    return {form for form in _forms(value) if form}


def _forms(value: str) -> Iterator[str]:
    raw = value.encode(errors="surrogatepass")
    yield value
    for percent in (quote(raw, safe=""), quote(raw), quote_plus(raw)):
        yield percent
        yield _lower_hex(percent)
    yield raw.hex()
    yield raw.hex().upper()
    yield html.escape(value)
    yield html.escape(value, quote=False)
    yield from _json_escapes(value)
    yield from _base64(raw)


def _lower_hex(percent: str) -> str:
    first, *others = percent.split("%")
    return "%".join([first, *(part[:2].lower() + part[2:] for part in others)])


def _json_escapes(value: str) -> Iterator[str]:
    for only_ascii in (True, False):
        escaped = json.dumps(value, ensure_ascii=only_ascii)[1:-1]
        yield escaped
        yield escaped.replace("/", "\\/")
        yield escaped.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _base64(raw: bytes) -> Iterator[str]:
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        whole = encode(raw).decode()
        yield whole
        yield quote(whole, safe="")
        yield whole.rstrip("=")
        for before in range(3):
            yield _core(encode(b"\0" * before + raw).decode(), before, len(raw))


def _core(encoded: str, before: int, length: int) -> str:
    """Return the characters that encode nothing but the value, where other bytes stand around it."""
    first = -(-before * 8 // 6)
    last = (before + length) * 8 // 6
    return encoded[first:last]
