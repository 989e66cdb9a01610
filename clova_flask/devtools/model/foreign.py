"""What is left over from a model of another platform: its names of intents and types, its marks for slots.

Each is told with our word. The names are those of Alexa's, Dialogflow's and Google's own references.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ...texts.templated import Templated
from .catalogue import slot_type_regions
from .objects import Expression


@dataclass(frozen=True, slots=True)
class _Platform:
    """Another platform.

    :ivar name: what it is called.
    :ivar prefixes: what names of its own begin with, in lower case.
    """

    name: str
    prefixes: tuple[str, ...]


_PLATFORMS = (
    _Platform("Alexa", ("amazon.",)),
    _Platform("Dialogflow", ("@sys.", "sys.", "default welcome", "default fallback")),
    _Platform("Google", ("actions.", "schemaorg_")),
    _Platform("LUIS", ("builtin.",)),
)

_GUIDE, _CANCEL, _FALLBACK = "'Clova.GuideIntent'", "'Clova.CancelIntent'", "@clova.fallback"
_LAUNCH = "@clova.launch"

_INTENTS = {
    "help": _GUIDE,
    "cancel": _CANCEL,
    "stop": _CANCEL,
    "utilities.stop": _CANCEL,
    "utilities.cancel": _CANCEL,
    "utilities.help": _GUIDE,
    "yes": "'Clova.YesIntent'",
    "no": "'Clova.NoIntent'",
    "next": "'Clova.NextIntent'",
    "previous": "'Clova.PreviousIntent'",
    "pause": "'Clova.PauseIntent'",
    "resume": "'Clova.ResumeIntent'",
    "fallback": _FALLBACK,
    "no_match": _FALLBACK,
    "launch": _LAUNCH,
    "main": _LAUNCH,
    "welcome": _LAUNCH,
}
"""Our word by the other's, without prefix and without ``Intent``."""

_REQUESTS = {
    "launchrequest": "@clova.launch",
    "sessionendedrequest": "@clova.session_ended",
    "eventrequest": "@clova.event",
}
"""What handles a request that is no intent; elsewhere one function handles either."""

_TYPES: tuple[tuple[frozenset[str], tuple[str, ...]], ...] = (
    (frozenset({"duration"}), ("CLOVA.DURATION",)),
    (frozenset({"ordinal"}), ("CLOVA.ORDER",)),
    (frozenset({"date", "time", "datetime", "datetimev2"}), ("CLOVA.DATETIME",)),
    (frozenset({"city"}), ("CLOVA.WORLD_CITY",)),
    (frozenset({"country"}), ("CLOVA.WORLD_COUNTRY",)),
    (frozenset({"temperature"}), ("CLOVA.TEMPERATURE", "CLOVA.NUMBER")),
    (frozenset({"currency", "money", "price"}), ("CLOVA.MONEY", "CLOVA.NUMBER")),
    (frozenset({"weight"}), ("CLOVA.WEIGHT", "CLOVA.NUMBER")),
    (frozenset({"length", "dimension"}), ("CLOVA.LENGTH", "CLOVA.NUMBER")),
    (frozenset({"volume"}), ("CLOVA.VOLUME", "CLOVA.NUMBER")),
    (frozenset({"speed"}), ("CLOVA.SPEED", "CLOVA.NUMBER")),
    (frozenset({"percentage"}), ("CLOVA.RATIO", "CLOVA.NUMBER")),
    (frozenset({"number", "integer", "cardinal", "age"}), ("CLOVA.NUMBER",)),
)
"""Our types by words of the other's name; of several, the first that the platform has."""

_ALEXA = re.compile(r"\{\s*(?:[^{}|]*\|)?\s*(?P<slot>[\w.-]+)\s*\}")
_ENTITY = re.compile(r"(?<![\w@.])@(?:sys\.)?(?:[\w.-]+:)?(?P<slot>[\w-]+)")
_VARIABLE = re.compile(r"(?<![\w$])\$(?P<slot>[A-Za-z_]\w*)")
_BRACKETS = re.compile(
    r"\[(?P<said>[^\[\]]+)\]\((?P<slot>[\w:@.-]+)\)|\((?P<said2>[^()]+)\)\[(?P<slot2>[\w:@.-]+)\]"
)


def our_intent(name: str) -> str:
    """Tell our word for an intent of another platform, as a sentence with a leading space; else nothing."""
    lower = name.lower()
    if lower in _REQUESTS:
        return Templated(
            " It is a request, not an intent; here it is %(requests)s.", requests=_REQUESTS[lower]
        )
    platform = next((one for one in _PLATFORMS if lower.startswith(one.prefixes)), None)
    if platform is None:
        return ""
    bare = re.sub(r"^(amazon\.|builtin\.|actions\.intent\.|default )", "", lower)
    bare = bare.removesuffix(" intent").removesuffix("intent").rstrip("_")
    word = _INTENTS.get(bare)
    if word is None:
        return Templated(" It is %(name)s's word, and Clova has no intent for it.", name=platform.name)
    return Templated(" It is %(name)s's word; here it is %(word)s.", name=platform.name, word=word)


def our_type(name: str, regions: Iterable[str]) -> str:
    """Tell our word for a slot type of another platform, as a sentence with a leading space; else nothing.

    :param regions: the platforms that the model is for, ``KR`` and ``JP``.
    """
    lower = name.lower()
    platform = next((one for one in _PLATFORMS if lower.startswith(one.prefixes)), None)
    if platform is None:
        return ""
    words = set(re.split(r"[^a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()))
    wanted = set(regions)
    known = (types for keys, types in _TYPES if keys & words)
    found = next((one for one in next(known, ()) if wanted & set(slot_type_regions(one))), None)
    if found:
        return Templated(
            " It is %(name)s's word; here it is %(found)s.", name=platform.name, found=repr(found)
        )
    own = re.split(r"[.@_:]", name)[-1] or "WORDS"
    return Templated(
        " It is %(name)s's word, and Clova has no type for it. Make one of your own: write "
        "slot_types/%(own)s.tsv.",
        name=platform.name,
        own=own.upper(),
    )


def foreign_mark(expression: Expression) -> tuple[str, str] | None:
    """Find another platform's mark for a slot in an expression, within its tags or outside.

    :return: the mark, and the slot that it names; None where there is none.
    """
    text = unicodedata.normalize("NFKC", "\0".join(part.text for part in expression.parts))
    for pattern in (_ALEXA, _BRACKETS, _ENTITY, _VARIABLE):
        found = pattern.search(text)
        if found:
            named = found.groupdict()
            slot = named.get("slot") or named.get("slot2") or ""
            return found[0], re.split(r"[@:.]", slot)[-1]
    return None
