"""Checks of ``model.toml``: invocation names, and the built-in intents and slot types in use.

From the guides' tables of built-in intents and slot types, and the console's limits.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...custom.catalogue import BUILT_IN_INTENTS
from ...errors import nearest
from ...findings import Finding
from .catalogue import BUILT_IN_SLOT_TYPES, intent_regions, slot_type_regions
from .config import config_place
from .objects import InteractionModel

MAX_INVOCATION_NAMES = 3


def check_config(model: InteractionModel, regions: frozenset[str]) -> Iterator[Finding]:
    """Check the content of ``model.toml``.

    :param regions: the platforms the model is for, ``KR`` and ``JP``.
    """
    yield from _check_names(model)
    yield from _check_intents(model, regions)
    yield from _check_slot_types(model, regions)
    for names in (model.invocation_names, model.built_in_intents, model.built_in_slot_types):
        yield from _check_repeated(model, names)


def _check_names(model: InteractionModel) -> Iterator[Finding]:
    names = model.invocation_names
    if not names:
        message = 'There is no invocation name. Add invocation_names = ["…"].'
        yield Finding("model.no-invocation-name", message, config_place(model))
    if len(names) > MAX_INVOCATION_NAMES:
        message = f"There are {len(names)} invocation names; at most {MAX_INVOCATION_NAMES} are allowed."
        place = config_place(model, names[MAX_INVOCATION_NAMES])
        yield Finding("model.too-many-invocation-names", message, place)
    empty = [name for name in names if not name.strip()]
    if empty:
        message = "An invocation name is empty."
        yield Finding("model.empty-invocation-name", message, config_place(model, empty[0]))


def _check_intents(model: InteractionModel, regions: frozenset[str]) -> Iterator[Finding]:
    for name in dict.fromkeys(model.built_in_intents):
        known = intent_regions(name)
        if not known:
            message = f"{name!r} is not a built-in intent.{nearest(name, BUILT_IN_INTENTS)}"
            yield Finding("model.unknown-built-in", message, config_place(model, name))
        elif not regions & set(known):
            yield _not_on_platform(model, "intent", name, known)


def _check_slot_types(model: InteractionModel, regions: frozenset[str]) -> Iterator[Finding]:
    for name in dict.fromkeys(model.built_in_slot_types):
        known = slot_type_regions(name)
        if not known:
            message = f"{name!r} is not a built-in slot type.{nearest(name, BUILT_IN_SLOT_TYPES)}"
            yield Finding("model.unknown-built-in", message, config_place(model, name))
        elif not regions & set(known):
            yield _not_on_platform(model, "slot type", name, known)


def _not_on_platform(model: InteractionModel, kind: str, name: str, known: tuple[str, ...]) -> Finding:
    message = f"The built-in {kind} {name} exists in {'/'.join(known)} only, not on this platform."
    return Finding("model.not-on-platform", message, config_place(model, name))


def _check_repeated(model: InteractionModel, names: tuple[str, ...]) -> Iterator[Finding]:
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            message = f"{name!r} is listed {names.count(name)} times."
            yield Finding("model.repeated-name", message, config_place(model, name))
