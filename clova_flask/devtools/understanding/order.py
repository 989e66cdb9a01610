"""How slots stand to each other in the expressions: which come together, in which order, what is between."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

_LINK, _NEXT = 0.3, 0.1  # the same words between two slots as in an expression; other words between them
_IN_ORDER = 0.12
_NEVER_TOGETHER = -0.5  # beside 1 for those that always stand in this order, and -1 in the other one
_LACKS = 0.25
_USUAL = 0.15

Place = tuple[str, int, int]
"""A slot, and where it begins and ends."""


@dataclass(frozen=True, slots=True)
class Order:
    """How the slots of an intent stand in its expressions.

    :ivar links: pairs of slots that follow each other, and what stands between.
    :ivar first: for pairs of slots of one type how often the first comes first, -1 to 1.
    :ivar before_another: slots right behind which another one begins.
    :ivar needs: the slots of its type that every expression with a slot has as well.
    :ivar usual: for slots that are not the only one of their type how many expressions have them, 0 to 1.
    """

    links: dict[tuple[str, str], frozenset[str]]
    first: dict[tuple[str, str], float]
    before_another: frozenset[str]
    needs: dict[str, frozenset[str]]
    usual: dict[str, float]

    def link(self, before: str, between: str, after: str) -> float:
        """Judge how well two slots follow each other."""
        if self.is_link(before, between, after):
            return _LINK
        return _NEXT if (before, after) in self.links else 0.0

    def is_link(self, before: str, between: str, after: str) -> bool:
        """Whether two slots stand so in an expression."""
        return between in self.links.get((before, after), ())

    def fit(self, names: Sequence[str]) -> float:
        """Judge how well slots, in the order in which they are filled, fit the expressions."""
        rivals = [name for name in names if name in self.usual]
        if not rivals:
            return 0.0
        pairs = [self.first[pair] for pair in combinations(rivals, 2) if pair in self.first]
        in_order = _IN_ORDER * sum(pairs) / len(pairs) if pairs else 0.0
        lacking = sum(bool(self.needs[name] - {*names}) for name in rivals) / len(rivals)
        usual = sum(self.usual[name] for name in rivals) / len(rivals)
        return in_order - _LACKS * lacking + _USUAL * usual


def order_of(types: Mapping[str, str], expressions: Sequence[tuple[str, Sequence[Place]]]) -> Order:
    """Read how slots stand to each other.

    :param types: the types of the slots, by their names.
    :param expressions: the text of each expression, and its slots in their order.
    """
    counted = Counter(types.values())
    rivals = {name for name, type_ in types.items() if counted[type_] > 1}
    links: dict[tuple[str, str], set[str]] = defaultdict(set)
    together: Counter[tuple[str, str]] = Counter()
    had: Counter[str] = Counter()
    for text, places in expressions:
        for (before, _, end), (after, start, _) in pairwise(places):
            links[before, after].add(text[end:start])
        names = list(dict.fromkeys(name for name, _, _ in places if name in rivals))
        had.update(names)
        together.update(pair for pair in combinations(names, 2) if types[pair[0]] == types[pair[1]])
    pairs = [(a, b) for a in rivals for b in rivals if a != b and types[a] == types[b]]
    both = {(a, b): together[a, b] + together[b, a] for a, b in pairs}
    return Order(
        {pair: frozenset(words) for pair, words in links.items()},
        {pair: _first(together, pair) for pair in pairs},
        frozenset(before for (before, _), words in links.items() if "" in words),
        {name: frozenset(b for a, b in pairs if a == name and 0 < had[a] == both[a, b]) for name in rivals},
        {name: had[name] / max(1, len(expressions)) for name in rivals},
    )


def _first(together: Mapping[tuple[str, str], int], pair: tuple[str, str]) -> float:
    ahead, behind = together[pair], together[pair[::-1]]
    return (ahead - behind) / (ahead + behind) if ahead + behind else _NEVER_TOGETHER
