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


# The primes of a key that nothing trusts but the contenders. It is always the same one: what verifying takes
# depends on the numbers, by as much as 5,000 instructions, or 0.5 % of a request (November 2026).
_P = int(
    "f686dfcebc393461df5a5b8333238984a21ff3345abf50f6e5f5611d807f752f"
    "313eed1e8bda6d2cde685ab2ba08457151b5091ab96515b7caeb62da74b3a143"
    "4478caf60f2c8b2bd3e3ffd4ed16d02f368e3a0ab1631547b98eeae7485016f8"
    "c51201f4fea77b21afa60b77b19d10bffe575748fd3627f16ee095ebdfb05069",
    16,
)
_Q = int(
    "d6fb07a7a80b60af12a1d8ce6625786860d7f2f2bb9a65f89ca5193a65e0f1fa"
    "56b3dee12a3ac769a547221d93b72023831e39df50bc0bacf726fdbf257f7986"
    "d65b3c05c4c61ee3334057399cf92ccc76a6dd774db2c4fa77e6ca09b62b98fb"
    "bd34cf7c750d16bdb248e3911062fd7695724bb26bcd8e4c8ad67df90803e46b",
    16,
)


def make_key() -> rsa.RSAPrivateKey:
    """Make a key like the platforms', RSA of 2048 bits; the same each time."""
    public = rsa.RSAPublicNumbers(65537, _P * _Q)
    d = pow(public.e, -1, (_P - 1) * (_Q - 1))
    crt = rsa.rsa_crt_dmp1(d, _P), rsa.rsa_crt_dmq1(d, _Q), rsa.rsa_crt_iqmp(_P, _Q)
    return rsa.RSAPrivateNumbers(_P, _Q, d, *crt, public).private_key()


def public_pem(key: rsa.RSAPrivateKey) -> str:
    """Write the public half of a key as a PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def sign(key: rsa.RSAPrivateKey, message: dict[str, Any]) -> SignedRequest:
    """Write a message as CEK does, and sign it."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    signature = key.sign(body, padding.PKCS1v15(), SHA256())
    return SignedRequest(body, base64.b64encode(signature).decode())
