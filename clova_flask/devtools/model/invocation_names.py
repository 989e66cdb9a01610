"""Checks of invocation names: how many, how long, and without words that are the platform's own.

From the consoles' forms, and the guides' sections on how to choose an invocation name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from ...findings import Finding
from ...texts.templated import Templated
from .config import config_place
from .objects import InteractionModel

_MOST = {"KR": 3, "JP": 5}
"""Names that the consoles take; LINE's are a main one and four that vary it."""

MAX_LENGTH = 30
"""Characters of a name, on LINE."""

_RESERVED = {
    "KR": (
        "클로바", "clova", "샐리야", "제시카", "짱구야", "오늘 날씨", "주요 뉴스", "시작해줘", "종료해줘",
        "에게", "에서",
    ),
    "JP": (
        "ねぇclova", "ねえclova", "clova", "line送って", "今日の天気", "おもしろニュース", "今日の運勢",
        "を起動して", "を開いて", "を終了して", "を使って",
    ),
}  # fmt: skip
"""Words that no name may have in it: they wake Clova, start or end an extension, or ask her for something."""


def check_invocation_names(model: InteractionModel, regions: frozenset[str]) -> Iterator[Finding]:
    """Check the invocation names.

    :param regions: the platforms the model is for, ``KR`` and ``JP``.
    """
    names = model.invocation_names
    if not names:
        message = Templated('There is no invocation name. Add invocation_names = ["…"].')
        yield Finding("model.no-invocation-name", message, config_place(model))
    most = min(_MOST[region] for region in regions)
    if len(names) > most:
        message = Templated(
            "There are %(count)s invocation names; at most %(most)s are allowed.", count=len(names), most=most
        )
        yield Finding("model.too-many-invocation-names", message, config_place(model, names[most]))
    empty = [name for name in names if not name.strip()]
    if empty:
        message = Templated("An invocation name is empty.")
        yield Finding("model.empty-invocation-name", message, config_place(model, empty[0]))
    for name in dict.fromkeys(names):
        yield from _check_name(model, name, regions)


def _check_name(model: InteractionModel, name: str, regions: frozenset[str]) -> Iterator[Finding]:
    if regions == {"JP"} and len(name) > MAX_LENGTH:
        message = Templated(
            "The invocation name %(name)s has %(count)s characters; at most %(max_length)s are allowed.",
            name=repr(name),
            count=len(name),
            max_length=MAX_LENGTH,
        )
        yield Finding("model.long-invocation-name", message, config_place(model, name))
    reserved = next(filter(None, (reserved_word(name, region) for region in sorted(regions))), "")
    if reserved:
        message = Templated(
            "The invocation name %(name)s must not have %(reserved)s in it, which is the platform's.",
            name=repr(name),
            reserved=repr(reserved),
        )
        yield Finding("model.reserved-invocation-name", message, config_place(model, name))


def reserved_word(name: str, region: str) -> str:
    """Return the platform's own word that a name has in it; empty for none.

    :param region: ``KR`` or ``JP``.
    """
    return next((word for word in _RESERVED[region] if _bare(word) in _bare(name)), "")


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
