"""What the checks of a model find in one part of it, for its page: quick, however large the model is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from ....findings import Finding
from ....platforms import PLATFORMS
from ...model.checks import check_model
from ...model.dictionary_checks import check_names_of_sets
from ...model.duplicates import Claims, check_claims, check_words, claims_of
from ...model.objects import CustomIntent, CustomSlotType, IntentSlot, InteractionModel
from ..kept import kept
from ..records import Version
from .records import INTENT, SLOT_TYPE, ModelPart, digest_of
from .store import config_of, intent_of, kept_slot_type_of

MAX_READ = 5000
"""Expressions of other intents that are read for a page; to read 40,000 takes 0.8 s (2026-11). Of more
the build reads them all, and the page compares with what it has read."""


def check_intent(version: Version, intent: CustomIntent, parts: list[ModelPart]) -> list[Finding]:
    """Check an intent with the words of its slots, among the names, slots and claims of the others.

    :param parts: the rows of the version's model.
    """
    used = {slot.type for slot in intent.slots}
    around = replace(
        config_of(version),
        intents={row.name: _outline(row) for row in parts if row.part == INTENT} | {intent.name: intent},
        slot_types={
            row.name: kept_slot_type_of(row) if row.name in used else CustomSlotType(row.name)
            for row in parts
            if row.part == SLOT_TYPE
        },
    )
    found = check_model(around, regions=[PLATFORMS[version.extension.platform].region])
    others = [row for row in parts if row.part == INTENT and row.name != intent.name]
    return [
        *(finding for finding in found if intent.path and finding.where.path == intent.path),
        *check_claims(intent, _claims(others)),
    ]


def _outline(row: ModelPart) -> CustomIntent:
    """Return an intent without its expressions.

    Where it has two slots of a type, they may be in one utterance, and have names of their own with reason.
    """
    types = Counter(row.summary["slots"].values())
    slots = (IntentSlot(name, type_) for name, type_ in row.summary["slots"].items() if types[type_] == 1)
    return CustomIntent(row.name, tuple(slots))


def _claims(rows: list[ModelPart]) -> list[Claims]:
    """Return what intents claim; after an edit only the intent that was edited is read again."""
    unread = [row for row in rows if not kept().holds("claims", (row.name, row.digest))]
    if sum(row.summary["count"] for row in unread) > MAX_READ:
        return []
    return [kept().get("claims", (row.name, row.digest), partial(_read_claims, row)) for row in rows]


def _read_claims(row: ModelPart) -> Claims:
    return claims_of(intent_of(row))


def keep_claims(model: InteractionModel) -> None:
    """Keep what the intents of a stored model claim, which has just been read as a whole."""
    for intent in model.intents.values():
        kept().get("claims", (intent.name, digest_of(intent.source)), partial(claims_of, intent))


def check_slot_type(slot_type: CustomSlotType, users: Iterable[ModelPart]) -> list[Finding]:
    """Check the words of a slot type, among each other and against the names of what uses it.

    :param users: the rows of the intents with a slot of the type.
    """
    slots = {
        name: user.name
        for user in users
        for name, type_ in user.summary["slots"].items()
        if type_ == slot_type.name
    }
    return [*check_words(slot_type), *check_names_of_sets(slot_type, slots)]


def by_line(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    """Sort findings by the lines that they are shown at."""
    sorted_: dict[int, list[Finding]] = {}
    for finding in findings:
        sorted_.setdefault(finding.where.line, []).append(finding)
    return sorted_
