"""How the parameters of a handler of events are filled: from the payload, or from what the player tells.

The guides' tables have the token and the position in the payload of ``AudioPlayer`` events. In their examples
the payload is empty, and both are in ``context.AudioPlayer``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from ..errors import RegistrationError, nearest
from ..injection.converters import REFUSALS, value_converter
from ..injection.parameters import MISSING, Function, Parameter, Resolver, describe_function, is_left
from ..wire.derive import compiled
from ..wire.names import snake_case, spellings
from ..wire.rows import Shape
from .binding import Fill, find_value, refuser, require_converter, when_absent
from .catalogue import EVENTS
from .objects import AudioPlayer, AudioStream
from .turn import Turn

_PLAYER: Mapping[str, Callable[[AudioPlayer], Any]] = {
    "token": lambda player: player.stream and player.stream.token,
    **{
        name: attrgetter(name)
        for name in ("offset_in_milliseconds", "total_in_milliseconds", "player_activity", "stream")
    },
}
"""What ``context.AudioPlayer`` has, by the names of the parameters that take it."""


def fill_from_payload(event: str) -> Fill:
    """Fill parameters from an event's payload.

    :param event: the event's full name or a pattern of several.
    """
    prefix = event.removesuffix("*")
    shapes = [shape for name, shape in EVENTS.items() if name == event or name.startswith(prefix)]
    player = _PLAYER if "AudioPlayer.".startswith(prefix) or prefix.startswith("AudioPlayer.") else {}
    known = {name for shape in shapes for name in shape.by_python_name} | player.keys()

    is_open = not shapes  # of a namespace that was agreed on, whose fields only those who agreed know

    def fill(parameter: Parameter, function: Function) -> Resolver | None:
        python_name = snake_case(parameter.name)
        is_any_value = (is_open or python_name in known) and parameter.annotation is MISSING
        if not is_any_value and is_left(parameter, _payload_converter):
            return None
        if python_name not in known and not is_open:
            raise RegistrationError(
                f"{parameter.name!r} of {describe_function(function)} is not a payload field of {event}."
                f"{nearest(parameter.name, sorted(known), or_list=True) or ' Its payload is empty.'}"
            )
        annotation = Any if parameter.annotation is MISSING else parameter.annotation
        convert = require_converter(_payload_converter, annotation, parameter, function)
        wanted = _wire_names(parameter.name, shapes)
        of_player = player.get(python_name)
        refuse = refuser(annotation, function)
        absent = when_absent(parameter, annotation, refuse)

        def resolve(turn: Turn) -> Any:
            value = find_value(turn.payload, wanted)
            if value is None and of_player is not None:
                value = _told_by_player(turn, of_player)
            if value is None:
                return absent(wanted[0])
            try:
                return convert(value)
            except REFUSALS:
                raise refuse(wanted[0], value) from None

        return resolve

    return fill


def _wire_names(parameter: str, shapes: list[Shape]) -> tuple[str, ...]:
    """List the names on the wire of what a parameter takes, that of the guides' tables first."""
    fields = [field for shape in shapes if (field := shape.by_python_name.get(snake_case(parameter)))]
    names = [name for field in fields for name in (field.name, *field.aliases)]
    return tuple(dict.fromkeys([*names, *reversed(spellings(parameter))]))


def _told_by_player(turn: Turn, read: Callable[[AudioPlayer], Any]) -> Any:
    player = turn.context.audio_player
    if player is None or turn.event.namespace != "AudioPlayer":
        return None
    return read(player)


def _audio_stream(data: Any) -> AudioStream:
    if isinstance(data, AudioStream):
        return data
    stream: AudioStream = compiled(AudioStream).load(data)
    return stream


_JSON_OBJECTS = {AudioStream: _audio_stream}


def _payload_converter(annotation: Any) -> Callable[[Any], Any]:
    return value_converter(annotation, _JSON_OBJECTS)
