"""From a mutated message to its bytes, and what is done to bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from .mutations import DUPLICATE, MARK

_RAW = re.compile(rb'"%s((?:[^@"\\]|\\.)*)@"' % MARK.encode(), re.DOTALL)
_AGAIN = f'"{DUPLICATE}'.encode()


def write(message: Any, *, ascii_only: bool) -> bytes:
    """Write a message as JSON, or as what it says in place of JSON.

    :param ascii_only: whether other characters are escaped; else a lone surrogate is invalid UTF-8.
    """
    written = json.dumps(message, ensure_ascii=ascii_only).encode(errors="surrogatepass")
    if MARK.encode() in written:
        written = _RAW.sub(lambda match: match[1].replace(b'\\"', b'"'), written)
    return written.replace(_AGAIN, b'"')


def _flip(body: bytes, random: Random) -> bytes:
    changed = bytearray(body)
    for _ in range(random.choice((1, 1, 2, 8))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _cut(body: bytes, random: Random) -> bytes:
    return body[: random.randrange(len(body) + 1)]


def _behead(body: bytes, random: Random) -> bytes:
    return body[random.randrange(len(body) + 1) :]


def _splice(body: bytes, random: Random) -> bytes:
    """Put a part of the body somewhere else."""
    start = random.randrange(len(body))
    part = body[start : start + random.randrange(1, 60)]
    at = random.randrange(len(body))
    return body[:at] + part + body[at + random.choice((0, len(part))) :]


def _repeat(body: bytes, random: Random) -> bytes:
    start = random.randrange(len(body))
    end = start + random.randrange(1, 40)
    return body[:start] + body[start:end] * random.choice((2, 2, 3, 3, 50, 500)) + body[end:]


def _twice(body: bytes, random: Random) -> bytes:
    return body + random.choice((b"", b" ", b"\n", b",")) + body


def _insert(body: bytes, random: Random) -> bytes:
    at = random.randrange(len(body) + 1)
    return body[:at] + random.choice(_PIECES) + body[at:]


def _backslashes(body: bytes, random: Random) -> bytes:
    at = random.choice((len(body), body.rfind(b'"'), random.randrange(len(body) + 1)))
    return body[:at] + b"\\" * random.choice((1, 2, 3, 1, 2, 3, 1_000, 40_001)) + body[at:]


def _ends_in_a_string(body: bytes, random: Random) -> bytes:
    """End within a string, after many of what could begin or end one."""
    run = random.choice((b'\\"', b'"\\', b"\\", b'"', b'["\\\\', b'{"a":"'))
    return body[: body.rfind(b'"')] + run * random.choice((10, 5_000))


def _pad(body: bytes, random: Random) -> bytes:
    space = random.choice((b" ", b"\n", b"\t", b"\r", b"\x0b", b"\x0c", "\u3000".encode(), b"\xa0", b"\0"))
    return space + body + space * random.choice((0, 1, 3_000))


def _encode(body: bytes, random: Random) -> bytes:
    text = body.decode(errors="replace")
    return text.encode(
        random.choice(("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp949", "cp932")), "replace"
    )


def _random(_body: bytes, random: Random) -> bytes:
    return random.randbytes(random.randrange(1, 200))


_PIECES = (
    *(b"\xff", b"\x80", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf0\x9f\x98", b"\xef\xbb\xbf"),
    *(
        b"\0",
        b"\x1f",
        b"\x7f",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"//",
        b"/*",
        b",",
        b",,",
        b":",
        b"'",
        b"}",
        b"]",
    ),
    *(b"\\ud800", b"\\ud83d\\ude00", b"\\u0000", b"\\u00", b"\\x41", b"\\'", b"\\", b'"', b"[", b"{", b"NaN"),
)

ON_BYTES: Mapping[str, Callable[[bytes, Random], bytes]] = {
    "flip": _flip,
    "cut": _cut,
    "behead": _behead,
    "splice": _splice,
    "repeat": _repeat,
    "twice": _twice,
    "insert": _insert,
    "backslashes": _backslashes,
    "ends in a string": _ends_in_a_string,
    "pad": _pad,
    "encode": _encode,
    "random": _random,
}
"""Mutations of a body that is not empty."""
