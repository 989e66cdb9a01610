"""What both floors do alike: the key, the signature, and JSON with orjson where it is installed."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from flask import abort

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment,unused-ignore]

JSON = "application/json;charset=utf-8"
MAX_CONTENT_LENGTH = 1_048_576

_PADDING = padding.PKCS1v15()
_HASH = SHA256()


def load_key(pem: str) -> rsa.RSAPublicKey:
    """Read the key that requests are signed with."""
    key = load_pem_public_key(pem.encode())
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("CEK signs with RSA.")
    return key


def verify(key: rsa.RSAPublicKey, body: bytes, header: str | None) -> None:
    """Check the signature over the raw body."""
    try:
        key.verify(base64.b64decode(header or "", validate=True), body, _PADDING, _HASH)
    except (binascii.Error, InvalidSignature):
        abort(401)


def _read(body: bytes) -> Any:
    # json.loads(body) would also accept UTF-16 and UTF-32.
    return json.loads(body.decode())


def _write(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False)


if orjson is None:
    read, write = _read, _write
else:
    read, write = orjson.loads, orjson.dumps  # type: ignore[assignment,unused-ignore]
