"""What type checkers know about the package: its public names, and no others."""

from __future__ import annotations

from types import ModuleType
from typing import assert_type

import clova_flask
from clova_flask import audio, cards, playback

assert_type(clova_flask.tell("안녕"), clova_flask.Answer)
modules: list[ModuleType] = [audio, cards, playback]


def wrong_uses() -> None:
    from clova_flask import Slots  # type: ignore[attr-defined]

    Slots()
    clova_flask.aks("몇 판이요?")  # type: ignore[attr-defined]
    cards.txt("고구마 피자")  # type: ignore[attr-defined]
