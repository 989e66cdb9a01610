"""The two platforms that send CEK messages, one row each.

From the guides' sections on verifying requests; the keys are those published in 2025.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Platform:
    """How NAVER's and LINE's Clova differ.

    :ivar name: the value of ``CLOVA_PLATFORM``.
    :ivar public_key: PEM of the RSA-2048 key that signs every message.
    :ivar public_key_url: where the platform publishes that key.
    :ivar version: ``version`` of the response message to a request message without one.
    :ivar region: the guide that the platform follows, ``KR`` or ``JP``.
    :ivar timezone: the time zone of its users.
    :ivar language: the language of its users.
    :ivar title: its name in a sentence.
    :ivar redirect_url: where account linking goes back to, as the console shows it.
    :ivar max_sentence: characters that a spoken sentence may have; None for any number.
    :ivar max_text: characters that a spoken text may have; None for any number.
    :ivar max_url_bytes: bytes that a URL may have; None for any number.
    :ivar good_text: characters of a text that its guide recommends at most; None where it does not.
    :ivar good_speeches: texts and URLs in one answer that its guide recommends at most, likewise.
    :ivar plays_http: whether audio and pictures by http are fetched while an extension is being tested.
    :ivar answer_seconds: how long it waits for an answer; None where its guide does not tell.
    :ivar ports: the ports of https and http at which it calls an extension.
    :ivar lacks: the parts of an answer that it does not have, by their names in
        :mod:`clova_flask.custom.lacks`.
    """

    name: str
    public_key: str
    public_key_url: str
    version: str
    region: str
    timezone: str
    language: str
    title: str
    redirect_url: str
    max_sentence: int | None = None
    max_text: int | None = None
    max_url_bytes: int | None = None
    good_text: int | None = None
    good_speeches: int | None = None
    plays_http: bool = False
    answer_seconds: float | None = None
    ports: tuple[int, ...] = (443,)
    lacks: frozenset[str] = frozenset()

    @property
    def redirect_urls(self) -> tuple[str, str]:
        """Return both spellings of :attr:`redirect_url`: the guides' older texts end it with a slash."""
        return self.redirect_url, f"{self.redirect_url}/"


NAVER_KEY = """\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3BPYiDHfKOMiTcEkukLr
YB1OEicGjxTSI8N5b5ZMxKDtpf4gWTI/+2pXd6e0AZBQJwjXisBAJ4lH8NbiuEpb
8AMIs9iOfTRWvuuw9TBmBBtbUcozVonok/bILTMJaz8jpA/hSb8id5/UmoTyV8Cm
sHC56IUtNrS06mLydeThr5WVI1K6fbmYudpBG8vJBAPC2j+Fh+TwfyJ5Xh6bLabz
2IyqeyG63D6eYpWRB4vBZ4lck1mXDnQvFqRa3LkhoGi/LoCEvo0HxhR49B25qfdR
tZPLfboZgb5k29XSrOZbrAWrM/v5Zn5mdTrFubBd65wz3+VyJhS0nPmcTPCLCo4q
9QIDAQAB
-----END PUBLIC KEY-----
"""

LINE_KEY = """\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwiMvQNKD/WQcX9KiWNMb
nSR+dJYTWL6TmqqwWFia69TyiobVIfGfxFSefxYyMTcFznoGCpg8aOCAkMxUH58N
0/UtWWvfq0U5FQN9McE3zP+rVL3Qul9fbC2mxvazxpv5KT7HEp780Yew777cVPUv
3+I73z2t0EHnkwMesmpUA/2Rp8fW8vZE4jfiTRm5vSVmW9F37GC5TEhPwaiIkIin
KCrH0rXbfe3jNWR7qKOvVDytcWgRHJqRUuWhwJuAnuuqLvqTyAawqEslhKZ5t+1Z
0GN8b2zMENSuixa1M9K0ZKUw3unzHpvgBlYmXRGPTSuq/EaGYWyckYz8CBq5Lz2Q
UwIDAQAB
-----END PUBLIC KEY-----
"""

PLATFORMS: dict[str, Platform] = {
    row.name: row
    for row in (
        Platform(
            "naver",
            NAVER_KEY,
            "https://clova.ai/.well-known/signature-public-key.pem",
            "0.1.0",
            "KR",
            "Asia/Seoul",
            "ko",
            "NAVER",
            "https://prod-ni-cic.clova.ai/v1/al/token",
            max_sentence=200,
            max_text=1000,
            max_url_bytes=2048,
            plays_http=True,
            ports=(443, 80),
        ),
        Platform(
            "line",
            LINE_KEY,
            "https://clova-cek-requests.line.me/.well-known/signature-public-key.pem",
            "1.0",
            "JP",
            "Asia/Tokyo",
            "ja",
            "LINE",
            "https://clova-cic.line-apps.com/v1/al/token",
            good_text=500,
            good_speeches=10,
            answer_seconds=8,
            lacks=frozenset({"card", "player_info", "playback_target", "speech_token", "content_type"}),
        ),
    )
}
