"""Codes of what keeps an app with account linking from linking accounts."""

from __future__ import annotations

from .rows import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

SERVER_CODES = (
    Code(
        "linking.undeclared",
        _ERROR,
        "Account linking does not know who is signed in, or whom an access token stands for.",
        "Declare both functions, @linking.current_user_id and @linking.load_user.",
    ),
    Code(
        "linking.no-database",
        _ERROR,
        "The database of account linking cannot be opened.",
        "Check that it is up, and that CLOVA_LINKING_DATABASE_URL, or the app's engine, is right.",
    ),
    Code(
        "linking.no-tables",
        _ERROR,
        "The tables of account linking are missing, or are those of an older version. Only in debug and "
        "testing are they made at first use.",
        "Run flask clova db upgrade when you deploy.",
    ),
    Code(
        "linking.no-client",
        _WARNING,
        "No client is registered, so the platform cannot link accounts. A client that a test or flask clova "
        "talk made for itself does not count.",
        "Run flask clova linking client, and enter what it prints in the console.",
    ),
    Code(
        "linking.redirect-missing",
        _ERROR,
        "A client has none of the redirect URLs of the extension's platform: CLOVA_PLATFORM was another when "
        "it was made.",
        "Make another client, flask clova linking client, and enter it in the console.",
    ),
    Code(
        "linking.redirect-spelling",
        _WARNING,
        "A client has the platform's redirect URL in one spelling of two. The guides show it with and "
        "without a slash at its end, and it is compared whole.",
        "Make another client, flask clova linking client, which has both.",
    ),
    Code(
        "linking.redirect-foreign",
        _WARNING,
        "Codes of a client may be sent to an address that is not the platform's.",
        "Make a client without it for the platform, and keep one with it for your tool.",
    ),
    Code(
        "linking.redirect-http",
        _WARNING,
        "Codes of a client may be sent to an address that is not https.",
        "Use such a client on your own machine only.",
    ),
    Code(
        "linking.secret-key",
        _WARNING,
        "SECRET_KEY is short, or a sample that everybody knows. With it, sessions and the consent page can "
        "be forged.",
        "Set a random value that all workers share: python -c 'import secrets; print(secrets.token_hex())'.",
    ),
    Code(
        "linking.cookie-samesite",
        _WARNING,
        "The session cookie is not sent when a browser comes from the platform's app.",
        'Set SESSION_COOKIE_SAMESITE = "Lax".',
    ),
    Code(
        "linking.cookie-secure",
        _WARNING,
        "The session cookie, which tells who is signed in, is sent without encryption too.",
        "Set SESSION_COOKIE_SECURE = True.",
    ),
    Code(
        "linking.proxy",
        _WARNING,
        "Behind a proxy that ends TLS the app sees http, and refuses each call: OAuth 2.0 needs https. That "
        "is so unless the server in front of the app reads X-Forwarded-Proto itself, as gunicorn does of a "
        "proxy on the same machine.",
        "Wrap the app: app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1).",
    ),
    Code(
        "linking.login-view",
        _ERROR,
        "Users who are not signed in are sent to no login page.",
        "Set CLOVA_LINKING_LOGIN_VIEW to its endpoint or path; it must accept GET.",
    ),
    Code(
        "linking.login-elsewhere",
        _ERROR,
        "The login page is at another host than the extension, and next is a path, which leads back to that "
        "host.",
        "Serve a login page at the extension's host, or put the extension on the host of the login page.",
    ),
    Code(
        "linking.next-ignored",
        _WARNING,
        "After signing in, users are not sent back to account linking, and have to begin again in the app.",
        "Return redirect(next_url()) at the end of the login view; next_url is in clova_flask.linking. A "
        "hook that demands a login must pass on the address, as Flask-Login does.",
    ),
    Code(
        "linking.policy-replaced",
        _WARNING,
        "The app replaces the policy of the consent page, which keeps it out of frames and lets its form go "
        "to the platform alone.",
        "Let what sets headers for the whole app leave headers that are there, or leave out this page.",
    ),
    Code(
        "linking.fails",
        _ERROR,
        "An account was linked in this process, to try it, and it did not work.",
        "Fix what the message tells. Neither the app's store nor its functions for accounts were used.",
    ),
)
"""What ``flask clova check`` finds in an app with account linking, besides."""
