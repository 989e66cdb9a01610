"""Builders of cards: the content templates that ``response.card`` carries."""

from __future__ import annotations

from .custom.cards import Card, card_list, image_list, image_text, text

__all__ = ["Card", "card_list", "image_list", "image_text", "text"]
