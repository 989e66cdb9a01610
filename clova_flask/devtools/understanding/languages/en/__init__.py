"""English."""

from __future__ import annotations

import re

from ..base import Language, folded
from .durations import DURATIONS
from .lexicon import EXPRESSIONS, FUNCTION, MEANINGS
from .morphemes import load
from .numbers import NUMBERS
from .times import PHRASES
from .words import COUNTERS, ORDINALS, WORDS

LANGUAGE = Language(
    code="en",
    load_analyser=load,
    meanings=MEANINGS,
    function=FUNCTION,
    expressions=EXPRESSIONS,
    numbers=NUMBERS,
    counters=folded(COUNTERS),
    durations=DURATIONS,
    phrases=PHRASES,
    ordinals=ORDINALS,
    words=WORDS,
    corrections=re.compile("(?:uh|um|er)*(?P<word>no|nope|sorry|imean|actually|orrather|wait)+(?:uh|um|er)*"),
    answer_endings=re.compile("(?:please)?"),
)
