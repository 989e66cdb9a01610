"""The check of account linking: what the platform will find, tried in this process and left as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from ...findings import Finding
from ...runtime import Runtime
from ..simulator.address import HERE, Address, Where, address_of
from ..simulator.device import SimulatorError
from ..simulator.linking_app import AppLinker
from ..simulator.linking_judge import judge_url
from ..simulator.refusals import example_host
from .app import fitting
from .linking_login import check_login
from .linking_settings import check_settings
from .linking_store import check_store
from .linking_trial import try_linking
from .quiet import quiet

if TYPE_CHECKING:
    from ...linking.provider import Provider

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def check_linking(app: Flask, runtime: Runtime, where: Where = HERE) -> list[Finding]:
    """Check account linking of an extension; an app without it has no findings.

    :param where: at which address the platform calls the app.
    """
    # What the app has not imported is not imported here: it may be without the extra.
    provider: Provider | None = app.extensions.get("clova_linking", {}).get(runtime.name)
    if provider is None:
        return []
    findings = [
        Finding("linking.undeclared", f"No function is decorated with @linking.{name}.")
        for name in provider.accounts.missing
    ]
    findings += check_store(app, runtime, provider)
    try:
        address = _address(app, runtime, where)
    except SimulatorError:  # its variables have no values, which is told
        return [*findings, *check_settings(app)]
    trial = try_linking(app, provider, AppLinker(app, runtime, address, raises=False))
    findings += [
        *trial.findings,
        *check_login(app, trial.nobody, trial.raised),
        *_check_https(app, where, address),
    ]
    return [*findings, *check_settings(app)]  # the last: Flask-Talisman makes settings at the first request


def _address(app: Flask, runtime: Runtime, where: Where) -> Address:
    """Return where the platform calls the app: at a host that it trusts, where it trusts only some."""
    where = fitting(app, runtime, where)
    address = address_of(app, runtime, where)
    trusted = address.target.trusted_hosts
    if where.base_url is not None or not trusted or urlsplit(address.base_url).hostname in trusted:
        return address
    base_url = f"https://{example_host(address.target)}"
    return address_of(app, runtime, Where(base_url=base_url, view_args=where.view_args))


def _check_https(app: Flask, where: Where, address: Address) -> Iterator[Finding]:
    """Check that the app is called by https, and knows it where a proxy ends TLS."""
    if where.base_url is not None:
        yield from judge_url(where.base_url, "--base-url")
    if app.debug or app.testing:
        return
    host = urlsplit(address.base_url).netloc
    if urlsplit(address.base_url).hostname in _LOOPBACK:
        host = "voice.example.com"  # OAuth allows http at loopback
    if "insecure_transport" in _behind_proxy(app, host, address.path):
        message = (
            "A request that a proxy has passed on with X-Forwarded-Proto: https is http to the app, and "
            "account linking refuses it. Where TLS ends in a proxy, and the server does not read that "
            "header, wrap the app: app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1)."
        )
        yield Finding("linking.proxy", message)


def _behind_proxy(app: Flask, host: str, path: str) -> str:
    """Call the token endpoint as a proxy passes it on, and return the answer."""
    forwarded = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", host), ("X-Forwarded-For", "192.0.2.1")]
    builder = EnvironBuilder(
        f"{path.rstrip('/')}/link/token",
        base_url=f"http://{host}",
        method="POST",
        data={"grant_type": "authorization_code"},
        headers=forwarded,
    )
    with quiet(app):
        try:
            body, _, _ = run_wsgi_app(app, builder.get_environ(), buffered=True)
            return b"".join(body).decode(errors="replace")
        except Exception:  # noqa: BLE001 - what the app raises is told by the other checks
            return ""
