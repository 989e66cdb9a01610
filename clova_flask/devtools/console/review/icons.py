"""What a review looks at in an icon: its size, its ground, and whether it is round."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator

from PIL import Image as Pictures

from ..records import Image

WHITE = 245
"""A channel from here on looks white."""
GROUND = 0.5
"""The part of the ground from which on the ground is what is white."""


def _opened(image: Image) -> Pictures.Image:
    with Pictures.open(io.BytesIO(image.content)) as picture:
        return picture.convert("RGBA")


def is_white(image: Image) -> bool:
    """Tell whether the ground is white, or transparent, which the store shows on white.

    The ground is what stands along the edge of the circle that the store cuts.
    """
    picture = _opened(image)
    ring = list(_ring(picture.width, picture.height))
    white = sum(_looks_white(picture.getpixel(at)) for at in ring)
    return white > GROUND * len(ring)


def is_round(image: Image) -> bool:
    """Tell whether the corners are transparent or white."""
    picture = _opened(image)
    right, bottom = picture.width - 1, picture.height - 1
    return all(
        _looks_white(picture.getpixel(at)) for at in ((0, 0), (right, 0), (0, bottom), (right, bottom))
    )


def _ring(width: int, height: int) -> Iterator[tuple[int, int]]:
    for step in range(360):
        across, down = math.cos(math.radians(step)), math.sin(math.radians(step))
        yield int(width / 2 * (1 + 0.94 * across)), int(height / 2 * (1 + 0.94 * down))


def _looks_white(pixel: object) -> bool:
    if not isinstance(pixel, tuple):
        return False
    *colour, alpha = pixel
    return all(channel * alpha / 255 + 255 - alpha >= WHITE for channel in colour)
