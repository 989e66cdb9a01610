"""Texts of the pages, translated where they are shown."""

from __future__ import annotations

from flask_babel import gettext


def _(text: str, /, **values: object) -> str:
    """Translate a text into the language of the page.

    :param values: what stands in its places, ``%(name)s``.
    """
    return str(gettext(text, **values))


def N_(text: str) -> str:  # noqa: N802 - the name by which gettext's tools find it
    """Mark a text, for translation where it is shown."""
    return text
