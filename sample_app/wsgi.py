"""The app in production: ``gunicorn -c sample_app/deploy/gunicorn.conf.py sample_app.wsgi:app``.

It is behind exactly one proxy, and nobody reaches it but by that.
"""

from __future__ import annotations

from werkzeug.middleware.proxy_fix import ProxyFix

from . import create_app

# The session is for https alone: where it ends is nginx, so no page is asked for by http.
app = create_app({"SESSION_COOKIE_SECURE": True}, may_make_secret_key=False)

# One hop: nginx writes each of these headers anew, so their last value is its own, and no caller forges one.
# Account linking must see https, its redirects are made of the host, and the log has the address.
app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
