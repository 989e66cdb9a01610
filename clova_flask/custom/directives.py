"""Directives: what the client does besides speaking.

From the guides' AudioPlayer, PlaybackController and TemplateRuntime interfaces.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..wire.numbers import plain_numbers


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive. One that you make yourself is sent as it is, without a check.

    :param name: ``Namespace.Name``.
    :param payload: in wire form.
    :ivar is_built: whether a builder made it, and checked it.
    """

    name: str
    payload: Mapping[str, Any]
    is_built: bool = field(default=False, init=False, repr=False, compare=False)

    def to_wire(self) -> dict[str, Any]:
        """Write the directive as it is sent, with a new message id."""
        namespace, _, name = self.name.partition(".")
        header = {"namespace": namespace, "name": name, "messageId": str(uuid.uuid4())}
        return {"header": header, "payload": plain_numbers(self.payload)}
