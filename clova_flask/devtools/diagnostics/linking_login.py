"""The check of the login page that users of account linking are sent to. It is found, and not called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from jinja2 import TemplateError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect, Rule
from werkzeug.test import EnvironBuilder

from ...findings import Finding, Place
from ...injection.parameters import place_of
from ..simulator.linking_judge import query_of, without_query
from ..simulator.linking_page import words_of
from ..simulator.linking_steps import Step
from ..simulator.tracebacks import is_of_a_library
from .source import sources_of

_NEXT = re.compile(r"next|return_?to|redirect_?to|came_from|continue", re.IGNORECASE)
"""Names by which apps keep the page to come back to."""


def check_login(app: Flask, asked: Step, raised: Sequence[Exception] = ()) -> list[Finding]:
    """Check where somebody is sent who is not signed in.

    :param asked: the answer to the authorization request of nobody.
    :param raised: what the app raised then.
    """
    if asked.sent is None or asked.got is None:
        return []
    got, page = asked.got, asked.sent.url
    if not got.location:
        if got.status < 500:
            return []  # what the app answers to everybody is told by the trial
        why = f"{type(raised[0]).__name__}: {raised[0]}" if raised else words_of(got.text)
        message = f"Nobody is signed in, and the app answers {got.status}, not a login page. {why}"
        return [Finding("linking.login-view", message)]
    return [*_check_target(app, page, urljoin(page, got.location))]


def _check_target(app: Flask, page: str, login: str) -> Iterator[Finding]:
    path = urlsplit(page).path
    back = [value for values in query_of(login).values() for value in values if path in value]
    shown = without_query(login)
    if not back:
        message = f"Users are sent to {shown} without the address to come back to."
        yield Finding("linking.next-ignored", message)
        return
    rule = _matched(app, login)
    if isinstance(rule, str):
        yield Finding("linking.login-view", f"Users are sent to {shown}, which {rule}.")
        return
    if urlsplit(login).netloc != urlsplit(page).netloc and not _leads_back(
        app, page, urljoin(login, back[0])
    ):
        message = (
            f"The login page is at another host, {shown}, and the path that it gets as next leads back to "
            f"that host, not to {urlsplit(page).netloc}. Serve a login page at the extension's host."
        )
        yield Finding("linking.login-elsewhere", message)
        return
    views = [app.view_functions[one.endpoint] for one in app.url_map.iter_rules() if one.rule == rule.rule]
    if _ignores_next(app, views):
        message = f"The login page {shown} does not read next, so users do not come back to account linking."
        yield Finding("linking.next-ignored", message, _place_of(views[0]))


def _matched(app: Flask, url: str) -> Rule | str:
    """Return the rule for a URL that is opened, or why there is none."""
    try:
        return _match(app, url)
    except RequestRedirect as redirect:
        return (
            _matched(app, urljoin(url, redirect.new_url))
            if redirect.new_url != url
            else "redirects to itself"
        )
    except MethodNotAllowed:
        return "does not accept GET: users are redirected there"
    except HTTPException:
        return "is no page of this app"


def _match(app: Flask, url: str) -> Rule:
    parts = urlsplit(url)
    builder = EnvironBuilder(parts.path, base_url=f"{parts.scheme}://{parts.netloc}")
    adapter: Any = app.create_url_adapter(app.request_class(builder.get_environ()))
    rule: Rule = adapter.match(return_rule=True)[0]
    return rule


def _leads_back(app: Flask, page: str, back: str) -> bool:
    try:
        return bool(_match(app, back).endpoint == _match(app, page).endpoint)
    except HTTPException:
        return False


def _ignores_next(app: Flask, views: Iterable[Any]) -> bool:
    """Tell whether a login page redirects after signing in, and nothing in it names the page to come back to.

    A page that leaves signing in to another, or to a script, does not redirect; it is not judged.
    """
    functions = [function for view in views for function in _functions_of(view)]
    if any(is_of_a_library(function.__code__.co_filename) for function in functions):
        return False
    sources, is_whole = sources_of(functions)
    nodes = [node for source in sources for node in ast.walk(source.node)]
    names = {name for node in nodes for name in _names_in(node)}
    templates = [name for name in names if name.endswith((".html", ".jinja", ".j2"))]
    texts = [*names, *(_template(app, name) for name in templates)]
    return is_whole and "redirect" in names and not any(map(_NEXT.search, texts))


def _functions_of(view: Any) -> list[Any]:
    """List the functions of a view, which may be a class."""
    owner = getattr(view, "view_class", None)
    if owner is None:
        function = getattr(view, "__wrapped__", view)
        return [function] if hasattr(function, "__code__") else []
    methods = (getattr(owner, name, None) for name in ("get", "post", "dispatch_request"))
    return [method for method in methods if hasattr(method, "__code__")]


def _names_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _template(app: Flask, name: str) -> str:
    try:
        return app.jinja_env.loader.get_source(app.jinja_env, name)[0] if app.jinja_env.loader else ""
    except (TemplateError, OSError, UnicodeError):
        return ""


def _place_of(view: Any) -> Place:
    functions = _functions_of(view)
    return place_of(functions[0]) if functions else Place()
