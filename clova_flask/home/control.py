"""Controlling and querying one appliance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from ..errors import AnswerError, HandlerTimeout, type_name
from ..injection.calling import describe_awaitable
from ..injection.parameters import describe_function
from .appliance_types import OPERATION_MODES
from .appliances import Appliance
from .binding import HomeHandler
from .conversion import make_readers
from .defaults import default_handler
from .discovery import Discoverer
from .errors import (
    HomeError,
    NoSuchTargetError,
    UnsupportedOperationError,
    ValueNotFoundError,
    ValueNotSupportedError,
)
from .interfaces import INTERFACES, Interface
from .limits import own_limits
from .messages import reply_writer
from .registry import HAVE_DEFAULTS, HomeRegistry
from .turn import Caller, HomeTurn


class Controller:
    """Has appliances do what requests ask of them.

    :param registry: what the extension has declared.
    :param caller: calls handlers.
    :param discoverer: knows what an appliance can do.
    :param regions: whose tables count, ``KR`` and ``JP``.
    :param lang: the language of users, ``ko``: a request names none.
    :param validate: whether replies are checked before they are sent.
    :param on_failure: called with what costs ``GetDeviceState`` one state; it may raise it again.
    """

    def __init__(
        self,
        registry: HomeRegistry,
        caller: Caller,
        discoverer: Discoverer,
        *,
        regions: Sequence[str],
        lang: str,
        validate: bool,
        on_failure: Callable[[Any, Exception], None],
    ) -> None:
        self._registry = registry
        self._caller = caller
        self._discoverer = discoverer
        self._modes = {type_: modes.allowed(regions) for type_, modes in OPERATION_MODES.items()}
        self._regions = tuple(regions)
        self._lang = lang
        self._validate = validate
        self._on_failure = on_failure
        self._told: set[str] = set()

    def control(self, turn: HomeTurn, interface: Interface) -> dict[str, Any]:
        """Have the appliance that is asked for do what is asked.

        :return: the payload of the reply.
        :raises HomeError: the error message that is the answer.
        """
        turn.appliance = appliance = self._appliance(turn)
        if appliance.actions is not None:
            _require_listed(appliance.actions, turn.interface)
        handler = self._find(appliance, turn.interface)
        if handler is not None:
            self._read(turn, appliance, handler)
            result = self._caller.call(handler, turn)
            if result is None and not interface.is_query:
                result = _as_asked(interface, turn)
            return self.write(interface, result)
        default = default_handler(turn.interface)
        if default is None:
            types = "/".join(appliance.types) or "an appliance without a type"
            raise UnsupportedOperationError(f"Nothing handles {turn.interface} for {types}.")
        query = partial(self._state, turn, appliance)
        return self.write(interface, default(appliance, query, self._lang))

    def write(self, interface: Interface, result: Any) -> dict[str, Any]:
        """Write what a handler returned as the payload of the reply."""
        writer = reply_writer(interface.name)
        payload = writer.write(result, check=self._validate)
        if self._validate and writer.may_be_odd(payload):
            from .remarks import log_remarks  # few replies have any

            log_remarks(interface, payload, self._regions, self._told)
        return payload

    def _state(self, turn: HomeTurn, appliance: Appliance, name: str) -> Mapping[str, Any]:
        """Ask for a part of the appliance's state.

        :raises HomeError: it is not known; the state has the others all the same.
        :raises HandlerTimeout: the time is up, for the others too.
        """
        try:
            return self._query(turn, appliance, name)
        except (HomeError, HandlerTimeout):
            raise
        except Exception as error:
            handler = self._find(appliance, name)
            where = describe_function(handler.function) if handler else ""
            error.add_note(f"GetDeviceState leaves out what {name} asks of {where}.")
            self._on_failure(turn, error)
            raise ValueNotFoundError(f"{where} failed.") from error

    def _query(self, turn: HomeTurn, appliance: Appliance, name: str) -> Mapping[str, Any]:
        """Send another query to the same appliance; the default for ``GetDeviceState`` asks them all."""
        can = name in appliance.clova_handlers or name in self._discoverer.actions(appliance)
        handler = self._find(appliance, name) if can else None
        if handler is None:
            raise UnsupportedOperationError(f"Nothing handles {name}.")
        row = INTERFACES[name]
        return self.write(row, self._caller.call(handler, turn.asking(row)))

    def _find(self, appliance: Appliance, action: str) -> HomeHandler | None:
        return appliance.clova_handlers.get(action) or self._registry.find(action, appliance.types)

    def _appliance(self, turn: HomeTurn) -> Appliance:
        """Find the appliance that is asked for.

        :raises NoSuchTargetError: the request names none, or the user has none of that id.
        """
        appliance_id = turn.appliance_id
        if appliance_id is None:
            raise NoSuchTargetError("The request names no appliance.")
        single = self._registry.single
        source = "load" if "load" in single else "discover"
        if source == "load":
            appliance = self._caller.single("load", turn)
        elif "discover" in single:
            known = self._caller.listed("discover", turn)
            appliance = _by_id(known, appliance_id)
        else:
            appliance = Appliance(appliance_id, details=turn.request.details)
        if appliance is None:
            raise NoSuchTargetError(f"home.{source} returned no appliance with the id {appliance_id!r}.")
        if not isinstance(appliance, Appliance):
            wanted = f"home.{source} must return an Appliance, not {type_name(appliance)}"
            remedy = describe_awaitable(appliance) or " Make an Appliance of it."
            raise AnswerError(f"{wanted}.{remedy}")
        return appliance

    def _read(self, turn: HomeTurn, appliance: Appliance, handler: HomeHandler) -> None:
        """Read the payload and check that the appliance accepts it, before its handler runs."""
        values, payload = turn.values, turn.request.payload
        readers = handler.readers[turn.interface]
        if appliance.limits:
            own = own_limits(appliance.limits)[0].get(turn.interface)
            readers = make_readers(INTERFACES[turn.interface], own) if own else readers
        for name, read in readers:
            try:
                values[name] = read(payload)
            except ValueNotSupportedError:
                if payload.get(name) is not None or _is_wanted(name, handler, turn):
                    raise
        if "mode" in values:
            self._require_mode(appliance, values["mode"])

    def _require_mode(self, appliance: Appliance, mode: Any) -> None:
        tables = [self._modes[type_] for type_ in appliance.types if type_ in self._modes]
        if tables and not any(mode in table for table in tables):
            types = "/".join(appliance.types)
            raise UnsupportedOperationError(f"The mode is not one of {types} on this platform.")


def _by_id(appliances: Iterable[Any], appliance_id: str) -> Any:
    """Find an appliance by its id; one whose id cannot be read is none of the others' business.

    :raises Exception: what an id raised, when no other appliance has the id.
    """
    failure: Exception | None = None
    for appliance in appliances:
        try:
            known = getattr(appliance, "id", None)
        except Exception as error:  # noqa: BLE001 - a property may raise anything
            failure = error
            continue
        if isinstance(known, str) and str.__str__(known) == appliance_id:
            return appliance
    if failure is not None:
        raise failure
    return None


def _require_listed(listed: Any, action: str) -> None:
    """Require that an appliance that lists its actions has this one.

    :raises UnsupportedOperationError: it has not.
    """
    if isinstance(listed, (list, tuple, set, frozenset)) and action not in (*listed, *HAVE_DEFAULTS):
        raise UnsupportedOperationError(f"The appliance does not list {action} in its actions.")


def _is_wanted(name: str, handler: HomeHandler, turn: HomeTurn) -> bool:
    """Whether a field of a request is what the handler takes, or what the reply must repeat."""
    interface = INTERFACES[turn.interface]
    answered = interface.gives.by_name.get(name)
    taken = (interface.takes.by_python_name.get(slot) for slot in handler.slots)
    return any(field is not None and field.name == name for field in taken) or bool(
        answered and answered.required
    )


def _as_asked(interface: Interface, turn: HomeTurn) -> dict[str, Any]:
    """Return what a confirmation must hold: a handler that returns nothing did as it was asked."""
    required = [field.name for field in interface.gives if field.required]
    return {name: turn.values[name] for name in required if name in turn.values}
