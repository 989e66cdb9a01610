"""Korean."""

from __future__ import annotations

from ..base import Language, folded
from .durations import DURATIONS
from .lexicon import EXPRESSIONS, FUNCTION, MEANINGS
from .morphemes import load
from .numbers import NUMBERS
from .other_words import OTHER_WORDS
from .particles import AFFIXES, ANSWER_ENDINGS, CORRECTIONS, OF_PLACES, PARTICLES, one_form
from .times import PHRASES
from .words import COUNTERS, ENDINGS, ORDINALS, STRAYS, WORDS

LANGUAGE = Language(
    code="ko",
    load_analyser=load,
    analyser_packages=("kiwipiepy", "kiwipiepy-model"),
    extra="local-ko",
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
    particles=PARTICLES,
    affixes=folded(AFFIXES),
    strays=folded(STRAYS),
    one_form=one_form,
    not_this=("말고", "대신", "이말고"),
    corrections=CORRECTIONS,
    ago=("전",),
    answer_endings=ANSWER_ENDINGS,
)
