"""Changes of an intent or a slot type, as the pages make them: each returns a new one, or tells why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ....errors import ModelError
from ...model.expressions import parse_expression, tagged
from ...model.findings import raise_all
from ...model.objects import CustomIntent, CustomSlotType, Expression, IntentSlot, Part, SlotEntry
from ..texts import _

_NAME = re.compile(r"[^\W\d][\w.]*")
MAX_NAME = 60
"""Characters of a name; the guides tell no limit."""
MAX_LINES = 10_000
"""Lines that are pasted at once; an intent has at most 2,000 expressions."""
MAX_EXPRESSION, MAX_WORD = 1000, 200
"""Characters of an expression with its tags, and of a word; the guides tell no limit."""
_SLOT_NAME = re.compile(r"[^\s<>/]+")


class Gone(Exception):
    """What was to be changed is not there any more: somebody else was quicker."""


def name_problem(name: str) -> str:
    """Tell why an intent or a slot type cannot have a name; empty where it can."""
    if not name:
        return _("Enter a name.")
    if len(name) > MAX_NAME:
        return _("A name has at most %(most)s characters.", most=MAX_NAME)
    if name.lower().startswith("clova."):
        return _("Names that begin with Clova. are the platform's own.")
    if not _NAME.fullmatch(name):
        return _("%(name)s must be of letters, digits and '_', and begin with a letter.", name=name)
    return ""


def with_expressions(intent: CustomIntent, text: str) -> tuple[CustomIntent, int]:
    """Add expressions, one a line; those that are there already are left out.

    :return: the intent, and how many were added.
    :raises ModelError: with each line that is none.
    """
    known = {item.text for item in intent.expressions}
    added: dict[str, Expression] = {}
    errors = []
    for number, line in _lines(text):
        if line.strip():
            try:
                item = _expression(line, number)
            except ModelError as error:
                errors.append(error)
            else:
                added |= {} if item.text in known else {item.text: item}
    raise_all(errors)
    return replace(intent, expressions=(*intent.expressions, *added.values())), len(added)


def with_expression(intent: CustomIntent, old: str, new: str) -> CustomIntent:
    """Write an expression anew.

    :raises Gone: it is not there any more.
    :raises ModelError: the new one is none, or is there already.
    """
    at = _index_of(intent, old)
    item = _expression(new, 1)
    if item.text != old and any(other.text == item.text for other in intent.expressions):
        raise ModelError(_("This expression is there already."))
    changed = [*intent.expressions]
    changed[at] = item
    return replace(intent, expressions=tuple(changed))


def without_expression(intent: CustomIntent, old: str) -> CustomIntent:
    """Remove an expression.

    :raises Gone: it is not there any more.
    """
    at = _index_of(intent, old)
    return replace(intent, expressions=(*intent.expressions[:at], *intent.expressions[at + 1 :]))


def with_slot(intent: CustomIntent, name: str, type_: str) -> CustomIntent:
    """Declare a slot, or give one another type.

    :raises ModelError: the name or type cannot be.
    """
    _require_slot_name(name)
    if not type_:
        raise ModelError(_("Choose a type for the slot."))
    slots = {slot.name: slot for slot in intent.slots}
    slots[name] = IntentSlot(name, type_)
    return replace(intent, slots=tuple(slots.values()))


def without_slot(intent: CustomIntent, name: str) -> CustomIntent:
    """Remove a slot and its tags; the words that they mark stay.

    :raises Gone: it is not there any more.
    """
    if intent.slot_type(name) is None:
        raise Gone
    return replace(
        intent,
        slots=tuple(slot for slot in intent.slots if slot.name != name),
        expressions=_retagged(intent.expressions, name, None),
    )


def with_slot_renamed(intent: CustomIntent, old: str, new: str) -> CustomIntent:
    """Rename a slot, in its tags as well.

    :raises Gone: it is not there any more.
    :raises ModelError: the name cannot be, or another slot has it.
    """
    if intent.slot_type(old) is None:
        raise Gone
    if intent.slot_type(new) is not None:
        raise ModelError(_("Another slot has this name."))
    _require_slot_name(new)
    slots = (replace(slot, name=new) if slot.name == old else slot for slot in intent.slots)
    return replace(intent, slots=tuple(slots), expressions=_retagged(intent.expressions, old, new))


def with_entries(slot_type: CustomSlotType, text: str) -> tuple[CustomSlotType, int]:
    """Add words, an entry a line: the representative word, then its synonyms, by commas or tabs.

    A word that is there already gets the synonyms that it lacks.

    :return: the slot type, and how many entries were added or changed.
    :raises ModelError: with each line that has no representative word.
    """
    entries = {entry.value: entry for entry in slot_type.entries}
    errors: list[ModelError] = []
    changed: set[str] = set()
    for number, line in _lines(text):
        if not line.strip():
            continue
        value, *synonyms = words_of(line)
        if any(len(word) > MAX_WORD for word in (value, *synonyms)):
            errors.append(ModelError(_too_long(MAX_WORD), line=number))
            continue
        if not value:
            errors.append(ModelError(_("The line begins without a representative word."), line=number))
            continue
        before = entries.get(value)
        known = before.synonyms if before else ()
        words = tuple(dict.fromkeys((*known, *filter(None, synonyms))))
        if before is None or words != known:
            entries[value] = SlotEntry(value, words)
            changed.add(value)
    raise_all(errors)
    return replace(slot_type, entries=tuple(entries.values())), len(changed)


def with_entry(slot_type: CustomSlotType, old: str, value: str, synonyms: str) -> CustomSlotType:
    """Write an entry anew.

    :raises Gone: it is not there any more.
    :raises ModelError: the word is empty, or another entry has it.
    """
    at = _entry_index(slot_type, old)
    words = words_of(value)
    if len(words) != 1 or not words[0]:
        raise ModelError(_("Enter one representative word, without a comma."))
    if any(len(word) > MAX_WORD for word in (*words, *words_of(synonyms))):
        raise ModelError(_too_long(MAX_WORD))
    if words[0] != old and any(entry.value == words[0] for entry in slot_type.entries):
        raise ModelError(_("Another entry has this word."))
    entries = [*slot_type.entries]
    entries[at] = SlotEntry(words[0], tuple(dict.fromkeys(filter(None, words_of(synonyms)))))
    return replace(slot_type, entries=tuple(entries))


def without_entry(slot_type: CustomSlotType, old: str) -> CustomSlotType:
    """Remove an entry.

    :raises Gone: it is not there any more.
    :raises ModelError: it is the last one.
    """
    at = _entry_index(slot_type, old)
    if len(slot_type.entries) == 1:
        raise ModelError(_("A slot type needs a word. Add another first, or delete the slot type."))
    return replace(slot_type, entries=(*slot_type.entries[:at], *slot_type.entries[at + 1 :]))


def matches(query: str, texts: Iterable[str]) -> bool:
    """Tell whether one of the texts has what is searched for, whatever its case and width."""
    wanted = _folded(query)
    return any(wanted in _folded(text) for text in texts)


def words_of(line: str) -> list[str]:
    """Split a line at tabs and commas, also those of Japanese."""
    return [word.strip() for word in re.split(r"[\t,、，]", line)]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    lines = text.splitlines()
    if len(lines) > MAX_LINES:
        raise ModelError(_("Send at most %(most)s lines at once.", most=MAX_LINES))
    yield from enumerate(lines, start=1)


def _too_long(most: int) -> str:
    return _("It has more than %(most)s characters.", most=most)


def _require_slot_name(name: str) -> None:
    if not _SLOT_NAME.fullmatch(name):
        raise ModelError(_("The name of a slot must be one word without '<', '>' and '/'."))
    if len(name) > MAX_NAME:
        raise ModelError(_("A name has at most %(most)s characters.", most=MAX_NAME))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _expression(text: str, number: int) -> Expression:
    if len(text) > MAX_EXPRESSION:
        raise ModelError(_too_long(MAX_EXPRESSION), line=number)
    item = parse_expression(" ".join(text.split()), number)
    if not item.plain.strip():
        raise ModelError(_("The expression has no words."), line=number)
    return item


def _index_of(intent: CustomIntent, text: str) -> int:
    found = next((at for at, item in enumerate(intent.expressions) if item.text == text), None)
    if found is None:
        raise Gone
    return found


def _entry_index(slot_type: CustomSlotType, value: str) -> int:
    found = next((at for at, entry in enumerate(slot_type.entries) if entry.value == value), None)
    if found is None:
        raise Gone
    return found


def _retagged(expressions: Iterable[Expression], old: str, new: str | None) -> tuple[Expression, ...]:
    return tuple(_with_tag(item, old, new) if old in item.slots else item for item in expressions)


def _with_tag(item: Expression, old: str, new: str | None) -> Expression:
    parts = tuple(Part(part.text, new if part.slot == old else part.slot) for part in item.parts)
    return parse_expression(tagged(parts), item.line)
