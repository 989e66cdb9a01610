"""One custom message on its way through the handlers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import AccessTokenError, AccountLinkingRequired, failures
from ..injection.handler import Handler
from ..injection.users import LoadUser
from ..settings import LANGUAGES
from .objects import (
    Context,
    Event,
    EventRequest,
    Intent,
    IntentRequest,
    Message,
    Request,
    SessionInfo,
    is_skill_event,
)
from .session import Session

if TYPE_CHECKING:
    from ..injection.clock import Clock
    from ..telemetry.trace import Trace
    from ..user_data.turn import TurnData

_NO_INTENT = Intent()
_NO_EVENT = Event()
_NOT_LOADED: Any = object()


class Turn:
    """A message, and what its handlers have made of it so far.

    :param message: the verified message.
    :param default_lang: the language when the request names none that can be spoken.
    :param load_user: makes a user of an access token; None when the extension has no ``user_loader``.
    :param trace: notes how it goes; None where nobody watches.
    :ivar handler: the handler that was called last; None before the first one.
    :ivar clock: the time that it takes; None where it is not watched.
    :ivar data: the speaker's user data; None until a function asks for it.
    :ivar data_of: finds it; None where there is no store.
    """

    __slots__ = (
        "_load_user",
        "_user",
        "clock",
        "data",
        "data_of",
        "handler",
        "intent",
        "lang",
        "message",
        "request",
        "session",
        "trace",
    )

    def __init__(
        self, message: Message, default_lang: str, load_user: LoadUser | None, trace: Trace | None = None
    ) -> None:
        self.message = message
        self.request: Request = message.request
        info = message.session
        # Without a session it is whom the message is about, as for `user`.
        self.session = Session(SessionInfo(user=message.user) if info is None else info)
        lang = (message.request.locale or "")[:2].lower()
        self.lang = lang if lang in LANGUAGES else default_lang
        self.intent = message.request.intent if isinstance(message.request, IntentRequest) else _NO_INTENT
        self.handler: Handler | None = None
        self.clock: Clock | None = None
        self.data: TurnData | None = None
        self.data_of: Callable[[Turn], TurnData] | None = None
        self.trace = trace
        if trace is not None:
            trace.turn = self
        self._load_user = load_user
        self._user = _NOT_LOADED

    def renewed(self) -> Turn:
        """Start again, as though no handler had run; a user that is loaded stays so."""
        turn = Turn(self.message, self.lang, self._load_user)
        turn.handler, turn._user = self.handler, self._user
        turn.clock, turn.data, turn.data_of, turn.trace = self.clock, self.data, self.data_of, self.trace
        return turn

    def save(self, data: TurnData) -> None:
        """Save the user's data; where that fails, go back to the session as it came.

        The answer is not sent then, so the user is not in the dialog state that it leads to.
        """
        try:
            data.save()
        except failures():
            self.session = self.renewed().session
            raise

    @property
    def context(self) -> Context:
        """The message's ``context``."""
        return self.message.context

    @property
    def event(self) -> Event:
        """The request's event; an empty one when it has none."""
        return self.request.event if isinstance(self.request, EventRequest) else _NO_EVENT

    @property
    def is_skill_event(self) -> bool:
        """Whether the user has enabled or disabled the skill in an app, where nobody listens to an answer."""
        return is_skill_event(self.request)

    @property
    def payload(self) -> Mapping[str, Any]:
        """The event's payload."""
        return self.event.payload

    @property
    def user(self) -> Any:
        """The user, loaded once: what ``user_loader`` made of the token, or None.

        Without a loader it is the message's own :class:`User`.
        """
        if self._user is _NOT_LOADED:
            user = self.message.user
            if self._load_user is None:
                self._user = user
            else:
                self._user = self._loaded(user.access_token)
        return self._user

    def _loaded(self, token: str | None) -> Any:
        if not token or self._load_user is None:
            return None
        try:
            return self._load_user(token)
        except AccessTokenError:
            return None  # what a loader says of a token to Clova Home is the same as None here

    @property
    def required_user(self) -> Any:
        """The user.

        :raises AccountLinkingRequired: there is none.
        """
        user = self.user
        if user is None:
            raise AccountLinkingRequired
        return user
