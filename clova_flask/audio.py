"""Build the ``AudioPlayer`` directives.

::

    from clova_flask import audio, tell

    tell("…", directives=[audio.play("https://…", title_text="…", title_sub_text1="…", source_name="…")])
"""

from __future__ import annotations

from .custom.audio import play, stream

__all__ = ["play", "stream"]
