"""What the shop sells."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pizza:
    """One row of the menu; prices in won."""

    name: str
    price: int
    image_url: str
    sold_out: bool = False


MENU = {
    pizza.name: pizza
    for pizza in (
        Pizza("페퍼로니", 15_900, "https://pizza.example.com/pepperoni.jpg"),
        Pizza("콤비네이션", 17_900, "https://pizza.example.com/combination.jpg"),
        Pizza("고구마", 16_900, "https://pizza.example.com/sweet-potato.jpg"),
        Pizza("불고기", 18_900, "https://pizza.example.com/bulgogi.jpg", sold_out=True),
    )
}
"""The menu, by the representative word of the slot ``pizzaType``."""

MAX_AMOUNT = 20


class SoldOut(Exception):
    """A pizza is sold out."""

    def __init__(self, pizza: Pizza) -> None:
        super().__init__(pizza.name)
        self.pizza = pizza
