"""Build cards: the content templates of ``response.card``.

::

    from clova_flask import cards, tell

    tell("…", card=cards.text("…"))
"""

from __future__ import annotations

from .custom.cards import Card, card_list, image_list, image_text, text

__all__ = ["Card", "card_list", "image_list", "image_text", "text"]
