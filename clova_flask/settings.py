"""The ``CLOVA_*`` settings: read once, checked, and frozen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import ConfigurationError, nearest
from .platforms import PLATFORMS, Platform

logger = logging.getLogger("clova_flask")

LANGUAGES = ("ko", "ja", "en")
"""The languages a speech can be in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One extension's settings; the names are those of ``app.config`` without ``CLOVA_``, in lower case.

    :ivar url_prefix: path of the endpoint.
    :ivar extension_ids: the ids that a message may be for; empty accepts any.
    :ivar platform: the platform that sends, or None.
    :ivar verify_signature: whether ``SignatureCEK`` is checked.
    :ivar public_key: PEMs that replace the platform's built-in key.
    :ivar public_key_url: where the key is fetched from, or None.
    :ivar public_key_ttl: seconds after which a fetched key is fetched again.
    :ivar timestamp_tolerance: seconds that ``request.timestamp`` may differ from now; None does not look.
    :ivar max_content_length: longest body taken, in bytes.
    :ivar default_lang: language of speech when the request names none.
    :ivar validate_responses: whether answers are checked before they are sent.
    :ivar extension_secret: the API key of the Push API.
    :ivar interaction_model: folder of the interaction model; None is ``interaction_model`` beside the app.
    """

    url_prefix: str = "/clova"
    extension_ids: tuple[str, ...] = ()
    platform: Platform | None = None
    verify_signature: bool = True
    public_key: tuple[str, ...] = ()
    public_key_url: str | None = None
    public_key_ttl: float = 86_400
    timestamp_tolerance: float | None = None
    max_content_length: int = 1_048_576
    default_lang: str = "ko"
    validate_responses: bool = True
    extension_secret: str | None = field(default=None, repr=False)
    interaction_model: Path | None = None


def load_settings(config: Mapping[str, Any], overrides: Mapping[str, Any]) -> Settings:
    """Read the settings from ``app.config``; constructor arguments win.

    :param config: the app's configuration.
    :param overrides: settings by lower-case name; None means not given.
    :raises ConfigurationError: naming the setting that cannot work, and what would.
    """
    _warn_of_unknown(config)
    values: dict[str, Any] = {}
    for name, convert in _CONVERTERS.items():
        setting = f"CLOVA_{name.upper()}"
        value = overrides.get(name)
        value = config.get(setting) if value is None else value
        if value is not None:
            values[_FIELD_OF.get(name, name)] = convert(setting, value)
    platform: Platform | None = values.get("platform")
    if platform and "public_key" not in values:
        # The built-in key serves until the platform rotates it; then the URL has the new one.
        values["public_key"] = (platform.public_key,)
        values.setdefault("public_key_url", platform.public_key_url)
    return Settings(**values)


def _warn_of_unknown(config: Mapping[str, Any]) -> None:
    known = {f"CLOVA_{name.upper()}" for name in _CONVERTERS}
    for key in config:
        if key.startswith("CLOVA_") and key not in known:
            logger.warning("%s is not a setting of clova-flask.%s", key, nearest(key, known))


def _fail(setting: str, value: object, expected: str) -> ConfigurationError:
    return ConfigurationError(f"{setting} is {value!r}; it must be {expected}.")


def _flag(setting: str, value: Any) -> bool:
    words = {"true": True, "yes": True, "on": True, "1": True}
    words |= {"false": False, "no": False, "off": False, "0": False}
    known = words.get(str(value).strip().lower())
    if known is None:
        raise _fail(setting, value, "true or false")
    return known


def _seconds(setting: str, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise _fail(setting, value, "a number of seconds") from None
    if isinstance(value, bool) or not 0 < number < float("inf"):
        raise _fail(setting, value, "a number of seconds above 0")
    return number


def _size(setting: str, value: Any) -> int:
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
        raise _fail(setting, value, "a number of bytes above 0")
    return value


def _prefix(setting: str, value: Any) -> str:
    if not isinstance(value, str) or (value and not value.startswith("/")):
        raise _fail(setting, value, "a path that starts with '/'")
    return value.rstrip("/")


def _texts(setting: str, value: Any) -> tuple[str, ...]:
    listed = [value] if isinstance(value, str) else value
    texts = tuple(listed) if isinstance(listed, (list, tuple)) else ()
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        raise _fail(setting, value, "a text or a list of texts")
    return texts


def _secret(setting: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigurationError(f"{setting} must be the API key from the developer console, a text.")
    return value


def _path(setting: str, value: Any) -> Path:
    if not isinstance(value, (str, Path)) or not str(value).strip():
        raise _fail(setting, value, "the path of a folder")
    return Path(value)


def _one_of(choices: tuple[str, ...]) -> Callable[[str, Any], str]:
    def convert(setting: str, value: Any) -> str:
        if value not in choices:
            hint = nearest(value, choices) if isinstance(value, str) else ""
            raise ConfigurationError(f"{setting} is {value!r}; it must be one of {', '.join(choices)}.{hint}")
        return str(value)

    return convert


def _platform(setting: str, value: Any) -> Platform:
    return PLATFORMS[_one_of(tuple(PLATFORMS))(setting, value)]


def _url(setting: str, value: Any) -> str:
    local = ("http://127.0.0.1:", "http://localhost:", "http://[::1]:")
    if not isinstance(value, str) or not value.startswith(("https://", *local)):
        raise _fail(setting, value, "an https:// URL; a key that comes over plain HTTP proves nothing")
    return value


def _public_key(setting: str, value: Any) -> tuple[str, ...]:
    """PEMs as they are; anything else is a path, read here."""
    items = (value,) if isinstance(value, Path) else _texts(setting, value)
    return tuple(pem for item in items for pem in _split(_pem(setting, item)))


def _split(text: str) -> list[str]:
    """Take apart a text with several PEMs, as there is one while a key is being changed."""
    mark = "-----BEGIN "
    head, *parts = text.split(mark)
    return [mark + part for part in parts] or [head]


def _pem(setting: str, item: str | Path) -> str:
    if isinstance(item, str) and "-----BEGIN" in item:
        return item
    try:
        return Path(item).read_text(encoding="ascii")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text file"
        raise ConfigurationError(
            f"{setting} names the file {str(item)!r}, which cannot be read: {reason}. "
            "Give a PEM, a list of PEMs, or the path of a PEM file."
        ) from None


_CONVERTERS: dict[str, Callable[[str, Any], Any]] = {
    "url_prefix": _prefix,
    "extension_id": _texts,
    "platform": _platform,
    "verify_signature": _flag,
    "public_key": _public_key,
    "public_key_url": _url,
    "public_key_ttl": _seconds,
    "timestamp_tolerance": _seconds,
    "max_content_length": _size,
    "default_lang": _one_of(LANGUAGES),
    "validate_responses": _flag,
    "extension_secret": _secret,
    "interaction_model": _path,
}

_FIELD_OF = {"extension_id": "extension_ids"}

SETTING_NAMES = tuple(_CONVERTERS)
"""Every setting, in lower case and without the prefix; also the constructor's keyword arguments."""
