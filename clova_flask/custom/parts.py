"""Whether the card and the directives of an answer are what the guides define.

Loaded with the first answer that has any.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import AnswerError
from ..injection.current import current_turn
from ..injection.parameters import describe_function
from ..wire.numbers import plain_numbers
from ..wire.schema import FieldError
from .card_checks import card_errors
from .directives import Directive
from .payloads import is_stream, payload_errors, url_errors
from .rules import AnswerRules

logger = logging.getLogger("clova_flask")


def check_parts(response: Mapping[str, Any], rules: AnswerRules, given: Iterable[Any]) -> None:
    """Check the card and the directives of a response whose envelope is right.

    :param given: what the handler's answer has as directives. A :class:`Directive` of the builders was
        checked when it was built, but for what depends on the platform; one made by hand is meant as it is.
    :raises AnswerError: a directive that was built has a stream that the device cannot fetch, so that nothing
        plays. A picture that it cannot fetch is logged.
    """
    objects = [item for item in given if isinstance(item, Directive)]
    built = [(item.name, plain_numbers(item.payload)) for item in objects if item.is_built]
    by_hand = [(item.name, plain_numbers(item.payload)) for item in objects if not item.is_built]
    refused: list[FieldError] = []
    for name, payload, path in _directives(response):
        if (name, payload) in built:
            errors = list(url_errors(name, payload, rules.url_problem, path))
            refused += [error for error in errors if is_stream(error.path)]
            warn(error for error in errors if not is_stream(error.path))
        elif (name, payload) not in by_hand:
            warn(directive_errors(name, payload, rules, path))
    if refused:
        raise AnswerError(f"The answer cannot be sent: {'; '.join(map(str, refused))}")
    warn(card_errors(response["card"], rules, "response.card"))


def part_errors(response: Mapping[str, Any], rules: AnswerRules) -> Iterator[tuple[str, FieldError]]:
    """List what is wrong with the card and the directives, each with which it is in."""
    for name, payload, path in _directives(response):
        yield from (("directive", error) for error in directive_errors(name, payload, rules, path))
    yield from (("card", error) for error in card_errors(response["card"], rules, "response.card"))


def directive_errors(name: str, payload: Any, rules: AnswerRules, path: str) -> Iterator[FieldError]:
    """List what is wrong with the payload of a directive."""
    yield from payload_errors(name, payload, path)
    yield from url_errors(name, payload, rules.url_problem, path)


def _directives(response: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """List the full name, the payload and its path of each directive."""
    for index, directive in enumerate(response["directives"]):
        header = directive["header"]
        path = f"response.directives[{index}].payload"
        yield f"{header['namespace']}.{header['name']}", directive["payload"], path


def warn(errors: Iterable[FieldError]) -> None:
    """Log what is wrong with an answer that is sent all the same, with the function whose answer it is."""
    for error in errors:
        logger.warning("%s%s", error, answered_by())


def answered_by() -> str:
    """Return a sentence to append: which function the answer is of."""
    turn = current_turn.get(None)
    handler = getattr(turn, "handler", None)
    return f" The answer is that of {describe_function(handler.function)}." if handler else ""
