"""Codes of what keeps messages of CEK from the extension in the app around it."""

from __future__ import annotations

from .rows import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

APP_CODES = (
    Code(
        "app.csrf",
        _ERROR,
        "The app asks the messages of CEK for a CSRF token, which CEK does not send. Each is refused.",
        'Exempt the extension: csrf.exempt(app.blueprints["clova"]), after init_app.',
    ),
    Code(
        "app.login",
        _ERROR,
        "The app demands a login of CEK, by a redirect or by 401, and CEK brings only its signature.",
        "Let the hook that demands it pass where request.blueprint is the extension's name.",
    ),
    Code(
        "app.redirect",
        _ERROR,
        "The app redirects the messages of CEK to https or another host, and CEK does not follow redirects.",
        "Register the URL that the app redirects to. To check it, pass --base-url https://voice.example.com.",
    ),
    Code(
        "app.not-found",
        _ERROR,
        "The app answers messages of CEK with 404 or 405: no rule matches the address of the extension, or a "
        "hook answers so.",
        "Compare the address with what flask clova handlers shows.",
    ),
    Code(
        "app.port",
        _WARNING,
        "The platform does not call extensions at this address: it calls 443 (https), NAVER also 80 while an "
        "extension is tested.",
        "Serve the extension on port 443, by a proxy or a tunnel, and register that URL.",
    ),
    Code(
        "app.shadowed",
        _ERROR,
        "Another view of the app takes the messages of CEK, since its rule matches the address as well.",
        "Give the view or the extension another path.",
    ),
    Code(
        "app.health-shadows",
        _ERROR,
        "The app has a rule of its own where the health of the extension is, and one of the two is never "
        "reached.",
        "Give the rule or the extension another path, or turn CLOVA_HEALTH off.",
    ),
    Code(
        "app.refuses",
        _ERROR,
        "The app refuses the messages of CEK before the extension has them, or answers in its place.",
        "Let what does so pass where request.blueprint is the extension's name.",
    ),
    Code(
        "app.fails",
        _ERROR,
        "A hook or a middleware of the app raises an exception on the way of a message to the extension.",
        "Fix it, or let it pass where request.blueprint is the extension's name.",
    ),
    Code(
        "app.body-read",
        _ERROR,
        "A hook or a middleware of the app reads the body of a message and leaves nothing for the endpoint.",
        "A hook must read it by request.get_data(); a middleware must put it back as environ['wsgi.input'].",
    ),
    Code(
        "app.changes-answer",
        _ERROR,
        "The app changes what the endpoint answers, its status or its JSON.",
        "Let the hook or errorhandler leave answers as they are where request.blueprint is the extension's.",
    ),
    Code(
        "app.not-tried",
        _WARNING,
        "The address of the extension has variables that check has no values for, so the app around the "
        "extension was not tried.",
        "Pass values: flask clova check --view-arg tenant=seoul.",
    ),
)
