"""What hooks and errorhandlers may answer a Clova Home request with, and make of a reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from ..errors import AnswerError, type_name
from ..injection.handler import Handler
from ..injection.parameters import describe_function
from ..wire.compiler import CompiledSchema
from ..wire.rows import parse_rows
from ..wire.schema import StrictSchema, describe
from ..wire.shape_schemas import SchemaBuilder
from .errors import HomeError
from .interfaces import Interface
from .messages import ERROR_SCHEMAS, reply_schema
from .shared_objects import OBJECTS

_FIELDS = ("messageId", "namespace", "name", "payloadVersion")
_HEADER = parse_rows(dict.fromkeys(_FIELDS, "string!"), OBJECTS)
_HEADER_SCHEMA = CompiledSchema(lambda: SchemaBuilder(StrictSchema).schema("Header", _HEADER)())


def is_home_answer(result: Any) -> bool:
    """Whether what a hook or an errorhandler returned answers a Clova Home request.

    It is an error, or a reply's payload; a dict with ``response`` is a whole message of the other kind.
    """
    if isinstance(result, Mapping):
        return "response" not in result
    return issubclass(result if isinstance(result, type) else type(result), HomeError)


def require_home_answer(hook: Handler, result: Any) -> None:
    """Require that what a before hook returned answers a Clova Home request.

    A hook that returns speech means to end the request, so the request must not go on.

    :raises AnswerError: it does not.
    """
    if not is_home_answer(result):
        raise AnswerError(
            f"{describe_function(hook.function)} returned {type_name(result)} for a Clova Home request. It "
            "must return None, a reply's payload as a dict, or an error such as TargetOfflineError(); or let "
            "it take session or context to serve custom messages only."
        )


def check_reply(interface: Interface | None, message: Any) -> None:
    """Check a reply that hooks may have changed.

    :param interface: the row of the request; None when there is none.
    :raises AnswerError: it is no reply to that, and no error message; the text names each field.
    """
    header = message.get("header") if isinstance(message, dict) else None
    name = header.get("name") if isinstance(header, dict) else None
    schema = ERROR_SCHEMAS.get(name) if isinstance(name, str) else None
    if schema is None and interface is not None and name == interface.reply:
        schema = reply_schema(interface.name)
    if schema is None or message.keys() != {"header", "payload"}:
        raise AnswerError("The reply cannot be sent: it must be a dict of header and payload as before.")
    try:
        _HEADER_SCHEMA.check(header)
        schema.check(message["payload"])
    except ValidationError as error:
        raise AnswerError(f"The reply {name} cannot be sent: {'; '.join(describe(error.messages))}") from None
