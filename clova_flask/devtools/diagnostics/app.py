"""The check of the app around an extension: whether it lets messages through, and answers as they are.

A message is posted through the whole app, its middlewares, hooks and routes. In place of the endpoint stands
one that refuses it as a bad signature is refused, so that no handler runs and no key is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask, got_request_exception
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect, Rule
from werkzeug.test import EnvironBuilder

from ...endpoint import Endpoint
from ...errors import MalformedMessage, RequestRefused, SignatureError
from ...findings import Finding, Place
from ...health.conflicts import rules_beside
from ...injection.parameters import place_of
from ...runtime import Runtime
from ...security.signature import HEADER
from ...wire.http import HttpResponse
from ...wire.json import decode, encode
from ..simulator.address import HERE, Address, Where, address_of
from ..simulator.caller import Caller
from ..simulator.device import SimulatorError
from ..simulator.in_process import deliver_in_process
from ..simulator.refusals import cause_of, example_host
from ..simulator.requests import launch_request
from ..simulator.tracebacks import place_of_error
from .platform import check_address
from .quiet import quiet

_ENDPOINT_SAYS = "flask clova check posted this message with a bad signature."
_CODES = {401: "app.login", 404: "app.not-found", 405: "app.not-found"}
_MAX_HOOKS = 3


class _Refusing(Endpoint):
    """An endpoint that refuses every message, and keeps why the last one was.

    :ivar refused_with: why; None while no message has reached it.
    """

    def __init__(self) -> None:
        self.refused_with: RequestRefused | None = None

    def answer(self, body: bytes, signature: str | None) -> bytes:
        """Refuse a message, as a bad signature is refused."""
        self.refused_with = SignatureError(_ENDPOINT_SAYS)
        raise self.refused_with

    def refuse(self, error: RequestRefused) -> None:
        """Keep why a message cannot be read; no signal tells of it."""
        self.refused_with = error


def check_app(app: Flask, runtime: Runtime, where: Where = HERE) -> list[Finding]:
    """Check that an app lets messages through to an extension, by one with a bad signature.

    :param where: at which address; values of variables that the extension's does not have are passed over.
        Without a base URL the app is called where it demands to be: by https, or at a host that it trusts.
    """
    where = fitting(app, runtime, where)
    try:
        address = address_of(app, runtime, where)
        taken = _check_route(app, runtime, address)
        findings, response = ([taken], None) if taken else _check_way(app, runtime, address)
        elsewhere = _elsewhere(app, address, response) if findings and where.base_url is None else ""
        if elsewhere:  # what the app itself demands is what is registered
            address = address_of(app, runtime, Where(base_url=elsewhere, view_args=where.view_args))
            findings, _ = _check_way(app, runtime, address)
    except SimulatorError as problem:
        return [Finding("app.not-tried", f"The app around the extension was not tried. {problem}")]
    return [
        *check_address(where.base_url, runtime.settings.platform),
        *findings,
        *_check_health(app, runtime),
    ]


def fitting(app: Flask, runtime: Runtime, where: Where) -> Where:
    """Leave out values of variables that only the addresses of other extensions have."""
    rule = next(app.url_map.iter_rules(f"{runtime.name}.endpoint"))
    values = {name: value for name, value in where.view_args.items() if name in rule.arguments}
    return Where(base_url=where.base_url, view_args=values)


@contextmanager
def request_to(app: Flask, runtime: Runtime, where: Where, *, runs_hooks: bool) -> Iterator[None]:
    """Be in a request to an extension: what it calls may read ``flask.request``, as when a message comes in.

    :param runs_hooks: whether the app's own hooks have run, which may put things on ``flask.g``.
    """
    try:
        address = address_of(app, runtime, fitting(app, runtime, where))
        path, base_url = address.path, address.base_url
    except SimulatorError:  # its variables have no values, which is told
        path, base_url = "/", "http://localhost"
    with app.test_request_context(path, base_url=base_url, method="POST"):
        if runs_hooks:
            app.preprocess_request()
        yield


def _check_route(app: Flask, runtime: Runtime, address: Address) -> Finding | None:
    """Check that no other view of the app takes the extension's messages; it is not called."""
    try:
        matched = _matched(app, address.path, address.base_url)
    except HTTPException:
        return None  # what the app answers is told by the message that is posted
    if matched is None or matched.endpoint == f"{runtime.name}.endpoint":
        return None
    view = app.view_functions.get(matched.endpoint)
    message = (
        f"The app's own rule {matched.rule} takes the messages at {address.target.url}: the view "
        f"{matched.endpoint!r} is called. Give one of them another path, CLOVA_URL_PREFIX for the extension."
    )
    return Finding("app.shadowed", message, place_of(view) if view else Place())


def _check_health(app: Flask, runtime: Runtime) -> Iterator[Finding]:
    """Check that no rule of the app is where the extension's health is, which comes before it."""
    for rule in rules_beside(app, runtime) if runtime.settings.health else ():
        view = app.view_functions.get(rule.endpoint)
        message = (
            f"The app's own rule {rule.rule}, {rule.endpoint!r}, is never reached by GET: the health of the "
            f"extension {runtime.name!r} is there. Give one of them another path, or turn CLOVA_HEALTH off."
        )
        yield Finding("app.health-shadows", message, place_of(view) if view else Place())


