"""Japanese."""

from __future__ import annotations

import re

from ..base import Language, folded
from .durations import DURATIONS
from .lexicon import EXPRESSIONS, FUNCTION, MEANINGS
from .morphemes import load
from .numbers import NUMBERS
from .other_words import OTHER_WORDS
from .times import PHRASES
from .words import AFFIXES, CORRECTIONS, COUNTERS, ENDINGS, OF_PLACES, ORDINALS, STRAYS, WORDS

LANGUAGE = Language(
    code="ja",
    load_analyser=load,
    analyser_packages=("SudachiPy", "SudachiDict-small"),
    extra="local-ja",
    meanings=MEANINGS,
    function=FUNCTION,
    expressions=EXPRESSIONS,
    numbers=NUMBERS,
    counters=folded(COUNTERS),
    other_words=OTHER_WORDS,
    durations=DURATIONS,
    phrases=PHRASES,
    ordinals=ORDINALS,
    words=WORDS,
    word_endings=ENDINGS,
    particles_of_places=OF_PLACES,
    particles=folded("を は が に で の"),
    affixes=folded(AFFIXES),
    strays=folded(STRAYS),
    linking="の",
    not_this=("じゃなくて", "じゃなく", "ではなくて", "ではなく"),
    corrections=CORRECTIONS,
    ago=("前",),
    answer_endings=re.compile(
        r"(?:です|で|に|でお願い(?:します)?|にします|がいい(?:です)?|ください|please)?"
    ),
)
