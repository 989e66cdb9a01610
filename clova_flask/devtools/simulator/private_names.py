"""Which fields hold what is private, by their names.

The names are matched broadly: a recording that lacks a harmless value can still be read, a token in it cannot
be called back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_PARTS = {
    "user": "userid",
    "device": "deviceid",
    "session": "sessionid",
    "token": "token authorization authorisation authentication authheader bearer cookie jwt oauth csrf xsrf "
    "토큰 トークン",
    "secret": "secret password passwd passphrase passcode credential apikey accesskey privatekey secretkey "
    "signingkey encryptionkey signature authcode authkey pincode onetime 비밀번호 암호 인증번호 "
    "パスワード 暗証番号 認証コード",
    "email": "email mailaddress 이메일 メールアドレス",
    "phone": "phonenumber telephone mobilenumber cellphone 전화번호 휴대폰 電話番号",
}
"""What the name of a private field has in it, letters only, by what the field tells."""

_WORDS = {
    "token": "auth tokens",
    "secret": "pwd pw pass otp totp pin sig hmac",
    "email": "mail mails",
    "phone": "phone phones tel mobile msisdn",
    "session": "sid",
    "user": "uid",
}
"""Short names, which are private as a whole word only: ``pin`` is, ``spinning`` is not."""

_KIND_OF_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_KIND_OF_PART = [(part, kind) for kind, parts in _PARTS.items() for part in parts.split()]

_AMONG_OWN = frozenset({"sessionAttributes", "additionalApplianceDetails", "customData"})
"""Fields whose content is the developer's: a ``token`` in them is a credential."""

_OF_PLAYBACK = frozenset({"AudioPlayer", "event", "outputSpeech", "reprompt", "directives"})
"""Parts of the protocol in which ``token`` names a stream, an item of the player, or a piece of speech."""


class Place(tuple[bool, bool]):
    """Where in a message a field is: among the developer's own fields, in a part about playback."""

    __slots__ = ()

    def inside(self, key: str) -> Place:
        """Return the place of what a field holds."""
        is_own, is_playback = self
        return Place((is_own or key in _AMONG_OWN, is_playback or key in _OF_PLAYBACK))


TOP = Place((False, False))
"""The top of a message."""


def kind_of(key: str, place: Place) -> str | None:
    """Tell what a field holds that is private: ``token``, ``user``…; None for what is not.

    :param key: the name of the field.
    :param place: where the field is.
    """
    is_own, is_playback = place
    if key == "token" and is_playback and not is_own:
        return None
    return _kind_of_name(key)


@lru_cache(maxsize=4096)
def _kind_of_name(key: str) -> str | None:
    words = [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+", key)]
    letters = "".join(words)
    for part, kind in _KIND_OF_PART:
        if part in letters:
            return kind
    return next((_KIND_OF_WORD[word] for word in words if word in _KIND_OF_WORD), None)


def slot_values(message: object) -> Mapping[str, object]:
    """Return the slots of a message by name; none for a message without an intent."""
    match message:
        case {"request": {"intent": {"slots": dict() as slots}}}:
            return slots
    return {}
