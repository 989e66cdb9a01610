"""Build the ``PlaybackController`` directives.

::

    from clova_flask import playback, tell

    tell("…", directives=[playback.pause()])
"""

from __future__ import annotations

from .custom.playback import pause, resume, stop

__all__ = ["pause", "resume", "stop"]
