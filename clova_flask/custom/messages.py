"""The one way to load what CEK sends to a custom extension."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from ..errors import MalformedMessage
from ..wire.derive import compiled
from ..wire.schema import summary
from .objects import Message


def load_message(data: Any) -> Message:
    """Load the request message of a custom extension.

    :param data: the parsed JSON of a verified body.
    :raises MalformedMessage: it is not a message of a custom extension; the text names each field and its
        error, and repeats no value.
    """
    try:
        message: Message = compiled(Message).load(data)
    except ValidationError as error:
        raise MalformedMessage(summary(error.messages)) from None
    return message
