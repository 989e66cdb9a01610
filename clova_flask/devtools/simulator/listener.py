"""From what a user says to the request that CEK makes of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from ...errors import ClovaError
from ...injection.values import Slot
from ...texts.templated import Templated
from ..model.objects import InteractionModel
from .requests import intent_request, launch_request, session_ended_request


class SaidToClova(ClovaError):
    """Outside a session, something was said that names no extension: Clova herself would answer it."""


class FilledSlot(Protocol):
    """A slot that was understood."""

    @property
    def value(self) -> str | None:
        """Its value as CEK sends it."""

    @property
    def unit(self) -> str | None:
        """The unit, or None."""

    @property
    def value_type(self) -> str | None:
        """The kind of date or time, or None."""


class Understanding(Protocol):
    """What an utterance was understood as."""

    @property
    def intent(self) -> str:
        """The intent."""

    @property
    def slots(self) -> Mapping[str, FilledSlot]:
        """The slots by name."""

    @property
    def why(self) -> str:
        """Why it was understood as that."""


class Understands(Protocol):
    """An understander: it makes intents of utterances."""

    def understand(
        self, utterance: str, *, now: datetime | None = None, asked: str | None = None
    ) -> Understanding:
        """Understand an utterance, by what the extension has asked for where it has."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The request that CEK makes of an utterance.

    :ivar request: the ``request`` of the message.
    :ivar starts: whether it begins a session of its own.
    :ivar why: an explanation for the developer.
    """

    request: dict[str, Any]
    starts: bool
    why: str

    @property
    def ends(self) -> bool:
        """Whether the user ends the session with it."""
        return self.request == session_ended_request()


# How a user starts and stops an extension; what follows a name is what they want of it.
_START = {
    "ko": (
        r"(?:을|를|이|가)?\s*(?:좀\s*)?(?:시작|실행|열어|켜|불러|틀어)"
        r"(?:\s*(?:해|하|할|줘|줄|주|시켜)\S{0,4}){0,3}"
    ),
    "ja": (
        r"\s*(?:を|と|に|が)?\s*(?:(?:起動|開始|スタート|オープン|再生)(?:し(?:て|たい)|する|させて)?|"
        r"(?:開|ひら)(?:いて|く|け|きたい)|(?:はじ|始)め(?:て|る|たい|よう)|(?:つけ|付け|点け|かけ)(?:て|る)|"
        r"(?:流し|ながし|立ち上げ|たちあげ|呼び出し|オンにし)て|(?:聞き|聴き|使い|話し)たい|"
        r"(?:聞か|聴か)せて|(?:呼ん|よん|つない|繋い)で|(?:つなげ|繋げ)て)"
        r"(?:ください|下さい|くれ|くれる|ちょうだい|ほしい|欲しい|です|よ|ね)*"
    ),
    "en": r"(?:,)?\s*(?:please)?",
}
_WAKE = {
    "ko": r"(?:(?:헤이\s*)?클로바(?:야)?[\s,]*)?",
    "ja": r"(?:ね[ぇえー]*[\s、,]*)?(?:(?:clova|クローバ)[\s、,]*)?",
    "en": r"(?:(?:hey\s+)?clova[\s,]*)?",
}
_BEFORE = {
    "ko": _WAKE["ko"],
    "ja": _WAKE["ja"],
    "en": _WAKE["en"] + r"(?:open|start|launch|talk to|ask)\s+",
}
_TO = {
    "ko": r"(?:에게|한테|에서|에|로|으로|아|야)\s*",
    "ja": r"\s*(?:に|で|から|を使って|、)\s*",
    "en": r"(?:,|\s+to|\s+for|\s+and)?\s+",
}
_STOP = {
    "ko": (
        r"(?:이제\s*)?(?:그만|종료|끝내|나가|나갈)"
        r"(?:\s*(?:할래|할게|해|하자|줘|주세요|줄래|둘게|둬|자|요|래|게)){0,3}"
    ),
    "ja": (
        r"(?:もう)?(?:終了|終わり|終わる|おわり|やめる|閉じて)"
        r"(?:し|て|に|で|ます|ください|下さい|する|いい|です|ね|よ){0,4}"
    ),
    "en": r"(?:stop|exit|quit|goodbye)(?:\s+please)?",
}
_CALLS = {
    "ko": ("{0} 시작해 줘", "{0}에게 {1}"),
    "ja": ("{0}を開いて", "{0}で{1}"),
    "en": ("open {0}", "ask {0} to {1}"),
}
_END = r"[\s.!?。！？,、~]*"


class Hears(Protocol):
    """A listener: it makes requests of utterances."""

    def hear(
        self, utterance: str, *, in_session: bool, now: datetime | None = None, asked: str | None = None
    ) -> Heard:
        """Make a request of an utterance, as :meth:`Listener.hear` does."""


class Listener:
    """Understands what a user says as an intent of the extension, its start, or the end of the session.

    :param model: the interaction model.
    :param understander: makes intents of utterances.
    :ivar language: the language in which it listens.
    """

    def __init__(self, model: InteractionModel, understander: Understands) -> None:
        self.language = model.language
        self._understander = understander
        language = model.language if model.language in _START else "en"
        named = [name for name in model.invocation_names if name.strip()]
        names = "|".join(_spaced(name) for name in sorted(named, key=len, reverse=True))
        before = _BEFORE[language]
        self._launch = _pattern(f"{before}(?:{names}){_START[language]}") if names else None
        self._name = _pattern(f"(?:{names})") if names else None
        self._one_shot = _pattern(f"{before}(?:{names}){_TO[language]}(?P<rest>.+)") if names else None
        self._stop = _pattern(_STOP[language])
        self._calls = _CALLS[language]
        self._first_name = named[0] if named else ""

    def hear(
        self,
        utterance: str,
        *,
        in_session: bool,
        now: datetime | None = None,
        asked: str | None = None,
    ) -> Heard:
        """Make a request of an utterance.

        :param in_session: whether a session is open.
        :param now: the time it is said at; None is the real time.
        :param asked: the slot that the extension has asked for.
        :raises SaidToClova: no session is open, and it has none of the model's invocation names. Of a model
            without such names, everything is taken as said to the extension.
        """
        text = unicodedata.normalize("NFC", utterance).strip()
        if in_session and self._stop.fullmatch(text):
            return Heard(session_ended_request(), False, Templated("The user ends the session."))
        if self._matches(self._launch, text) or (not in_session and self._matches(self._name, text)):
            return Heard(launch_request(), True, Templated("The user calls the extension by its name."))
        one_shot = self._one_shot.fullmatch(text) if self._one_shot else None
        if one_shot:
            return self._intent(one_shot["rest"], now, starts=True)
        if not in_session and self._first_name:
            launch, ask = (call.format(self._first_name, text) for call in self._calls)
            raise SaidToClova(
                Templated(
                    "Nothing was sent: outside a session the user would be talking to Clova herself. "
                    "Name the extension: %(launch)s, or %(ask)s. Or launch it first.",
                    launch=launch,
                    ask=ask,
                )
            )
        return self._intent(text, now, asked, starts=not in_session)

    def _matches(self, pattern: re.Pattern[str] | None, text: str) -> bool:
        return pattern is not None and pattern.fullmatch(text) is not None

    def _intent(self, text: str, now: datetime | None, asked: str | None = None, *, starts: bool) -> Heard:
        if asked is None:
            understood = self._understander.understand(text, now=now)
        else:
            understood = self._understander.understand(text, now=now, asked=asked)
        slots = {
            name: Slot(name, filled.value, filled.unit, filled.value_type)
            for name, filled in understood.slots.items()
        }
        return Heard(intent_request(understood.intent, slots), starts, understood.why)


def _spaced(name: str) -> str:
    """Match a name however it is spaced."""
    composed = unicodedata.normalize("NFC", name)
    return r"\s*".join(re.escape(char) for char in composed if not char.isspace())


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(f"(?:{text}){_END}", re.IGNORECASE | re.DOTALL)
