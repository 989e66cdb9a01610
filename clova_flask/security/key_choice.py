"""Which keys verify messages, chosen from the settings."""

from __future__ import annotations

from ..errors import ConfigurationError, KeySourceError
from ..settings import Settings
from .remote_key import RemoteKey
from .signature import FixedKeys, Keys, KeySource, parse_public_key


def choose_keys(settings: Settings) -> KeySource:
    """Choose where the public keys come from.

    ``CLOVA_PUBLIC_KEY`` replaces the platform's key and its URL. The platform's built-in key serves until the
    platform rotates it; from then on its URL has the new one.

    :raises ConfigurationError: signatures are to be verified and there is no key, or one cannot be used.
    """
    if not settings.verify_signature:
        return FixedKeys(())
    pems, url = settings.public_key, settings.public_key_url
    if settings.platform and not pems:
        pems, url = (settings.platform.public_key,), url or settings.platform.public_key_url
    keys = _parse(pems)
    if url:
        return RemoteKey(url, keys, ttl=settings.public_key_ttl)
    if not keys:
        raise ConfigurationError(
            "There is no key to verify messages with. Set CLOVA_PLATFORM to 'naver' or 'line' to trust that "
            "platform's key, or CLOVA_PUBLIC_KEY or CLOVA_PUBLIC_KEY_URL to trust another."
        )
    return FixedKeys(keys)


def _parse(pems: tuple[str, ...]) -> Keys:
    try:
        return tuple(parse_public_key(pem) for pem in pems)
    except KeySourceError as error:
        raise ConfigurationError(
            f"CLOVA_PUBLIC_KEY cannot be used: {error} It must be the PEM of the key that CEK signs with."
        ) from None
