"""Build ``TemplateRuntime.RenderPlayerInfo``: what a player shows.

From the guides' TemplateRuntime interface.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .arguments import require_list
from .directives import Directive
from .payloads import build

Wire = Mapping[str, Any]


def control(name: str, *, enabled: bool = True, selected: bool = False, control_type: str = "BUTTON") -> Wire:
    """Build one control of a player or of an item, ``control("PLAY_PAUSE")``."""
    return {"name": name, "enabled": enabled, "selected": selected, "type": control_type}


def lyrics(*, format: str, data: str | None = None, url: str | None = None) -> Wire:  # noqa: A002
    """Build the lyrics of an item.

    :param format: ``LRC`` or ``PLAIN``.
    :param data: the lyrics as text.
    :param url: where the lyrics are, in place of ``data``.
    """
    return {"format": format, "data": data, "url": url}


def playable_item(
    token: str,
    *,
    title_text: str,
    title_sub_text1: str,
    title_sub_text2: str | None = None,
    header_text: str | None = None,
    art_image_url: str | None = None,
    controls: Sequence[Wire] | None = None,
    lyrics: Sequence[Wire] | None = None,
    is_live: bool | None = None,
    show_adult_icon: bool = False,
) -> Wire:
    """Build one item of the list.

    :param token: the token of the item's stream.
    :param controls: the item's own controls, from :func:`control`.
    :param lyrics: from :func:`lyrics`.
    """
    return {
        "token": token,
        "titleText": title_text,
        "titleSubText1": title_sub_text1,
        "titleSubText2": title_sub_text2,
        "headerText": header_text,
        "artImageUrl": art_image_url,
        "controls": controls,
        "lyrics": lyrics,
        "isLive": is_live,
        "showAdultIcon": show_adult_icon,
    }


_CONTROLS = tuple(control(name) for name in ("PREVIOUS", "PLAY_PAUSE", "NEXT"))


def player_info(
    *items: Wire,
    display_type: str = "list",
    controls: Sequence[Wire] = _CONTROLS,
    provider_name: str | None = None,
    provider_logo_url: str | None = None,
    provider_small_logo_url: str | None = None,
) -> Directive:
    """Build ``TemplateRuntime.RenderPlayerInfo``: the answer to ``TemplateRuntime.RequestPlayerInfo``.

    :param items: the items to show, from :func:`playable_item`.
    :param display_type: ``list`` or ``single``.
    :param controls: the player's own controls, from :func:`control`.
    :raises TypeError: ``controls`` is not a list.
    :raises ValueError: the text names each field that cannot be sent.
    """
    require_list("controls", controls, "control(…)")
    provider = {
        "name": provider_name,
        "logoUrl": provider_logo_url,
        "smallLogoUrl": provider_small_logo_url,
    }
    payload = {
        "displayType": display_type,
        "playableItems": list(items),
        "controls": list(controls),
        "provider": provider if any(provider.values()) else None,
    }
    return build("TemplateRuntime.RenderPlayerInfo", payload)
