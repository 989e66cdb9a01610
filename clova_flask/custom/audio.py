"""Build the ``AudioPlayer`` directives; public as :mod:`clova_flask.audio`.

From the guides' AudioPlayer interface.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from ..errors import type_name
from ..wire.objects import NOTHING, write_object
from .directives import Directive
from .objects import AudioStream
from .payloads import build


def play(
    stream: AudioStream | str,
    *,
    title_text: str,
    title_sub_text1: str,
    source_name: str,
    title_sub_text2: str | None = None,
    header_text: str | None = None,
    art_image_url: str | None = None,
    source_logo_url: str | None = None,
    audio_item_id: str | None = None,
    play_behavior: str = "REPLACE_ALL",
    further: Mapping[str, Any] = NOTHING,
) -> Directive:
    """Build ``AudioPlayer.Play``: the client plays a stream.

    :param stream: what to play; a URL alone becomes a stream with a new token that starts at its beginning.
    :param title_text: the title to show.
    :param title_sub_text1: the first line of text under it, usually the artist.
    :param title_sub_text2: the second line of text under it.
    :param art_image_url: URL of a picture, such as the album's.
    :param source_name: the provider of the audio.
    :param source_logo_url: URL of the provider's logo.
    :param audio_item_id: your id of the item; None for a new UUID.
    :param play_behavior: ``REPLACE_ALL`` plays at once, ``ENQUEUE`` after what is playing.
    :param further: fields of ``audioItem`` that the guides do not name, as they are on the wire.
    :raises TypeError: ``stream`` is neither a stream nor a URL.
    :raises ValueError: the text names each field that cannot be sent.
    """
    item = {
        "audioItemId": audio_item_id or str(uuid.uuid4()),
        "titleText": title_text,
        "titleSubText1": title_sub_text1,
        "titleSubText2": title_sub_text2,
        "headerText": header_text,
        "artImageUrl": art_image_url,
        "stream": _stream("stream", stream),
        **further,
    }
    source = {"name": source_name, "logoUrl": source_logo_url}
    return build("AudioPlayer.Play", {"audioItem": item, "playBehavior": play_behavior, "source": source})


def stream(
    audio_item_id: str, audio_stream: AudioStream | Mapping[str, Any] | str, *, token: str | None = None
) -> Directive:
    """Build ``AudioPlayer.StreamDeliver``: the answer to ``AudioPlayer.StreamRequested``.

    :param audio_item_id: as in the event.
    :param audio_stream: the URL that can be played; what else ``Play`` told of the stream then stays. Or the
        event's stream with that URL, ``dataclasses.replace(audio_stream, url=…, url_playable=True)``.
    :param token: the token of the event's stream, where ``audio_stream`` is a URL.
    :raises TypeError: ``audio_stream`` is not a stream and not a URL with a token.
    :raises ValueError: the text names each field that cannot be sent.
    """
    if not isinstance(audio_stream, str):
        delivered = _stream("audio_stream", audio_stream)
    elif token is None:
        raise TypeError("audio.stream with a URL must have the token of the event's stream: token=…")
    else:
        delivered = {"url": audio_stream, "token": token, "urlPlayable": True}
    return build("AudioPlayer.StreamDeliver", {"audioItemId": audio_item_id, "audioStream": delivered})


def _stream(name: str, stream: AudioStream | Mapping[str, Any] | str) -> dict[str, Any]:
    if isinstance(stream, str):
        stream = AudioStream(stream)
    if not isinstance(stream, (AudioStream, Mapping)):
        raise TypeError(f"{name} must be an AudioStream or a str, its URL, not {type_name(stream)}.")
    written: dict[str, Any] = write_object(stream)
    return written
