"""Texts and numbers that have broken programs."""

from __future__ import annotations

import unicodedata
from random import Random

TEXTS = (
    *("", " ", "\t\n\r", "\0", "a\0b", "\ud800", "\udfff한", "\ud83d", "😀", "👨‍👩‍👧‍👦", "🇰🇷", "☔️"),
    *("\u202e반대로", "\u2066x\u2069", "ا\u200fب", "e\u0301" * 30, "각" * 40, "ｶﾞｷﾞ", "Ａ１２３", "１２３"),
    *("\ufeff", "\u2028\u2029", "\x1b[31m", "\r\nSet-Cookie: a=1", "%s%n%(a)s{0}{a.b}", "${jndi:ldap://a}"),
    *("NaN", "Infinity", "-Infinity", "null", "true", "1e999", "-0", "0x10", "1_000", "٣", "½", "Ⅷ", "²"),
    *("9" * 400, "1." + "0" * 400, "1e-400", "9223372036854775808", "18446744073709551616", "0.1", "+1", "."),
    *("2026-11-26", "2026-02-30", "0000-00-00", "9999-12-31T23:59:59+23:59", "0001-01-01T00:00:00-23:59"),
    *("2026-W53", "2026-W48/", "/2026-11-26", "/", "T25:61", "24:00:00", "08:30/07:30", "2026-11-26T08:00Z"),
    *("P1Y2M3DT4H5M6S", "P", "PT", "-P1D", "P9999999999999Y", "PT1e9S", "P1W", "PT0.0000001S", "P-1D"),
    *(
        "3kg",
        "3 ㎏",
        "-3.5℃",
        "三",
        "삼",
        "३",
        "1,234.5",
        "1,2,3",
        "1/2",
        "USD 3",
        "\\",
        "\\\\",
        '"',
        "\\u0000",
    ),
    *(
        "서울",
        "東京",
        "소",
        "대",
        "confirm",
        "OrderPizza",
        "Clova.YesIntent",
        "AudioPlayer.*",
        "*",
        "../..",
        "'",
    ),
    *("<speak>a</speak>", "javascript:alert(1)", "https://example.com/\udfff", "http://[::1", "a" * 300),
)
"""Texts that stand for themselves."""

NUMBERS = (
    *("0", "-0", "-0.0", "1", "-1", "0.1", "1e5", "1E400", "1e999", "-1e999", "1e-999", "1.5e308", "NaN"),
    *("Infinity", "-Infinity", "01", "+1", ".5", "5.", "1e", "0x10", "1_0", "9" * 400, "9" * 5_000, "--1"),
    *("0." + "1" * 500, "1e308", "4.9e-324", "100.00000000000001", "1e2", "3.0", "true", "nul", "undefined"),
)
"""Numbers, and what looks like one, as they stand in JSON."""

BORDERS = tuple(
    str(sign * 2**power + step)
    for power in (7, 8, 15, 16, 31, 32, 53, 63, 64, 65, 127)
    for sign in (1, -1)
    for step in (-1, 0, 1)
)
"""Whole numbers around the ends of what types hold."""

_PARTS = (
    "\0",
    "\ud800",
    "\udc00",
    "\u202e",
    "\u0301",
    "\u200b",
    "\ufeff",
    "😀",
    " ",
    "\n",
    "\\",
    '"',
    "가",
    "𠮷",
)


def bend(text: str, random: Random) -> str:
    """Change a text a little: a character more or less, or the same in another form."""
    at = random.randrange(len(text) + 1)
    way = random.randrange(7)
    if way == 0:
        return text[:at] + random.choice(_PARTS) + text[at:]
    if way == 1:
        return text[:at] + text[at + 1 :]
    if way == 2:
        return unicodedata.normalize(random.choice(("NFC", "NFD", "NFKC", "NFKD")), text)
    if way == 3:
        return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    if way == 4:
        return text[::-1]
    return text[:at] + text + text[at:] if way == 5 else text.swapcase()
