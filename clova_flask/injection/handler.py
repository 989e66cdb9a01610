"""A handler: a function, and how its parameters are filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from .annotations import allows_none
from .parameters import Function, Parameter, Resolver


@dataclass(frozen=True, slots=True, eq=False)
class Handler:
    """A function and how its parameters are filled.

    :ivar title: what it handles, in words.
    :ivar function: the function as it was registered.
    :ivar resolvers: a resolver for each parameter.
    :ivar is_async: whether it is an ``async def`` function.
    :ivar subject: name of the parameter for the error or the response, in handlers of those.
    :ivar called: what is called with the parameters by name: the function, or what passes them on to it.
    :ivar parameters: the parameters filled from slots or payload fields, each with its names on the wire.
    """

    title: str
    function: Function
    resolvers: tuple[tuple[str, Resolver], ...]
    is_async: bool = False
    subject: str | None = None
    parameters: tuple[tuple[Parameter, tuple[str, ...]], ...] = field(default=(), repr=False, compare=False)
    called: Function = field(default=None, repr=False)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.called is None:
            object.__setattr__(self, "called", self.function)

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of the parameters that are filled from slots or payload fields."""
        return tuple(parameter.name for parameter, _ in self.parameters)


OPTIONAL_USER: Resolver = attrgetter("user")
REQUIRED_USER: Resolver = attrgetter("required_user")


def fill_user(parameter: Parameter) -> Resolver:
    """Fill ``user``: with None where there is none and the parameter allows it."""
    optional = parameter.default is None or allows_none(parameter.annotation)
    return OPTIONAL_USER if optional else REQUIRED_USER
