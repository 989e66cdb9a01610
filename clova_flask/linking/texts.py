"""The texts of the pages that users see."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import ConfigurationError, nearest

TEXTS: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "title": "계정 연결",
        "question": "{client}에서 내 계정을 사용하도록 허용할까요?",
        "scopes": "허용하는 항목",
        "allow": "허용",
        "refuse": "취소",
        "again": "페이지가 오래되었습니다. 다시 선택해 주세요.",
        "error": "계정을 연결할 수 없습니다",
        "error_help": "앱에서 계정 연결을 다시 시작해 주세요.",
    },
    "ja": {
        "title": "アカウント連携",
        "question": "{client}によるアカウントの利用を許可しますか？",
        "scopes": "許可する項目",
        "allow": "許可する",
        "refuse": "キャンセル",
        "again": "ページの有効期限が切れました。もう一度お選びください。",
        "error": "アカウントを連携できません",
        "error_help": "アプリからアカウント連携をやり直してください。",
    },
    "en": {
        "title": "Link your account",
        "question": "Allow {client} to use your account?",
        "scopes": "It may use",
        "allow": "Allow",
        "refuse": "Cancel",
        "again": "This page was open for too long. Please choose again.",
        "error": "Your account cannot be linked",
        "error_help": "Please start account linking again in the app.",
    },
}

Texts = Mapping[str, Mapping[str, str]]


def merged(texts: Texts | None) -> Texts:
    """Return the texts with the app's own in their places.

    :param texts: by language, then by name: ``{"ko": {"title": "피자 계정 연결"}}``.
    :raises ConfigurationError: a language or a name is not known.
    """
    own = texts or {}
    for language, named in own.items():
        if language not in TEXTS:
            raise _unknown(language, TEXTS)
        for name in named:
            if name not in TEXTS[language]:
                raise _unknown(name, TEXTS[language])
    return {language: {**named, **own.get(language, {})} for language, named in TEXTS.items()}


def _unknown(name: str, known: Mapping[str, object]) -> ConfigurationError:
    hint = nearest(name, known, or_list=True)
    return ConfigurationError(f"{name!r} is not known in the texts of AccountLinking.{hint}")
