"""Codes of what keeps an account from being linked."""

from __future__ import annotations

from .linking_server_codes import SERVER_CODES
from .rows import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

STEP_CODES = (
    Code(
        "linking.http",
        _ERROR,
        "An address of account linking is not https. The platforms accept no other.",
        "Serve the app by https, and register https:// addresses.",
    ),
    Code(
        "linking.port",
        _WARNING,
        "An address of account linking has a port of its own. The consoles ask for 443.",
        "Serve it on port 443, by a proxy or a tunnel.",
    ),
    Code(
        "linking.scopes",
        _ERROR,
        "There are more scopes than the console has room for, 15.",
        "Ask for fewer.",
    ),
    Code(
        "linking.no-refresh",
        _WARNING,
        "There is no refresh token, or no address to use it at. When the access token has expired, the user "
        "has to link the account again.",
        "Return a refresh_token with the first access token, and register the refresh token URI.",
    ),
    Code(
        "linking.no-answer",
        _ERROR,
        "The server of account linking cannot be reached, or does not answer in time.",
        "Start it, and check the address and the port.",
    ),
    Code(
        "linking.page-status",
        _ERROR,
        "The authorization URL leads to no page.",
        "Read what the server answers. It has to know client_id and redirect_uri as they are registered.",
    ),
    Code(
        "linking.page-viewport",
        _WARNING,
        "A page that users see is not made for phones, and the platform's app shows it on one.",
        'Add <meta name="viewport" content="width=device-width, initial-scale=1">.',
    ),
    Code(
        "linking.page-pop-up",
        _ERROR,
        "A page that users see opens new windows. The guides forbid it: the platform's app has only one.",
        "Remove target=_blank and window.open; lead from page to page.",
    ),
    Code(
        "linking.page-size",
        _WARNING,
        "A page that users see is large for a phone.",
        "Make it smaller; the limit that is checked is 500 kB without images and scripts.",
    ),
    Code(
        "linking.page-framed",
        _WARNING,
        "A page that users see can be shown in a frame of another site, which makes them press its buttons.",
        "Send Content-Security-Policy: frame-ancestors 'none', or X-Frame-Options: DENY.",
    ),
    Code(
        "linking.page-blocked",
        _WARNING,
        "The policy of a page keeps out styles, scripts or images of the page itself.",
        "Let the policy allow them, or leave them out. Account linking's own pages bring their own policy: "
        "let what sets headers for the whole app leave it as it is.",
    ),
    Code(
        "linking.page-policy",
        _ERROR,
        "The policy of the consent page does not let its form be redirected to the platform. Chromium then "
        "stays on the page, without a word.",
        "Add the origin of the platform's redirect URL to form-action, or leave account linking its own "
        "policy.",
    ),
    Code(
        "linking.domains",
        _WARNING,
        "The pages load from other hosts, which the console wants to know, at most 15.",
        "Enter them in the list of domains, or serve what they have from your own host.",
    ),
    Code(
        "linking.returned-elsewhere",
        _ERROR,
        "The browser was sent to another address than the redirect_uri that was asked for.",
        "Redirect to the redirect_uri of the request, after checking that it is registered.",
    ),
    Code(
        "linking.state",
        _ERROR,
        "state did not come back as it was sent, so the platform cannot tell whose account was linked.",
        "Return it untouched, once, encoded for a query.",
    ),
    Code(
        "linking.no-code",
        _ERROR,
        "The redirect to the platform has no code, or not one.",
        "Add code to the query of the redirect_uri.",
    ),
    Code(
        "linking.redirect-token-type",
        _WARNING,
        "The redirect to the platform has no token_type=Bearer. The guides show it; whether it is missed is "
        "not known.",
        "Add token_type=Bearer to the query of the redirect_uri.",
    ),
    Code(
        "linking.token-status",
        _ERROR,
        "The token endpoint refused what it has to accept.",
        "Read its answer. It is called with the client's id and secret as the console has them, and with "
        "grant_type in the query.",
    ),
    Code(
        "linking.token-not-json",
        _ERROR,
        "The token endpoint answers with something else than a JSON object.",
        "Check that the address is the token endpoint, and that no proxy and no errorhandler answers for it.",
    ),
    Code(
        "linking.no-access-token",
        _ERROR,
        "The token endpoint returned no access token.",
        "Return access_token.",
    ),
    Code(
        "linking.token-type",
        _ERROR,
        "The token endpoint does not tell that the token is a bearer token.",
        "Return token_type: Bearer.",
    ),
    Code(
        "linking.expires-in",
        _WARNING,
        "The token endpoint does not tell when the access token expires, and the platform refreshes it by "
        "that.",
        "Return expires_in, a number of seconds.",
    ),
    Code(
        "linking.cacheable",
        _WARNING,
        "An answer with tokens may be kept by caches.",
        "Send Cache-Control: no-store.",
    ),
    Code(
        "linking.media-type",
        _WARNING,
        "An answer of the token endpoint does not say that it is JSON.",
        "Send Content-Type: application/json.",
    ),
    Code(
        "linking.wrong-code",
        _ERROR,
        "The token endpoint does not answer a wrong code with 400 and the JSON error invalid_grant: "
        "something stands in front of it, changes its answer, or it accepts any code.",
        "Let hooks, CSRF protection and errorhandlers leave the token endpoint alone.",
    ),
    Code(
        "linking.wrong-secret",
        _ERROR,
        "The token endpoint does not answer a wrong client secret with 401 and the JSON error "
        "invalid_client: whoever knows the client id might get tokens.",
        "Check the secret of the client before anything else of the call.",
    ),
    Code(
        "linking.used-code",
        _ERROR,
        "A code was redeemed a second time, or the second time was not answered with 400 and invalid_grant. "
        "Whoever reads a code in a log could get tokens.",
        "Let a code count once, and end the link when it comes again.",
    ),
    Code(
        "linking.revoked",
        _ERROR,
        "A refresh token that was revoked is not answered with 400 and invalid_grant.",
        "Let revocation end the link, with all of its tokens.",
    ),
    Code(
        "linking.redirect-unchecked",
        _ERROR,
        "The server redirects to a redirect_uri that is not registered: codes can be sent to anybody.",
        "Compare redirect_uri, whole, with those of the client, before anything else.",
    ),
    Code(
        "linking.state-expired",
        _WARNING,
        "Signing in and consenting took longer than state is valid at the platform, 5 minutes.",
        "Begin again. If it takes users that long, make the way to the consent page shorter.",
    ),
    Code(
        "linking.token-refused",
        _ERROR,
        "The extension refuses an access token that was issued a moment ago.",
        "Check that the endpoint and the token endpoint use the same store.",
    ),
    Code(
        "linking.token-accepted",
        _ERROR,
        "The extension accepts an access token that has expired, was revoked, or was never issued.",
        "Look the token up for each message, and check when it expires.",
    ),
)
"""What the steps of account linking find, with any server."""

LINKING_CODES = (*STEP_CODES, *SERVER_CODES)
