"""Rules of the app that are where an extension's health is: one of the two would never be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from ..runtime import Runtime

_VARIABLE = re.compile(r"<(?:([^:<>]+):)?[^<>]*>")


def rules_beside(app: Flask, runtime: Runtime) -> Iterator[Rule]:
    """List the rules that take what the extension's health is asked for, but for its own."""
    settings = runtime.settings
    subdomain = app.url_map.default_subdomain if settings.subdomain is None else settings.subdomain
    ours = _compared(settings.host, subdomain, f"{settings.url_prefix}/health")
    for rule in app.url_map.iter_rules():
        theirs = _compared(rule.host, rule.subdomain, rule.rule)
        is_get = rule.methods is None or "GET" in rule.methods
        if theirs == ours and is_get and rule.endpoint != f"{runtime.name}.health":
            yield rule


def _compared(host: str | None, subdomain: str | None, path: str) -> tuple[str, str, str]:
    """Return what is compared: variables match the same, whatever they are called."""
    return _unnamed(host or ""), _unnamed(subdomain or ""), _unnamed(path.rstrip("/"))


def _unnamed(text: str) -> str:
    return _VARIABLE.sub(r"<\1>", text)
