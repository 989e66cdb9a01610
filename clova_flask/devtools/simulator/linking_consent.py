"""The consent page of an app, as a user answers it."""

from __future__ import annotations

from urllib.parse import urljoin

from .linking import LinkingClient
from .linking_account import told
from .linking_judge import without_query
from .linking_page import Form, words_of
from .linking_steps import LinkingError, Opened, Step

DECISIONS = ("allow", "refuse")


def consent(client: LinkingClient, opened: Opened, decision: str, *, by_page: bool) -> tuple[Step, str]:
    """Answer the consent page.

    :param decision: what the user presses, one of :data:`DECISIONS`.
    :param by_page: whether a user has signed in by the app's own page.
    :return: the step, and where the browser is sent.
    :raises LinkingError: there is no such page, or no redirect after it.
    """
    if without_query(opened.url) != client.registration.authorization_url:
        raise LinkingError(_why_elsewhere(client, opened, by_page=by_page), (opened,))
    if opened.got is None or opened.got.status != 200:
        said = "" if opened.got is None else words_of(opened.got.text)
        raise LinkingError(f"The app shows no consent page. {told(opened)} {said}".rstrip(), (opened,))
    form = _form_with_proof(opened, decision)
    pressed = client.press(opened, {**form.fields, "decision": decision}, form.action)
    back = "" if pressed.got is None else urljoin(form.action, pressed.got.location)
    if pressed.got is None or not pressed.got.location:
        status, said = (0, "") if pressed.got is None else (pressed.got.status, words_of(pressed.got.text))
        raise LinkingError(
            f"The app answered {status} when the consent page was answered, and no redirect. {said}".rstrip(),
            (opened, pressed),
        )
    if without_query(back) == without_query(form.action):
        raise LinkingError(
            "The app asks again, as it does when the field proof is not the one of its page. The app's own "
            "template "
            'clova_flask/consent.html must post it as it is: value="{{ proof }}".',
            (opened, pressed),
        )
    return pressed, back


def _why_elsewhere(client: LinkingClient, opened: Opened, *, by_page: bool) -> str:
    page = without_query(opened.url)
    host = client.registration.authorization_url.partition("://")[2].partition("/")[0]
    if by_page:
        return (
            f"Nobody is signed in: the app sent the browser to {page}. Sign in with this test client first, "
            "at the "
            f'host that the platform calls: client.post("…", base_url="https://{host}").'
        )
    return (
        f"The app sent the browser to {page} before its consent page. user= answers current_user_id alone, "
        "and a hook of the app demands its own login: sign in with a test client, and pass it as browser=."
    )


def _form_with_proof(opened: Opened, decision: str) -> Form:
    """Return the form of the consent page."""
    forms = [] if opened.page is None else opened.page.forms
    form = next((form for form in forms if "proof" in form.fields), None)
    if form is None or not form.fields["proof"]:
        raise LinkingError(
            "The consent page has no form with the field proof, so nobody can consent. The app's own "
            "template "
            'clova_flask/consent.html must post it: <input type="hidden" name="proof" value="{{ proof }}">.',
            (opened,),
        )
    if ("decision", decision) not in form.choices:
        raise LinkingError(
            f"The consent page has no button for {decision!r}. The app's own template "
            "clova_flask/consent.html must "
            f'have one: <button name="decision" value="{decision}">.',
            (opened,),
        )
    if form.method != "post":
        raise LinkingError(
            "The form of the consent page is sent by GET. The app's own template must say <form "
            'method="post">.',
            (opened,),
        )
    return form
