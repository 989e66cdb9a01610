"""Builders of the ``PlaybackController`` directives.

Each takes ``target``: the player it is for, ``AudioPlayer`` or ``MediaPlayer``; None leaves it to the client.
"""

from __future__ import annotations

from .directives import Directive, build


def pause(target: str | None = None) -> Directive:
    """Build ``PlaybackController.Pause``."""
    return _control("Pause", target)


def resume(target: str | None = None) -> Directive:
    """Build ``PlaybackController.Resume``."""
    return _control("Resume", target)


def stop(target: str | None = None) -> Directive:
    """Build ``PlaybackController.Stop``."""
    return _control("Stop", target)


def _control(name: str, target: str | None) -> Directive:
    payload = {} if target is None else {"target": {"namespace": target}}
    return build(f"PlaybackController.{name}", payload)
