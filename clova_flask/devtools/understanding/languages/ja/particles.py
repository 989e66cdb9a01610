"""Japanese particles and endings, and the words that stand like them behind another word."""

from __future__ import annotations

import re

from ..base import folded

PARTICLES = folded("を は が に で の")
"""What may stand behind an entry of a custom slot type."""

NOT_THIS = ("じゃなくて", "ではなく", "じゃなく")
"""What says that the word before it is not meant."""

AGO = ("前",)
"""What counts back the length of time before it."""

ANSWER_ENDINGS = re.compile(r"(?:です|で|に|でお願い(?:します)?|にします|がいい(?:です)?|ください|please)?")
"""All that may stand behind an answer: 明日です."""
