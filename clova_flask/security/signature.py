"""Checking ``SignatureCEK``: RSA PKCS#1 v1.5 with SHA-256 over the raw body, before anything is parsed."""

from __future__ import annotations

import binascii
from collections.abc import Callable
from typing import Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from ..errors import KeySourceError, SignatureError
from ..settings.pems import split_pems

HEADER = "SignatureCEK"
"""The request header that carries the signature in base64."""

Keys = tuple[rsa.RSAPublicKey, ...]

_PADDING = padding.PKCS1v15()
_HASH = SHA256()


class KeySource(Protocol):
    """Where the public keys come from."""

    def start(self) -> None:
        """Begin to get the first keys, where there are none yet."""

    def has_keys(self) -> bool:
        """Return whether there are keys, at once; where there are none, they are being got from now on."""

    def keys(self) -> Keys:
        """Return the keys to try, most likely first."""

    def refresh(self, tried: Keys) -> Keys:
        """Return keys that were not among ``tried``, if there are any by now."""

    @property
    def age(self) -> float | None:
        """The seconds since the keys were fetched; None where they were not."""


class FixedKeys:
    """Keys that stay as they are.

    :param keys: RSA public keys.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def start(self) -> None:
        """Do nothing: the keys are here."""

    def has_keys(self) -> bool:
        """Return True: the keys are here, or none is needed."""
        return True

    def keys(self) -> Keys:
        """Return the keys."""
        return self._keys

    def refresh(self, tried: Keys) -> Keys:
        """Return nothing: these keys never change."""
        return ()

    @property
    def age(self) -> None:
        """None: nothing was fetched."""
        return None


class Verifier:
    """Decides whether a body was signed with a trusted key.

    :param source: where the keys come from.
    """

    def __init__(self, source: KeySource) -> None:
        self._source = source
        self._trusted: Keys = ()
        self._further: tuple[Callable[[], rsa.RSAPublicKey | None], ...] = ()

    def start(self) -> None:
        """Begin to get the first keys, where there are none yet, so that the first message finds them."""
        self._source.start()

    def has_keys(self) -> bool:
        """Return whether messages can be verified, at once; a key that is not here yet is being fetched."""
        return self._source.has_keys()

    def key_age(self) -> float | None:
        """Return the seconds since the keys were fetched; None where they were not."""
        return self._source.age

    def trust(self, key: rsa.RSAPublicKey) -> None:
        """Trust one more key besides those of the source: a development or test key."""
        if key not in self._trusted:
            self._trusted = (*self._trusted, key)

    def trust_also(self, find: Callable[[], rsa.RSAPublicKey | None]) -> None:
        """Trust a key that may be there later: it is looked for when no other fits."""
        self._further = (*self._further, find)

    def verify(self, body: bytes, header: str | None) -> None:
        """Check the signature of a body.

        :param body: the exact bytes received.
        :param header: the value of ``SignatureCEK``, or None when it was not sent.
        :raises SignatureError: it is missing, is not base64, or fits no trusted key.
        """
        signature = _decode(header)
        keys = self._source.keys()
        if _fits_any(keys, signature, body) or _fits_any(self._trusted, signature, body):
            return
        found = tuple(key for find in self._further if (key := find()) is not None)
        if _fits_any(found, signature, body):
            return
        if _fits_any(self._source.refresh(keys), signature, body):
            return
        raise SignatureError(f"{HEADER} does not fit the body: another key signed it, or it was changed.")


def parse_public_key(pem: str | bytes) -> rsa.RSAPublicKey:
    """Read one RSA public key.

    :param pem: a PEM with one key.
    :raises KeySourceError: it is no PEM, or no RSA key of at least 2048 bits.
    """
    written = pem.encode() if isinstance(pem, str) else pem
    try:
        key = load_pem_public_key(written)
    except (ValueError, UnsupportedAlgorithm):
        if b"PRIVATE KEY-----" in written:
            raise KeySourceError(
                "This is the PEM of a private key, which stays where messages are signed. "
                "flask clova keygen --public prints the public one."
            ) from None
        raise KeySourceError("This is not the PEM of a public key.") from None
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < 2048:
        raise KeySourceError("CEK signs with RSA of at least 2048 bits; this is another kind of key.")
    return key


def parse_public_keys(document: bytes) -> Keys:
    """Read each RSA public key of a document, which has two while a platform replaces its key.

    A PEM that is none of CEK's stands in nobody's way as long as another is one.

    :raises KeySourceError: no PEM of it can be used.
    """
    keys: list[rsa.RSAPublicKey] = []
    fault: KeySourceError | None = None
    for pem in split_pems(document.decode("latin-1")):
        try:
            key = parse_public_key(pem)
        except KeySourceError as error:
            fault = fault or error
            continue
        if key not in keys:
            keys.append(key)
    if not keys and fault is not None:
        raise fault
    return tuple(keys)


def _decode(header: str | None) -> bytes:
    if not header:
        raise SignatureError(f"The request has no {HEADER} header.")
    try:
        return binascii.a2b_base64(header.strip(), strict_mode=True)
    except (binascii.Error, ValueError):
        raise SignatureError(f"{HEADER} is not base64.") from None


def _fits_any(keys: Keys, signature: bytes, body: bytes) -> bool:
    for key in keys:
        try:
            key.verify(signature, body, _PADDING, _HASH)
        except InvalidSignature:
            continue
        return True
    return False
