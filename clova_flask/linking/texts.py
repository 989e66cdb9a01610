"""The texts of the pages that users see."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import ConfigurationError, nearest

TEXTS: Mapping[str, Mapping[str, str]] = {
    "ko": {
        "title": "계정 연결",
        "question": "{client}에서 내 계정을 사용하도록 허용할까요?",
        "account": "로그인한 계정",
        "switch": "다른 계정으로 로그인",
        "scopes": "허용하는 항목",
        "linked": "이미 연결된 계정입니다. 앱에서 다시 연결하는 중일 때만 허용해 주세요.",
        "again": "페이지가 오래되었거나 로그인한 계정이 바뀌었습니다. 확인하고 다시 선택해 주세요.",
        "allow": "허용",
        "refuse": "취소",
        "after": "어느 쪽을 선택해도 앱으로 돌아갑니다.",
        "error": "계정을 연결할 수 없습니다",
        "error_help": "앱으로 돌아가 계정 연결을 처음부터 다시 시작해 주세요.",
        "error_again": "이 화면이 또 나오면 서비스 제공자에게 아래의 자세한 내용을 알려 주세요.",
        "error_details": "자세한 내용",
    },
    "ja": {
        "title": "アカウント連携",
        "question": "{client}に、アカウントの利用を許可しますか？",
        "account": "ログイン中のアカウント",
        "switch": "別のアカウントでログイン",
        "scopes": "許可する項目",
        "linked": "連携済みのアカウントです。アプリで連携をやり直すときだけ許可してください。",
        "again": "ページの有効期限が切れたか、アカウントが変わりました。確認して、もう一度お選びください。",
        "allow": "許可する",
        "refuse": "キャンセル",
        "after": "どちらを選んでもアプリに戻ります。",
        "error": "アカウントを連携できません",
        "error_help": "アプリに戻り、アカウント連携を最初からやり直してください。",
        "error_again": "もう一度この画面が表示されたら、下の詳細をサービスの提供元にお知らせください。",
        "error_details": "詳細",
    },
    "en": {
        "title": "Link your account",
        "question": "Allow {client} to use your account?",
        "account": "Signed in as",
        "switch": "Use another account",
        "scopes": "It may use",
        "linked": "This account is linked already. Allow it only when the app is linking it again.",
        "again": "The page was open for too long, or another account signed in. Check it, and choose again.",
        "allow": "Allow",
        "refuse": "Cancel",
        "after": "Either choice takes you back to the app.",
        "error": "Your account cannot be linked",
        "error_help": "Go back to the app, and start account linking again.",
        "error_again": "If you see this page again, send the details below to whoever runs this service.",
        "error_details": "Details",
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
