"""A message on its way: signed as the platforms sign, with the headers that CEK sends."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

EXTENSION_ID = "com.example.pizzabot"
PATH = "/clova"

HEADERS = {
    # The parameter is malformed in real traffic, and so it is here.
    "Content-Type": "application/json;charset-UTF-8",
    "Accept": "application/json",
    "Accept-Charset": "utf-8",
    "User-Agent": "CEK/1.0",
}
"""The headers that come with every request besides the signature."""


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A body with the value of its ``SignatureCEK``."""

    body: bytes
    signature: str


def generate_key() -> rsa.RSAPrivateKey:
    """Make a key like the platforms', RSA of 2048 bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(key: rsa.RSAPrivateKey) -> str:
    """Write the public half of a key as a PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def sign(key: rsa.RSAPrivateKey, message: dict[str, Any]) -> SignedRequest:
    """Write a message as CEK does, and sign it."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    signature = key.sign(body, padding.PKCS1v15(), SHA256())
    return SignedRequest(body, base64.b64encode(signature).decode())
