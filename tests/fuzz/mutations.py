"""What is done to a message before it is written: to its structure, its texts and its numbers.

Each mutation takes the message, which it may change, and returns it. What JSON's writer cannot write stands
in the message as a :func:`raw` mark, which :mod:`~tests.fuzz.writing` replaces in the bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, NamedTuple

from .texts import BORDERS, NUMBERS, TEXTS, bend

MARK = "@raw:"
DUPLICATE = "@again:"


def raw(token: str) -> str:
    """Mark what is to stand in the JSON as it is, such as ``1e999``."""
    return f"{MARK}{token}@"


class Place(NamedTuple):
    """A value within a message: what holds it, and where it is in there."""

    holder: Any
    key: Any

    @property
    def value(self) -> Any:
        """The value."""
        return self.holder[self.key]

    def put(self, value: Any) -> None:
        """Put another value there."""
        self.holder[self.key] = value


def places(value: Any) -> Iterator[Place]:
    """List every place of a message, the outermost first."""
    around = [value]
    while around:
        holder = around.pop()
        if isinstance(holder, (dict, list)):
            for key in holder if isinstance(holder, dict) else range(len(holder)):
                yield Place(holder, key)
                around.append(holder[key])


def _some_place(message: Any, random: Random) -> Place | None:
    found = list(places(message))
    return random.choice(found) if found else None


def _at_a_place(change: Callable[[Place, Random], None]) -> Callable[[Any, Random], Any]:
    def mutation(message: Any, random: Random) -> Any:
        place = _some_place(message, random)
        if place is not None:
            change(place, random)
        return message

    return mutation


def odd_value(random: Random) -> Any:
    """Return a value of any type."""
    return random.choice(_ODD_VALUES)(random)


_ODD_VALUES: tuple[Callable[[Random], Any], ...] = (
    lambda _: None,
    lambda _: True,
    lambda _: False,
    lambda _: [],
    lambda _: {},
    lambda _: [None],
    lambda _: {"": None},
    lambda _: [{}, []],
    lambda _: {"value": {"value": {}}},
    lambda _: {"type": "IntentRequest", "intent": {"name": "Whole"}},
    lambda random: raw(random.choice(NUMBERS)),
    lambda random: raw(random.choice(BORDERS)),
    lambda random: random.choice(TEXTS),
    lambda random: [random.choice(TEXTS)] * random.randrange(5),
    lambda random: {random.choice(TEXTS): random.choice(TEXTS)},
)


def _size(random: Random, usual: int, large: int, huge: int) -> int:
    """Choose a size; large ones take so long that they are rare."""
    chance = random.random()
    if chance < 0.02:
        return huge
    return large if chance < 0.12 else usual


def _drop(place: Place, _random: Random) -> None:
    del place.holder[place.key]


def _null(place: Place, _random: Random) -> None:
    place.put(None)


def _retype(place: Place, random: Random) -> None:
    place.put(odd_value(random))


def _as_text(place: Place, _random: Random) -> None:
    value = place.value
    place.put(str(value) if isinstance(value, (bool, int, float)) else [value])


def _number(place: Place, random: Random) -> None:
    place.put(raw(random.choice(random.choice((NUMBERS, BORDERS)))))


def _text(place: Place, random: Random) -> None:
    place.put(random.choice(TEXTS))


def _bend(place: Place, random: Random) -> None:
    value = place.value
    place.put(bend(value, random) if isinstance(value, str) else random.choice(TEXTS))


def _long(place: Place, random: Random) -> None:
    text = place.value if isinstance(place.value, str) and place.value else random.choice(TEXTS) or "아"
    place.put(
        (text * (20_000 // len(text) + 1))[: _size(random, random.choice((81, 201, 501)), 5_000, 20_000)]
    )


def _nest(place: Place, random: Random) -> None:
    value = place.value
    for _ in range(
        _size(random, random.choice((1, 2, 9)), random.choice((50, 86, 88, 90)), random.choice((93, 95, 97)))
    ):
        value = [value] if random.random() < 0.5 else {"a": value}
    place.put(value)


def _nest_deep(place: Place, random: Random) -> None:
    depth = _size(random, random.choice((100, 101)), 1_000, 30_000)
    opening, closing = random.choice((("[", "]"), ('{"a":', "}")))
    place.put(raw(opening * depth + "1" + closing * random.choice((depth, depth, 0))))


def _duplicate(place: Place, random: Random) -> None:
    """Write a key twice, with another value; an item of a list more often."""
    if isinstance(place.holder, list):
        place.holder.extend([place.value] * _size(random, 1, 3, 300))
    else:
        place.holder[f"{DUPLICATE}{place.key}"] = random.choice((place.value, odd_value(random)))


def _odd_key(place: Place, random: Random) -> None:
    if isinstance(place.holder, dict):
        place.holder[random.choice((*TEXTS, *_KEYS))] = odd_value(random)


def _rename(place: Place, random: Random) -> None:
    if isinstance(place.holder, dict):
        value = place.holder.pop(place.key)
        key: str = place.key
        names = (key.upper(), key.lower(), f" {key}", f"{key}\u200b", key.swapcase(), bend(key, random))
        place.holder[random.choice((*names, *_KEYS))] = value


def _widen(place: Place, random: Random) -> None:
    """Give an object, or a list, many more entries."""
    holder = place.value if isinstance(place.value, (dict, list)) else place.holder
    value, count = odd_value(random), _size(random, 10, 100, 1_000)
    if isinstance(holder, dict):
        holder.update({f"{place.key}{index}": value for index in range(count)})
    else:
        holder.extend([value] * count)


_KEYS = (
    *("", "__proto__", "__class__", "__init__", "extra", "request", "header", "payload", "session", "value"),
    *("name", "type", "slots", "clova", "sessionAttributes", "accessToken", "key" * 2_000, "a.b", "a[0]"),
)


def _swap(message: Any, random: Random) -> Any:
    """Exchange two values, neither of which holds the other."""
    found = [place for place in places(message) if not isinstance(place.value, (dict, list))]
    if len(found) > 1:
        one, other = random.sample(found, 2)
        first = one.value
        one.put(other.value)
        other.put(first)
    return message


def _copy(message: Any, random: Random) -> Any:
    """Put a copy of a part at another place."""
    found = list(places(message))
    if len(found) > 1:
        one, other = random.sample(found, 2)
        if not isinstance(one.value, (dict, list)):
            other.put(one.value)
        elif other.holder is not one.value and len(str(one.value)) < 2_000:
            other.put(_copied(one.value))
    return message


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _wrap(message: Any, random: Random) -> Any:
    return random.choice(([message], {"request": message}, {"header": message}, [message, message]))


def _other_root(_message: Any, random: Random) -> Any:
    return odd_value(random)


def _both_kinds(message: Any, random: Random) -> Any:
    if isinstance(message, dict):
        header = {"namespace": "ClovaHome", "name": "TurnOnRequest", "payloadVersion": "1.0"}
        part = random.choice(
            ({"header": header}, {"request": {"type": "LaunchRequest"}}, {"payload": header})
        )
        return {**part, **message} if random.random() < 0.5 else {**message, **part}
    return message


def _other_type(message: Any, random: Random) -> Any:
    """Make it another kind of request, whose parts it has not."""
    if isinstance(message, dict) and isinstance(message.get("request"), dict):
        types = ("LaunchRequest", "IntentRequest", "EventRequest", "SessionEndedRequest", "FutureRequest", "")
        message["request"]["type"] = random.choice(types)
    if isinstance(message, dict) and isinstance(message.get("header"), dict):
        names = ("TurnOnRequest", "DiscoverAppliancesRequest", "TurnOn", "Request", "SetColorRequest")
        message["header"]["name"] = random.choice(names)
    return message


def _own_attributes(message: Any, random: Random) -> Any:
    """Bring back session attributes as nobody has written them, the package's own among them."""
    session = message.get("session") if isinstance(message, dict) else None
    if isinstance(session, dict):
        asked: Any = {"slot": "pizzaType", "intent": "OrderPizza", "slots": {"pizzaType": {"value": "a"}}}
        mutation = random.choice((_at_a_place(_retype), _at_a_place(_drop), _at_a_place(_null)))
        memory = {"state": random.choice(("confirm", None, 1, odd_value(random))), "asked": asked}
        attributes = {"clova": memory, "_clova": memory, "pizza": odd_value(random)}
        session["sessionAttributes"] = mutation(attributes, random) if random.random() < 0.7 else attributes
    return message


MUTATIONS: Mapping[str, Callable[[Any, Random], Any]] = {
    "drop": _at_a_place(_drop),
    "null": _at_a_place(_null),
    "retype": _at_a_place(_retype),
    "as text": _at_a_place(_as_text),
    "number": _at_a_place(_number),
    "text": _at_a_place(_text),
    "bend": _at_a_place(_bend),
    "long": _at_a_place(_long),
    "nest": _at_a_place(_nest),
    "nest deep": _at_a_place(_nest_deep),
    "duplicate": _at_a_place(_duplicate),
    "odd key": _at_a_place(_odd_key),
    "rename": _at_a_place(_rename),
    "widen": _at_a_place(_widen),
    "swap": _swap,
    "copy": _copy,
    "wrap": _wrap,
    "other root": _other_root,
    "both kinds": _both_kinds,
    "other type": _other_type,
    "own attributes": _own_attributes,
}
