"""English words of the guides' built-in slot types: modest lists, which a model's expressions add to."""

from __future__ import annotations

import re

COUNTERS = "pieces piece slices slice boxes box people persons bottles bottle cups cup songs song"

ORDINALS = re.compile(
    r"(?:the)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))"
)

WORDS: dict[str, str] = {
    "CLOVA.RELATIVETIME": "now soon later recently just_now right_now",
    "CLOVA.OFFICIALDATE": "christmas new_year's_day halloween valentine's_day thanksgiving easter",
    "CLOVA.WORLD_COUNTRY": (
        "korea japan china taiwan america usa england france germany italy spain portugal russia canada "
        "australia india thailand vietnam brazil mexico egypt netherlands switzerland sweden norway "
        "finland denmark greece"
    ),
    "CLOVA.WORLD_CITY": (
        "seoul busan tokyo osaka kyoto beijing shanghai taipei bangkok new_york los_angeles san_francisco "
        "chicago london paris berlin rome milan madrid barcelona moscow toronto vancouver sydney melbourne"
    ),
}
