"""How every contender is served; older versions of gunicorn pass over names they do not know."""

from __future__ import annotations

workers = 1
worker_class = "sync"
loglevel = "warning"
control_socket_disable = True
