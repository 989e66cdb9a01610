"""Slots filled by words that no list has, where the frame of the expressions makes them clear.

From the guides' custom slot types: their entries are examples, and other words fill the slot too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.catalogue import slot_kind
from ..model.objects import InteractionModel
from .features import morphemes_of
from .frames import Frame, Shape, SlotFrame
from .languages.base import Language
from .morphemes import AFFIX, COUNTER, NOUN, OTHER
from .pieces import Piece, Pieces
from .results import FilledSlot
from .text import Text, read, script
from .tokens import Span

_LEAST = 2  # characters of a word that fills a slot, where no analyser tells that it is a noun
_MOSTLY = 0.8  # share of nouns from which a slot is one for nouns, and not for moods: 明るい
_TELLING = 2.0  # as two characters beside it, which tell a slot even where nothing behind it does
_READ = 20  # phrases of a slot that are read for that
_NAMING = frozenset({NOUN, AFFIX})
_GOING_ON = _NAMING | {COUNTER}  # 機 in 飛行機, 席 in 指定席
_UNDIVIDED = frozenset({"katakana", "latin"})


@dataclass(frozen=True, slots=True)
class OpenWords:
    """What the expressions tell of slots that other words fill than the entries.

    :ivar types: the types of such slots, and whether their words are nouns.
    :ivar tagged: the phrases that the tags of such slots enclose.
    :ivar own: the words that stand in no slot.
    """

    types: dict[str, bool]
    tagged: frozenset[str]
    own: str


def open_words(frames: Iterable[Frame], model: InteractionModel, language: Language) -> OpenWords:
    """Read what the expressions tell.

    :param frames: the intents.
    :param model: the model.
    :param language: its language.
    """
    tagged: dict[str, dict[str, Text]] = {}
    own: set[str] = set()
    for item in frames:
        for shape in item.shapes:
            own.update(_between(shape))
        for slot in item.slots.values():
            if slot.type in model.slot_types or slot_kind(slot.type) == "words":
                tagged.setdefault(slot.type, {}).update(_tagged(item, slot))
    return OpenWords(
        {type_: _are_nouns(phrases.values(), language) for type_, phrases in tagged.items()},
        frozenset(phrase for phrases in tagged.values() for phrase in phrases),
        "\0".join(sorted(own)),
    )


def _are_nouns(phrases: Iterable[Text], language: Language) -> bool:
    parts = [Pieces(text, morphemes_of(text, language)) for text in list(phrases)[:_READ]]
    nouns = [bool(pieces) and all(piece.kind != OTHER for piece in pieces) for pieces in parts]
    return sum(nouns) >= _MOSTLY * len(nouns)


class OpenSlots:
    """Fills slots with words that nothing else explains.

    :param words: what the expressions tell.
    :param language: their language.
    """

    def __init__(self, words: OpenWords, language: Language) -> None:
        self._types, self._tagged, self._own = words.types, words.tagged, words.own
        self._language = language

    def fill(
        self, frame: Frame, text: Text, filled: Mapping[str, Span], unknown: Sequence[Span], pieces: Pieces
    ) -> dict[str, FilledSlot]:
        """Fill those that are not filled yet.

        :param filled: the stretches of the other slots, by name.
        :param unknown: the stretches that nothing explains.
        :param pieces: the morphemes of the utterance.
        """
        slots: dict[str, FilledSlot] = {}
        unfilled = [
            slot for slot in frame.slots.values() if slot.name not in filled and slot.type in self._types
        ]
        place = 0
        for choices in self._choices(text, unknown, pieces):
            fits = [
                (fit, end - start, start, slot.name)
                for start, end, is_noun in choices
                if end - start >= (1 if is_noun else _LEAST)
                for slot in unfilled
                if start >= place and is_noun is (bool(pieces) and self._types[slot.type])
                if (fit := _fit(frame, slot, text, (start, end), filled)) > 0
            ]
            if fits:
                _, length, start, name = max(fits)
                place = start + length
                said = text.original(start, place).strip()
                slots[name] = FilledSlot(name, said, said)
                unfilled = [slot for slot in unfilled if slot.name != name]
        return slots

    def _choices(
        self, text: Text, unknown: Sequence[Span], pieces: Pieces
    ) -> Iterator[list[tuple[int, int, bool]]]:
        """Return for each unknown stretch the words that may be a name, and whether they are nouns."""
        for span in _joined(text, unknown):
            nouns = [
                (*one, True)
                for noun in _nouns(text, span, pieces)
                for one in self._without_particle(text, noun)
            ]
            rest = [(*one, False) for one in self._without_particle(text, _whole_word(text, span))]
            yield [one for one in (*nouns, *rest) if self._may_be_name(text.chars[one[0] : one[1]])]

    def _may_be_name(self, words: str) -> bool:
        if words in self._language.strays:
            return False
        return words in self._tagged or words not in self._own

    def _without_particle(self, text: Text, span: Span) -> Iterator[Span]:
        """Return a stretch, and what is left of it without a particle at its end."""
        start, end = span
        yield span
        for length in (1, 2):
            if text.chars[end - length : end] in self._language.particles:
                yield start, end - length


def _between(shape: Shape) -> Iterator[str]:
    """Return the words of an expression that stand in no slot."""
    edges = [0, *(place for span in shape.filled for place in span), len(shape.text.chars)]
    return (shape.text.chars[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _tagged(frame: Frame, slot: SlotFrame) -> Iterator[tuple[str, Text]]:
    """Return the phrases that the tags of a slot enclose."""
    for shape in frame.shapes:
        for name, start, end in shape.spans:
            if name == slot.name:
                yield shape.text.chars[start:end], read(shape.text.original(start, end))


def _joined(text: Text, spans: Sequence[Span]) -> list[Span]:
    """Join unknown words that stand side by side."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _nouns(text: Text, span: Span, pieces: Pieces) -> Iterator[Span]:
    """Return the nouns that an unknown stretch is in, by where they may end."""
    for group in _groups(pieces):
        unknown = [n for n, piece in enumerate(group) if piece.start < span[1] and piece.end > span[0]]
        if not unknown or all(group[n].kind != NOUN for n in unknown):
            continue
        first, last = unknown[0], unknown[-1]
        while first > 0 and group[first].start not in text.gaps:
            first -= 1
        while last + 1 < len(group) and group[last].end not in text.gaps:
            last += 1
        for piece in group[unknown[0] : last + 1]:
            yield group[first].start, piece.end


