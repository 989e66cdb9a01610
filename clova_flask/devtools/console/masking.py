"""What is secret, taken out of what is kept and shown."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import quote

from ...texts.templated import Templated, mapped
from ..simulator.encodings import forms_of
from .displayed import parsed, whole_text

MASK = "••••••••"
"""What stands in the place of a secret."""
MIN_MASKED = 4
"""Characters of a secret that is looked for in texts; shorter ones are parts of words."""
MAX_TOKENS = 20
"""Access tokens of a message that are looked for elsewhere: a message has two, which are the same."""

_FIELD = "accessToken"


def masked(text: str, secrets: Iterable[str]) -> str:
    """Put the mask in the places of secrets, however they are written; of a template, in its values."""
    if isinstance(text, Templated):
        known = tuple(secrets)
        return mapped(text, lambda value: masked(value, known))
    forms = {form for secret in secrets if len(secret) >= MIN_MASKED for form in forms_of(secret)}
    for form in sorted(forms, key=len, reverse=True):
        if len(form) >= MIN_MASKED:
            text = text.replace(form, MASK)
    return whole_text(text)


def masked_words(text: str, secrets: Iterable[str]) -> str:
    """Put the mask in the places of secrets, short ones among them, such as a PIN.

    A short one is looked for as a whole word: it is a part of many others.
    """
    given = {*secrets}
    if isinstance(text, Templated):
        return mapped(text, lambda value: masked_words(value, given))
    text = masked(text, given)
    short = (secret for secret in given if 0 < len(secret) < MIN_MASKED)
    words = {
        form
        for one in short
        for form in (one, quote(one.encode(errors="replace"), safe=""), html.escape(one))
    }
    if not words:
        return text
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return re.sub(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", MASK, text)


def masked_json(text: str, secrets: Iterable[str]) -> str:
    """Put the mask in the places of secrets in JSON, each letter of which may be escaped.

    Access tokens are masked by the name of their field as well. What has neither stays as it was written,
    other than names that an object has twice: the value that is read is not the only one that may be secret.
    """
    known = {*secrets}
    text = masked(text, known)
    value = parsed(text)
    try:
        written = json.dumps(value, ensure_ascii=False)
        hidden = json.dumps(without_tokens(value), ensure_ascii=False)
    except RecursionError:
        return text
    hidden = masked(hidden, known)
    return text if hidden == written and not repeats_names(text) else hidden


def repeats_names(text: str | bytes) -> bool:
    """Tell whether an object in JSON has a name twice, of which only the last is read."""
    found: list[str] = []

    def note(pairs: list[tuple[str, Any]]) -> None:
        if len(dict(pairs)) < len(pairs):
            found.append(pairs[0][0])

    try:
        json.loads(text, object_pairs_hook=note)
    except (ValueError, RecursionError):
        return False
    return bool(found)


def without_tokens(value: Any) -> Any:
    """Copy a message, with the mask in the place of each access token."""
    if isinstance(value, list):
        return [without_tokens(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: MASK if name == _FIELD and item else without_tokens(item) for name, item in value.items()}


def tokens_in(value: Any) -> set[str]:
    """List the access tokens of a message."""
    return set(islice(_tokens_in(value), MAX_TOKENS))


def _tokens_in(value: Any) -> Iterator[str]:
    left = [value]
    while left:
        one = left.pop()
        if isinstance(one, dict):
            token = one.get(_FIELD)
            if isinstance(token, str) and token != MASK:
                yield token
        left += _parts(one)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
