"""Where the endpoint of an extension is, for an app in this process or behind a URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.routing import BuildError, Rule

from ...errors import nearest
from ...runtime import Runtime
from ...wire.objects import NOTHING
from .device import SimulatorError
from .refusals import Target


@dataclass(frozen=True, slots=True)
class Where:
    """Where messages go, as the developer tells it.

    :ivar url: a running endpoint; None for the app in this process.
    :ivar base_url: scheme and host at which CEK calls the app in this process; None for those that the app
        makes its own URLs of, by ``SERVER_NAME`` and ``PREFERRED_URL_SCHEME``.
    :ivar view_args: values for the variables in the prefix, the host or the subdomain of the extension.
    """

    url: str | None = None
    base_url: str | None = None
    view_args: Mapping[str, Any] = NOTHING


HERE = Where()
"""The app in this process, at the address that it makes its own URLs of."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address of an extension's endpoint.

    :ivar base_url: scheme, host and the path that the app is mounted at.
    :ivar path: the path below it.
    :ivar target: the whole address, with what is told of an app that refuses messages there.
    """

    base_url: str
    path: str
    target: Target


def address_of(app: Flask, runtime: Runtime, where: Where = HERE) -> Address:
    """Find the address of an extension of an app in this process.

    :raises SimulatorError: the base URL is none, or the variables of the address lack values.
    """
    rule = next(app.url_map.iter_rules(f"{runtime.name}.endpoint"))
    root = app.config["APPLICATION_ROOT"]
    _check_view_args(runtime, rule, where.view_args)
    own_host = app.config["SERVER_NAME"] or "localhost"
    adapter = app.url_map.bind(own_host, root, url_scheme=app.config["PREFERRED_URL_SCHEME"])
    try:
        built = adapter.build(rule.endpoint, dict(where.view_args), force_external=True, append_unknown=False)
    except (BuildError, TypeError, ValueError):
        raise SimulatorError(
            f"The values {dict(where.view_args)!r} do not fit the address of the extension {runtime.name!r}, "
            f"{rule.rule}."
        ) from None
    scheme, host, path, *_ = urlsplit(built)
    # A trailing slash is the blueprint's way to write a rule; what is registered as the URL has none.
    path = "/" + path.removeprefix(root).strip("/")
    own = f"{scheme}://{host or own_host}{root.rstrip('/')}"
    base_url = own if where.base_url is None else _checked(where.base_url)
    trusted = tuple(app.config["TRUSTED_HOSTS"] or ())
    return Address(base_url, path, Target(base_url.rstrip("/") + path, runtime.name, own + path, trusted))


def _check_view_args(runtime: Runtime, rule: Rule, given: Mapping[str, Any]) -> None:
    wanted = rule.arguments - (rule.defaults or {}).keys()
    for name in given:
        if name not in wanted:
            hint = nearest(name, wanted, or_list=True) if wanted else " Its address has no variables."
            raise SimulatorError(f"view_args has {name!r}, which {rule.rule} does not have.{hint}")
    missing = sorted(wanted - given.keys())
    if missing:
        at = f"{rule.host or rule.subdomain or ''}{rule.rule.rstrip('/')}"
        values = ", ".join(f"{name!r}: …" for name in missing)
        options = " ".join(f"--view-arg {name}=…" for name in missing)
        raise SimulatorError(
            f"The extension {runtime.name!r} is at {at}. Tell the values: view_args={{{values}}} "
            f"(on the command line {options})."
        )


def _checked(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.query + parts.fragment
    except ValueError:
        usable = False
    if not usable:
        raise SimulatorError(
            f"{base_url!r} is not a base URL. It must be a scheme and a host, https://voice.example.com."
        )
    return base_url
