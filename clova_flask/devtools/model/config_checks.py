"""Checks of ``model.toml``: invocation names, and the built-in intents and slot types in use.

From the guides' tables of built-in intents and slot types, and the console's limits.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...custom.catalogue import BUILT_IN_INTENTS
from ...errors import nearest
from ...findings import Finding
from ...texts.templated import Templated
from .catalogue import BUILT_IN_SLOT_TYPES, intent_regions, slot_type_regions
from .config import config_place
from .foreign import our_intent, our_type
from .invocation_names import check_invocation_names
from .objects import InteractionModel


def check_config(model: InteractionModel, regions: frozenset[str]) -> Iterator[Finding]:
    """Check the content of ``model.toml``.

    :param regions: the platforms the model is for, ``KR`` and ``JP``.
    """
    yield from check_invocation_names(model, regions)
    yield from _check_intents(model, regions)
    yield from _check_slot_types(model, regions)
    for names in (model.invocation_names, model.built_in_intents, model.built_in_slot_types):
        yield from _check_repeated(model, names)


def _check_intents(model: InteractionModel, regions: frozenset[str]) -> Iterator[Finding]:
    for name in dict.fromkeys(model.built_in_intents):
        known = intent_regions(name)
        if not known:
            hint = our_intent(name) or nearest(name, BUILT_IN_INTENTS)
            message = Templated("%(name)s is not a built-in intent.%(hint)s", name=repr(name), hint=hint)
            yield Finding("model.unknown-built-in", message, config_place(model, name))
        elif not regions & set(known):
            yield _not_on_platform(model, "intent", name, known)


def _check_slot_types(model: InteractionModel, regions: frozenset[str]) -> Iterator[Finding]:
    for name in dict.fromkeys(model.built_in_slot_types):
        known = slot_type_regions(name)
        if not known:
            hint = our_type(name, regions) or nearest(name, BUILT_IN_SLOT_TYPES)
            message = Templated("%(name)s is not a built-in slot type.%(hint)s", name=repr(name), hint=hint)
            yield Finding("model.unknown-built-in", message, config_place(model, name))
        elif not regions & set(known):
            yield _not_on_platform(model, "slot type", name, known)


def _not_on_platform(model: InteractionModel, kind: str, name: str, known: tuple[str, ...]) -> Finding:
    message = Templated(
        "The built-in %(kind)s %(name)s exists in %(names)s only, not on this platform.",
        kind=kind,
        name=name,
        names="/".join(known),
    )
    return Finding("model.not-on-platform", message, config_place(model, name))


def _check_repeated(model: InteractionModel, names: tuple[str, ...]) -> Iterator[Finding]:
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            message = Templated(
                "%(name)s is listed %(count)s times.", name=repr(name), count=names.count(name)
            )
            yield Finding("model.repeated-name", message, config_place(model, name))
