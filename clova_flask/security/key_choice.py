"""Which keys verify messages, chosen from the settings."""

from __future__ import annotations

from ..errors import ConfigurationError, KeySourceError
from ..settings import Settings
from .remote_key import RemoteKey
from .signature import FixedKeys, Keys, KeySource, Verifier, parse_public_key


def make_verifier(settings: Settings) -> Verifier:
    """Make what checks signatures.

    ``CLOVA_PUBLIC_KEY`` replaces the platform's key and its URL. The platform's built-in key serves until the
    platform rotates it; from then on its URL has the new one. ``CLOVA_FURTHER_KEYS`` are trusted besides.

    :raises ConfigurationError: signatures are to be verified and there is no key, or one cannot be used.
    """
    if not settings.verify_signature:
        return Verifier(FixedKeys(()))
    further = _parse("CLOVA_FURTHER_KEYS", settings.further_keys)
    verifier = Verifier(choose_source(settings, is_needed=not further))
    for key in further:
        verifier.trust(key)
    return verifier


def choose_source(settings: Settings, *, is_needed: bool = True) -> KeySource:
    """Choose where the public keys come from, but for the further ones.

    :param is_needed: whether there must be a key, since there is no other.
    :raises ConfigurationError: there is none, or one cannot be used.
    """
    pems, url = settings.public_key, settings.public_key_url
    if settings.platform and not pems:
        pems, url = (settings.platform.public_key,), url or settings.platform.public_key_url
    keys = _parse("CLOVA_PUBLIC_KEY", pems)
    if url:
        return RemoteKey(url, keys, ttl=settings.public_key_ttl)
    if not keys and is_needed:
        raise ConfigurationError(
            "There is no key to verify messages with. Set CLOVA_PLATFORM to 'naver' or 'line' to trust that "
            "platform's key, or CLOVA_PUBLIC_KEY or CLOVA_PUBLIC_KEY_URL to trust another."
        )
    return FixedKeys(keys)


def _parse(setting: str, pems: tuple[str, ...]) -> Keys:
    try:
        return tuple(parse_public_key(pem) for pem in pems)
    except KeySourceError as error:
        raise ConfigurationError(
            f"{setting} cannot be used: {error} It must be the PEM of a key that messages are signed with."
        ) from None
