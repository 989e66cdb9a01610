"""Words that ask for a slot: ``@clova.intent("Brew", prompts={"strength": "얼마나 진하게요?"})``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import RegistrationError, nearest
from ..injection.handler import Handler
from ..injection.parameters import describe_function
from ..wire.names import find_key
from .speech import require_words


def require_prompts(prompts: Mapping[str, Any], handler: Handler) -> None:
    """Require that each name is a parameter of a handler or its slot, and that each prompt can be spoken.

    :raises RegistrationError: it is not.
    """
    for name, speech in prompts.items():
        if not any(find_key([name], (one.name, *wanted)) for one, wanted in handler.parameters):
            slots = [wanted[-1] for _, wanted in handler.parameters]
            raise RegistrationError(
                f"@clova.intent: prompts names the slot {name!r}, which "
                f"{describe_function(handler.function)} does not take.{nearest(name, slots, or_list=True)}"
            )
        try:
            require_words(f"prompts[{name!r}]", speech)
        except TypeError as error:
            where = describe_function(handler.function)
            raise RegistrationError(f"@clova.intent above {where}: {error}") from None
