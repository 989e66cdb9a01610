"""Reading the settings from ``app.config`` and from the constructor's arguments."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from ..errors import ConfigurationError, nearest
from . import SETTINGS, Setting, Settings
from .converters import NotValid

logger = logging.getLogger("clova_flask")

MAX_SHOWN = 100
"""Characters of a value that an error shows."""

FLAGS = ("DEBUG", "TESTING", "PROPAGATE_EXCEPTIONS")
"""Flask's own settings that decide what is trusted and what is raised."""


def check_arguments(arguments: Iterable[str]) -> None:
    """Check that each of these names is an argument of :class:`~clova_flask.Clova`.

    :raises TypeError: one is not, with the nearest that is.
    """
    known = ["name", *SETTINGS]
    for name in arguments:
        if name not in known:
            from .misuse import explain_argument

            raise TypeError(explain_argument(name, known))


def load_settings(config: Mapping[str, Any], arguments: Mapping[str, Any]) -> Settings:
    """Read the settings from ``app.config``; the constructor's arguments win.

    :param config: the app's configuration.
    :param arguments: settings by name; None means not given.
    :raises ConfigurationError: a value cannot work; the text names the setting and what it must be.
    """
    _check_flags(config)
    _warn_of_unknown(config)
    values: dict[str, Any] = {}
    for setting in SETTINGS.values():
        place, value = f"{setting.key} (the argument {setting.name})", arguments.get(setting.name)
        if value is None:
            place, value = setting.key, config.get(setting.key)
        if value is not None:
            values[setting.attribute] = _convert(setting, place, value)
    if "platform" in values:
        values.setdefault("default_lang", values["platform"].language)
    return Settings(**values)


def _check_flags(config: Mapping[str, Any]) -> None:
    """Check Flask's own flags: of an environment variable ``False`` the string is left, which is true."""
    for key in FLAGS:
        value = config.get(key)
        if value is not None and not (isinstance(value, int) and value in (0, 1)):
            raise ConfigurationError(
                f"{key} must be True or False, not {_shown(value)}, which Flask takes for "
                f"{bool(value)}. Write FLASK_{key}=0 or FLASK_{key}=1 for app.config.from_prefixed_env(), or "
                f'set app.config["{key}"] to a bool.'
            )


def _convert(setting: Setting, place: str, value: object) -> Any:
    try:
        return setting.convert(value)
    except NotValid as error:
        given = "" if setting.secret else f", not {_shown(value)}"
        fix = f" {error.fix}" if error.fix else ""
        raise ConfigurationError(f"{place} must be {error.expected}{given}.{fix}") from None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


def _warn_of_unknown(config: Mapping[str, Any]) -> None:
    known = [setting.key for setting in SETTINGS.values()]
    for key in config:
        if key.startswith("CLOVA_") and key not in known:
            hint = nearest(key, known, or_list=True)
            logger.warning("%s is not a setting of clova-flask.%s", key, hint)
