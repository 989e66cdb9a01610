"""What a review finds by messages without an access token, and with one that no account has."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from ...findings import Finding
from ...texts.templated import Templated
from ..simulator.reply import Reply, json_object
from ..simulator.wording import said
from .connection import TEST_TOKEN, Endpoint
from .unchecked import unchecked

MAX_ASKED = 20
"""Messages that are tried, each in three ways; an extension with more intents has one of them that tells."""

MAX_SECONDS = 120.0
"""How long messages are sent; what is left then is told."""

WORDS = (
    ("계정", "연동", "연결", "로그인", "링크"),
    ("アカウント", "連携", "ログイン", "サインイン", "リンク"),
    ("account", "link", "sign in", "log in"),
)
"""Words by which a user is told to link an account, in the platforms' languages and in English."""

Asked = tuple[str, Mapping[str, Any]]
"""A label, and a request."""


@dataclass(frozen=True, slots=True)
class _Answers:
    """How one message is answered.

    :ivar none: without a token.
    :ivar wrong: with one that no account has.
    :ivar valid: with a user's; None where none is known.
    """

    label: str
    none: Reply
    wrong: Reply
    valid: Reply | None

    @property
    def needs_account(self) -> bool | None:
        """Whether the answer depends on the account; None where that is not known."""
        return None if self.valid is None else _speech(self.none) != _speech(self.valid)


def review_tokens(
    endpoint: Endpoint, key: rsa.RSAPrivateKey, token: str | None, requests: Iterable[Asked]
) -> Iterator[Finding]:
    """Send messages without a token, with a wrong one, and with a user's where there is one.

    :param token: the user's; without one it is not known which answers need an account.
    :param requests: what is asked, the launch first.
    """
    ends = time.monotonic() + MAX_SECONDS
    is_told = False
    for _, (label, request) in zip(range(MAX_ASKED), requests, strict=False):
        if time.monotonic() > ends:
            text = Templated(
                "After %(seconds)s s no more was asked; %(label)s is the first that is left.",
                seconds=f"{MAX_SECONDS:g}",
                label=label,
            )
            yield unchecked("B10", text)
            break
        answers = _asked(endpoint, key, token, label, request)
        yield from _broken(answers)
        is_told = is_told or any(_tells(_speech(one)) for one in (answers.none, answers.wrong))
        if answers.needs_account:
            yield from _without_account(answers)
    if not is_told:
        text = Templated(
            "No answer tells the user to link an account, and so it is not known which handler needs one."
        )
        yield unchecked("B10", text if token is None else Templated("No answer here depends on the account."))


def _asked(
    endpoint: Endpoint, key: rsa.RSAPrivateKey, token: str | None, label: str, request: Mapping[str, Any]
) -> _Answers:
    sender = endpoint.sender(key)

    def send(access_token: str | None) -> Reply:
        caller = endpoint.caller(access_token=access_token)
        if request["type"] != "LaunchRequest":
            caller.session_id = str(uuid.uuid4())  # it is open
        return sender.send(caller.message(request))

    return _Answers(label, send(None), send(TEST_TOKEN), None if token is None else send(token))


def _broken(answers: _Answers) -> Iterator[Finding]:
    for how, reply in (
        (Templated("without an access token"), answers.none),
        (Templated("with a wrong one"), answers.wrong),
    ):
        if reply.status_code == 200 and _speech(reply):
            continue
        if answers.valid is not None and _speech(answers.valid) == _speech(reply):
            continue  # whoever is linked hears nothing either
        what = Templated("nothing that is said") if reply.status_code == 200 else f"HTTP {reply.status_code}"
        yield Finding(
            "review.token-breaks",
            Templated(
                "%(label)s %(how)s was answered with %(what)s.", label=answers.label, how=how, what=what
            ),
        )


def _without_account(answers: _Answers) -> Iterator[Finding]:
    if _speech(answers.wrong) and answers.valid and _speech(answers.wrong) == _speech(answers.valid):
        text = Templated(
            "%(label)s with a token that no account has was answered just as with a user's.",
            label=answers.label,
        )
        yield Finding("review.token-not-refused", text)
        return
    for how, reply in (
        (Templated("without an access token"), answers.none),
        (Templated("with a wrong one"), answers.wrong),
    ):
        speech = _speech(reply)
        if speech and not _tells(speech):
            text = Templated(
                "%(label)s %(how)s says %(speech)s, which does not tell to link an account.",
                label=answers.label,
                how=how,
                speech=repr(speech),
            )
            yield Finding("review.link-again", text)


def _speech(reply: Reply) -> str:
    response = json_object(json_object(reply.json).get("response"))
    return " ".join(map(str, said(response.get("outputSpeech"))))


def _tells(speech: str) -> bool:
    return any(word in speech.lower() for words in WORDS for word in words)
