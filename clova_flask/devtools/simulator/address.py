"""Where the endpoint of an extension is, for an app in this process or behind a URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import Flask
from werkzeug.routing import BuildError, Map, Rule

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
    path_alone = _path_alone(app, rule)
    variables = rule.arguments if where.base_url is None else path_alone.arguments
    _check_view_args(runtime, where.view_args, rule.arguments, variables)
    # A slash at the end is how a blueprint writes its rule; the URL that is registered has none.
    path = "/" + _build(path_alone, where.view_args, runtime).path.strip("/")
    root = app.config["APPLICATION_ROOT"].rstrip("/")
    own = f"{app.config['PREFERRED_URL_SCHEME']}://{_own_host(app, runtime, rule, where.view_args)}{root}"
    base_url = own if where.base_url is None else _checked(where.base_url)
    trusted = tuple(app.config["TRUSTED_HOSTS"] or ())
    return Address(base_url, path, Target(base_url.rstrip("/") + path, runtime.name, own + path, trusted))


def _path_alone(app: Flask, rule: Rule) -> Rule:
    """Copy a rule without its host and subdomain, which a base URL has of its own."""
    copy = rule.empty()
    copy.host, copy.subdomain = None, ""
    Map([copy], converters=app.url_map.converters)
    return copy


def _own_host(app: Flask, runtime: Runtime, rule: Rule, view_args: Mapping[str, Any]) -> str:
    server_name = app.config["SERVER_NAME"] or "localhost"
    if rule.arguments <= view_args.keys():
        return _build(rule, view_args, runtime, server_name).netloc
    settings = runtime.settings  # the host is the base URL's, and this is only told
    return settings.host or f"{settings.subdomain}.{server_name}"


def _build(
    rule: Rule, view_args: Mapping[str, Any], runtime: Runtime, server_name: str = "localhost"
) -> SplitResult:
    adapter = rule.map.bind(server_name)
    try:
        url = adapter.build(rule.endpoint, dict(view_args), force_external=True, append_unknown=False)
    except (BuildError, TypeError, ValueError):
        raise SimulatorError(
            f"The values {dict(view_args)} do not fit the address of the extension {runtime.name!r}, "
            f"{runtime.address}."
        ) from None
    return urlsplit(url)


def _check_view_args(runtime: Runtime, given: Mapping[str, Any], known: set[str], wanted: set[str]) -> None:
    for name in given:
        if name not in known:
            hint = nearest(name, sorted(known), or_list=True)
            raise SimulatorError(f"view_args has {name!r}, which {runtime.address} does not have.{hint}")
    missing = sorted(wanted - given.keys())
    if missing:
        values = ", ".join(f"{name!r}: …" for name in missing)
        options = " ".join(f"--view-arg {name}=…" for name in missing)
        raise SimulatorError(
            f"The extension {runtime.name!r} is at {runtime.address}. Give values: view_args={{{values}}} "
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
