"""What the understanding of utterances needs of a language."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from ....settings import LANGUAGES
from ..morphemes import Analyse
from ..text import fold
from .durations import Durations
from .numbers import Numbers
from .times import Phrases


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """A language in which utterances are said.

    ``meanings``, ``function``, ``words`` and ``expressions`` are folded when they are read. All else is
    compared as it stands, so it stands as ``text.fold`` writes it: small letters, hiragana, no spaces.

    :ivar code: ``ko``, ``ja``, ``en``.
    :ivar load_analyser: loads the morphological analyser; raises ImportError where it is not installed.
    :ivar analyser_packages: the packages that the analyser is of, as they are installed.
    :ivar extra: the extra of this package that installs it; empty where nothing needs to be installed.
    :ivar meanings: words of command by what they mean, divided by spaces; ``^`` marks what must begin a word,
        ``^^`` what stands behind a space.
    :ivar function: endings, particles, courtesies and fillers, which mean nothing by themselves.
    :ivar expressions: what is said for each built-in intent, divided by ``|``.
    :ivar numbers: how numbers are said.
    :ivar counters: what is counted with, behind a number.
    :ivar other_words: what looks like a number or a time and is none: another word, or what is not
        definite, which is the group ``vague``.
    :ivar durations: how lengths of time are said.
    :ivar phrases: how dates and times are said.
    :ivar ordinals: the values of ``CLOVA.ORDER``.
    :ivar words: words of the other built-in slot types, divided by spaces, with ``_`` for a space inside; a
        name that ends with ``_`` is that of a family of types.
    :ivar word_endings: patterns of the words of such a type, where the ending tells the type; the word is the
        group ``name``.
    :ivar particles_of_places: particles that may stand behind a word with such an ending.
    :ivar particles: particles that may stand behind an entry of a custom slot type.
    :ivar affixes: those that may stand behind a name, which stays what it is: 行き, 님; all others make
        another word of it, as 線 does.
    :ivar strays: words that say how far, how long or when, beside others, and name nothing: 以内, 이번.
    :ivar one_form: writes a particle at the beginning of a text in one form, where it has two.
    :ivar linking: the particle between a day and a time.
    :ivar not_this: what says that the word before it is not meant.
    :ivar corrections: all that stands between what was said first and what is meant instead; its group
        ``word`` is what tells so: 아니, いや.
    :ivar ago: what counts back from now the length of time before it.
    :ivar answer_endings: all that may stand behind an answer that is nothing else.
    """

    code: str
    load_analyser: Callable[[], Analyse]
    analyser_packages: tuple[str, ...] = ()
    extra: str = ""
    meanings: Mapping[str, str]
    function: str
    expressions: Mapping[str, str]
    numbers: Numbers
    counters: frozenset[str]
    other_words: re.Pattern[str] = re.compile("(?!)")
    durations: Durations
    phrases: Phrases
    ordinals: re.Pattern[str]
    words: Mapping[str, str]
    word_endings: Mapping[str, str] = field(default_factory=dict)
    particles_of_places: tuple[str, ...] = ()
    particles: frozenset[str] = frozenset()
    affixes: frozenset[str] = frozenset()
    strays: frozenset[str] = frozenset()
    one_form: Callable[[str], str] = str
    linking: str = ""
    not_this: tuple[str, ...] = ()
    corrections: re.Pattern[str]
    ago: tuple[str, ...] = ()
    answer_endings: re.Pattern[str]


def language(code: str) -> Language:
    """Return a language, and load it alone; English for what is not known."""
    name = code if code in LANGUAGES else "en"
    found: Language = import_module(f".{name}", __package__).LANGUAGE
    return found


_analysers: dict[str, Analyse | None] = {}
_loading = threading.Lock()


def analyser(language: Language) -> Analyse | None:
    """Return the morphological analyser of a language, loaded once; None where it is not installed."""
    with _loading:
        if language.code not in _analysers:
            try:
                _analysers[language.code] = language.load_analyser()
            except ImportError:
                _analysers[language.code] = None
        return _analysers[language.code]


def folded(words: str) -> frozenset[str]:
    """Fold each of the words of a string."""
    return frozenset(map(fold, words.split()))
