"""How the soaked app is served; older versions of gunicorn pass over names they do not know."""

from __future__ import annotations

import ctypes
import signal

loglevel = "warning"
control_socket_disable = True
_WHEN_THE_PARENT_DIES = 1  # PR_SET_PDEATHSIG of prctl


def on_starting(_server: object) -> None:
    """Have the master end when the soak is killed; its workers notice that it is gone."""
    ctypes.CDLL(None).prctl(_WHEN_THE_PARENT_DIES, signal.SIGTERM)
