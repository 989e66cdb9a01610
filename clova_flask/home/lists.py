"""Custom commands and scenes of a user, each checked by itself; and the log of what lists leave out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from marshmallow import ValidationError

from ..errors import nearest, type_name
from ..findings import Finding, Place, Severity
from ..wire.json import encode
from ..wire.schema import describe
from .interfaces import INTERFACES
from .messages import CUSTOM_COMMAND_SCHEMA, SCENE_SCHEMA
from .objects import CustomCommand, Scene

logger = logging.getLogger("clova_flask")

Wire = dict[str, Any]


def write_commands(commands: Iterable[Any]) -> tuple[list[Wire], list[Finding]]:
    """Write a user's custom commands, each checked by itself.

    :return: those that can be sent, and what is wrong with the others.
    """
    return _write(commands, _command, "home.invalid-command")


def write_scenes(scenes: Iterable[Any]) -> tuple[list[Wire], list[Finding]]:
    """Write a user's scenes, each checked by itself; returned as by :func:`write_commands`."""
    return _write(scenes, _scene, "home.invalid-scene")


def _write(items: Iterable[Any], write: Callable[[Any], Wire], code: str) -> tuple[list[Wire], list[Finding]]:
    written: list[Wire] = []
    findings: list[Finding] = []
    for item in items:
        try:
            wire = write(item)
            encode(wire)
        except ValidationError as error:
            findings += [Finding(code, text, _where(item)) for text in describe(error.messages)]
        except (TypeError, ValueError) as error:
            text = str(error) if str(error).endswith(("?", ".")) else f"{error}."
            findings.append(Finding(code, text, _where(item)))
        else:
            written.append(wire)
    return written, findings


def _where(item: Any) -> Place:
    if isinstance(item, Scene):
        return Place(f"the scene {item.id!r}")
    return Place(f"the custom command {item.name!r}" if isinstance(item, CustomCommand) else "")


def _command(command: Any) -> Wire:
    if not isinstance(command, CustomCommand):
        raise TypeError(f"must be a CustomCommand, not {type_name(command)}")
    wire = command.to_wire()
    CUSTOM_COMMAND_SCHEMA.check(wire)
    known = [name for name, interface in INTERFACES.items() if interface.appliance]
    for item in wire["actions"]:
        action = item["action"]
        if action not in known:
            raise ValueError(f"{action!r} is not an action.{nearest(action, known, or_list=True)}")
    return wire


def _scene(scene: Any) -> Wire:
    if not isinstance(scene, Scene):
        raise TypeError(f"must be a Scene, not {type_name(scene)}")
    wire = scene.to_wire()
    SCENE_SCHEMA.check(wire)
    if not wire["sceneId"]:
        raise ValueError("The scene has no id")
    return wire


def log_findings(findings: Iterable[Finding]) -> None:
    """Log what discovery leaves out: appliances as errors, details of them as warnings."""
    for finding in findings:
        is_detail = finding.severity is Severity.WARNING
        logger.log(
            logging.WARNING if is_detail else logging.ERROR,
            "Discovery sends less of %s" if is_detail else "Discovery leaves out %s",
            finding,
        )
