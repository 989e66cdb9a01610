"""Texts that remember what they are made of, so that a page can show them in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

MAX_LISTED = 100
"""Texts that :func:`listed` keeps the templates of."""


class Templated(str):
    """A text made of a template and values. It is the finished English text wherever it is read as one.

    :ivar template: the text with its places, ``%(name)s``; without values it is the text itself.
    :ivar values: what stands in the places; some are of templates themselves.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Self:
        """Make the text.

        :param values: what stands in the places of the template.
        """
        made = super().__new__(cls, template % values if values else template)
        made.template, made.values = template, values
        return made


def mapped(text: str, change: Callable[[str], str]) -> str:
    """Change what others wrote in a text: its values where it has a template, else all of it."""
    if not isinstance(text, Templated):
        return change(text)
    values = text.values.items()
    # What is no text, such as an error, is one by the time that it is shown.
    changed: dict[str, object] = {}
    for name, one in values:
        changed[name] = one if isinstance(one, int | float) else mapped(_as_text(one), change)
    return Templated(text.template, **changed)


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else str(value)


def as_json(text: str) -> str | list[Any]:
    """Return a text as it is kept in JSON, of which :func:`restored` makes it again."""
    if not isinstance(text, Templated):
        return text
    return [text.template, {name: _plain(value) for name, value in text.values.items()}]


def _plain(value: object) -> object:
    if isinstance(value, str):
        return as_json(value)
    return value if isinstance(value, int | float) else str(value)


def restored(kept: str | list[Any]) -> str:
    """Return a text that was kept."""
    if isinstance(kept, str):
        return kept
    template, values = kept
    made = {name: restored(one) if isinstance(one, str | list) else one for name, one in values.items()}
    return Templated(template, **made)


def text_of(error: BaseException) -> str:
    """Return the text of an error, with its template where it was raised with one."""
    given = error.args[0] if len(error.args) == 1 else None
    return given if isinstance(given, Templated) else str(error)


def labelled(label: str, text: str) -> str:
    """Put what a text is about before it."""
    return Templated("%(label)s: %(text)s", label=label, text=text)


def listed(texts: Iterable[str]) -> str:
    """Join texts by commas, as a text that keeps each of them; empty for none.

    A long list, which nobody reads to its end, is joined as it is written: each text is within the next.
    """
    texts = list(texts)
    if len(texts) > MAX_LISTED:
        return ", ".join(texts)
    joined = ""
    for text in texts:
        joined = Templated("%(before)s, %(last)s", before=joined, last=text) if joined else text
    return joined
