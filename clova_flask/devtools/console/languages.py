"""The language of the pages: as chosen, else as the browser asks, else English."""

from __future__ import annotations

from datetime import datetime, tzinfo

from flask import Flask, request
from flask_babel import Babel, get_locale

LANGUAGES = {"ko": "한국어", "ja": "日本語", "en": "English"}
COOKIE = "clova_console_language"


def init_languages(app: Flask) -> None:
    """Put the translations on the console's app."""
    Babel(app, default_locale="en", locale_selector=_chosen, timezone_selector=_here)
    app.jinja_env.globals.update(languages=LANGUAGES, current_language=current_language)


def _here() -> tzinfo | None:
    """Return the time zone of this machine: whoever looks at a local console sits there."""
    return datetime.now().astimezone().tzinfo


def _chosen() -> str:
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES) or "en"


def current_language() -> str:
    """Return the language of this page, ``ko``, ``ja`` or ``en``."""
    locale = get_locale()
    return str(locale.language) if locale else "en"
