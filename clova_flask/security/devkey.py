"""The development key: a key pair in the instance folder that a debug app trusts."""

from __future__ import annotations

import base64
import hashlib
import os
import platform
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from ..errors import KeySourceError

PRIVATE_NAME = "clova-development-key.pem"
"""File in the app's instance folder; the public key is derived from it."""


def generate_key() -> rsa.RSAPrivateKey:
    """Make a key like those that the platforms sign with, RSA of 2048 bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def testing_key() -> rsa.RSAPrivateKey:
    """Return the key that test clients sign with, made once a process."""
    return generate_key()


def sign(key: rsa.RSAPrivateKey, body: bytes) -> str:
    """Sign a body as CEK does.

    :return: the value of ``SignatureCEK``.
    """
    return base64.b64encode(key.sign(body, padding.PKCS1v15(), SHA256())).decode()


def public_pem(key: rsa.RSAPrivateKey) -> str:
    """Write the public half as a PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form).decode()


def write_key(folder: Path) -> Path:
    """Make a key pair in a folder, readable by its owner alone, and note the machine: see :func:`made_here`.

    :raises FileExistsError: there is one already.
    :raises OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PRIVATE_NAME
    pem = generate_key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(f"{_MADE}{_machine()}\n".encode() + pem)
    return path


_MADE = "Made on the machine "


def _machine() -> str:
    """Return what tells this machine from a server that the file was copied to, without its name."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:16]


def made_here(path: Path) -> bool:
    """Whether a key was made on this machine, and not copied to it.

    :param path: the file that :func:`write_key` has written.
    """
    try:
        return path.read_bytes().startswith(f"{_MADE}{_machine()}\n".encode())
    except OSError:
        return False


def read_key(folder: Path) -> rsa.RSAPrivateKey | None:
    """Read the key pair of a folder; None when it has none.

    :raises KeySourceError: the file is there and holds no RSA key.
    """
    path = folder / PRIVATE_NAME
    if not path.is_file():
        return None
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise KeySourceError(f"{path} is not a development key: {error}") from None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise KeySourceError(f"{path} is not an RSA key.")
    return key
