"""Names of parameters that are no slots: a misspelt ``session`` is not a slot that nothing ever fills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import RegistrationError
from ..injection.annotations import in_words, members
from ..injection.parameters import MISSING, Function, Parameter, describe_function, is_foreign
from ..injection.users import User
from ..wire.names import one_edit_apart
from .objects import Context, Request
from .session import Session

KINDS: Mapping[str, type] = {"request": Request, "session": Session, "context": Context, "user": User}
"""The parameters that every handler may take, with the class of what they get."""


def require_no_misspelling(parameter: Parameter, function: Function) -> None:
    """Refuse the name of a parameter that is meant to be another.

    :raises RegistrationError: it is that of a method's own object, or its annotation is what is passed to a
        parameter of another name.
    """
    where = describe_function(function)
    if parameter.name in ("self", "cls") and parameter.default is MISSING:
        raise RegistrationError(
            f"{where} has the parameter {parameter.name!r}, as a method has. Register the method of an "
            "object, clova.intent(…)(shop.order), or move the function out of its class."
        )
    meant = None if is_foreign(parameter.default) else _meant_by(parameter.annotation)
    if meant is not None:
        kind = in_words(parameter.annotation)
        raise RegistrationError(
            f"{parameter.name!r} of {where} is annotated with {kind}, which only the parameter {meant!r} "
            f"gets. Rename it to {meant!r}."
        )


def _meant_by(annotation: Any) -> str | None:
    if annotation is MISSING:
        return None
    kinds = [kind for kind in members(annotation) if isinstance(kind, type)]
    return next((name for name, ours in KINDS.items() if any(issubclass(kind, ours) for kind in kinds)), None)


def meant_by_name(name: str) -> str | None:
    """Return the parameter that this is another spelling of, but for one letter; None when it is none."""
    return next((fixed for fixed in KINDS if one_edit_apart(name, fixed)), None)
