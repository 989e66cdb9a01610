"""The sentences of an extension's default answers, by language."""

from __future__ import annotations

PHRASES: dict[str, dict[str, str]] = {
    "ko": {
        "unhandled": "아직은 할 수 없는 일이에요. 다른 것을 말씀해 주세요.",
        "failed": "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?",
        "slot_missing": "조금 더 자세히 말씀해 주시겠어요?",
        "slot_invalid": "그 부분은 알아듣지 못했어요. 다시 말씀해 주시겠어요?",
        "refused": "그건 할 수 없어요. 다른 것을 말씀해 주세요.",
        "not_found": "찾지 못했어요. 다른 것을 말씀해 주세요.",
        "busy": "지금은 할 수 없어요. 잠시 후에 다시 말씀해 주세요.",
        "account_linking": "먼저 계정을 연결해 주세요. 클로바 앱에서 연결할 수 있어요.",
    },
    "ja": {
        "unhandled": "それはまだできません。ほかのことを話してください。",
        "failed": "すみません、問題が起きました。もう一度お願いします。",
        "slot_missing": "もう少し詳しく教えてください。",
        "slot_invalid": "その部分がわかりませんでした。もう一度お願いします。",
        "refused": "それはできません。ほかのことを話してください。",
        "not_found": "見つかりませんでした。ほかのことを話してください。",
        "busy": "今はできません。少したってからもう一度お願いします。",
        "account_linking": "先にアカウントを連携してください。Clovaアプリで連携できます。",
    },
    "en": {
        "unhandled": "I can't do that yet. Please try something else.",
        "failed": "Sorry, something went wrong. Could you say that again?",
        "slot_missing": "Could you be a little more specific?",
        "slot_invalid": "I did not understand that part. Could you say it again?",
        "refused": "I can't do that. Please try something else.",
        "not_found": "I could not find that. Please try something else.",
        "busy": "I can't do that right now. Please try again in a moment.",
        "account_linking": "Please link your account first. You can do that in the Clova app.",
    },
}
"""The sentences by language and occasion."""


def phrase(occasion: str, lang: str) -> str:
    """Return the sentence for an occasion, in a language of :data:`PHRASES`."""
    return PHRASES[lang][occasion]
