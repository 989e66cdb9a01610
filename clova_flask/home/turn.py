"""A Clova Home request on its way through the handlers, and how they are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import AccessTokenError, AccountLinkingRequired, AnswerError, type_name
from ..injection.calling import describe_awaitable
from ..injection.user_data import data_of
from ..injection.users import LoadUser, User
from .appliances import Appliance
from .binding import HomeHandler
from .errors import InvalidAccessTokenError, UnsupportedOperationError
from .interfaces import Interface
from .messages import HomeRequest
from .objects import Scene
from .registry import HomeRegistry

if TYPE_CHECKING:
    from ..injection.clock import Clock
    from ..telemetry.trace import Trace
    from ..user_data.turn import TurnData

_NOT_LOADED: Any = object()


class HomeTurn:
    """A Clova Home request on its way through the handlers; its attributes are what handlers may have.

    :param load_user: makes a user of an access token; None when the extension has no ``user_loader``.
    :param trace: notes how it goes; None where nobody watches.
    :ivar row: the row of the interface table; None when there is none.
    :ivar interface: the action's name.
    :ivar access_token: None where the request has none.
    :ivar appliance_id: the id of the appliance that it is about.
    :ivar handler: the handler that was called last; None before the first one.
    :ivar clock: the time that it takes; None where it is not watched.
    :ivar data: the user's data; None until a function asks for it.
    :ivar data_of: finds it; None where there is no store.
    :ivar values: the payload's fields, unwrapped, by their names on the wire.
    """

    __slots__ = (
        "_load_user",
        "_user",
        "access_token",
        "appliance",
        "appliance_id",
        "clock",
        "data",
        "data_of",
        "handler",
        "interface",
        "request",
        "row",
        "scene",
        "trace",
        "values",
    )

    def __init__(
        self,
        request: HomeRequest,
        row: Interface | None,
        load_user: LoadUser | None,
        trace: Trace | None = None,
    ) -> None:
        self.request = request
        self.row = row
        self.interface = request.name.removesuffix("Request") if row is None else row.name
        self.access_token = request.access_token
        self.trace = trace
        if trace is not None:
            trace.turn = self
        self._load_user = load_user
        self._user: Any = _NOT_LOADED
        self.appliance: Appliance | None = None
        self.appliance_id = request.appliance_id
        self.handler: HomeHandler | None = None
        self.clock: Clock | None = None
        self.data: TurnData | None = None
        self.data_of: Callable[[HomeTurn], TurnData] | None = None
        self.values: dict[str, Any] = {}
        self.scene: Scene | None = None

    @property
    def message(self) -> HomeRequest:
        """The request; a custom message has one in it."""
        return self.request

    @property
    def user(self) -> Any:
        """The user, loaded once: what ``user_loader`` made of the token, or None."""
        if self._user is _NOT_LOADED:
            self._user = self._loaded()
        user = self._user
        return None if isinstance(user, AccessTokenError) else user

    @property
    def required_user(self) -> Any:
        """The user.

        :raises AccessTokenError: there is none.
        """
        self.require_user()
        return self._user

    def require_user(self) -> None:
        """Require that there is a user: whom nobody knows reaches no handler.

        :raises AccessTokenError: there is none.
        """
        if self._user is _NOT_LOADED:
            self._user = self._loaded()
        if self._user is None:
            raise InvalidAccessTokenError("The user_loader found no user for the access token.")
        if isinstance(self._user, AccessTokenError):
            raise self._user

    def _loaded(self) -> Any:
        """Load the user, or return why there is none."""
        token = self.access_token
        if token is None:
            return InvalidAccessTokenError("The request has no access token.")
        if self._load_user is None:
            return User(access_token=token)
        try:
            return self._load_user(token)
        except AccountLinkingRequired:
            return None
        except AccessTokenError as error:
            return error

    def asking(self, row: Interface) -> HomeTurn:
        """Ask another thing of the same appliance, as ``GetDeviceState`` does."""
        turn = HomeTurn(self.request, row, self._load_user)
        turn._user, turn.appliance = self._user, self.appliance
        turn.clock = self.clock
        turn.data_of = None if self.data_of is None else self._same_data
        return turn

    def _same_data(self, _asking: HomeTurn) -> TurnData:
        data: TurnData = data_of(self)
        return data

    @property
    def session(self) -> Any:
        """Raise an error: a Clova Home request has no session.

        :raises RuntimeError: always.
        """
        raise RuntimeError("A Clova Home request has no session and no context.")

    context = session

    @property
    def scene_id(self) -> str | None:
        """The id of the scene to act out."""
        return self.scene.id if self.scene else None


class Caller:
    """Calls handlers.

    :param registry: what the extension has declared.
    :param ensure_sync: makes an ``async def`` handler callable, ``app.ensure_sync``.
    """

    def __init__(
        self, registry: HomeRegistry, ensure_sync: Callable[[Callable[..., Any]], Callable[..., Any]]
    ) -> None:
        self._single = registry.single
        self._ensure_sync = ensure_sync

    def call(self, handler: HomeHandler, turn: HomeTurn, subject: Any = None) -> Any:
        """Call a handler with what its parameters ask for.

        :param subject: the error or the reply that it is about.
        """
        turn.handler = handler
        arguments = {name: resolve(turn) for name, resolve in handler.resolvers}
        if handler.subject is not None:
            arguments[handler.subject] = subject
        if turn.clock is not None:
            turn.clock.mark(handler.function)
        function = self._ensure_sync(handler.called) if handler.is_async else handler.called
        return function(turn.appliance, **arguments) if handler.owner else function(**arguments)

    def single(self, key: str, turn: HomeTurn) -> Any:
        """Call the function that is declared under a key, ``load``.

        :raises UnsupportedOperationError: there is none.
        """
        handler = self._single.get(key)
        if handler is None:
            raise UnsupportedOperationError(f"There is no function under @clova.home.{key}.")
        return self.call(handler, turn)

    def listed(self, key: str, turn: HomeTurn, *, none: Any = None) -> Iterable[Any]:
        """Call a function that lists something, ``discover``.

        :param none: what None stands for; a user may have no commands, but must have a list of appliances.
        :raises AnswerError: it does not return a list.
        """
        listed = self.single(key, turn)
        listed = none if listed is None else listed
        if isinstance(listed, (str, Mapping)) or not isinstance(listed, Iterable):
            hint = describe_awaitable(listed)
            raise AnswerError(f"home.{key} must return a list, not {type_name(listed)}.{hint}")
        return listed
