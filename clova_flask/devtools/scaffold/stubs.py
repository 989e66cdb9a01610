"""Write the handlers that a model needs and that are missing, ready to paste."""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterator

from ...custom.binding import FIXED
from ...custom.registry import CustomRegistry
from ...wire.names import find_key, snake_case, spellings
from ..model.catalogue import slot_kind
from ..model.coverage import missing_intents
from ..model.objects import CustomIntent, IntentSlot, InteractionModel

_ANNOTATIONS: dict[str, str] = {
    "datetime": "datetime | date | time",
    "duration": "Duration",
    "number": "int",
    "quantity": "Quantity",
    "money": "Quantity",
    "words": "str",
}
_DATETIME_NAMES = ("date", "datetime", "time")
_OUR_NAMES = ("Duration", "Quantity", "ask", "tell")
_TAKEN = {"clova", "str", "int", *_DATETIME_NAMES, *_OUR_NAMES}


def handler_stubs(model: InteractionModel, registry: CustomRegistry) -> str:
    """Write a module with a handler for launch and for each intent that has none; empty when all have one."""
    used = set(_TAKEN)
    stubs = []
    if "launch" not in registry.single:
        stubs.append(f'@clova.launch\ndef {_unique("launch", used)}():\n    return ask("…")\n')
    stubs += [_stub(name, model.intents.get(name), used) for name in missing_intents(model, registry)]
    return "\n\n".join((*_imports(stubs), *stubs)) if stubs else ""


def _stub(name: str, intent: CustomIntent | None, used: set[str]) -> str:
    names = dict(_parameters(intent))
    slots = intent.slots if intent else ()
    parameters = ", ".join(f"{names[slot.name]}: {_annotation(slot)} | None" for slot in slots)
    mapped = [f"{_text(n)}: {_text(s)}" for s, n in names.items() if not _finds(n, s, names)]
    options = f", slots={{{', '.join(mapped)}}}" if mapped else ""
    function = _unique(_identifier(name.rpartition(".")[2], "handle"), used)
    return f'@clova.intent({_text(name)}{options})\ndef {function}({parameters}):\n    return tell("…")\n'


def _parameters(intent: CustomIntent | None) -> Iterator[tuple[str, str]]:
    """Pair each slot of an intent with a name for its parameter."""
    used: set[str] = set(FIXED)
    for slot in intent.slots if intent else ():
        name = _identifier(slot.name, "slot")
        yield slot.name, _unique(f"{name}_slot" if name in FIXED else name, used)


def _finds(parameter: str, slot: str, names: dict[str, str]) -> bool:
    return find_key(names, spellings(parameter)) == slot


def _annotation(slot: IntentSlot) -> str:
    return _ANNOTATIONS[slot_kind(slot.type) or "words"]


def _imports(stubs: list[str]) -> Iterator[str]:
    text = "\n".join(stubs)
    lines = []
    if "datetime | date" in text:
        names = [name for name in _DATETIME_NAMES if _annotates(name, text)]
        lines.append(f"from datetime import {', '.join(names)}\n\n")
    names = [name for name in _OUR_NAMES if _annotates(name, text) or f"{name}(" in text]
    lines.append(f"from clova_flask import {', '.join(names)}\n")
    yield "".join(lines)


def _annotates(name: str, text: str) -> bool:
    return f": {name} |" in text or f"| {name} |" in text


def _identifier(name: str, otherwise: str) -> str:
    plain = snake_case(name).strip("_")
    return plain if plain.isidentifier() and not keyword.iskeyword(plain) else otherwise


def _unique(name: str, used: set[str]) -> str:
    free, number = name, 2
    while free in used:
        free, number = f"{name}_{number}", number + 1
    used.add(free)
    return free


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
