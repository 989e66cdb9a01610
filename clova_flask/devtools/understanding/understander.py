"""From an utterance to an intent and its slots.

From the guides' sections on interaction models: what the platforms do with an utterance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial

from ...texts.templated import Templated
from ...wire.names import find_key, spellings
from ..model.objects import InteractionModel
from .answers import is_of_another_slot, preferred
from .assign import Filling, assign
from .build import build, intents_of
from .built_in import not_understood
from .classifier import Classifier
from .corrections import taken_back
from .exact import exact_filling
from .features import morphemes_of
from .found import Found
from .frames import Frame, Shape, signature
from .fuzzy import ratio, require
from .heard import Heard
from .kept_builds import kept_build
from .languages.base import language
from .open_slots import OpenSlots
from .pieces import Pieces
from .progress import Progress, Tell
from .results import FilledSlot, Understanding, why
from .score import LEFT_OVER, Nearest, Scorer, slot_tokens
from .slots import SlotFinders
from .standing import without_beginnings
from .text import Text, read
from .tokens import Lexicon, Span, Tokens
from .units import counting_with

THRESHOLD = 0.24
"""The score below which an utterance is not understood."""

_SAME_WORDS = 0.97  # an expression with other values in its slots
_NEARLY = 0.88  # likeness from which an utterance counts as a misspelt expression
_UNKNOWN = 0.4  # what is lost by an utterance of unknown words
_LEFT_OVER = 1.2
_BUILT_IN = 0.95  # a custom intent wins when both are about as near
_ITS_WORDS = 1.25  # likeness, 1 / 1.25, from which a built-in intent is as likely as the classifier says
_WITHOUT_ITS_SLOT = 0.8
_LIKELY = 0.6  # what the classifier counts beside the nearest expression; 0.5 is as good
_CANDIDATES = 4
_CONSIDERED = 10

Fillings = Mapping[str, tuple[Filling, ...]]
"""What fills the slots of each intent, by its name."""
Ranking = list[tuple[str, Nearest]]
"""The intents, the nearest first."""


class Understander:
    """Understands utterances by a model; it is compiled once and does not change.

    :param model: the model.
    :param threshold: the score below which an utterance is not understood, 0 to 1.
    :param zone: the time zone of those who speak; None is the machine's.
    :param keep: whether what is made of the model is kept in the model's folder, and loaded from there.
    :param progress: is told how far it is, where something has to be made.
    :raises ConfigurationError: the extra ``clova-flask[local]`` is not installed.
    """

    def __init__(
        self,
        model: InteractionModel,
        *,
        threshold: float = THRESHOLD,
        zone: tzinfo | None = None,
        keep: bool = False,
        progress: Tell | None = None,
    ) -> None:
        require()
        self._zone = zone
        self.model = model
        self.threshold = threshold
        make = partial(build, model, Progress(progress))
        known = kept_build(model, make) if keep else make()
        self._language = counting_with(language(model.language), known.counters)
        self._finders = SlotFinders(model, self._language)
        self._frames = {one.name: one for one in known.frames(intents_of(model), self._language)}
        self._texts = {name: intent.texts for name, intent in known.intents.items()}
        self._lexicon = Lexicon(self._language, known.words)
        self._scorer = Scorer(list(self._frames.values()), known.compared)
        self._classifier = Classifier(known.trained)
        self._open_slots = OpenSlots(known.open_words, self._language)

    def understand(
        self, utterance: str, *, now: datetime | None = None, asked: str | None = None
    ) -> Understanding:
        """Understand an utterance.

        :param utterance: what was said, whatever it is; only its first 300 characters count.
        :param now: when it was said; without a zone in that of those who speak. The present by default.
        :param asked: the slot that the extension has asked for.
        """
        moment = self._moment(now)
        text = read(utterance)
        if not text.chars:
            return self._not_understood(())
        same = self._same(text)
        if same and (asked is None or not is_of_another_slot(same[1], asked)):
            return self._as_expression(text, *same, moment)
        return self._by_likeness(text, moment, asked)

    def _same(self, text: Text) -> tuple[Frame, Shape] | None:
        """Find the expression that was said word by word; of equal ones the first counts."""
        for name, numbers in self._texts.items():
            number = numbers.get(text.chars)
            if number is not None:
                return self._frames[name], self._frames[name].shapes[number]
        return None

    def consider(
        self, utterance: str, *, now: datetime | None = None, asked: str | None = None
    ) -> list[Understanding]:
        """List what an utterance is understood as, and the intents beside it, the most likely first.

        Each is as it would be if its intent had been chosen: its slots, its confidence, and why.

        :param utterance: as in :meth:`understand`, and so are the others.
        """
        moment = self._moment(now)
        chosen = self.understand(utterance, now=moment, asked=asked)
        text = read(utterance)
        if not text.chars:
            return [chosen]
        heard = self._hear(text, moment)
        fillings, ranked = self._ranked(heard, asked)
        near = [pair for pair in ranked if pair[1].score > 0]
        others = [pair for pair in near if not (chosen.is_near and pair[0] == chosen.intent)]
        return [chosen, *(self._as_near(heard, pair, fillings) for pair in others[:_CONSIDERED])]

    def value_of(self, type_: str, phrase: str, *, now: datetime | None = None) -> str | None:
        """Read a phrase as a value of a slot type.

        :param type_: the type, built-in or of the model.
        :param now: when it was said, as in :meth:`understand`.
        :return: the value; None where the whole phrase is none.
        """
        text = read(phrase)
        found = self._finders.value_in(type_, text, self._moment(now))
        return found.value if found and found.end == len(text.chars) else None

    def _moment(self, now: datetime | None) -> datetime:
        if now is None:
            return datetime.now(self._zone).astimezone(self._zone)
        if now.tzinfo is not None:
            return now
        return now.replace(tzinfo=self._zone) if self._zone else now.astimezone()

    def _not_understood(self, ranked: Sequence[tuple[str, Nearest]]) -> Understanding:
        confidence = round(ranked[0][1].score, 4) if ranked else 0.0
        why = (
            Templated(
                "nothing is near enough; nearest is %(intent)s (%(confidence)s)",
                intent=ranked[0][0],
                confidence=f"{confidence:.2f}",
            )
            if ranked
            else Templated("nothing is known")
        )
        name = not_understood(self.model)
        return Understanding(name, {}, confidence, why, _rounded(ranked), is_near=False)

    def _as_expression(self, text: Text, item: Frame, one: Shape, now: datetime) -> Understanding:
        fillings = exact_filling(item, one, self._finders, now)
        slots = {filling.slot.name: _filled(filling, text) for filling in fillings}
        return Understanding(
            item.name, slots, 1.0, why(one.expression.text, 1.0, slots), nearest=one.expression.text
        )

    def _by_likeness(self, text: Text, now: datetime, asked: str | None) -> Understanding:
        heard = self._hear(text, now)
        fillings, ranked = self._ranked(heard, asked)
        if not ranked or ranked[0][1].score < self.threshold:
            return self._not_understood(ranked)
        return replace(self._as_near(heard, ranked[0], fillings), candidates=_rounded(ranked[1:]))

    def _hear(self, text: Text, now: datetime) -> Heard:
        pieces = Pieces(text, morphemes_of(text, self._language))
        found = self._finders.find(text, now, pieces)
        if not pieces:
            found = without_beginnings(text, found, self._lexicon, self._language.particles)
        return Heard(text, pieces, found, taken_back(text, found, self._language))

    def _ranked(self, heard: Heard, asked: str | None) -> tuple[Fillings, Ranking]:
        """Return what fills the slots of each intent, and the intents by how near they are."""
        text = heard.text
        fillings = {
            name: assign(item, heard, asked and find_key(item.slots, spellings(asked)))
            for name, item in self._frames.items()
        }
        scores = self._beside_chances(heard, self._scores(heard, fillings), fillings)
        if asked is not None:
            endings = self._language.answer_endings
            scores = {
                name: preferred(near, fillings[name], text, asked, endings) for name, near in scores.items()
            }
        return fillings, sorted(scores.items(), key=lambda pair: -pair[1].score)

    def _as_near(self, heard: Heard, pair: tuple[str, Nearest], fillings: Fillings) -> Understanding:
        name, near = pair
        text = heard.text
        spans = {filling.slot.name: filling.span[1:] for filling in fillings[name]}
        slots = {filling.slot.name: _filled(filling, text) for filling in fillings[name]}
        tokens = self._lexicon.take_apart(text, heard.with_unmeant(spans.values()))
        unknown = heard.unknown(tokens.unexplained)
        slots |= self._open_slots.fill(self._frames[name], text, spans, unknown, heard.pieces)
        confidence = round(min(near.score, 0.99), 4)
        nearest = near.shape.expression.text if near.shape else ""
        return Understanding(
            name,
            slots,
            confidence,
            why(nearest or None, confidence, slots),
            nearest=nearest,
        )

    def _scores(self, heard: Heard, fillings: Fillings) -> dict[str, Nearest]:
        """Score every intent; those whose slots fill the same stretches are compared together."""
        alike: dict[tuple[tuple[Span, str], ...], list[str]] = defaultdict(list)
        for name, filled in fillings.items():
            alike[tuple((filling.span[1:], filling.slot.type) for filling in filled)].append(name)
        taken: dict[tuple[Span, ...], Tokens] = {}
        scores: dict[str, Nearest] = {}
        for key, names in alike.items():
            spans = heard.with_unmeant(span for span, _ in key)
            if spans not in taken:
                taken[spans] = self._lexicon.take_apart(heard.text, spans)
            left_over = heard.left_over(taken[spans].unexplained)
            slots = slot_tokens([type_ for _, type_ in key]) | {
                f"{token}{LEFT_OVER}": _LEFT_OVER for token in left_over
            }
            scores |= self._scorer.nearest(taken[spans], slots, frozenset(names))
        order = {name: scores[name] for name in fillings if name in scores}
        return {name: self._nearly(name, near, heard.text, fillings[name]) for name, near in order.items()}

    def _beside_chances(
        self, heard: Heard, scores: Mapping[str, Nearest], fillings: Fillings
    ) -> dict[str, Nearest]:
        """Weigh how near an utterance is to an expression together with how likely each intent is."""
        masks = {
            name: [(filling.span[1:], filling.slot.type) for filling in filled]
            for name, filled in fillings.items()
        }
        both: dict[str, Nearest] = {}
        for name, likely in self._classifier.chances(heard.text, heard.pieces.morphemes, masks).items():
            near = scores.get(name, Nearest(0.0, None))
            if name not in self.model.intents:
                # Who says yes says little else, and to the classifier all short utterances are alike.
                likely *= min(1.0, _ITS_WORDS * near.score)
            elif self._lacks_a_slot(name, near, fillings[name]):
                likely *= _WITHOUT_ITS_SLOT
            score = (1 - _LIKELY) * near.score + _LIKELY * likely
            both[name] = Nearest(score, near.shape, near.known)
        return both

    def _nearly(self, name: str, near: Nearest, text: Text, filled: tuple[Filling, ...]) -> Nearest:
        """Let expressions said with other values, or misspelt, win over likeness of words."""
        same = self._frames[name].signatures.get(signature(text, [filling.span for filling in filled]))
        if same:
            return Nearest(_SAME_WORDS, same)
        if near.shape is not None:
            alike = ratio(near.shape.text.chars, text.chars, _NEARLY)
            if alike > near.score and len(text.chars) > 4:
                return Nearest(alike, near.shape)
        if self._lacks_a_slot(name, near, filled):
            return Nearest(near.score * _WITHOUT_ITS_SLOT, near.shape)
        if name not in self.model.intents:
            # The few words of the built-in intents say little when much else was said.
            return Nearest(near.score * near.known * _BUILT_IN, near.shape)
        return Nearest(near.score * (1 - _UNKNOWN + _UNKNOWN * near.known), near.shape)

    def _lacks_a_slot(self, name: str, near: Nearest, filled: tuple[Filling, ...]) -> bool:
        """Whether each expression has a slot that is not filled, and no unknown word may fill it."""
        return near.known == 1 and bool(self._frames[name].always - {filling.slot.name for filling in filled})


def _filled(filling: Filling, text: Text) -> FilledSlot:
    found: Found = filling.found
    end, unit = found.end, found.unit
    if filling.slot.counts and not filling.slot.unit_inside:
        end, unit = found.head or found.end, None
    said = text.original(found.start, end)
    return FilledSlot(filling.slot.name, found.value, said, unit, found.value_type)


def _rounded(ranked: Sequence[tuple[str, Nearest]]) -> tuple[tuple[str, float], ...]:
    return tuple((name, round(near.score, 4)) for name, near in ranked[:_CANDIDATES])
