"""Checks of ``model.toml``: invocation names, and the built-in intents and slot types in use.

From the guides' tables of built-in intents and slot types, and the console's limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...custom.catalogue import BUILT_IN_INTENTS
from ...errors import nearest
from .catalogue import BUILT_IN_SLOT_TYPES, OPEN_FAMILIES
from .config import CONFIG_NAME, line_of
from .findings import ModelFinding
from .objects import InteractionModel

MAX_INVOCATION_NAMES = 3

_FAMILY_REGIONS = {"CLOVA.KO_ADDRESS_": ("KR",), "CLOVA.UNIT_": ("JP",)}


def check_config(model: InteractionModel, regions: frozenset[str]) -> Iterator[ModelFinding]:
    """Check what ``model.toml`` says.

    :param regions: the platforms the model is for.
    """
    yield from _check_names(model)
    yield from _check_built_in(model, "built_in_intents", regions)
    yield from _check_built_in(model, "built_in_slot_types", regions)


def config_path(model: InteractionModel) -> Path | None:
    """Say where the model's ``model.toml`` is."""
    return model.folder / CONFIG_NAME if model.folder else None


def _check_names(model: InteractionModel) -> Iterator[ModelFinding]:
    path, names = config_path(model), model.invocation_names
    if not names:
        yield ModelFinding(True, 'There is no invocation name: invocation_names = ["…"].', path)
    if len(names) > MAX_INVOCATION_NAMES:
        text = f"There are {len(names)} invocation names; the platforms take {MAX_INVOCATION_NAMES}."
        yield ModelFinding(True, text, path, line_of(model, names[MAX_INVOCATION_NAMES]))
    if not all(name.strip() for name in names):
        line = next(line_of(model, name) for name in names if not name.strip())
        yield ModelFinding(True, "An invocation name is empty.", path, line)
    for name in _repeated(names):
        yield ModelFinding(False, f"The invocation name {name!r} is there twice.", path, line_of(model, name))


def _check_built_in(model: InteractionModel, key: str, regions: frozenset[str]) -> Iterator[ModelFinding]:
    names: tuple[str, ...] = getattr(model, key)
    what = key.removesuffix("s").replace("_", "-", 1).replace("_", " ")
    for name in dict.fromkeys(names):
        path, line = config_path(model), line_of(model, name)
        known = intent_regions(name) if key == "built_in_intents" else slot_type_regions(name)
        if not known:
            hint = nearest(name, BUILT_IN_INTENTS if key == "built_in_intents" else BUILT_IN_SLOT_TYPES)
            yield ModelFinding(True, f"{name!r} is no {what}.{hint}", path, line)
        elif not regions & set(known):
            text = f"The {what} {name} is known in {'/'.join(known)} only, not to this platform."
            yield ModelFinding(True, text, path, line)
    for name in _repeated(names):
        yield ModelFinding(False, f"{name} is there twice.", config_path(model), line_of(model, name))


def _repeated(names: tuple[str, ...]) -> list[str]:
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]


def intent_regions(name: str) -> tuple[str, ...]:
    """List the platforms that have a built-in intent; empty when none has."""
    return BUILT_IN_INTENTS.get(name, ())


def slot_type_regions(name: str) -> tuple[str, ...]:
    """List the platforms that have a built-in slot type; empty when none has."""
    if name in BUILT_IN_SLOT_TYPES:
        return BUILT_IN_SLOT_TYPES[name].regions
    return next((_FAMILY_REGIONS[prefix] for prefix in OPEN_FAMILIES if _is_of(prefix, name)), ())


def _is_of(prefix: str, name: str) -> bool:
    return name.startswith(prefix) and name != prefix
