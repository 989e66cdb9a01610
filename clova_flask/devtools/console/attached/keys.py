"""The key that the console signs with: the development key of the app beside, or the console's own."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from flask import current_app

from ....security.devkey import PRIVATE_NAME, read_key, write_key
from .process import attached_app


def signing_key() -> rsa.RSAPrivateKey:
    """Return the key, made where there is none."""
    attached = attached_app()
    of_app = attached.key() if attached else None
    if of_app is not None:
        return of_app
    folder = Path(current_app.instance_path)
    if not (folder / PRIVATE_NAME).exists():
        write_key(folder)
    key = read_key(folder)
    if key is None:  # it was removed in this moment
        raise FileNotFoundError(folder / PRIVATE_NAME)
    return key
