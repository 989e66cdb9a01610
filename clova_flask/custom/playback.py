"""Build the ``PlaybackController`` directives; public as :mod:`clova_flask.playback`.

The ``target`` of each is the player that it controls, ``AudioPlayer`` or ``MediaPlayer``. With None
the client chooses. From the guides' PlaybackController interface.
"""

from __future__ import annotations

from .directives import Directive
from .payloads import build


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
