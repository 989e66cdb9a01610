"""What ``flask clova check`` looks at: the settings, the keys, and the handlers against the protocol."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...custom.catalogue import AUDIO_INTENTS
from ...errors import ModelError
from ...groups import Registry
from ...home.errors import HomeError
from ...runtime import Runtime
from ..model.checks import check_model
from ..model.config import CONFIG_NAME
from ..model.files import load_model
from ..model.findings import ModelFinding, as_findings
from ..model.objects import InteractionModel
from .model_handlers import check_handlers


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend, or to know.

    :ivar fault: whether it keeps the extension from working or from passing review.
    """

    fault: bool
    text: str


def check_extension(runtime: Runtime) -> list[Finding]:
    """Check one extension of an app."""
    return [
        *(Finding("VERIFY_SIGNATURE" in text, text) for text in runtime.readiness()),
        *(Finding(True, text) for text in runtime.development_key_faults()),
        *_check_handlers(runtime),
        *_check_model(runtime),
    ]


def _check_model(runtime: Runtime) -> list[Finding]:
    """Check the model that is set; one that is merely beside the app may be another extension's."""
    if runtime.settings.interaction_model is not None:
        return check_interaction_model(runtime)
    registry = runtime.registry
    only_home = bool(registry.home.handlers()) and not (registry.custom.intents or registry.custom.fallbacks)
    if only_home or not runtime.model_folder.exists():
        return []
    return check_interaction_model(runtime, shared=True)


def check_interaction_model(
    runtime: Runtime, folder: Path | None = None, *, shared: bool = False
) -> list[Finding]:
    """Check an extension's interaction model, by itself and against the handlers.

    :param folder: where it is, when it is not where the settings say.
    :param shared: whether it may be the model of another extension, which is then passed over.
    """
    try:
        model = load_model(folder or runtime.model_folder)
    except ModelError as error:
        found = as_findings(error)
    else:
        if shared and _is_anothers(model, runtime):
            return []
        found = [*check_model(model, regions=runtime.regions), *_check_against_handlers(model, runtime)]
    return [Finding(finding.fault, str(finding)) for finding in found]


def _check_against_handlers(model: InteractionModel, runtime: Runtime) -> list[ModelFinding]:
    if _is_anothers(model, runtime):
        # The handlers of another extension would be told to be missing one by one.
        ids = ", ".join(runtime.settings.extension_ids)
        text = f"This is the model of {model.extension_id}, not of {ids}: CLOVA_INTERACTION_MODEL."
        return [ModelFinding(True, text, model.folder and model.folder / CONFIG_NAME)]
    return check_handlers(model, runtime.registry.custom, regions=runtime.regions)


def _check_handlers(runtime: Runtime) -> list[Finding]:
    registry = runtime.registry
    if not registry.handlers():
        if registry.home.handlers():
            return _check_home(registry)
        return [Finding(True, "There are no handlers. Decorate a function with @clova.launch.")]
    regions = runtime.regions
    return [
        *_check_launch(registry),
        *_check_guide(registry),
        *_check_audio(registry, regions),
        *_check_account(registry, regions),
        *_check_home(registry),
    ]


def _is_anothers(model: InteractionModel, runtime: Runtime) -> bool:
    ids = runtime.settings.extension_ids
    return bool(model.extension_id and ids) and model.extension_id not in ids


def check_discovery(runtime: Runtime, token: str | None) -> list[Finding]:
    """Check what discovery gives a user.

    :param token: the user's access token; None checks nothing.
    """
    if token is None or "discover" not in runtime.registry.home.single:
        return []
    try:
        faults = runtime.endpoint().discovery_faults(token)
    except HomeError as error:
        return [Finding(True, f"Discovery with this token is answered with {error.name}.")]
    return [Finding(True, fault) for fault in faults]


def _check_home(registry: Registry) -> list[Finding]:
    """Account linking is mandatory for Home, and without discovery the app shows nothing."""
    home = registry.home
    if not home.handlers():
        return []
    findings = []
    if "discover" not in home.single:
        findings.append(Finding(True, "Actions are handled, but @clova.home.discover lists no appliances."))
    if registry.user_loader is None:
        text = "There is no user_loader, so access tokens are taken unseen; Home needs account linking."
        findings.append(Finding(True, text))
    if ("scenes" in home.single) != ("scene_action" in home.single):
        findings.append(Finding(True, "Scenes need both @clova.home.scenes and @clova.home.scene_action."))
    return findings


def _check_launch(registry: Registry) -> list[Finding]:
    if "launch" in registry.custom.single or not (registry.custom.intents or registry.custom.events):
        return []
    return [Finding(True, "No handler for launch: the user who starts the extension hears an excuse.")]


def _check_guide(registry: Registry) -> list[Finding]:
    """Without a fallback the platforms send what they do not understand to the guide intent."""
    if _handles(registry, "Clova.GuideIntent") or registry.custom.fallbacks or not registry.custom.intents:
        return []
    text = "Neither Clova.GuideIntent nor a fallback has a handler: who asks for help hears an excuse."
    return [Finding(False, text)]


def _check_audio(registry: Registry, regions: tuple[str, ...]) -> list[Finding]:
    if not any(event.startswith("AudioPlayer.") for event in registry.custom.events):
        return []
    return [
        Finding(True, f"The extension handles AudioPlayer events, so it has to answer {intent}.")
        for intent, known_in in AUDIO_INTENTS.items()
        if set(known_in) & set(regions) and not _handles(registry, intent)
    ]


def _check_account(registry: Registry, regions: tuple[str, ...]) -> list[Finding]:
    events = registry.custom.events
    disabled = "ClovaSkill.SkillDisabled"
    handled = disabled in events or "ClovaSkill.*" in events or "*" in events
    if registry.user_loader is None or "JP" not in regions or handled:
        return []
    text = f"No handler for {disabled}: when a user disables the skill, their data must be deleted (JP)."
    return [Finding(False, text)]


def _handles(registry: Registry, intent: str) -> bool:
    return any(name == intent for name, _ in registry.custom.intents)
