"""Appliances: one class a kind of device."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from ..errors import RegistrationError, type_name
from ..injection.parameters import Function, describe_function
from .attributes import (
    UNSET,
    add_attributes,
    as_types,
    describe_appliance,
    keep_keywords,
    require_known,
    usual_values,
)
from .binding import HomeHandler, make_handler
from .limits import Choice, Limits, Number, make_limits
from .methods import declarations, method_of
from .requirements import require_fitting, require_interfaces, require_location, require_type

F = TypeVar("F", bound=Function)


class _Declaration(NamedTuple):
    """What one ``@action`` declares of a method."""

    names: tuple[str, ...]
    limits: Limits


def action(
    *names: str,
    minimum: Number | None = None,
    maximum: Number | None = None,
    values: Sequence[Choice] | None = None,
) -> Callable[[F], F]:
    """Declare that a method of an :class:`Appliance` handles actions.

    The limits are checked before the method is called, and sent to CEK in discovery.

    :param names: the actions, ``"TurnOn"``.
    :param minimum: the least value; a smaller one is answered with ``ValueOutOfRangeError``.
    :param maximum: the greatest value.
    :param values: all values that are allowed, instead of bounds; modes, where the action is about one.
    :raises RegistrationError: an action does not exist, or the limits do not fit it.
    """
    require_interfaces(names, "@action")
    limits = make_limits(names, minimum, maximum, values)

    def decorate(function: F) -> F:
        declared = (*declarations(function), _Declaration(names, limits))
        try:
            function.clova_actions = declared  # type: ignore[attr-defined]
        except AttributeError:
            return _markable(function, declared)
        return function

    return decorate


def _markable(function: F, declared: tuple[_Declaration, ...]) -> F:
    """Mark what takes no attributes: a bound method, a function in C, an object with slots."""
    if not callable(function):
        raise RegistrationError(
            f"@action must be above a method, not {type_name(function)}. Write it below any other decorator."
        )
    marked = staticmethod(function)  # none of these is bound to an object again
    marked.clova_actions = declared  # type: ignore[attr-defined]
    return marked  # type: ignore[return-value]


class Appliance:
    """A device of a user, or the class of such devices.

    ``class Lamp(Appliance, type="LIGHT")`` has a method for each action; ``Appliance(id=…, type="LIGHT")``
    stands for a device whose actions are handled by functions. The other class arguments are defaults for
    every device of the class.

    :param id: your id of the device.
    :param type: one of :data:`~clova_flask.home.APPLIANCE_TYPES`, or several.
    :param friendly_name: what the user calls it.
    :param friendly_description: what the app shows under the name; the name when None.
    :param manufacturer_name: who makes it, which the app shows. Nothing is sent when None.
    :param location: one of :data:`~clova_flask.home.LOCATIONS`, or its Korean or Japanese name, ``"거실"``.
    :param is_ir: an infrared device, which cannot tell what became of a request.
    :param is_reachable: whether it can be reached now.
    :param is_on: whether it is on; None for a device that is always on.
    :param actions: what it can do; when None, what it has handlers for. Another is refused.
    :param limits: its own limits by action, in place of those of its class: a tuple of the least and the
        greatest number, ``{"SetBrightness": (0, 80)}``, or a list of values. They are sent and checked.
    :param confirm: actions that the user is asked to confirm first (JP).
    :param details: data of yours that comes back with each request, anything that JSON can hold.
    """

    clova_keywords: ClassVar[Mapping[str, Any]] = {}
    clova_handlers: ClassVar[Mapping[str, HomeHandler]] = {}
    clova_usual: ClassVar[tuple[Any, dict[str, Any]]] = (None, {})

    if TYPE_CHECKING:
        # Any, so that a class may have a property, a field or a column in their place.
        id: Any
        type: Any
        types: tuple[str, ...]
        friendly_name: Any
        friendly_description: Any
        manufacturer_name: Any
        model_name: Any
        version: Any
        location: Any
        is_ir: Any
        is_reachable: Any
        is_on: Any
        tags: Any
        actions: Any
        confirm: Any
        limits: Any
        details: Any

    def __init_subclass__(
        cls,
        *,
        type: str | None = None,  # noqa: A002 - the field's name
        location: str | None = None,
        manufacturer_name: str | None = None,
        model_name: str | None = None,
        version: str | None = None,
        confirm: Sequence[str] | None = None,
        **others: Any,
    ) -> None:
        keywords = {
            "type": type,
            "location": location,
            "manufacturer_name": manufacturer_name,
            "model_name": model_name,
            "version": version,
            "confirm": confirm,
        }
        require_known(cls, Appliance, others, keywords)
        if type is not None:
            require_type(type)
        if location is not None:
            require_location(location)
        super().__init_subclass__(**others)
        keep_keywords(cls, {name: value for name, value in keywords.items() if value is not None})
        cls.clova_handlers = _collect(cls)

    def __init__(  # noqa: C901 - one line an argument
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
        is_ir: bool = UNSET,
        is_reachable: bool = UNSET,
        is_on: bool | None = UNSET,
        tags: Sequence[str] = UNSET,
        actions: Sequence[str] | None = UNSET,
        confirm: Sequence[str] | None = None,
        limits: Mapping[str, tuple[float, float] | Sequence[float | str]] = UNSET,
        details: Mapping[str, Any] = UNSET,
    ) -> None:
        held = vars(self)
        usual = usual_values(self.__class__)
        held.update({**usual, **held} if held else usual)
        self.id = id
        # Written out: a loop over pairs takes twice as long, and each request makes an appliance.
        if friendly_name is not None:
            self.friendly_name = friendly_name
        if friendly_description is not None:
            self.friendly_description = friendly_description
        if manufacturer_name is not None:
            self.manufacturer_name = manufacturer_name
        if model_name is not None:
            self.model_name = model_name
        if version is not None:
            self.version = version
        if location is not None:
            self.location = location
        if confirm is not None:
            self.confirm = confirm
        if is_ir is not UNSET:
            self.is_ir = is_ir
        if is_reachable is not UNSET:
            self.is_reachable = is_reachable
        if is_on is not UNSET:
            self.is_on = is_on
        if tags is not UNSET:
            self.tags = tags
        if actions is not UNSET:
            self.actions = actions
        if limits is not UNSET:
            self.limits = limits
        if details is not UNSET:
            self.details = details
        if type is not None:
            self.type = type
            if "types" in held:
                held["types"] = as_types(type)

    def __repr__(self) -> str:
        return describe_appliance(self)


add_attributes(Appliance)


def declared_type(cls: type[Appliance]) -> str | None:
    """Return the type of all appliances of a class; None when each has its own.

    :raises RegistrationError: it is not one.
    """
    # A class that is a row of a database may have a column here.
    given = getattr(cls, "type", None)
    if not isinstance(given, str):
        return None
    require_type(given)
    return given


def _collect(cls: type[Appliance]) -> dict[str, HomeHandler]:
    """Make the handlers of a class: those its bases declare, and its own."""
    declared: dict[str, tuple[str, Limits]] = {}
    for base in reversed(cls.__mro__):
        for name, function in vars(base).items():
            if declarations(function):
                # Declared anew: what the method handled in a base no longer counts.
                declared = {action: entry for action, entry in declared.items() if entry[0] != name}
        declared.update(_declared_by(base))
    actions = {
        name: tuple(a for a, entry in declared.items() if entry[0] == name) for name, _ in declared.values()
    }
    return {action: _make(cls, action, *entry, actions[entry[0]]) for action, entry in declared.items()}


def _declared_by(cls: type) -> dict[str, tuple[str, Limits]]:
    """Find what the methods of one class declare: by action the method's name and the limits."""
    found: dict[str, tuple[str, Limits]] = {}
    for name, function in vars(cls).items():
        for declaration in declarations(function):
            for action in declaration.names:
                if action in found:
                    first = describe_function(vars(cls)[found[action][0]])
                    second = describe_function(function)
                    raise RegistrationError(
                        f"{cls.__name__} handles {action} twice: in {first} and in {second}. Remove one."
                    )
                found[action] = (name, declaration.limits)
    return found


def _make(
    cls: type[Appliance], action: str, method: str, limits: Limits, actions: tuple[str, ...]
) -> HomeHandler:
    """Make the handler of an action.

    :param method: name of the method; where a class overrides it, the overriding method is called.
    :param actions: all actions that the method handles.
    """
    type_ = declared_type(cls)
    if type_ is not None:
        require_fitting(type_, [action], limits, who=f"{cls.__name__}: ")
    title = f"{type_ or cls.__name__} {action}"
    function, owner = method_of(cls, method)
    return make_handler(title, function, actions, limits, owner=owner)