def _matched(app: Flask, path: str, base_url: str) -> Rule | None:
    """Find the rule for a path; one that ends with a slash redirects there, and takes it."""
    builder = EnvironBuilder(path, base_url=base_url, method="POST")
    adapter = app.create_url_adapter(app.request_class(builder.get_environ()))
    if adapter is None:
        return None
    try:
        return adapter.match(return_rule=True)[0]
    except RequestRedirect:
        return adapter.match(f"{path}/", return_rule=True)[0]


def _elsewhere(app: Flask, address: Address, response: HttpResponse | None) -> str:
    """Return the base URL at which the app wants to be called instead; empty where it does not tell."""
    if response is None:
        return ""
    if 300 <= response.status_code < 400:
        there, here = urlsplit(urljoin(address.target.url, response.location)), urlsplit(address.target.url)
        root = address.base_url.removeprefix(f"{here.scheme}://{here.netloc}")
        return f"{there.scheme}://{there.netloc}{root}" if there.path == here.path else ""
    is_trusted = response.status_code != 400 or not app.config["TRUSTED_HOSTS"]
    return "" if is_trusted else f"https://{example_host(address.target)}"


def _check_way(app: Flask, runtime: Runtime, address: Address) -> tuple[list[Finding], HttpResponse | None]:
    """Post a message, and tell what has become of it.

    :return: what keeps it from the endpoint, and what the app answered; None where it raised.
    """
    caller = Caller(extension_id=next(iter(runtime.settings.extension_ids), "com.example.extension"))
    body = encode(caller.message(launch_request()))
    raised: list[Exception] = []
    response = None
    with _refusing(app, runtime) as endpoint, got_request_exception.connected_to(_keep_in(raised), app):
        try:
            response = deliver_in_process(app, address, body, {HEADER: "not base64"})
        except Exception as failure:  # noqa: BLE001 - whatever the app raises
            raised.append(failure)
    if raised or response is None:
        return [_failed(raised[0])], None
    error = endpoint.refused_with
    if error is None:
        return [_stopped(app, runtime, address, response)], response
    if not isinstance(error, SignatureError):
        message = f"The message reached the extension without its body, and so will CEK's: {error}"
        code = "app.body-read" if isinstance(error, MalformedMessage) else "app.refuses"
        return [Finding(code, message)], response
    return [] if _is_ours(response) else [_changed(response)], response


def _keep_in(raised: list[Exception]) -> Any:
    def keep(_sender: object, exception: Exception, **_extra: object) -> None:
        raised.append(exception)

    return keep


@contextmanager
def _refusing(app: Flask, runtime: Runtime) -> Iterator[_Refusing]:
    """Put an endpoint that refuses everything in place of the extension's, and keep the log quiet."""
    before, endpoint = runtime.endpoint, _Refusing()
    runtime.endpoint = endpoint
    try:
        with quiet(app):
            yield endpoint
    finally:
        runtime.endpoint = before


def _is_ours(response: HttpResponse) -> bool:
    if response.status_code != SignatureError.status:
        return False
    try:
        return bool(decode(response.body) == {"error": _ENDPOINT_SAYS})
    except MalformedMessage:
        return False


def _changed(response: HttpResponse) -> Finding:
    message = (
        f"The endpoint answered {SignatureError.status} with JSON, and the app made {response.status_code} "
        "and another body of it. Let the after_request hook or the errorhandler that does so leave the "
        "extension's answers as they are."
    )
    return Finding("app.changes-answer", message)


def _failed(error: Exception) -> Finding:
    message = f"The app raises {type(error).__name__} on the way of a message to the extension: {error}"
    return Finding("app.fails", message, place_of_error(error))


def _stopped(app: Flask, runtime: Runtime, address: Address, response: HttpResponse) -> Finding:
    status, target = response.status_code, address.target
    cause = cause_of(response, target) or (
        f"The app answers {status} at {target.url} before the message is read. Let what does so pass where "
        f"request.blueprint is {runtime.name!r}."
    )
    return Finding(_code_of(status, cause), cause + _hooks(app, runtime, status))


def _code_of(status: int, cause: str) -> str:
    if 300 <= status < 400:
        return "app.login" if "hook that redirects" in cause else "app.redirect"
    if "CSRF" in cause:
        return "app.csrf"
    return _CODES.get(status, "app.refuses")


def _hooks(app: Flask, runtime: Runtime, status: int) -> str:
    """Name the hooks of the app that may have answered, where they are few."""
    hooks = [hook for name in (None, runtime.name) for hook in app.before_request_funcs.get(name, ())]
    if status in (404, 405) or not 0 < len(hooks) <= _MAX_HOOKS:
        return ""
    return f" Hooks of the app: {', '.join(str(place_of(hook)) for hook in hooks)}."
