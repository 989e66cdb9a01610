"""What an errorhandler may be for: a class of exceptions, or a status."""

from __future__ import annotations

from typing import Any

from werkzeug.exceptions import default_exceptions

from ..errors import RegistrationError, nearest, type_name
from .parameters import describe_function


def exception_class(error: Any, decorator: str) -> type[Exception]:
    """Return the class of exceptions that an errorhandler is for.

    :param error: the class, or the status of an HTTPException as for Flask's errorhandlers.
    :param decorator: as it is written, ``@clova.errorhandler``.
    :raises RegistrationError: it is neither.
    """
    if isinstance(error, type):
        if issubclass(error, Exception):
            return error
        given = error.__name__
    elif isinstance(error, int) and not isinstance(error, bool):
        if error in default_exceptions:
            return default_exceptions[error]
        hint = nearest(str(error), map(str, default_exceptions), or_list=True)
        raise RegistrationError(f"{error} is not a status that an HTTPException has.{hint}")
    elif callable(error):
        raise RegistrationError(
            f"{decorator} above {describe_function(error)} has no parentheses and names nothing. "
            f"Write {decorator}(ValueError)."
        )
    else:
        given = type_name(error)
    raise RegistrationError(f"{decorator}(…) must name a subclass of Exception, not {given}.")
