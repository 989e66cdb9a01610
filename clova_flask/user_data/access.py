"""``clova.user_data``: user data outside a handler's parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from .data import UserData
from .keeper import Keeper
from .keys import KINDS, UserId, require_kind

T = TypeVar("T")
K = TypeVar("K", bound=Callable[..., Any])


class UserDataAccess:
    """The user data of an extension; in an app context, but for :meth:`key`.

    :param keeper: returns that of the current app.
    :param declare_key: registers what tells the id of a user of Clova Home.
    """

    def __init__(self, keeper: Callable[[], Keeper], declare_key: Callable[[Any], None]) -> None:
        self._keeper = keeper
        self._declare_key = declare_key

    def key(self, function: K) -> K:
        """Tell whose data it is in Clova Home: ``key(user)`` returns the id of what ``user_loader`` made.

        Messages of Clova Home have no id of a user, only an access token, which is renewed. The id is a str,
        an int or a UUID; with None, or an empty one, there is no data.

        :raises RegistrationError: it does not have one parameter, or there is another.
        """
        self._declare_key(function)
        return function

    @contextmanager
    def open(self, user_id: UserId, *, kind: str = "custom") -> Iterator[UserData]:
        """Load a user's data for a ``with`` block, and save what is changed when the block ends.

        Where the block raises an exception, nothing is saved.

        :param user_id: the platform's id of the user, ``context.system.user.id``; for Home what :meth:`key`
            returns.
        :param kind: ``custom`` or ``home``.
        :raises UserDataConflict: a turn, or another block, changed the same key meanwhile.
        :raises UserDataInvalid: it has what JSON does not have, or too much.
        :raises UserDataUnavailable: the id is empty.
        :raises StorageUnavailable: the store is away.
        """
        keeper = self._keeper()
        key = keeper.scope.key(require_kind(kind), user_id)
        copy = keeper.load(key)
        yield copy.data
        keeper.save(key, copy)

    def update(self, user_id: UserId, function: Callable[[UserData], T], *, kind: str = "custom") -> T:
        """Change a user's data in one step: ``function(data)`` changes the dict.

        It is called again where another change was faster, so it should do nothing else::

            def add(data):
                data["points"] = data.get("points", 0) + 10
                return data["points"]

            points = clova.user_data.update(user_id, add)

        :param user_id: as for :meth:`open`, ``kind`` likewise.
        :return: what the function returned when its change was saved.
        :raises UserDataConflict: others were faster for five seconds.
        :raises UserDataInvalid: as :meth:`open` raises it, UserDataUnavailable and StorageUnavailable too.
        """
        keeper = self._keeper()
        return keeper.update(keeper.scope.key(require_kind(kind), user_id), function)

    def delete(self, user_id: UserId, *, kind: str | None = None) -> bool:
        """Delete a user's data.

        :param user_id: as for :meth:`open`.
        :param kind: ``custom`` or ``home``; None for what is kept under the id of either.
        :return: whether there was any.
        :raises StorageUnavailable: the store is away.
        """
        return self._keeper().delete(user_id, KINDS if kind is None else (require_kind(kind),))
