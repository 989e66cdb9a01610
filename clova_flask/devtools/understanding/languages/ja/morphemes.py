"""Japanese morphemes, by Sudachi with its small dictionary."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import Any

from ...morphemes import AFFIX, CONTENT, COUNTER, FUNCTION, LIGHT, NOUN, NUMBER, OTHER, Analyse, Morpheme

_CONTENTS = frozenset(
    "名詞 動詞 形容詞 形状詞 副詞 代名詞 連体詞 接頭辞 感動詞 接尾辞".split()  # noqa: SIM905
)
_TIMES = "副詞可能"  # 今晩, 今度, 以内: nouns that mostly tell when, or how far
_COUNTERS = frozenset({"助数詞", "助数詞可能"})
_SIGNS = frozenset({"補助記号", "空白"})
_MAY_HELP = "非自立可能"  # する, くれる, ある: a verb of their own, or an ending of another's


def load() -> Analyse:
    """Load Sudachi.

    :raises ImportError: it or its dictionary is not installed.
    """
    import_module("sudachidict_small")  # which Sudachi looks for when it is first used
    sudachi: Any = import_module("sudachipy")
    dictionary = sudachi.Dictionary(dict="small")
    make = dictionary.tokenizer if hasattr(dictionary, "tokenizer") else dictionary.create  # before 0.7
    own = threading.local()  # a tokenizer is for one thread alone

    def analyse(said: str) -> list[Morpheme]:
        if not hasattr(own, "tokenizer"):
            own.tokenizer = make(mode=sudachi.SplitMode.B)
        return [
            Morpheme(one.begin(), one.end(), one.normalized_form(), weight, _kind(*parts), _kin(one))
            for one in own.tokenizer.tokenize(said)
            if (weight := _weight(*(parts := one.part_of_speech()[:3])[:2]))
        ]

    return analyse


def _kin(morpheme: Any) -> tuple[str, ...]:
    """Return the groups of Sudachi's own thesaurus."""
    return tuple(map(str, morpheme.synonym_group_ids()))


def _weight(part: str, detail: str) -> float:
    if detail == _MAY_HELP:
        return LIGHT
    if part in _CONTENTS:
        return CONTENT
    return 0.0 if part in _SIGNS else FUNCTION


def _kind(part: str, detail: str, more: str) -> str:
    if detail == "数詞" or more in _COUNTERS:
        return COUNTER if more in _COUNTERS else NUMBER
    if part == "接尾辞" and detail not in {"動詞的", "形容詞的"}:  # 接頭辞 begin others: お願い
        return AFFIX
    if part in {"名詞", "形状詞"} and more != _TIMES and detail != "助動詞語幹":
        return NOUN
    return OTHER
