"""Checks of the handlers for custom messages: what the platform requires of every extension."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...custom.catalogue import AUDIO_INTENTS
from ...findings import Finding
from ...injection.parameters import place_of
from ...registry import Registry
from ..model.foreign import our_intent

_SAID_TO_ALL = ("Clova.CancelIntent", "Clova.YesIntent", "Clova.NoIntent")
"""Built-in intents that any extension is said, besides the guide."""

SKILL_DISABLED = "ClovaSkill.SkillDisabled"


def check_handlers(registry: Registry, regions: Sequence[str]) -> list[Finding]:
    """Check which handlers for custom messages there are.

    :param regions: the platforms that the extension is for, ``KR`` and ``JP``.
    """
    if registry.is_empty:
        return []
    return [finding for check in _CHECKS for finding in check(registry, regions)]


def _check_launch(registry: Registry, _regions: Sequence[str]) -> Iterator[Finding]:
    custom = registry.custom
    if "launch" not in custom.single and (custom.intents or custom.events):
        message = "No handler for launch. A user who starts the extension hears an apology."
        yield Finding("handlers.no-launch", message)


def _check_guide(registry: Registry, _regions: Sequence[str]) -> Iterator[Finding]:
    """Check for a guide: without a fallback the platforms send it what they do not understand."""
    custom = registry.custom
    if custom.intents and not custom.fallbacks and not _handles(registry, "Clova.GuideIntent"):
        message = (
            "No handler for Clova.GuideIntent, and no fallback. A user who asks for help hears an apology."
        )
        yield Finding("handlers.no-guide", message)


def plays_audio(registry: Registry) -> bool:
    """Tell whether it has handlers of AudioPlayer's events, and so plays audio."""
    return any(event.startswith("AudioPlayer.") for event in registry.custom.events)


def _check_audio(registry: Registry, regions: Sequence[str]) -> Iterator[Finding]:
    if not plays_audio(registry):
        return
    for intent, known_in in AUDIO_INTENTS.items():
        if set(known_in) & set(regions) and not _handles(registry, intent):
            message = f"The extension handles AudioPlayer events, so it must also handle {intent}."
            yield Finding("handlers.no-audio-intent", message)


def _check_account(registry: Registry, regions: Sequence[str]) -> Iterator[Finding]:
    handled = registry.custom.events.keys() & {SKILL_DISABLED, "ClovaSkill.*", "*"}
    if registry.user_loader and "JP" in regions and not handled:
        if registry.takes_user_data:
            what = "UserData is deleted without one; delete what else is kept of a user who disables it."
        else:
            what = "The data of a user who disables it must be deleted."
        message = f"No handler for {SKILL_DISABLED}. {what}"
        yield Finding("handlers.no-skill-disabled", message)


def _check_built_in(registry: Registry, regions: Sequence[str]) -> Iterator[Finding]:
    """Check for the built-in intents that NAVER's review says to every extension."""
    custom = registry.custom
    if tuple(regions) != ("KR",) or not custom.intents or custom.fallbacks:
        return
    missing = [name for name in _SAID_TO_ALL if not _handles(registry, name)]
    if missing:
        message = (
            f"No handler for {', '.join(missing)}, and no fallback. NAVER's review asks that an extension "
            "answers all of them, wherever they are said."
        )
        yield Finding("handlers.no-built-in", message)


def _check_foreign(registry: Registry, _regions: Sequence[str]) -> Iterator[Finding]:
    """Check for intents that are left over from another platform, which Clova never sends."""
    for name in dict.fromkeys(name for name, _ in registry.custom.intents):
        word = our_intent(name)
        if word:
            handler = next(one for (own, _), one in registry.custom.intents.items() if own == name)
            message = f"Handles the intent {name}, which Clova does not send.{word}"
            yield Finding("handlers.foreign-intent", message, place_of(handler.function))


def _check_hooks(registry: Registry, _regions: Sequence[str]) -> Iterator[Finding]:
    """Check for hooks and errorhandlers of the kind of message that the extension has no handlers for."""
    custom, home = registry.custom, registry.home
    if not home.single and not home.actions:
        for hook in (*home.before, *home.after, *home.errors.values()):
            if not hook.shared:
                message = "It serves Clova Home alone, and nothing handles Clova Home, so it never runs."
                yield Finding("handlers.idle-hook", message, place_of(hook.function))
    if custom.single or custom.intents or custom.events or custom.fallbacks:
        return
    shared = {hook.function for hook in (*home.before, *home.after, *home.errors.values()) if hook.shared}
    for own in (*custom.before, *custom.after, *custom.errors.values()):
        if own.function not in shared:
            message = (
                "It takes session or context and so serves custom messages alone, and nothing handles those, "
                "so it never runs."
            )
            yield Finding("handlers.idle-hook", message, place_of(own.function))


def _handles(registry: Registry, intent: str) -> bool:
    return any(name == intent for name, _ in registry.custom.intents)


_CHECKS: tuple[Callable[[Registry, Sequence[str]], Iterator[Finding]], ...] = (
    _check_launch,
    _check_guide,
    _check_audio,
    _check_account,
    _check_built_in,
    _check_foreign,
    _check_hooks,
)
