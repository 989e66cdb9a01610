"""The sentences of an extension's default answers, by language, and those that an extension says instead.

Nothing of this is loaded before one is said or replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping

from ..errors import RegistrationError, nearest
from .speech import AnySpeech, require_words

PHRASES: dict[str, dict[str, str]] = {
    "ko": {
        "unhandled": "아직은 할 수 없는 일이에요. 다른 것을 말씀해 주세요.",
        "failed": "죄송해요, 문제가 생겼어요. 다시 말씀해 주시겠어요?",
        "slot_missing": "조금 더 자세히 말씀해 주시겠어요?",
        "slot_invalid": "그 부분은 알아듣지 못했어요. 다시 말씀해 주시겠어요?",
        "refused": "그건 할 수 없어요. 다른 것을 말씀해 주세요.",
        "not_found": "찾지 못했어요. 다른 것을 말씀해 주세요.",
        "busy": "지금은 할 수 없어요. 잠시 후에 다시 말씀해 주세요.",
        "timeout": "시간이 오래 걸리고 있어요. 잠시 후에 다시 말씀해 주세요.",
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
        "timeout": "時間がかかっています。少したってからもう一度お願いします。",
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
        "timeout": "This is taking too long. Please try again in a moment.",
        "account_linking": "Please link your account first. You can do that in the Clova app.",
    },
}
"""The sentences by language and occasion."""


Replaced = dict[tuple[str, str], AnySpeech]
"""What is said instead, by language and occasion."""


def phrase(occasion: str, lang: str, replaced: Mapping[tuple[str, str], AnySpeech]) -> AnySpeech:
    """Return what is said on an occasion, in a language of :data:`PHRASES`.

    :param replaced: what the extension says instead.
    """
    return replaced.get((lang, occasion)) or PHRASES[lang][occasion]


class Phrases(Mapping[str, "Sentences"]):
    """The sentences of an extension's default answers: by language, and then by occasion.

    A language is ``ko``, ``ja`` or ``en``. :class:`Sentences` lists the occasions.

    :param replaced: where what is said instead is kept.
    :param why_closed: returns why nothing can be replaced any more, as a sentence; empty while it can.
    """

    def __init__(self, replaced: Replaced, why_closed: Callable[[], str]) -> None:
        self._replaced = replaced
        self._why_closed = why_closed

    def __getitem__(self, lang: str) -> Sentences:
        if lang not in PHRASES:
            hint = nearest(lang, PHRASES, or_list=True)
            raise RegistrationError(f"clova.phrases: {lang!r} is not a language of Clova.{hint}")
        return Sentences(lang, self._replaced, self._why_closed)

    def __setitem__(self, lang: str, sentences: Mapping[str, AnySpeech]) -> None:
        """Replace the sentences of some occasions."""
        self[lang].update(sentences)

    def __contains__(self, lang: object) -> bool:
        return lang in PHRASES

    def __iter__(self) -> Iterator[str]:
        return iter(PHRASES)

    def __len__(self) -> int:
        return len(PHRASES)


class Sentences(MutableMapping[str, AnySpeech]):
    """The sentences of one language by occasion: read, replace, or delete one to have the first again.

    ================= ==============================================================================
    occasion          when it is said
    ================= ==============================================================================
    unhandled         no handler for what the user said
    failed            the apology: a handler raised an exception that nothing answers
    slot_missing      a slot that a handler needs is missing; ``prompts=`` has words for one slot
    slot_invalid      a slot has a value that the parameter's annotation refuses
    account_linking   a handler needs a user, and no account is linked; ``abort(401)``
    refused           ``abort()`` with any other status
    not_found         ``abort(404)`` and ``abort(410)``
    busy              ``abort(429)`` and ``abort(503)``
    timeout           an async function was cancelled after ``CLOVA_HANDLER_TIMEOUT``
    ================= ==============================================================================

    A sentence is text, or whatever else can be spoken: :class:`~clova_flask.Speech`,
    :class:`~clova_flask.AudioURL`, a list of them.
    """

    def __init__(self, lang: str, replaced: Replaced, why_closed: Callable[[], str]) -> None:
        self._lang = lang
        self._replaced = replaced
        self._why_closed = why_closed

    def __getitem__(self, occasion: str) -> AnySpeech:
        return phrase(self._known(occasion), self._lang, self._replaced)

    def __setitem__(self, occasion: str, speech: AnySpeech) -> None:
        key = (self._lang, self._known(occasion))
        known = self._replaced.get(key)
        if known is speech or (isinstance(speech, str) and known == speech):
            return  # a factory may do so for each app of an extension that they share
        self._require_open(occasion)
        try:
            require_words(f"clova.phrases[{self._lang!r}][{occasion!r}]", speech)
        except TypeError as error:
            raise RegistrationError(str(error)) from None
        self._replaced[key] = speech

    def __delitem__(self, occasion: str) -> None:
        key = (self._lang, self._known(occasion))
        self._require_open(occasion)
        self._replaced.pop(key, None)

    def __contains__(self, occasion: object) -> bool:
        return occasion in PHRASES[self._lang]

    def __iter__(self) -> Iterator[str]:
        return iter(PHRASES[self._lang])

    def __len__(self) -> int:
        return len(PHRASES[self._lang])

    def _known(self, occasion: str) -> str:
        known = PHRASES[self._lang]
        if occasion not in known:
            hint = nearest(occasion, known, or_list=True)
            raise RegistrationError(f"clova.phrases: there is no sentence {occasion!r}.{hint}")
        return occasion

    def _require_open(self, occasion: str) -> None:
        closed = self._why_closed()
        if closed:
            raise RegistrationError(
                f"clova.phrases: {occasion!r} cannot be replaced any more: {closed} Replace it where the "
                "handlers are registered."
            )
