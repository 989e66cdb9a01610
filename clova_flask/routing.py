"""Where an extension listens in an app: host, path, and the blueprint that is registered there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from flask import Blueprint, Flask

from .errors import ConfigurationError, nearest
from .runtime import Runtime
from .views import METHODS, make_view

if TYPE_CHECKING:
    from jinja2 import BaseLoader

_VARIABLE = r"<(?:(?P<converter>[^:<>]+):)?(?P<name>[^<>]*)>"


class _Blueprint(Blueprint):
    """A blueprint whose templates are read as the package is: from a folder, or from a zip."""

    @cached_property
    def jinja_loader(self) -> BaseLoader:
        loader: BaseLoader = import_module("clova_flask.templates").PackageTemplates()
        return loader


def listen(app: Flask, runtime: Runtime, others: Iterable[Runtime]) -> None:
    """Register the blueprint with the endpoint of an extension.

    :param others: the other extensions of the app.
    :raises ConfigurationError: the app does not match hosts, or another extension listens there.
    """
    settings = runtime.settings
    _check_other(runtime, others)
    if settings.host or settings.subdomain or app.url_map.host_matching:
        _check_host(app, runtime)
    if "<" in runtime.address:
        _check_variables(app, runtime)
    blueprint = _Blueprint(
        runtime.name,
        "clova_flask",
        url_prefix=settings.url_prefix or None,
        subdomain=settings.subdomain,
    )
    blueprint.add_url_rule(
        "/",
        endpoint="endpoint",
        view_func=make_view(runtime),
        methods=METHODS,
        host=settings.host,
        strict_slashes=False,
        provide_automatic_options=False,
    )
    if settings.health:
        from .health.views import add_health  # an extension without it loads nothing of it

        add_health(app, runtime, blueprint)
    app.register_blueprint(blueprint)


def _check_other(runtime: Runtime, others: Iterable[Runtime]) -> None:
    name, address = runtime.name, runtime.address
    for other in others:
        # Variables match the same, whatever they are called.
        if _unnamed(other.address) == _unnamed(address):
            raise ConfigurationError(
                f"The extensions {name!r} and {other.name!r} are both at {address}. Each needs its own path: "
                f'Clova("{name}", url_prefix="/{name}").'
            )


def _unnamed(address: str) -> str:
    return re.sub(_VARIABLE, r"<\1>", address)


def _check_host(app: Flask, runtime: Runtime) -> None:
    """Check that the app matches what is set: Werkzeug ignores the host of a rule, or never matches it."""
    host, subdomain = runtime.settings.host, runtime.settings.subdomain
    if app.url_map.host_matching:
        if host is None:
            raise ConfigurationError(
                f"The app matches hosts, and the extension {runtime.name!r} has none, so no message would "
                'reach it. Set CLOVA_HOST="voice.example.com", or CLOVA_HOST="<host>" for any host.'
            )
        if subdomain is not None:
            raise ConfigurationError(
                f"CLOVA_SUBDOMAIN is {subdomain!r}, but the app matches hosts. Set CLOVA_HOST alone, with "
                "the whole name."
            )
    elif host is not None:
        raise ConfigurationError(
            f"CLOVA_HOST is {host!r}, but the app does not match hosts, so the endpoint would be at any. "
            'Make the app with Flask(__name__, host_matching=True, static_host="www.example.com"), or remove '
            "CLOVA_HOST."
        )
    elif subdomain != app.url_map.default_subdomain:
        _check_subdomain(app, subdomain)


def _check_subdomain(app: Flask, subdomain: str | None) -> None:
    lacking = []
    if not app.subdomain_matching:
        lacking.append("make the app with Flask(__name__, subdomain_matching=True)")
    if not app.config["SERVER_NAME"]:
        lacking.append('set SERVER_NAME="example.com", the name without the subdomain, before init_app')
    if lacking:
        raise ConfigurationError(
            f"CLOVA_SUBDOMAIN is {subdomain!r}, but the app does not match subdomains, so no message would "
            f"reach the endpoint: {', and '.join(lacking)}. Or remove CLOVA_SUBDOMAIN."
        )


def _check_variables(app: Flask, runtime: Runtime) -> None:
    """Check that Werkzeug can read the variables, before anything is registered."""
    settings, address = runtime.settings, runtime.address
    path = f"{settings.url_prefix}/"
    rule = app.url_rule_class(path, endpoint="", host=settings.host, subdomain=settings.subdomain)
    names = [variable["name"] for variable in re.finditer(_VARIABLE, address)]
    twice = next((name for name in names if names.count(name) > 1), None)
    try:
        if twice:
            raise ValueError(f"the variable {twice!r} is in it twice")
        rule.bind(app.url_map)
    except (LookupError, TypeError, ValueError) as error:
        hint = _hint_of_converter(app, address)
        raise ConfigurationError(
            f"The extension {runtime.name!r} cannot be at {address}: {error}.{hint}"
        ) from None


def _hint_of_converter(app: Flask, address: str) -> str:
    """Return what to write instead of a converter that the app has not."""
    known = app.url_map.converters
    for variable in re.finditer(_VARIABLE, address):
        name = (variable["converter"] or "default").partition("(")[0]
        if name not in known:
            hint = nearest(name, known, or_list=True)
            return f"{hint} A converter of your own must be in app.url_map.converters before init_app."
    return ""
