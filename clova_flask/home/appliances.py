"""Appliances: one class a kind of device."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from ..errors import RegistrationError, nearest
from ..parameters import Function, describe_function
from ..schema import NOTHING
from .binding import HomeHandler, make_handler
from .interfaces import INTERFACES, REGIONS
from .limits import Choice, Limits, Number, make_limits
from .types import APPLIANCE_TYPES, LOCATIONS, OPERATION_MODES

F = TypeVar("F", bound=Function)

_MODE_ACTIONS = ("SetMode", "ReleaseMode", "ChangeMode")


@dataclass(frozen=True, slots=True)
class _Declaration:
    """What one ``@action`` says of a method."""

    names: tuple[str, ...]
    limits: Limits


def require_interfaces(names: Sequence[Any]) -> None:
    """See that these are actions of appliances.

    :raises RegistrationError: one is not, with the nearest that is.
    """
    if not names:
        raise RegistrationError('Name the actions that are handled: @action("TurnOn", "TurnOff").')
    known = [name for name, interface in INTERFACES.items() if interface.appliance]
    for name in names:
        if name not in known:
            hint = nearest(str(name).removesuffix("Request"), known)
            raise RegistrationError(f"{name!r} is not an action of an appliance.{hint}")


def require_type(name: Any) -> None:
    """See that this is a type of appliance.

    :raises RegistrationError: it is not, with the nearest that is.
    """
    if name not in APPLIANCE_TYPES:
        hint = nearest(str(name).upper(), APPLIANCE_TYPES)
        raise RegistrationError(f"{name!r} is not a type of appliance.{hint}")


def action(
    *names: str,
    minimum: Number | None = None,
    maximum: Number | None = None,
    values: Sequence[Choice] | None = None,
) -> Callable[[F], F]:
    """Declare that a method of an :class:`Appliance` handles actions.

    :param names: the actions, ``"TurnOn"``.
    :param minimum: the least value the action takes; less is answered with ``ValueOutOfRangeError``.
    :param maximum: the greatest.
    :param values: the only values it takes; modes, when the action is about one.
    :raises RegistrationError: an action that does not exist, or limits that do not fit it.
    """
    require_interfaces(names)
    limits = make_limits(names, minimum, maximum, values)

    def decorate(function: F) -> F:
        declared = getattr(function, "clova_actions", ())
        function.clova_actions = (*declared, _Declaration(names, limits))  # type: ignore[attr-defined]
        return function

    return decorate


class Appliance:
    """A device of a user, or the class of such devices.

    ``class Lamp(Appliance, type="LIGHT")`` has a method for each action; ``Appliance(id=…, type="LIGHT")``
    stands for a device whose actions functions handle. The other class arguments are defaults for every
    device of the class.

    :param id: your id of the device.
    :param type: a type of :data:`~clova_flask.home.APPLIANCE_TYPES`, or several.
    :param friendly_name: what the user calls it.
    :param friendly_description: what the app shows under the name; the name when None.
    :param location: a place of :data:`~clova_flask.home.LOCATIONS`.
    :param is_ir: an infrared device, which cannot tell what became of a request.
    :param is_reachable: whether it can be reached now.
    :param is_on: whether it is on; None when it is always on.
    :param actions: what it can do; derived from its handlers when None.
    :param confirm: actions that the user is asked to confirm first (JP).
    :param details: anything of yours that should come back with each request.
    """

    type: ClassVar[str | None] = None
    location: str | None = None
    manufacturer_name: str = "clova-flask"
    model_name: str | None = None
    version: str = "1.0"
    handlers: ClassVar[Mapping[str, HomeHandler]] = {}

    def __init_subclass__(
        cls,
        *,
        type: str | None = None,  # noqa: A002 - the field's name
        location: str | None = None,
        manufacturer_name: str | None = None,
        model_name: str | None = None,
        version: str | None = None,
        **further: Any,
    ) -> None:
        super().__init_subclass__(**further)
        if type is not None:
            require_type(type)
            cls.type = type
        if location is not None:
            if location not in LOCATIONS:
                raise RegistrationError(
                    f"{location!r} is not a location.{nearest(location.upper(), LOCATIONS)}"
                )
            cls.location = location
        for name, value in (
            ("manufacturer_name", manufacturer_name),
            ("model_name", model_name),
            ("version", version),
        ):
            if value is not None:
                setattr(cls, name, value)
        cls.handlers = {**cls.handlers, **_collect(cls)}

    def __init__(
        self,
        id: str,  # noqa: A002 - the field's name
        *,
        type: str | Iterable[str] | None = None,  # noqa: A002
        friendly_name: str | None = None,
        friendly_description: str | None = None,
        manufacturer_name: str | None = None,
        model_name: str | None = None,
        version: str | None = None,
        location: str | None = None,
        is_ir: bool = False,
        is_reachable: bool = True,
        is_on: bool | None = None,
        tags: Sequence[str] = (),
        actions: Sequence[str] | None = None,
        confirm: Sequence[str] = (),
        details: Mapping[str, Any] = NOTHING,
    ) -> None:
        given = self.type if type is None else type
        self.id = id
        self.types = (given,) if isinstance(given, str) else tuple(given or ())
        self.friendly_name = friendly_name
        self.friendly_description = friendly_description
        if manufacturer_name is not None:
            self.manufacturer_name = manufacturer_name
        if model_name is not None:
            self.model_name = model_name
        if version is not None:
            self.version = version
        if location is not None:
            self.location = location
        self.is_ir = is_ir
        self.is_reachable = is_reachable
        self.is_on = is_on
        self.tags = tags
        self.actions = actions
        self.confirm = confirm
        self.details = details

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id!r} {'/'.join(map(str, self.types)) or 'of no type'}>"


def _collect(cls: type[Appliance]) -> dict[str, HomeHandler]:
    """Make the handlers of the methods that this class itself declares."""
    made: dict[str, HomeHandler] = {}
    for function in vars(cls).values():
        for declared in getattr(function, "clova_actions", ()):
            for name in declared.names:
                if name in made:
                    raise RegistrationError(
                        f"{cls.__name__} handles {name} twice: "
                        f"in {describe_function(made[name].function)} and {describe_function(function)}."
                    )
                _require_allowed(cls, name)
                _require_modes(cls, name, declared.limits)
                title = f"{cls.type or cls.__name__} {name}"
                made[name] = make_handler(title, function, declared.names, declared.limits, owner=True)
    return made


def _require_allowed(cls: type[Appliance], name: str) -> None:
    if cls.type is None:
        return
    allowed = APPLIANCE_TYPES[cls.type].allowed(REGIONS)
    if name not in allowed:
        hint = nearest(name, allowed) or f" It allows {', '.join(sorted(allowed))}."
        raise RegistrationError(f"{cls.__name__}: a {cls.type} does not allow {name}.{hint}")


def _require_modes(cls: type[Appliance], name: str, limits: Limits) -> None:
    modes = OPERATION_MODES.get(cls.type or "")
    if name not in _MODE_ACTIONS or modes is None:
        return
    known = modes.allowed(REGIONS)
    for mode in limits.values:
        if mode not in known:
            hint = nearest(str(mode), known) or f" It has {', '.join(sorted(known))}."
            raise RegistrationError(f"{cls.__name__}: a {cls.type} has no mode {mode!r}.{hint}")
