"""Whether an entry that was found stands for itself, or is a part of another word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from .found import Found
from .morphemes import NOUN
from .pieces import Piece, Pieces
from .text import HANGUL, Text, script
from .tokens import Lexicon

_CUT = 0.65
"""How sure a word is that begins or ends inside a longer one, 치즈 in 치즈버거, beside one that does not."""
_REST = 2  # characters that are left of a compound; of shorter rests a word is hardly made
_SHORT = 2  # characters of a value that is often a part of another word
_UNSURE = {HANGUL: 1, "kana": 3}  # characters of words that others often begin with, by their script
_LEAST, _LEAST_HANGUL = 3, 2  # characters of a word that may be a part of a compound


def standing(text: Text, found: Iterable[Found], pieces: Pieces, affixes: frozenset[str]) -> list[Found]:
    """Leave out what is a part of another word: 물 in 물건, 横浜 in 横浜線.

    :param pieces: the morphemes of the utterance.
    :param affixes: those and the particles that may stand behind an entry, which it stays what it is with.
    """
    items = list(found)
    edges = {item.start for item in items} & {item.end for item in items}  # where one ends and one begins
    judged = ((item, _share(text, item, pieces, affixes, edges)) for item in items)
    return [replace(item, sure=item.sure * share) for item, share in judged if share]


def unbroken(text: Text, found: Iterable[Found], pieces: Pieces) -> Iterator[Found]:
    """Leave out short values of built-in types that are a part of another word: 열 in 열차, 낮 in 낮추다.

    :param pieces: the morphemes of the utterance.
    """
    for item in found:
        ends_inside = pieces.around(item.end) is not None
        if ends_inside and item.head and item.unit and not pieces.around(item.head):
            yield replace(item, end=item.head, unit=None)
            continue
        is_part = (
            ends_inside
            or _is_hangul_noun(text, pieces.around(item.head))
            or pieces.around(item.start)
            or pieces.begins_with_function(item.start)
        )
        if not is_part or item.end - item.start > _SHORT:
            yield item


def without_beginnings(
    text: Text, found: Mapping[str, Sequence[Found]], lexicon: Lexicon, particles: frozenset[str]
) -> dict[str, Sequence[Found]]:
    """Leave out short values whose word goes on as nothing known, where no analyser tells words."""
    starts = {item.start for items in found.values() for item in items}
    return {
        name: [item for item in items if not _goes_on(text, item, starts, lexicon, particles)]
        for name, items in found.items()
    }


def _goes_on(text: Text, item: Found, starts: set[int], lexicon: Lexicon, particles: frozenset[str]) -> bool:
    scripts = {script(text.said[place]) for place in text.where[item.start : item.end]}
    longest = max(_UNSURE.get(one, 0) for one in scripts)
    if item.end - item.start > longest or item.end in text.gaps or item.end in starts:
        return False
    if item.end - item.start == 1 and item.end + 1 in text.gaps:
        return text.chars[item.end] not in particles
    rest = lexicon.take_apart(text, [(item.start, item.end)]).unexplained
    return any(start == item.end for start, _ in rest)


def _is_hangul_noun(text: Text, piece: Piece | None) -> bool:
    """Whether a Korean number and its counter are one noun, 열차; Japanese ones often are, 一泊."""
    return piece is not None and piece.kind == NOUN and script(text.said[text.where[piece.start]]) == HANGUL


def _share(text: Text, item: Found, pieces: Pieces, affixes: frozenset[str], edges: set[int]) -> float:
    affix = pieces.affix_at(item.end)
    if affix and affix not in affixes:
        return 0.0
    places = [place for place in (item.start, item.end) if place not in edges]
    cut = [piece for place in places if (piece := pieces.around(place))]
    cut = [piece for piece in cut if text.chars[item.end : piece.end] not in affixes]  # 환타로 is no noun
    if not cut:
        return 1.0
    rests = [item.start - piece.start for piece in cut if piece.start < item.start]
    rests += [piece.end - item.end for piece in cut if piece.end > item.end]
    return _CUT if min(rests) >= _REST and _may_be_in_compound(text, item) else 0.0


def _may_be_in_compound(text: Text, item: Found) -> bool:
    scripts = {script(text.said[place]) for place in text.where[item.start : item.end]}
    least = _LEAST_HANGUL if scripts == {HANGUL} else _LEAST
    return item.end - item.start >= least and "kana" not in scripts