def _groups(pieces: Pieces) -> Iterator[list[Piece]]:
    """Return the nouns that follow each other, with what makes longer ones of them."""
    group: list[Piece] = []
    for piece in pieces:
        if group and (piece.kind not in _GOING_ON or piece.start != group[-1].end):
            yield group
            group = []
        if piece.kind in (_GOING_ON if group else _NAMING):
            group.append(piece)
    if group:
        yield group


def _whole_word(text: Text, span: Span) -> Span:
    """Widen a stretch to the word that it is in, where that is written in katakana or Latin letters."""
    joints = text.joints()
    start, end = span
    while start not in joints and script(text.said[text.where[start]]) in _UNDIVIDED:
        start -= 1
    while end not in joints and script(text.said[text.where[end]]) in _UNDIVIDED:
        end += 1
    return start, end


def _fit(frame: Frame, slot: SlotFrame, text: Text, span: Span, filled: Mapping[str, Span]) -> float:
    """Judge by what stands behind and before whether unknown words stand where the slot stands."""
    start, end = span
    after = _known(slot.after, frame.language.one_form(text.chars[end:]))
    before = _known(slot.before, text.chars[:start][::-1])
    for name, (first, last) in filled.items():
        if end <= first and frame.order.is_link(slot.name, text.chars[end:first], name):
            after = max(after, _beside(text.chars[end:first]))
        if last <= start and frame.order.is_link(name, text.chars[last:start], slot.name):
            before = max(before, _beside(text.chars[last:start]))
    return after + 0.5 * before if after or before >= _TELLING else 0.0


def _beside(between: str) -> float:
    """Judge how much a slot next to the one that may be filled tells: less where nothing stands between."""
    return _TELLING if between else _TELLING / 2


def _known(heads: Mapping[str, float], beside: str) -> float:
    if not beside:
        return heads.get("", 0.0)
    return max((n + heads[beside[:n]] for n in (1, 2, 3) if beside[:n] in heads), default=0.0)
